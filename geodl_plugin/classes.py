"""Classes: the user's values and names, and the indices that networks count with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import InputError

# Paul Tol's "bright" and "muted" schemes (colour-blind safe), in an order that suits land cover.
PALETTE = (
    "#ddcc77", "#228833", "#4477aa", "#cc6677", "#aa3377", "#66ccee", "#999933", "#882255",
    "#44aa99", "#ee6677", "#117733", "#332288", "#ccbb44", "#88ccee", "#aa4499", "#bbbbbb",
)  # fmt: skip


@dataclass(frozen=True)
class Class:
    """One class.

    Args:
        value: its code in class maps; the user's own where the class field held integers.
        name: what people call it.
        color: ``#rrggbb``.
    """

    value: int
    name: str
    color: str


@dataclass(frozen=True)
class ClassMap:
    """The classes of a dataset, a network or a map; the index of a class is its place here, from 0."""

    classes: tuple[Class, ...]

    @classmethod
    def from_values(cls, values: Iterable[int | str]) -> ClassMap:
        """The classes of a class field: integers keep their value, names count from 1 in alphabetical order."""
        ordered = sorted(set(values))
        return cls(
            tuple(
                Class(
                    value=value if isinstance(value, int) else number,
                    name=str(value),
                    color=PALETTE[(number - 1) % len(PALETTE)],
                )
                for number, value in enumerate(ordered, start=1)
            )
        )

    @classmethod
    def from_json(cls, content: list[dict[str, Any]]) -> ClassMap:
        """The classes that `to_json` wrote."""
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
            expected="integers of 32 bits",
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
