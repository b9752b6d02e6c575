"""Threads that listen to a program, so that whoever started it is never held up by it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import IO, Any


def start_thread(work: Callable[..., None], *arguments: Any) -> threading.Thread:
    """Do some work in a thread that does not keep the interpreter from ending."""
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def listen(stream: IO[str], take: Callable[[str], None], at_end: Callable[[], None] = lambda: None) -> threading.Thread:
    """Pass on the lines of a stream in a thread of its own, and close the stream at its end.

    Args:
        stream: such as the output of a program.
        take: is given each line, with its line break.
        at_end: is called after the last line, also if the stream breaks off.
    """

    def read(lines: Iterable[str]) -> None:
        try:
            with stream:
                for line in lines:
                    take(line)
        finally:
            at_end()

    return start_thread(read, stream)
