"""The command ``geodl``; and, without arguments, the worker that QGIS talks to."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a traceback of imports is no help, and nothing has begun

if not __package__:  # started as `python <folder>/geodl_plugin`: the package lies in that folder's parent
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    __package__ = "geodl_plugin"

from geodl_plugin.runtime.process import use_memory_pool, use_scratch_folder
from geodl_plugin.systems import libraries
from geodl_plugin.worker import server

if TYPE_CHECKING:
    from geodl_plugin.jobs import Job


def main() -> int:
    """What ``python <folder>/geodl_plugin`` does: the command line, or the worker if there are no arguments."""
    if len(sys.argv) > 1:
        return command()
    use_memory_pool()
    use_scratch_folder()
    return server.serve(_read_job)


def command() -> int:
    """The command ``geodl``; gives the exit status, see `geodl_plugin.command`."""
    use_memory_pool()
    libraries.prepare()
    from geodl_plugin.command.run import command_line

    return command_line()


def _read_job(text: str) -> Job:
    """The job that JSON holds; GDAL is loaded, which the worker tells of before it asks for this."""
    from geodl_plugin import jobs

    return jobs.from_json(text)


if __name__ == "__main__":
    sys.exit(main())
