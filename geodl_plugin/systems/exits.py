"""What the status of a program that crashed means."""

from __future__ import annotations

import signal
from typing import NamedTuple


class Exit(NamedTuple):
    """An end of a program.

    Args:
        name: what the system calls it.
        problem: what that means, one sentence; empty if the status does not say.
        remedy: what to do about it.
    """

    name: str
    problem: str
    remedy: str


_MEMORY = ("Most likely the machine ran out of memory.", "Close other programs, or use smaller sizes.")
_INSTRUCTIONS = ("This processor lacks instructions that this build of TensorFlow needs.", "")
_CRASHED = ("A native library crashed.", "Run Check the environment.")
_KNOWN = {
    -9: ("SIGKILL", *_MEMORY),
    -4: ("SIGILL", *_INSTRUCTIONS),
    -11: ("SIGSEGV", *_CRASHED),
    -6: ("SIGABRT", *_CRASHED),
    0xC000001D: ("0xC000001D (illegal instruction)", *_INSTRUCTIONS),
    0xC0000005: ("0xC0000005 (access violation)", *_CRASHED),
}


def explained(status: int) -> Exit:
    """What a status means: negative numbers are signals, large ones Windows' own."""
    if status in _KNOWN:
        return Exit(*_KNOWN[status])
    names = {one.value: one.name for one in signal.Signals}
    return Exit(names.get(-status, f"status {status}"), "", "")
