"""How work tells of its progress and learns that it should stop."""

from __future__ import annotations

import logging
import sys
import threading
import time
from abc import ABC, abstractmethod

from ..errors import Cancelled

_LOGGER = logging.getLogger("geodl")
_LEAST_SHARE = 0.02  # of the work, from which the rest can be foretold


class Reporter(ABC):
    """Receives progress, messages and warnings of one job."""

    def __init__(self) -> None:
        self._since: tuple[float, float] | None = None  # time and share from which on the pace is measured

    def progress(self, fraction: float, message: str = "") -> None:
        """Tell how much of the whole job is done.

        Args:
            fraction: 0…1 of the whole job.
            message: what is being done now.

        Raises:
            Cancelled: the user asked to stop.
        """
        self.check_cancelled()
        self.show(fraction, message, self._remaining(fraction))

    def done(self, message: str) -> None:
        """Tell that the whole job is done: its outputs are there, and it is not stopped any more."""
        self.show(1, message, None)

    def new_pace(self) -> None:
        """The work goes on at another pace from the next `progress` on: the remaining time is measured from there."""
        self._since = None

    def part(self, start: float, end: float) -> Reporter:
        """A reporter whose 0…1 is the stretch ``start``…``end`` of this one."""
        return _Part(self, start, end)

    def finishing(self) -> Reporter:
        """A reporter that tells the same, and is never cancelled: for what must be finished."""
        return _Finishing(self)

    def check_cancelled(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""
        if self.is_cancelled():
            raise Cancelled

    @abstractmethod
    def info(self, message: str) -> None:
        """Tell something worth knowing."""

    @abstractmethod
    def warning(self, message: str) -> None:
        """Tell something that may spoil the result."""

    @abstractmethod
    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""

    @abstractmethod
    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        """Show progress; ``remaining`` is in seconds, None while unknown."""

    def _remaining(self, fraction: float) -> float | None:
        now = time.monotonic()
        started, first = self._since = self._since or (now, fraction)
        if not first + _LEAST_SHARE <= fraction <= 1:
            return None
        return (now - started) * (1 - fraction) / (fraction - first)


class _Part(Reporter):
    def __init__(self, whole: Reporter, start: float, end: float) -> None:
        super().__init__()
        self._whole, self._start, self._end = whole, start, end

    def new_pace(self) -> None:
        self._whole.new_pace()

    def progress(self, fraction: float, message: str = "") -> None:
        self._whole.progress(self._start + fraction * (self._end - self._start), message)

    def info(self, message: str) -> None:
        self._whole.info(message)

    def warning(self, message: str) -> None:
        self._whole.warning(message)

    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self._whole.show(self._start + fraction * (self._end - self._start), message, None)


class _Finishing(Reporter):
    def __init__(self, whole: Reporter) -> None:
        super().__init__()
        self._whole = whole

    def info(self, message: str) -> None:
        self._whole.info(message)

    def warning(self, message: str) -> None:
        self._whole.warning(message)

    def is_cancelled(self) -> bool:
        return False

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self._whole.show(fraction, message, remaining)


class Silent(Reporter):
    """Tells nobody, and is never cancelled."""

    def info(self, message: str) -> None:
        pass

    def warning(self, message: str) -> None:
        pass

    def is_cancelled(self) -> bool:
        return False

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        pass


class LoggingReporter(Silent):
    """Logs messages and warnings with Python's ``logging``, as ``geodl``; the reporter of who gives none."""

    def info(self, message: str) -> None:
        _LOGGER.info(message)

    def warning(self, message: str) -> None:
        _LOGGER.warning(message)


class ConsoleReporter(Reporter):
    """Writes to standard error."""

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Make the job stop at its next look."""
        self._cancelled.set()

    def info(self, message: str) -> None:
        sys.stderr.write(f"{message}\n")

    def warning(self, message: str) -> None:
        sys.stderr.write(f"Warning: {message}\n")

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        sys.stderr.write(f"{progress_text(fraction, message, remaining)}\n")


def progress_text(fraction: float, message: str, remaining: float | None) -> str:
    """One line for people: percentage, message, and the time left where it is known."""
    left = "" if not remaining or remaining < 1 else f" ({duration_text(remaining)} left)"
    return f"{100 * fraction:3.0f} % {message}{left}"


def duration_text(seconds: float) -> str:
    """A duration as people say it: ``8 s``, ``3 min 20 s``, ``2 h 05 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
