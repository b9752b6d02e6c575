"""How a child process is started, and ended with its children."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

_SIGNAL_AT_PARENTS_END = 1  # PR_SET_PDEATHSIG of Linux


def quiet() -> dict[str, Any]:
    """Arguments of `subprocess.run` for a short program: no console opens on Windows."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {}


def apart(inherited: Sequence[int] = ()) -> dict[str, Any]:
    """Arguments of `subprocess.Popen` for a program that `end` can end with its children.

    Ctrl-C in a console reaches this process only, which ends the child in its own way.

    Args:
        inherited: file descriptors that the child keeps open, where the system can do that.
    """
    if sys.platform == "win32":
        return quiet()
    return {"start_new_session": True, "pass_fds": tuple(inherited)}


def ending_signals() -> list[signal.Signals]:
    """The signals that ask a process to end: Ctrl-C, `kill`, the end of a session, a console that is closed."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    return [number for number in signal.Signals if number.name in names]


def can_inherit_descriptors() -> bool:
    """Whether a child keeps a descriptor open, and the lock on its file with it."""
    return sys.platform != "win32"


def go_on_without_parent() -> None:
    """Let the system continue this process when the one that started it ends, in case that it is stopped by then.

    A stopped process (SIGSTOP) does not notice that nobody waits for it any more, and would stay for ever; one that
    runs does not notice the signal.  Linux only.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a C library without prctl
            ctypes.CDLL(None).prctl(_SIGNAL_AT_PARENTS_END, signal.SIGCONT, 0, 0, 0)


def end(process: subprocess.Popen[str]) -> None:
    """End a process that was started `apart`, by force, with those that it started.

    On Windows those live on, but for one: the python.exe of a virtual environment starts the real interpreter in a job
    object that Windows ends with it (KILL_ON_JOB_CLOSE, without the children of that interpreter).
    """
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # macOS says so of a group that has ended
            os.killpg(process.pid, signal.SIGKILL)
