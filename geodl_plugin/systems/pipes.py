"""The standard input of a worker: how it is kept from libraries, and how its end is noticed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

_LOOK = 0.1  # seconds between two looks at a pipe
_PIECE = 65536  # bytes


def take_input() -> int:
    """Keep standard input for the caller; libraries, children and ``sys.stdin`` find an empty one from now on.

    Returns:
        The descriptor that the caller reads from; children do not inherit it.
    """
    kept = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return kept


def first_line(descriptor: int) -> str:
    """Read a line, and what has come with it."""
    with open(descriptor, "rb", closefd=False) as stream:
        return stream.readline().decode("utf-8", "replace")


def wait_for_end(descriptor: int, take: Callable[[str], None] = lambda line: None) -> None:
    """Return when no process can write to a pipe any more.

    Windows does one thing at a time with a pipe: while a thread waits in a read, a call that asks what kind of file it
    is waits too, though only for its handle.  The Fortran library of scipy does so while it is loaded, and would wait
    until the pipe is closed.  So no thread waits in a read there.

    Args:
        descriptor: of the end for reading.
        take: is given each whole line that comes until then.
    """
    begun = b""
    while True:
        if sys.platform == "win32":
            _wait_until_readable(descriptor)
        piece = os.read(descriptor, _PIECE)
        if not piece:
            return
        *whole, begun = (begun + piece).split(b"\n")
        for line in whole:
            take(line.decode("utf-8", "replace"))


def _wait_until_readable(descriptor: int) -> None:
    """Return when a read would not wait: something has come, or nothing can; also for what is no pipe."""
    import ctypes
    import msvcrt

    kernel32 = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]  # not windll's, whose types others may set
    handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))  # type: ignore[attr-defined]
    waiting = ctypes.c_ulong(0)
    # It fails with ERROR_BROKEN_PIPE when the other end is closed, with ERROR_INVALID_FUNCTION for files and consoles.
    while kernel32.PeekNamedPipe(handle, None, 0, None, ctypes.byref(waiting), None) and not waiting.value:
        time.sleep(_LOOK)
