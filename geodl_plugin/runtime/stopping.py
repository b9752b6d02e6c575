"""Ends a job by signals: Ctrl-C, ``kill``, the end of a session, a scheduler's time limit.

The job stops when it next asks whether it is cancelled.  If it asks too late, since TensorFlow compiles or a disk is
slow, or if there is a second signal, the process is ended; its unfinished outputs are removed first.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from ..errors import Cancelled
from ..systems.processes import ending_signals
from . import files

CANCELLED_STATUS = 130


@contextmanager
def stopped_by_signals(cancel: Callable[[], None], grace: float) -> Iterator[None]:
    """Let signals that ask to end the process stop the job in this block; after the block they do nothing.

    To be used in the main thread.

    Args:
        cancel: makes the job stop when it next asks whether it is cancelled.
        grace: seconds that it may take until then.
    """
    # A handler in Python waits until the main thread runs Python code again, which may take minutes: another thread
    # is woken at once.
    waiting, waking = socket.socketpair()
    waking.setblocking(False)
    signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
    handled = [number for number in ending_signals() if signal.getsignal(number) is not signal.SIG_IGN]  # nohup
    for number in handled:
        signal.signal(number, lambda *_: None)
    ended = threading.Event()
    threading.Thread(target=_stop, args=(waiting, cancel, grace, ended), daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        for number in handled:  # no handler: Python removes those when it ends, which takes a while with TensorFlow
            signal.signal(number, signal.SIG_IGN)
        signal.set_wakeup_fd(-1)
        waking.close()


def _stop(waiting: socket.socket, cancel: Callable[[], None], grace: float, ended: threading.Event) -> None:
    """Cancel at the first signal, and end the process at the second one or after so many seconds."""
    with waiting:
        if not waiting.recv(1):
            return
        cancel()
        waiting.settimeout(grace)
        with suppress(socket.timeout):
            waiting.recv(1)
    if not ended.is_set():
        try:
            files.discard_unfinished()
            sys.stderr.write(f"{Cancelled()}\n")
            sys.stderr.flush()
        finally:  # also if standard error is closed, or a file cannot be removed
            os._exit(CANCELLED_STATUS)
