"""In which order the patches of a dataset are walked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import numpy as np


class Sized(Protocol):
    """A reader of patches, as far as iterators know it."""

    @property
    def size(self) -> int:
        """Number of samples."""


class IteratorBase(ABC):
    """Gives the index of the next sample, again and again.

    Derive from it to control how patches are walked; the class is made with the reader as its only argument.
    One that ends (``StopIteration``) ends the epoch, and a new one is made for the next.

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
    """All samples in random order, then all in another, without end.

    Args:
        patches_reader: has the samples.
        seed: the same seed gives the same orders.

    Example::

        iterator_cls=functools.partial(RandomIterator, seed=7)
    """

    def __init__(self, patches_reader: Sized, seed: int = 0) -> None:
        super().__init__(patches_reader)
        self._chance = np.random.default_rng(seed)
        self._left: list[int] = []

    def __next__(self) -> int:
        if not self._left:
            self._left = self._chance.permutation(self.patches_reader.size).tolist()
        if not self._left:
            raise StopIteration
        return self._left.pop()
