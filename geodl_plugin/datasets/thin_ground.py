"""Figures that rest on one or two polygons, or on a handful of pixels: they tell of a place, not of a class."""

from __future__ import annotations

from collections.abc import Sequence

from ..labels.splits import TEST, VALID
from ..language import joined, mark, tr
from .description import DatasetDescription, SplitInfo

_FEW_PIXELS = 30  # of so many, a share is known to about 0.18
# What judges one class, and several, by the number of features that is few, of polygons and of other features.
_FEW_POLYGONS = {
    1: (mark("{names} by one polygon"), mark("{names} by one polygon each")),
    2: (mark("{names} by two polygons"), mark("{names} by two polygons each")),
}
_FEW_FEATURES = {
    1: (mark("{names} by one labelled feature"), mark("{names} by one labelled feature each")),
    2: (mark("{names} by two labelled features"), mark("{names} by two labelled features each")),
}


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


def _of_split(description: DatasetDescription, split: str, info: SplitInfo) -> list[str]:
    """What is thin in one split."""
    found = []
    names = description.classes.names or [description.values.name if description.values else ""]
    are_polygons = description.label_mode == "polygons"
    judged, thin = [], []
    for few, texts in (_FEW_POLYGONS if are_polygons else _FEW_FEATURES).items():
        few_of = [name for name, count in zip(names, info.features) if count == few]
        if few_of:
            judged.append(tr(texts[len(few_of) > 1]).format(names=joined(few_of)))
            thin += few_of
    if thin:
        one = tr(
            "The split {split} judges {judged}: its figures tell how well these places are recognised, not how well "
            "the class is. Draw more of {names}, in other places."
        )
        several = tr(
            "The split {split} judges {judged}: its figures tell how well these places are recognised, not how well "
            "the classes are. Draw more of {names}, in other places."
        )
        text = several if len(thin) > 1 else one
        found.append(text.format(split=split, judged=", ".join(judged), names=joined(thin)))
    shared = [name for name, count in zip(names, info.shared_features) if count]
    if shared:
        polygon = tr(
            "A polygon of {names} lies in the split {split} and in another one: neighbouring pixels are alike, so the "
            "figures of {names} are too good. Draw more of it, in other places."
        )
        feature = tr(
            "A labelled feature of {names} lies in the split {split} and in another one: neighbouring pixels are "
            "alike, so the figures of {names} are too good. Draw more of it, in other places."
        )
        found.append((polygon if are_polygons else feature).format(names=joined(shared), split=split))
    small = [
        f"{name} ({count})"
        for name, count, features in zip(names, info.distinct_pixels, info.features or [0] * len(names))
        if 0 < count < _FEW_PIXELS and features not in _FEW_POLYGONS
    ]
    if small:
        found.append(
            tr("The split {split} has only a handful of labelled pixels of {names}: label more of it.").format(
                split=split, names=joined(small)
            )
        )
    return found
