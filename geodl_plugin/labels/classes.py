"""Classes: the user's values and names, and the indices that networks count with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError

# Paul Tol's "bright" and "muted" schemes (colour-blind safe), in an order that suits land cover.
PALETTE = (
    "#ddcc77", "#228833", "#4477aa", "#cc6677", "#aa3377", "#66ccee", "#999933", "#882255",
    "#44aa99", "#ee6677", "#117733", "#332288", "#ccbb44", "#88ccee", "#aa4499", "#bbbbbb",
)  # fmt: skip
_MOST = 65535  # label patches are of 16 bits, and one index means unlabelled


@dataclass(frozen=True)
class Class:
    """One class.

    Args:
        value: its code in class maps; the user's own where the class field held integers.
        name: what people call it.
        color: ``#rrggbb``.

    Raises:
        ValueError: something else.
    """

    value: int
    name: str
    color: str

    def __post_init__(self) -> None:
        if type(self.value) is not int or not isinstance(self.name, str) or not _is_color(self.color):
            raise ValueError(f"{self} is no class with an integer as value, a name and a colour #rrggbb")

    @property
    def coded_name(self) -> str:
        """The name with the value: what tells it from others of this name."""
        return f"{self.name} ({self.value})"


def _is_color(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("#[0-9a-fA-F]{6}", value) is not None


@dataclass(frozen=True)
class ClassList:
    """The classes of a dataset, a network or a map; the index of a class is its place here, from 0.

    Classes are known by their names: those that share one get their value added, as in ``forest (5)``, and those
    without one have their value as name.

    Args:
        classes: with a value each.

    Raises:
        InputError: two have one value, or there are more than label patches can hold.
    """

    classes: tuple[Class, ...]

    def __post_init__(self) -> None:
        if len(self) > _MOST:
            raise InputError("There are too many classes.", expected=f"at most {_MOST}", received=str(len(self)))
        values = Counter(self.values)
        if len(values) < len(self):
            raise InputError(
                "Two classes have the same value.", received=", ".join(str(one) for one, n in values.items() if n > 1)
            )
        if not all(one.name.strip() for one in self.classes):
            self._rename(one if one.name.strip() else replace(one, name=str(one.value)) for one in self.classes)
        while len(set(self.names)) < len(self):  # ends: what a name gets is the class's own
            count = Counter(self.names)
            self._rename(replace(one, name=one.coded_name) if count[one.name] > 1 else one for one in self.classes)

    def _rename(self, classes: Iterable[Class]) -> None:
        object.__setattr__(self, "classes", tuple(classes))

    @classmethod
    def from_values(cls, values: Iterable[int | str]) -> ClassList:
        """The classes of a class field: integers keep their value, names count from 1 in alphabetical order.

        Raises:
            InputError: a name consists of blanks, or no class map can hold the values.
        """
        ordered = sorted(set(values))
        blank = next((value for value in ordered if not str(value).strip()), None)
        if blank is not None:
            raise InputError(
                "A class has a name that consists of blanks.",
                expected="names that can be read",
                received=repr(blank),
                remedy="Name the class, or empty the class field where there is none.",
            )
        classes = cls(
            tuple(
                Class(
                    value=value if isinstance(value, int) else number,
                    name=str(value),
                    color=PALETTE[(number - 1) % len(PALETTE)],
                )
                for number, value in enumerate(ordered, start=1)
            )
        )
        _ = classes.map_dtype
        return classes

    @classmethod
    def from_json(cls, content: list[dict[str, Any]]) -> ClassList:
        """The classes that `to_json` wrote.

        Raises:
            ValueError, KeyError, TypeError: the content is something else.
            InputError: the classes cannot be together.
        """
        return cls(tuple(Class(entry["value"], entry["name"], entry["color"]) for entry in content))

    def to_json(self) -> list[dict[str, Any]]:
        """A JSON value, class by class."""
        return [asdict(one) for one in self.classes]

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def names(self) -> list[str]:
        """Names in the order of the indices."""
        return [one.name for one in self.classes]

    @property
    def values(self) -> list[int]:
        """Values in the order of the indices."""
        return [one.value for one in self.classes]

    def index(self, value: int | str) -> int | None:
        """The index of the class of that value (an integer) or name; None if there is none."""
        known: list[Any] = self.names if isinstance(value, str) else self.values
        return known.index(value) if value in known else None

    def index_of(self, one: Class) -> int | None:
        """The index of the class that is the same as one of other classes, by its name; None if there is none.

        Where only one side has several classes of a name, and so values in their names, the values decide.
        """
        named = self.index(one.name)
        if named is not None:
            return named
        coded = self.index(one.coded_name)
        if coded is not None:
            return coded
        return next((index for index, own in enumerate(self.classes) if own.coded_name == one.name), None)

    @property
    def unlabelled(self) -> int:
        """The index that stands for *no label* in label patches."""
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
            "The class values do not fit into a class map.",
            expected="integers of 32 bits, and one of them for no data",
            received=f"{min(self.values)} … {max(self.values)}",
            remedy="Choose a class field with smaller values, or one with names.",
        )

    @property
    def nodata(self) -> int:
        """The value of class maps where there is no class: 0, or the type's highest if 0 is a class."""
        return int(np.iinfo(self.map_dtype).max) if 0 in self.values else 0

    def values_array(self) -> NDArray:
        """Class values by index, in the type of class maps."""
        return np.array(self.values, self.map_dtype)
