"""Compare vector files by what they hold: their bytes hold dates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from .differences import Difference, first_unequal, unequal


def of_vector(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """Differences of two vector files: layers, fields, CRS, and the features in their order."""
    old, new = (gdal.OpenEx(str(path), gdal.OF_VECTOR) for path in (before, after))
    for what, values in unequal(_described(old), _described(new)):
        yield Difference(name, f"{what}: {values}")
    number, first = first_unequal(_features(old), _features(new))
    if number:
        yield Difference(name, f"{number} features, as {first}")


def _described(dataset: gdal.Dataset) -> dict[str, Any]:
    return {
        f"layer {layer.GetName()}": (
            [(field.GetName(), field.GetTypeName(), field.GetWidth(), field.GetPrecision()) for field in layer.schema],
            layer.GetSpatialRef() and layer.GetSpatialRef().ExportToWkt(),
            layer.GetGeomType(),
            layer.GetMetadata(),
        )
        for layer in _layers(dataset)
    }


def _features(dataset: gdal.Dataset) -> list[str]:
    return [_text(feature) for layer in _layers(dataset) for feature in layer]


def _text(feature: ogr.Feature) -> str:
    """All that a feature holds, with every digit."""
    geometry = feature.GetGeometryRef()
    return f"{feature.GetFID()} {feature.items()} {geometry and bytes(geometry.ExportToIsoWkb()).hex()}"


def _layers(dataset: gdal.Dataset) -> list[Any]:
    return [dataset.GetLayer(number) for number in range(dataset.GetLayerCount())]
