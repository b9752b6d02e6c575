"""How an operation reports progress and messages, and learns that it is cancelled."""

from __future__ import annotations

import logging
import sys
import threading
import time
from abc import ABC, abstractmethod

from ..errors import Cancelled
from ..language import tr

_LOGGER = logging.getLogger("geodl")
_MINIMUM_SHARE = 0.02  # of the work that must be done before the remaining time is estimated


class Reporter(ABC):
    """Receives progress, messages and warnings of one operation, and can cancel it.

    A subclass says how they are shown (`info`, `warning`, `show`) and when the operation is cancelled (`is_cancelled`).
    """

    def __init__(self) -> None:
        self._since: tuple[float, float] | None = None  # time and share from which on the pace is measured

    def progress(self, fraction: float, message: str = "") -> None:
        """Report how much is done.

        Args:
            fraction: 0…1 of the whole operation.
            message: what is being done now.

        Raises:
            Cancelled: the user asked to stop.
        """
        self.check_cancelled()
        self.show(fraction, message, self._remaining(fraction))

    def done(self, message: str) -> None:
        """Report that all is done: the outputs are there, and the operation can no longer be cancelled.

        Args:
            message: what was done.
        """
        self.show(1, message, None)

    def new_pace(self) -> None:
        """Estimate the remaining time from the next `progress` on only, since the work goes on at another pace."""
        self._since = None

    def part(self, start: float, end: float) -> Reporter:
        """A reporter for a part of the operation.

        Args:
            start: fraction of the whole, 0…1, at which the part begins.
            end: fraction at which it ends.

        Returns:
            A reporter whose progress 0…1 becomes ``start``…``end`` of this one.
        """
        return _Part(self, start, end)

    def silent(self, message: str = "", *, warnings: bool = False) -> Reporter:
        """A reporter for a side task: its progress has one message, and what it has to say is not passed on.

        Args:
            message: what is being done; empty: its progress has its own messages.
            warnings: warnings are passed on, after the message.
        """
        return _Silent(self, message, warnings)

    def finishing(self) -> Reporter:
        """A reporter that passes everything on but is never cancelled, for work that must be finished."""
        return _Finishing(self)

    def check_cancelled(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""
        if self.is_cancelled():
            raise Cancelled

    @abstractmethod
    def info(self, message: str) -> None:
        """Report something worth knowing.

        Args:
            message: a sentence for people.
        """

    @abstractmethod
    def warning(self, message: str) -> None:
        """Report something that may spoil the result.

        Args:
            message: a sentence for people.
        """

    @abstractmethod
    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""

    @abstractmethod
    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        """Show progress.

        Args:
            fraction: 0…1 of the whole operation.
            message: what is being done now.
            remaining: seconds; None while unknown.
        """

    def _remaining(self, fraction: float) -> float | None:
        now = time.monotonic()
        started, first = self._since = self._since or (now, fraction)
        if not first + _MINIMUM_SHARE <= fraction <= 1:
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


class _Silent(Reporter):
    def __init__(self, whole: Reporter, message: str, warnings: bool) -> None:
        super().__init__()
        self._whole, self._message, self._warnings = whole, message, warnings

    def progress(self, fraction: float, message: str = "") -> None:
        self._whole.progress(fraction, self._message or message)

    def info(self, message: str) -> None:
        pass

    def warning(self, message: str) -> None:
        if self._warnings:
            self._whole.warning(f"{self._message}: {message}")

    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self._whole.show(fraction, self._message or message, remaining)


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


class SilentReporter(Reporter):
    """Shows nothing, and is never cancelled."""

    def info(self, message: str) -> None:
        pass

    def warning(self, message: str) -> None:
        pass

    def is_cancelled(self) -> bool:
        return False

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        pass


class LoggingReporter(SilentReporter):
    """Logs messages and warnings with Python's ``logging``, logger ``geodl``; used where no reporter is given."""

    def info(self, message: str) -> None:
        _LOGGER.info(message)

    def warning(self, message: str) -> None:
        _LOGGER.warning(message)


class ConsoleReporter(Reporter):
    """Writes everything to standard error, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Cancel the operation: it stops when it next asks."""
        self._cancelled.set()

    def info(self, message: str) -> None:
        sys.stderr.write(f"{message}\n")

    def warning(self, message: str) -> None:
        sys.stderr.write(tr("Warning: {message}").format(message=message) + "\n")

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        sys.stderr.write(f"{progress_text(fraction, message, remaining)}\n")


def progress_text(fraction: float, message: str, remaining: float | None) -> str:
    """One line for people: percentage, message, and the remaining time where it is known.

    Args:
        fraction: 0…1 of the whole operation.
        message: what is being done now.
        remaining: seconds; None while unknown.
    """
    return f"{100 * fraction:3.0f} % {with_remaining_time(message, remaining)}"


def with_remaining_time(message: str, remaining: float | None) -> str:
    """A message with the remaining time after it, as in ``Mapping (3 min 20 s left)``.

    Args:
        message: what is being done now.
        remaining: seconds; None, or less than one: it is not mentioned.
    """
    if not remaining or remaining < 1:
        return message
    return tr("{message} ({duration} left)").format(message=message, duration=duration_text(remaining))


def duration_text(seconds: float) -> str:
    """A duration for people, such as ``8 s``, ``3 min 20 s`` or ``2 h 05 min``.

    Args:
        seconds: 0 or more.
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
