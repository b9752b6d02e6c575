"""Names and values in the tables at the end of reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..datasets.description import DatasetDescription, SplitInfo

_LABEL_MODES = {
    "polygons": "from polygons",
    "raster": "from a raster",
    "position": "of the positions",
    "patches": "from patches images",
    "values": "from a raster of continuous values",
    "scenes": "of several scenes, made in different ways",
}
_NAMES = {
    "labels_vector": "Label layer",
    "labels_raster": "Label raster",
    "resample": "Other grids resampled",
    "samples_per_shard": "Patches in a file",
    "drop_remainder": "Only full files",
    "edges": "Patches at the border",
    "augment": "Augmentation",
    "crops": "Cropped outputs (pixels)",
    "pixel_classifier": "Comparison with single pixels",
    "resume": "Resumable",
    "keep_best": "Best epoch kept when cancelled",
    "tensorboard": "TensorBoard logs",
    "refit": "Trained again with valid",
}  # of parameters whose own names say little


def labels_from(dataset: DatasetDescription) -> str:
    """Where the labels of a dataset came from, in words."""
    return _LABEL_MODES.get(dataset.label_mode, dataset.label_mode)


def is_counted_on_ground(dataset: DatasetDescription) -> bool:
    """Whether a dataset tells how many labelled pixels there are on the ground, each counted once."""
    return all(split.distinct_pixels for split in dataset.splits.values())


def labelled_pixels(split: SplitInfo) -> int:
    """Number of labelled pixels of a split: on the ground if that is known, else in all patches."""
    return sum(split.distinct_pixels or split.pixels)


def dataset_title(dataset: DatasetDescription) -> str:
    """What a dataset is called in a title: by its image, since its folder is often called ``dataset``."""
    scenes = dataset.provenance.get("scenes", [])
    if scenes:
        return f"Patches of {len(scenes)} scenes"
    rasters = [Path(raster).stem for raster in dataset.sources[0].rasters]
    further = f" and {len(rasters) - 1} more" if len(rasters) > 1 else ""
    return f"Patches of {rasters[0]}{further}" if rasters else "Patches"


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
    return facts + named_facts(
        dataset.provenance, without=("label_mode", "patch_size", "output", "report", "scenes", "features")
    )


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
        (_NAMES.get(name, name.replace("_", " ").capitalize()), value)
        for name, value in parameters.items()
        if name not in without and not name.startswith("source") and value not in ("", [], None)
    ]
