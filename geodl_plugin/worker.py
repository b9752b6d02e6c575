"""The worker: one job in on standard input, JSON lines out on standard output.

Each line out is an object with one of the keys ``progress`` (0…1, with ``message`` and ``remaining``
seconds), ``info``, ``warning``, ``result`` or ``error``.  The protocol keeps the original standard output
for itself; whatever a library prints goes to standard error.  When standard input ends, whoever asked is
gone or wants no more: the worker stops within the job's grace, mostly two seconds, and removes what it had begun.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any, TextIO

from . import files, jobs
from .errors import Cancelled, GeodlError
from .json_values import strict_json
from .reporter import Reporter
from .stopping import CANCELLED_STATUS


class LineReporter(Reporter):
    """Writes the protocol."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lock = threading.Lock()
        self._cancelled = threading.Event()

    def send(self, **message: Any) -> None:
        """Write one line of the protocol."""
        with self._lock:
            self._stream.write(strict_json(message) + "\n")
            self._stream.flush()

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


def serve() -> int:
    """Run the job on standard input; the exit status is 0 for a result, else 1 (130: told to stop)."""
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    reporter = LineReporter(protocol)
    try:
        job = jobs.from_json(sys.stdin.readline())
        threading.Thread(target=_stop_at_end_of_input, args=(reporter, job.grace()), daemon=True).start()
        reporter.send(result=job.run(reporter))
    except Cancelled:
        return CANCELLED_STATUS
    except GeodlError as error:
        reporter.send(error=str(error))
        return 1
    return 0


def _stop_at_end_of_input(reporter: LineReporter, grace: float) -> None:
    try:
        # Not by sys.stdin: a thread that waits in there would block the interpreter's own end.
        while os.read(0, 4096):
            pass
        reporter.cancel()
        time.sleep(grace)
        files.discard_unfinished()
    finally:
        os._exit(CANCELLED_STATUS)
