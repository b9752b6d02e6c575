"""How positions were sampled, which their file tells to the steps that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..labels.splits import FEATURE_WAYS
from ..rasters.connections import Connection
from .rules import Rules

FIELDS: dict[str, type] = {
    "patch_size": int,
    "buffer": int,
    "seed": int,
    "image": str,
}  # of ten letters at most, as Shapefiles have them


@dataclass(frozen=True)
class Origin:
    """How positions were sampled.

    Args:
        patch_size: side of the patches that they are for, in pixels; 0: unknown.
        buffer: least distance of positions of different splits, in pixels; 0: none was kept, or it is unknown.
        seed: of what was drawn.
        image: name of the first file of the reference, and how many more there are; empty: unknown.
    """

    patch_size: int = 0
    buffer: int = 0
    seed: int = 0
    image: str = ""

    @classmethod
    def of(cls, rules: Rules, rasters: Sequence[str]) -> Origin:
        """The origin of positions that are drawn by some rules.

        Args:
            rules: with a way of splitting other than ``automatic``.
            rasters: of the reference.
        """
        keeps_none = rules.split == "none" or (rules.split in FEATURE_WAYS and not rules.split_buffer)
        image = Path(Connection.parse(rasters[0]).name).name
        if len(rasters) > 1:
            image += f" and {len(rasters) - 1} more"
        return cls(rules.patch_size, 0 if keeps_none else rules.split_distance, rules.seed, image)

    @classmethod
    def read(cls, values: Mapping[str, Sequence[Any]]) -> Origin:
        """The origin that the fields of points tell.

        Args:
            values: of the fields by name, [point]; what is missing, or not the same for all points, is unknown.
        """
        found: dict[str, Any] = {}
        for name, kind in FIELDS.items():
            different: set[Any] = set(values.get(name, ()))
            value = different.pop() if len(different) == 1 else None
            if isinstance(value, kind) and not (isinstance(value, int) and value < 0):
                found[name] = value
        return cls(**found)


UNKNOWN = Origin()
