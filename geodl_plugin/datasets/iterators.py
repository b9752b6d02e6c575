"""The order in which the samples of a dataset are read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import numpy as np


class Sized(Protocol):
    """What iterators need to know of a reader of patches."""

    @property
    def size(self) -> int:
        """Number of samples."""


class IteratorBase(ABC):
    """Iterator over the indices of samples.

    Derive from it to control the order of the samples; the class is called with the reader as its only argument.
    An iterator that ends (``StopIteration``) ends the epoch, and another is made for the next.

    Example::

        class EverySecond(IteratorBase):
            def __init__(self, patches_reader):
                self._indices = iter(range(0, patches_reader.size, 2))

            def __next__(self):
                return next(self._indices)

        DatasetFromPatchesImages({"xs": ["xs.tif"]}, iterator_cls=EverySecond)
    """

    def __init__(self, patches_reader: Sized) -> None:
        self.patches_reader = patches_reader

    def __iter__(self) -> IteratorBase:
        return self

    @abstractmethod
    def __next__(self) -> int: ...


class RandomIterator(IteratorBase):
    """All samples in random order, then all of them in another order, without end.

    Args:
        patches_reader: has the samples.
        seed: the same seed gives the same orders.

    Example::

        iterator_cls=functools.partial(RandomIterator, seed=7)
    """

    def __init__(self, patches_reader: Sized, seed: int = 0) -> None:
        super().__init__(patches_reader)
        self._random = np.random.default_rng(seed)
        self._remaining: list[int] = []

    def __next__(self) -> int:
        if not self._remaining:
            self._remaining = self._random.permutation(self.patches_reader.size).tolist()
        if not self._remaining:
            raise StopIteration
        return self._remaining.pop()
