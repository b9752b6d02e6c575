"""Errors that a user can act on.

Their text is all that a user sees: what is wrong, what was expected, what was received, what to do.
Any other exception is a bug of GeoDL and keeps its traceback.
"""

from __future__ import annotations

from .language import tr

_SHOWN_LINES = 20  # of a process's output


class GeodlError(Exception):
    """Base of every expected error.

    Args:
        problem: what is wrong, one sentence.
        expected: what would have been right.
        received: what was found instead, with its value.
        remedy: what the user can do about it, one sentence.

    Attributes:
        problem: all of the text but the remedy.
        remedy: the remedy; empty if there is none.
    """

    _details_last = False  # whether what was expected and received is less worth reading than the remedy

    def __init__(self, problem: str, *, expected: str = "", received: str = "", remedy: str = "") -> None:
        details = [tr("Expected: {text}.").format(text=expected)] if expected else []
        details += [tr("Received: {text}.").format(text=received)] if received else []
        self.problem, self.remedy = " ".join([problem, *details]), remedy
        parts = [problem, remedy, *details] if self._details_last else [problem, *details, remedy]
        super().__init__(" ".join(part for part in parts if part))


class InputError(GeodlError):
    """A parameter, layer or file cannot be used."""


class EnvironmentProblem(GeodlError):
    """There is no Python interpreter with the packages that are needed, or it does not work."""

    _details_last = True  # they are many paths


class WorkerCrash(GeodlError):
    """The worker process could not be started, ended without a result, or no longer answers.

    Args:
        problem: what is wrong.
        remedy: what the user can do about it.
        status: its exit status as `subprocess` gives it; None if it did not end by itself.
        step: what it was doing.
        last_words: the last lines of its output that are not messages to GeoDL, such as those of TensorFlow.
    """

    def __init__(
        self, problem: str, *, remedy: str = "", status: int | None = None, step: str = "", last_words: str = ""
    ) -> None:
        super().__init__(problem + " " + tr("Its last step: {step}.").format(step=step), remedy=remedy)
        self.status = status
        self.step = step
        self.last_words = last_words

    def __str__(self) -> str:
        lines = self.last_words.strip().splitlines()[-_SHOWN_LINES:]
        return "\n".join([super().__str__(), tr("Its last lines:"), *(lines or [tr("(none)")])])


class Cancelled(GeodlError):
    """The user cancelled the operation.

    Args:
        text: the message; empty: that no output was written.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__(text or tr("Cancelled: no output was written."))


class ClusterError(GeodlError):
    """Work on a cluster could not be finished."""
