"""Figures that rest on one or two polygons, or on a handful of pixels: they tell of a place, not of a class."""

from __future__ import annotations

from collections.abc import Sequence

from ..labels.splits import TEST, VALID
from .description import DatasetDescription, SplitInfo

_FEW_PIXELS = 30  # of so many, a share is known to about 0.18
_COUNTS = {1: "one", 2: "two"}  # features that are few


def thin_ground(description: DatasetDescription, splits: Sequence[str] = (VALID, TEST)) -> list[str]:
    """What the figures of splits rest on too little of, as sentences with the remedy.

    Args:
        description: of the dataset; one that does not tell what its labels are on the ground gives nothing.
        splits: the names of splits that judge a network.
    """
    found = []
    for split in splits:
        if split in description.splits:
            found += _of_split(description, split, description.splits[split])
    return found


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])


def _of_split(description: DatasetDescription, split: str, info: SplitInfo) -> list[str]:
    """What is thin in one split."""
    found = []
    names = description.classes.names or [description.values.name if description.values else ""]
    feature = "polygon" if description.label_mode == "polygons" else "labelled feature"
    judged, thin = [], []
    for few, word in _COUNTS.items():
        few_of = [name for name, count in zip(names, info.features) if count == few]
        if few_of:
            judged.append(
                f"{joined(few_of)} by {word} {feature}{'s' if few > 1 else ''}{' each' if few_of[1:] else ''}"
            )
            thin += few_of
    if thin:
        found.append(
            f"The split {split} judges {', '.join(judged)}: its figures tell how well these places are recognised, not "
            f"how well the class{'es are' if thin[1:] else ' is'}. Draw more of {joined(thin)}, in other places."
        )
    shared = [name for name, count in zip(names, info.shared_features) if count]
    if shared:
        found.append(
            f"A {feature} of {joined(shared)} lies in the split {split} and in another one: neighbouring pixels are "
            f"alike, so the figures of {joined(shared)} are too good. Draw more of it, in other places."
        )
    small = [
        f"{name} ({count})"
        for name, count, features in zip(names, info.distinct_pixels, info.features or [0] * len(names))
        if 0 < count < _FEW_PIXELS and features not in _COUNTS
    ]
    if small:
        found.append(f"The split {split} has only a handful of labelled pixels of {joined(small)}: label more of it.")
    return found
