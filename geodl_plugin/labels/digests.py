"""Which features a network has seen: their geometries as short texts, kept in datasets, models and maps.

A digest depends on the points of a geometry, rounded, in whatever order: it stays the same in copies of a layer in
other formats, but not in another CRS.  Of very many features those with the smallest digests are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from osgeo import ogr

from ..rasters.opening import open_raster
from ..vectors.vector_file import features_of, first_layer

KEY = "features"  # of digests in the provenance of a dataset
ITEM = "GEODL_TRAINED_FEATURES"  # in the metadata of a map
KEPT = 2000
_BYTES = 6
_DEGREES, _LENGTHS = 7, 2  # decimals that count


def layer_digests(path: str) -> list[str]:
    """The digests of the features of a layer, each once, the smallest ones first.

    Args:
        path: vector file.

    Raises:
        InputError: the file is missing, not a vector file, empty, or damaged.
    """
    with first_layer(path) as layer:
        crs = layer.GetSpatialRef()
        decimals = _DEGREES if crs is not None and crs.IsGeographic() else _LENGTHS
        geometries = (feature.GetGeometryRef() for feature in features_of(layer))
        found = {_digest(geometry, decimals) for geometry in geometries if geometry is not None}
    return sorted(found)


def provenance_digests(provenance: Mapping[str, Any]) -> set[str]:
    """The digests in the provenance of a dataset, and in those of the datasets that it was merged from.

    Args:
        provenance: as ``dataset.json`` and ``model.json`` have it.
    """
    digests = set(provenance.get(KEY, []))
    for scene in provenance.get("scenes", []):
        digests |= provenance_digests(scene.get("provenance", {}))
    return digests


def map_metadata(digests: set[str]) -> tuple[tuple[str, str], ...]:
    """The metadata of a map of networks that saw features.

    Args:
        digests: of these features.
    """
    return ((ITEM, ",".join(sorted(digests)[:KEPT])),) if digests else ()


def count_trained(raster: str, features: str, excluded: str = "") -> tuple[int, int]:
    """How many features the networks have seen that made a map.

    Args:
        raster: the map; one that does not tell it counts as one of networks that saw none.
        features: vector file.
        excluded: vector file whose features do not count; empty: none.

    Returns:
        Their number, and the number of all different features.
    """
    seen = set((open_raster(raster).GetMetadataItem(ITEM) or "").split(","))
    digests = set(layer_digests(features))
    known = digests & seen
    if known and excluded:
        known -= set(layer_digests(excluded))
    return len(known), len(digests)


def _digest(geometry: ogr.Geometry, decimals: int) -> str:
    points = np.round(np.array(_points(geometry.GetLinearGeometry()), float).reshape(-1, 2), decimals)
    return hashlib.blake2b(np.unique(points + 0.0, axis=0).tobytes(), digest_size=_BYTES).hexdigest()


def _points(geometry: ogr.Geometry) -> list[tuple[float, float]]:
    parts = [geometry.GetGeometryRef(number) for number in range(geometry.GetGeometryCount())]
    if parts:
        return [point for part in parts for point in _points(part)]
    return [point[:2] for point in geometry.GetPoints() or []]
