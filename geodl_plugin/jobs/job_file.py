"""Job files: a job set up on one computer runs on another, or later.

Paths are relative to a root where they lie in it, and absolute elsewhere.  The root is the folder of the file, unless
another is named: a folder with a job file and its data runs wherever it is copied.  A file reads::

    {"job": "applymodel", "parameters": {"model": "model", "source1": ["image.tif"], …}, "geodl": "0.1.0"}

``geodl`` is the version that wrote it.  Further keys beside it are left for later versions and ignored.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

from .. import __version__
from ..errors import InputError
from ..operations.paths import absolute, relative
from ..runtime import files
from . import VERSION, Job, from_json

_UNPAIRED = re.compile("[\ud800-\udfff]")  # stand for bytes of a file's name that are not UTF-8


def write_job(job: Job, path: str | Path) -> None:
    """Write a job file.

    Args:
        job: its relative paths are relative to the working folder.
        path: the file to make; its folder is the root.

    Raises:
        InputError: the file cannot be written.
    """
    root = Path(path).absolute().parent
    moved = job.with_paths(lambda each: relative(each, root))
    content = {"job": job.NAME, "parameters": dataclasses.asdict(moved), VERSION: __version__}  # type: ignore[call-overload]
    text = json.dumps(content, indent=2, ensure_ascii=False)
    files.write_text(path, _UNPAIRED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def read_job(path: str | Path, root: str | Path | None = None) -> Job:
    """Read a job file.

    Args:
        path: the file.
        root: the folder that its relative paths start from; None: that of the file.

    Raises:
        InputError: it cannot be read, is no job of ours, or names a file that cannot be on this computer.
    """
    file = Path(path).absolute()
    try:
        text = file.read_text(encoding="utf-8-sig")  # editors on Windows begin files with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The job file {file} cannot be read.", received=str(error)) from error
    start = file.parent if root is None else Path(root).absolute()
    return from_json(text).with_paths(lambda each: absolute(each, start))
