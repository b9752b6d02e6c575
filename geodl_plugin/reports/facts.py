"""Names and values in the tables at the end of reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..datasets.description import DatasetDescription

_LABEL_MODES = {
    "polygons": "from polygons",
    "raster": "from a raster",
    "position": "of the positions",
    "patches": "from patches images",
    "values": "from a raster of continuous values",
    "scenes": "of several scenes, made in different ways",
}


def labels_from(dataset: DatasetDescription) -> str:
    """Where the labels of a dataset came from, in words."""
    return _LABEL_MODES.get(dataset.label_mode, dataset.label_mode)


def data_facts(dataset: DatasetDescription) -> list[tuple[str, Any]]:
    """Where a dataset came from, as names and values.

    Args:
        dataset: description of the dataset.
    """
    facts: list[tuple[str, Any]] = []
    for source in dataset.sources:
        facts.append((source.name, f"{', '.join(Path(raster).name for raster in source.rasters) or 'unknown image'}"))
        facts.append((f"{source.name}: bands", f"{', '.join(source.bands)} ({source.dtype})"))
        if source.dates:
            span = f", {min(source.dates)} to {max(source.dates)}" if all(source.dates) else ""
            facts.append((f"{source.name}: dates", f"{len(source.dates)}{span}"))
        facts.append((f"{source.name}: patches", f"{source.patch_size} × {source.patch_size} pixels"))
    facts.append(("Labels", labels_from(dataset)))
    if dataset.split:
        facts.append(("Split", ": ".join(dataset.split.values())))
    if dataset.values:
        values = dataset.values
        facts.append(("Values", f"{values.name}, {values.minimum:g} to {values.maximum:g} in the split train"))
    facts += [("Scenes", scene) for scene in _scenes(dataset)]
    return facts + named_facts(dataset.provenance, without=("label_mode", "patch_size", "output", "report", "scenes"))


def _scenes(dataset: DatasetDescription) -> list[str]:
    """The scenes that a dataset was merged from, with their numbers of patches."""
    found = []
    for scene in dataset.provenance.get("scenes", []):
        counts = [f"{sum(part['samples'] for part in parts)} {split}" for split, parts in scene["splits"].items()]
        found.append(f"{scene['name']}: {', '.join(counts)}")
    return found


def named_facts(parameters: Mapping[str, Any], *, without: Collection[str] = ()) -> list[tuple[str, Any]]:
    """Parameters as readable names and their values; those that were not given are left out.

    Args:
        parameters: values by name.
        without: names to leave out.
    """
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in parameters.items()
        if name not in without and not name.startswith("source") and value not in ("", [], None)
    ]
