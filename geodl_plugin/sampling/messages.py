"""Messages and warnings about positions: how many there are, why some are missing, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.splits import FEATURE_WAYS, SPLITS
from ..language import tr
from ..runtime.reporter import Reporter
from .positions import Positions
from .rules import Rules


def warn_about_small_buffer(rules: Rules, reporter: Reporter) -> None:
    """Warn if patches of different splits may overlap."""
    if 0 < rules.split_buffer < rules.patch_size and rules.split != "none":
        reporter.warning(
            tr(
                "Patches of different splits may share pixels: the buffer of {split_buffer} pixels is smaller than "
                "the patch size of {patch_size}. Each label still belongs to one split only."
            ).format(split_buffer=rules.split_buffer, patch_size=rules.patch_size)
        )


def report_nodata(nodata: dict[str, int], reporter: Reporter) -> None:
    """Report how many labelled pixels were rejected because of no-data, by source."""
    for name, count in nodata.items():
        if count:
            reporter.info(
                tr("{count} labelled pixels were rejected: their patches contain no-data of {name}.").format(
                    count=count, name=name
                )
            )


def check_pixels(pixels: NDArray[np.int64], names: Sequence[str], rules: Rules, name: str, reporter: Reporter) -> None:
    """Warn of classes that no patch can be centred on; raise an error if there are no others.

    Args:
        pixels: labelled pixels that patches can be centred on, [class].
        names: the classes.
        rules: the rules for the positions.
        name: what the user calls the labels.
        reporter: receives the warning.

    Raises:
        InputError: no patch can be centred on any labelled pixel.
    """
    empty = [class_name for class_name, count in zip(names, pixels) if count == 0]
    if len(empty) == len(names):
        raise InputError(
            tr("No pixel of {name} can be the centre of a patch.").format(name=name),
            expected=tr("labelled pixels {place}").format(place=_place(rules)),
            received=tr("none"),
            remedy=tr("Choose a smaller patch size, or draw larger polygons farther inside.")
            if rules.edges == "inside"
            else tr("Draw polygons where every source has data, each larger than a pixel."),
        )
    if empty:
        reporter.warning(
            tr(
                "No patch can be centred on any pixel of {empty}: the features are smaller than a pixel, or have no "
                "pixel {place}."
            ).format(empty=", ".join(empty), place=_place(rules))
        )


def _place(rules: Rules) -> str:
    """Where a pixel must lie so that a patch can be centred on it."""
    if rules.edges != "inside":
        return (
            tr("inside every source, with data all around")
            if rules.reject_nodata
            else tr("inside every source, with data")
        )
    where = (
        tr("at least {pixels} pixels inside the border of every source, with data all around")
        if rules.reject_nodata
        else tr("at least {pixels} pixels inside the border of every source, with data")
    )
    return where.format(pixels=rules.patch_size // 2)


def report_positions(positions: Positions, names: Sequence[str], rules: Rules, reporter: Reporter) -> None:
    """Report how many positions each class and split has, and warn of classes that are missing in a split.

    Raises:
        InputError: there are no positions to train with.
    """
    table = np.zeros((len(SPLITS), len(names)), np.int64)
    np.add.at(table, (positions.split_of, positions.labels), 1)
    for split, row in zip(SPLITS, table):
        shares = row / np.maximum(1, table.sum(axis=0))
        each = (f"{count} {name} ({share:.0%})" for count, name, share in zip(row, names, shares))
        reporter.info(f"{split}: " + ", ".join(each))
    if table[0].sum() == 0:
        raise InputError(
            tr("No position is left to train with."),
            expected=tr("labelled pixels that are farther than the buffer from all positions of valid and test"),
            received=tr("{valid} positions of valid and {test} of test, and no room beside them").format(
                valid=table[1].sum(), test=table[2].sum()
            ),
            remedy=tr("Choose fewer positions, smaller shares for validation and test, or the split spatial blocks."),
        )
    for split, row, fraction in zip(SPLITS, table, rules.fractions):
        missing = [name for name, count in zip(names, row) if count == 0]
        if missing and fraction > 0 and rules.split != "none":
            why = tr("their polygons lie in too few blocks, or too close to another split")
            remedy = tr("Draw more polygons, or choose smaller blocks or patches.")
            if rules.split in FEATURE_WAYS:
                why, remedy = tr("there are too few polygons of them for every split"), tr("Draw more polygons.")
            reporter.warning(
                tr("No positions of {missing} in the {split} split: {why}. {remedy}").format(
                    missing=", ".join(missing), split=split, why=why, remedy=remedy
                )
            )
