"""Reading ahead: the next pieces of data are read while the last one is being used."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Data = TypeVar("_Data")


def read_ahead(read: Callable[[_Item], _Data], items: Iterable[_Item], depth: int = 1) -> Generator[_Data, None, None]:
    """Call a function for each item in a thread, ahead of whoever uses its results.

    The thread ends with the iterator: when it is exhausted, closed or forgotten.

    Args:
        read: is called for one item after the other, never for two at the same time.
        items: what to read.
        depth: maximum number of results that wait to be used.

    Yields:
        The results, in the order of the items.

    Raises:
        Exception: what ``read`` raised, in place of its result.
    """
    waiting: deque[Future[_Data]] = deque()
    with ThreadPoolExecutor(1, thread_name_prefix="read_ahead") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(read, item))
                if len(waiting) > depth:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
