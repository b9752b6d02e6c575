"""The worker's side: one job in on standard input, JSON lines out on standard output.

Each line out is an object with one of the keys ``step`` (what is loaded now), ``alive`` (every few seconds while the
job runs), ``progress`` (0…1, with ``message`` and ``remaining`` seconds), ``info``, ``warning``, ``result`` or
``error``.  The first one comes before anything large is loaded.  The protocol keeps the original standard input and
output for itself: libraries find an empty input, and what they print goes to standard error.  When the input ends,
the caller is gone or has cancelled: the worker stops within the job's grace, mostly two seconds, and removes what
it had begun.
"""

from __future__ import annotations

import importlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from ..errors import Cancelled, GeodlError
from ..runtime import files
from ..runtime.json_values import strict_json
from ..runtime.reporter import Reporter
from ..runtime.stopping import CANCELLED_STATUS
from ..systems import libraries, pipes
from . import WorkerJob

_BEAT = 5.0  # seconds between two signs of life


class LineReporter(Reporter):
    """Writes the protocol."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lock = threading.Lock()
        self._cancelled = threading.Event()

    def send(self, **message: Any) -> None:
        """Write one line of the protocol; if nothing reads it any more, the job stops at its next look."""
        with self._lock:
            try:
                self._stream.write(strict_json(message) + "\n")
                self._stream.flush()
            except OSError:  # EPIPE; EINVAL on Windows
                self.cancel()

    def info(self, message: str) -> None:
        self.send(info=message)

    def warning(self, message: str) -> None:
        self.send(warning=message)

    def cancel(self) -> None:
        """Make the job stop at its next look."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self.send(progress=fraction, message=message, remaining=remaining)


def serve(read_job: Callable[[str], WorkerJob]) -> int:
    """Run the job on standard input; the exit status is 0 for a result, else 1 (130: told to stop).

    Args:
        read_job: gives the job that a line of JSON holds; called when GDAL may be loaded.
    """
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asked = pipes.take_input()
    reporter = LineReporter(protocol)
    reporter.send(step="Loading GDAL")
    libraries.prepare()

    try:
        job = read_job(pipes.first_line(asked))
        threading.Thread(target=_stop_at_end, args=(asked, reporter, job.grace()), daemon=True).start()
        if job.NEEDS_TENSORFLOW:
            reporter.send(step="Loading TensorFlow")
            importlib.import_module("tensorflow")
        with _signs_of_life(reporter):
            result = job.run(reporter)
        reporter.send(result=result)
    except Cancelled:
        return CANCELLED_STATUS
    except GeodlError as error:
        reporter.send(error=str(error))
        return 1
    return 0


@contextmanager
def _signs_of_life(reporter: LineReporter) -> Iterator[None]:
    """Tell in this block that the interpreter still runs.

    Not while libraries are loaded: Python runs other threads meanwhile, so that would say nothing.
    """
    over = threading.Event()

    def tell() -> None:
        while not over.wait(_BEAT):
            reporter.send(alive=True)

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()  # a thread that writes would disturb the interpreter's end


def _stop_at_end(asked: int, reporter: LineReporter, grace: float) -> None:
    """Stop the job when the input ends."""
    try:
        pipes.wait_for_end(asked)
        reporter.cancel()
        time.sleep(grace)
        files.discard_unfinished()
    finally:
        os._exit(CANCELLED_STATUS)
