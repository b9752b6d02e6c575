"""Figures that rest on one or two polygons, or on a handful of pixels: they tell of a place, not of a class."""

from __future__ import annotations

from collections.abc import Sequence

from ..labels.splits import TEST, VALID
from ..language import tr
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
    feature = "polygon" if description.label_mode == "polygons" else tr("labelled feature")
    judged, thin = [], []
    for few, word in _COUNTS.items():
        few_of = [name for name, count in zip(names, info.features) if count == few]
        if few_of:
            judged.append(
                tr("{joined} by {word} {feature}{value}{value2}").format(
                    joined=joined(few_of),
                    word=word,
                    feature=feature,
                    value="s" if few > 1 else "",
                    value2=" each" if few_of[1:] else "",
                )
            )
            thin += few_of
    if thin:
        found.append(
            tr(
                "The split {split} judges {judged}: its figures tell how well these places are recognised, not how "
                "well the class{value}. Draw more of {joined}, in other places."
            ).format(
                split=split, judged=", ".join(judged), value=tr("es are") if thin[1:] else " is", joined=joined(thin)
            )
        )
    shared = [name for name, count in zip(names, info.shared_features) if count]
    if shared:
        found.append(
            tr(
                "A {feature} of {joined} lies in the split {split} and in another one: neighbouring pixels are "
                "alike, so the figures of {joined} are too good. Draw more of it, in other places."
            ).format(feature=feature, joined=joined(shared), split=split)
        )
    small = [
        f"{name} ({count})"
        for name, count, features in zip(names, info.distinct_pixels, info.features or [0] * len(names))
        if 0 < count < _FEW_PIXELS and features not in _COUNTS
    ]
    if small:
        found.append(
            tr("The split {split} has only a handful of labelled pixels of {joined}: label more of it.").format(
                split=split, joined=joined(small)
            )
        )
    return found
