"""What a map holds: classes, or values such as tree cover in percent, which are judged by other figures."""

from __future__ import annotations

from ..errors import InputError
from ..labels.class_raster import read_names
from ..labels.classes import ClassList
from ..language import tr
from ..options import MAP_KINDS
from ..rasters.opening import open_raster
from ..rasters.raster import Source
from ..runtime.checks import check_choice

_MAXIMUM = 1000  # classes of a map: nobody tells more apart
_PLAUSIBLE = 40  # classes that have no names


def holds_values(path: str, kind: str) -> bool:
    """Whether a map holds values: real numbers, unless the user says what it holds.

    Args:
        path: the map.
        kind: one of `MAP_KINDS`.

    Raises:
        InputError: the kind is another, there are several bands, or real numbers are said to be classes.
    """
    check_choice(tr("kind of map"), kind, MAP_KINDS)
    source = Source("map", [path])
    stored = source.stored
    if source.bands != 1:
        raise InputError(
            tr("The map {path} cannot be evaluated.").format(path=path),
            expected=tr("one band of classes or of values"),
            received=tr("{bands} bands").format(bands=source.bands),
            remedy=tr("Choose a map of classes, or extract the band that holds the values."),
        )
    if kind == "classes" and stored.kind not in "iu":
        raise InputError(
            tr("The map {path} does not hold classes.").format(path=path),
            expected=tr("integers, for KIND classes"),
            received=tr("real numbers ({name})").format(name=stored.name),
            remedy=tr("Choose KIND values if they are quantities; else convert the map to integers."),
        )
    return kind == "values" or (kind == "automatic" and stored.kind == "f")


def check_is_of_classes(path: str, classes: ClassList, kind: str) -> None:
    """Raise `InputError` if integers can hardly be classes: they are too many, or have no names and nobody says so.

    Args:
        path: the map.
        classes: its values.
        kind: one of `MAP_KINDS`.
    """
    dataset = open_raster(path)  # a band does not keep its dataset alive
    has_names = bool(read_names(dataset.GetRasterBand(1)))
    doubtful = kind == "automatic" and not has_names and len(classes) > _PLAUSIBLE
    if doubtful or len(classes) > _MAXIMUM:
        told = tr("{count} different values") if has_names else tr("{count} different values without names")
        raise InputError(
            tr("The map {path} may not hold classes.").format(path=path),
            expected=tr("at most {maximum} classes, or {plausible} without names").format(
                maximum=_MAXIMUM, plausible=_PLAUSIBLE
            ),
            received=told.format(count=len(classes)),
            remedy=tr(
                "Choose KIND values if they are quantities such as tree cover, or KIND classes if they are classes."
            ),
        )
