"""Progress and messages on standard error, and in a log."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..language import tr
from ..runtime.json_values import strict_json
from ..runtime.reporter import ConsoleReporter

PROGRESS = ("lines", "json", "none")
_INTERVAL = 1.0  # seconds between two lines about one step, where nobody watches a terminal
_LINE = "%(asctime)s %(levelname)s %(message)s"
_NUMBERS = re.compile(r"\d+")


class CommandReporter(ConsoleReporter):
    """Writes what a job has to say to standard error, and messages to a log as well.

    Args:
        progress: one of `PROGRESS`: lines for people, lines of JSON (``progress`` with ``remaining`` seconds and
            ``message``; ``info``, ``warning`` or ``error``), or no progress.
        log: receives messages, warnings and errors.
    """

    def __init__(self, progress: str = PROGRESS[0], log: logging.Logger | None = None) -> None:
        super().__init__()
        self._progress, self._log = progress, log
        self._interval = 0.0 if sys.stderr.isatty() else _INTERVAL
        self._step, self._shown = "", 0.0  # the last line's, and when it was written

    def info(self, message: str) -> None:
        self._tell(logging.INFO, message, info=message)

    def warning(self, message: str) -> None:
        self._tell(logging.WARNING, tr("Warning: {message}").format(message=message), warning=message)

    def error(self, message: str) -> None:
        """Say why the job has failed."""
        self._tell(logging.ERROR, tr("Error: {message}").format(message=message), error=message)

    def cancelled(self, message: str) -> None:
        """Say that the job was stopped."""
        self._tell(logging.ERROR, message, error=message)

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        step, now = _NUMBERS.sub("", message), time.monotonic()
        if fraction < 1 and step == self._step and now - self._shown < self._interval:
            return
        self._step, self._shown = step, now
        if self._progress == "lines":
            super().show(fraction, message, remaining)
        elif self._progress == "json":
            _write_json(progress=fraction, remaining=remaining, message=message)

    def _tell(self, level: int, text: str, **as_json: str) -> None:
        if self._progress == "json":
            _write_json(**as_json)
        else:
            sys.stderr.write(f"{text}\n")
        if self._log:
            self._log.log(level, next(iter(as_json.values())))


def _write_json(**values: Any) -> None:
    sys.stderr.write(strict_json(values) + "\n")
    sys.stderr.flush()


@contextmanager
def log_file(path: Path | None) -> Iterator[logging.Logger | None]:
    """A log that is appended to a file; None if there is none.

    Args:
        path: the file; None: there is none.

    Raises:
        OSError: it cannot be written.
    """
    if path is None:
        yield None
        return
    log = logging.Logger("geodl run")  # not among those of the process: other libraries must not write to it
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter(_LINE))
    log.addHandler(handler)
    try:
        yield log
    finally:
        handler.close()
