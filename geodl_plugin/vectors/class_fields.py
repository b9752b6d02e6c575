"""Which field of a layer holds its classes, and which does not: one that numbers the features."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from osgeo import ogr

from ..errors import InputError
from ..language import tr
from ..options import likely_class_fields

_KINDS = (ogr.OFTInteger, ogr.OFTInteger64, ogr.OFTString)
_IDENTIFIERS = frozenset(["fid", "id", "gid", "oid", "uid", "uuid", "guid", "objectid", "ogcfid", "featureid", "pk"])
_SHOWN = 5  # candidates in a message


def class_fields(layer: ogr.Layer) -> list[str]:
    """The fields of a layer that may hold classes, the likeliest ones first.

    They hold integers or text and have no name of identifiers.  Either their name says that they hold classes, or at
    least one value occurs twice.

    Args:
        layer: is read from its beginning.
    """
    found = _values(layer)
    named = likely_class_fields(found)
    return [*named, *(name for name, values in found.items() if name not in named and not _all_differ(values))]


def require_class_field(layer: ogr.Layer, field: str, name: str, remedy: str = "") -> None:
    """Raise `InputError` if no class field is given; the message names those that the layer has.

    Args:
        layer: of labelled features.
        field: the class field; empty: none.
        name: the layer's name for messages.
        remedy: what else may be done.
    """
    if not field:
        fields = class_fields(layer)
        wanted = (
            tr("CLASS_FIELD, the field with the class of each feature, such as {fields}")
            if fields
            else tr("CLASS_FIELD, the field with the class of each feature")
        )
        raise InputError(
            tr("The class field of the layer {name} is missing.").format(name=name),
            expected=wanted.format(fields=_shown(fields)),
            received=tr("none"),
            remedy=remedy,
        )


def check_classes(layer: ogr.Layer, field: str, values: Sequence[int | str | float], name: str) -> None:
    """Raise `InputError` if a field numbers the features, so that each would be a class of its own.

    That is so if no value occurs twice, and the field is called like an identifier, or another field holds classes by
    its name and its values.

    Args:
        layer: of labelled features.
        field: the class field; empty: there is none.
        values: of the field, [feature].
        name: the layer's name for messages.
    """
    if not field or len(values) < 2 or not _all_differ(values):
        return
    others = [other for other in class_fields(layer) if other != field]
    if not _is_identifier(field):
        found = _values(layer)
        others = [other for other in likely_class_fields(others) if not _all_differ(found[other])]
        if not others or likely_class_fields([field]):
            return
    wanted = (
        tr("a field that is the same for all features of a class, such as {fields}")
        if others
        else tr("a field that is the same for all features of a class")
    )
    raise InputError(
        tr("The field {field} of the layer {name} does not name classes: it differs from feature to feature.").format(
            field=field, name=name
        ),
        expected=wanted.format(fields=_shown(others)),
        received=tr("{count} different values in {count} features").format(count=len(values)),
        remedy=tr("Choose another class field.") if others else tr("Make one with the field calculator."),
    )


def _values(layer: ogr.Layer) -> dict[str, list[Any]]:
    """The values of all fields of integers or text but those with names of identifiers, by name."""
    numbers = {
        definition.GetName(): number
        for number, definition in enumerate(layer.schema)
        if definition.GetType() in _KINDS and not _is_identifier(definition.GetName())
    }
    values: dict[str, list[Any]] = {name: [] for name in numbers}
    layer.ResetReading()
    for feature in layer:
        for name, number in numbers.items():
            values[name].append(feature.GetField(number))
    return values


def _is_identifier(name: str) -> bool:
    return re.sub(r"[^a-z]", "", name.lower()) in _IDENTIFIERS


def _all_differ(values: Sequence[Any]) -> bool:
    return len(set(values)) == len(values)


def _shown(fields: Sequence[str]) -> str:
    """The first names of fields, for a message."""
    return ", ".join(fields[:_SHOWN])
