"""Progress bars in notebooks and terminals."""

from __future__ import annotations

from typing import Any

from ..errors import EnvironmentProblem
from ..language import tr
from .reporter import SilentReporter, duration_text

_FORMAT = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}{postfix}"
_WHOLE = 100  # the bar counts percent


class ProgressBarReporter(SilentReporter):
    """Shows progress as a bar of tqdm, and messages and warnings above it.

    In a notebook, the bar is a widget if ``ipywidgets`` is installed.

    Example::

        with ProgressBarReporter() as reporter:
            map_raster(request, reporter)

    Args:
        **options: further options of ``tqdm.tqdm``, such as ``leave=False``, which removes the bar in the end.

    Raises:
        EnvironmentProblem: tqdm is not installed.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__()
        try:
            from tqdm.auto import tqdm  # type: ignore[import-not-found,import-untyped]
        except ImportError as error:
            raise EnvironmentProblem(
                tr("A progress bar needs the package tqdm, which is not installed."),
                remedy=tr("Install it (pip install tqdm), or use a ConsoleReporter."),
            ) from error
        # tqdm counts iterations to decide when to draw; with miniters=0 the time since the last drawing decides.
        self._bar = tqdm(**{"total": _WHOLE, "bar_format": _FORMAT, "miniters": 0, **options})
        self._message = ""

    def __enter__(self) -> ProgressBarReporter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Draw the bar for the last time; the cursor goes to the next line."""
        self._bar.close()

    def info(self, message: str) -> None:
        self._bar.write(message)

    def warning(self, message: str) -> None:
        self._bar.write(tr("Warning: {message}").format(message=message))

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        left = tr("{duration} left").format(duration=duration_text(remaining)) if remaining and remaining >= 1 else ""
        self._bar.set_postfix_str(left, refresh=False)
        if message and message != self._message:
            self._message = message
            self._bar.set_description_str(message, refresh=True)
        self._bar.update(_WHOLE * fraction - self._bar.n)
