"""Classes: the user's values and names, and the class indices of networks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from .colors import class_colors

MAXIMUM_CLASSES = 65535  # label patches are of 16 bits, and one index means unlabelled


@dataclass(frozen=True)
class Class:
    """One class.

    Args:
        value: its code in class maps; the user's own where the class field held integers.
        name: for people.
        color: ``#rrggbb``.

    Raises:
        ValueError: an argument is of another type, or the colour is written in another way.
    """

    value: int
    name: str
    color: str

    def __post_init__(self) -> None:
        if type(self.value) is not int or not isinstance(self.name, str) or not _is_color(self.color):
            raise ValueError(
                tr("{self} is not a class with an integer as value, a name and a colour #rrggbb").format(self=self)
            )

    @property
    def coded_name(self) -> str:
        """The name with the value, which distinguishes classes of the same name, as in ``forest (5)``."""
        return f"{self.name} ({self.value})"


def _is_color(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("#[0-9a-fA-F]{6}", value) is not None


@dataclass(frozen=True)
class ClassList:
    """The classes of a dataset, a network or a map; the index of a class is its place in the list, from 0.

    Classes are identified by their names: to names that several classes have, the value is added, as in
    ``forest (5)``, and classes without a name are named after their value.

    Args:
        classes: each with another value.

    Raises:
        InputError: two classes have the same value, or there are more than label patches can hold.
    """

    classes: tuple[Class, ...]

    def __post_init__(self) -> None:
        if len(self) > MAXIMUM_CLASSES:
            raise InputError(
                tr("There are too many classes."),
                expected=tr("at most {maximum}").format(maximum=MAXIMUM_CLASSES),
                received=str(len(self)),
            )
        counts = Counter(self.values)
        if len(counts) < len(self):
            raise InputError(
                tr("Two classes have the same value."),
                received=", ".join(str(value) for value, count in counts.items() if count > 1),
            )
        if not all(name.strip() for name in self.names):
            self._rename(name if name.strip() else str(value) for name, value in zip(self.names, self.values))
        while len(set(self.names)) < len(self):  # ends, since the value that is added differs from class to class
            count = Counter(self.names)
            self._rename(each.coded_name if count[each.name] > 1 else each.name for each in self.classes)

    def _rename(self, names: Iterable[str]) -> None:
        renamed = tuple(replace(each, name=name) for each, name in zip(self.classes, names))
        object.__setattr__(self, "classes", renamed)

    @classmethod
    def from_values(cls, values: Iterable[int | str]) -> ClassList:
        """The classes of a class field.

        Args:
            values: all values that occur, in any order: integers, which remain the values of the classes, or names,
                which get the values 1, 2, 3… in alphabetical order.

        Raises:
            InputError: a name consists of blanks, or no class map can hold the values.
        """
        ordered = sorted(set(values))
        blank = next((value for value in ordered if not str(value).strip()), None)
        if blank is not None:
            raise InputError(
                tr("A class has a name that consists of blanks."),
                expected=tr("names that can be read"),
                received=repr(blank),
                remedy=tr("Name the class, or empty the class field where there is none."),
            )
        names = [str(value) for value in ordered]
        classes = cls(
            tuple(
                Class(
                    value=value if isinstance(value, int) else number,
                    name=str(value),
                    color=color,
                )
                for number, (value, color) in enumerate(zip(ordered, class_colors(names)), start=1)
            )
        )
        _ = classes.map_dtype
        return classes

    def recolored(self, colors: Mapping[str, str]) -> ClassList:
        """The same classes in colours that a user chose.

        Args:
            colors: ``#rrggbb`` by name or value; other classes keep theirs.
        """
        found = (colors.get(each.name, colors.get(str(each.value), each.color)) for each in self.classes)
        return ClassList(tuple(replace(each, color=color) for each, color in zip(self.classes, found)))

    @classmethod
    def from_json(cls, content: list[dict[str, Any]]) -> ClassList:
        """Read the classes that `to_json` wrote.

        Args:
            content: the JSON value.

        Raises:
            ValueError, KeyError, TypeError: the content is not such a value.
            InputError: two classes have the same value, or there are too many.
        """
        return cls(tuple(Class(entry["value"], entry["name"], entry["color"]) for entry in content))

    def to_json(self) -> list[dict[str, Any]]:
        """The classes as a JSON value: one object for each."""
        return [asdict(each) for each in self.classes]

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def names(self) -> list[str]:
        """Names in the order of the indices."""
        return [each.name for each in self.classes]

    @property
    def values(self) -> list[int]:
        """Values in the order of the indices."""
        return [each.value for each in self.classes]

    def index(self, value: int | str) -> int | None:
        """Find a class by its value or name.

        Args:
            value: an integer, or a name.

        Returns:
            The index of the class; None if there is none.
        """
        known: list[Any] = self.names if isinstance(value, str) else self.values
        return known.index(value) if value in known else None

    def index_of(self, other: Class) -> int | None:
        """Find the class that is the same as a class of another list, by its name.

        Where only one of the lists has several classes of a name, and therefore values in their names, the values
        decide: ``forest`` with the value 5 is ``forest (5)`` there.

        Args:
            other: a class of another list.

        Returns:
            The index of the class; None if there is none.
        """
        named = self.index(other.name)
        if named is not None:
            return named
        coded = self.index(other.coded_name)
        if coded is not None:
            return coded
        return next((index for index, own in enumerate(self.classes) if own.coded_name == other.name), None)

    @property
    def unlabelled(self) -> int:
        """The index that means *no label* in label patches."""
        return 255 if len(self) <= 255 else 65535

    @property
    def label_dtype(self) -> np.dtype:
        """The type of label patches."""
        return np.dtype(np.uint8 if self.unlabelled == 255 else np.uint16)

    @property
    def map_dtype(self) -> np.dtype:
        """The smallest integer type that holds every value and the no-data value.

        Raises:
            InputError: a value is too large for a raster of integers.
        """
        for kind in (np.uint8, np.int16, np.uint16, np.int32, np.uint32):
            limits = np.iinfo(kind)
            if all(limits.min <= value <= limits.max for value in (*self.values, 0)) and not (
                0 in self.values and limits.max in self.values
            ):
                return np.dtype(kind)
        raise InputError(
            tr("Invalid class values for a class map."),
            expected=tr("integers of 32 bits, and one of them free for no-data"),
            received=f"{min(self.values)} … {max(self.values)}",
            remedy=tr("Choose a class field with smaller values, or one with names."),
        )

    @property
    def nodata(self) -> int:
        """The no-data value of class maps: 0, or the maximum of the type if 0 is a class."""
        return int(np.iinfo(self.map_dtype).max) if 0 in self.values else 0

    def values_array(self) -> NDArray:
        """Class values by index, in the type of class maps, [class]."""
        return np.array(self.values, self.map_dtype)

    def index_lookup(self, dtype: np.dtype | None = None) -> Callable[[NDArray], NDArray]:
        """Make a function from class values to class indices.

        Args:
            dtype: of the values, integers of 8 or 16 bits are looked up in a table, which is faster; None: any.

        Returns:
            A function of an array of values.  It gives an array of the same shape and of the type `label_dtype`:
            the indices, and `unlabelled` for values of no class.
        """
        values, unlabelled, index_dtype = np.array(self.values), self.unlabelled, self.label_dtype
        if dtype is not None and dtype.kind in "iu" and dtype.itemsize <= 2:
            unsigned = np.dtype(f"u{dtype.itemsize}")
            table = np.full(np.iinfo(unsigned).max + 1, unlabelled, index_dtype)
            table[values.astype(dtype).view(unsigned)] = np.arange(len(values))
            return lambda given: table[given.view(unsigned)]
        order = values.argsort()
        ascending = values[order]

        def look_up(given: NDArray) -> NDArray:
            place = np.searchsorted(ascending, given).clip(0, len(ascending) - 1)
            return np.where(ascending[place] == given, order[place], unlabelled).astype(index_dtype)

        return look_up
