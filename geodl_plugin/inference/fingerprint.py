"""What identifies the inputs of a map, so that a run knows whether they are those of an earlier one."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .. import __version__
from ..errors import InputError
from ..language import tr
from ..rasters.connections import file_behind
from ..vectors.vector_file import features_of, first_layer
from .request import MapRequest

_IN_MEMORY = "/vsimem/"
_CHUNK = 1 << 20


def map_fingerprint(
    request: MapRequest, models: str, states: list[list[Any]], not_compared: Iterable[str]
) -> dict[str, Any]:
    """What tells the inputs of a map from those of another.

    Args:
        request: its parameters.
        models: `content_hash` of its models.
        states: `file_states` of its images.
        not_compared: parameters that make no difference.

    Returns:
        JSON values by name.
    """
    import tensorflow as tf

    compared = {field.name for field in dataclasses.fields(MapRequest)} - {*not_compared}
    return {
        **{name: getattr(request, name) for name in sorted(compared)},
        "confidence": bool(request.confidence),
        "unfamiliarity": bool(request.unfamiliarity),
        "model": models,
        "images": states,
        "mask": geometry_hash(request.mask) if request.mask else "",
        "versions": [__version__, tf.__version__],
    }


def content_hash(paths: Iterable[Path]) -> str:
    """A hash of the content of files and folders, whatever their names are."""
    digest = hashlib.sha256()
    for path in paths:
        for file_path in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file_path.is_file():
                digest.update(f"{file_path.relative_to(path)} {file_path.stat().st_size}\n".encode())
                with file_path.open("rb") as file:
                    for chunk in iter(lambda: file.read(_CHUNK), b""):
                        digest.update(chunk)
    return digest.hexdigest()


def geometry_hash(path: str) -> str:
    """A hash of the geometries of a vector file and of their CRS, whatever its name and date are."""
    digest = hashlib.sha256()
    with first_layer(path) as layer:
        digest.update((layer.GetSpatialRef().ExportToWkt() if layer.GetSpatialRef() else "").encode())
        for feature in features_of(layer):
            geometry = feature.GetGeometryRef()
            digest.update(bytes(geometry.ExportToIsoWkb()) if geometry is not None else b"none")
    return digest.hexdigest()


def file_states(paths: Iterable[str]) -> list[list[Any]]:
    """Name, size and time of the last change of rasters, or of the archives that contain them.

    Args:
        paths: names of rasters, as GDAL opens them.  Of those that are no files, such as databases, only the name is
            given; those in memory are left out.

    Returns:
        JSON values, a list for each raster.
    """
    found: list[list[Any]] = []
    for path in paths:
        if path.startswith(_IN_MEMORY):  # of this process alone, such as a source that is resampled
            continue
        file = file_behind(path)
        found.append([str(file.absolute()), file.stat().st_size, file.stat().st_mtime_ns] if file else [path])
    return found


def check_unchanged(paths: Iterable[str], states: list[list[Any]]) -> None:
    """Check that rasters did not change since the map was begun.

    Args:
        paths: names of rasters, as for `file_states`.
        states: what `file_states` gave then.

    Raises:
        InputError: one changed, or is gone.
    """
    changed = [before[0] for before, now in zip(states, file_states(paths)) if before != now]
    if changed:
        raise InputError(
            tr("An image changed while it was mapped, so the map would mix its old and its new content."),
            expected=tr("files that do not change until the map is finished"),
            received=tr("changed or removed: {changed}").format(changed=", ".join(changed)),
            remedy=tr("Run it again when no other program writes to them."),
        )
