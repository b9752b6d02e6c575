"""Names and values in the tables at the end of reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..datasets.description import DatasetDescription, SplitInfo
from ..language import mark, tr

_LABEL_MODES = {
    "polygons": mark("from polygons"),
    "raster": mark("from a raster"),
    "position": mark("of the positions"),
    "patches": mark("from patches images"),
    "values": mark("from a raster of continuous values"),
    "scenes": mark("of several scenes, made in different ways"),
}
_NAMES = {
    "labels_vector": mark("Label layer"),
    "labels_raster": mark("Label raster"),
    "resample": mark("Other grids resampled"),
    "samples_per_shard": mark("Patches in a file"),
    "drop_remainder": mark("Only full files"),
    "edges": mark("Patches at the border"),
    "augment": mark("Augmentation"),
    "crops": mark("Cropped outputs (pixels)"),
    "pixel_classifier": mark("Comparison with single pixels"),
    "resume": mark("Resumable"),
    "keep_best": mark("Best epoch kept when cancelled"),
    "tensorboard": mark("TensorBoard logs"),
    "refit": mark("Trained again with valid"),
    "architecture": mark("Architecture"),
    "model_file": mark("Model file"),
    "init_model": mark("Initial model"),
    "width": mark("Width"),
    "depth": mark("Depth"),
    "backbone": mark("Backbone"),
    "backbone_weights": mark("Backbone weights"),
    "effort": mark("Effort"),
    "epochs": mark("Epochs"),
    "batch_size": mark("Batch size"),
    "learning_rate": mark("Learning rate"),
    "weight_decay": mark("Weight decay"),
    "loss": mark("Loss"),
    "class_weights": mark("Class weights"),
    "class_weight_values": mark("Given class weights"),
    "patience": mark("Patience"),
    "precision": mark("Precision"),
    "device": mark("Device"),
    "seed": mark("Seed"),
    "further_datasets": mark("Further datasets"),
    "split": mark("Split"),
    "valid_scenes": mark("Valid scenes"),
    "test_scenes": mark("Test scenes"),
    "weighting": mark("Weighting"),
    "unlabelled": mark("Unlabelled pixels"),
    "positions": mark("Positions"),
    "class_field": mark("Class field"),
    "names": mark("Names"),
    "compression": mark("Compression"),
    "dates": mark("Dates"),
    "labels": mark("Labels"),
    "valid_fraction": mark("Valid fraction"),
    "test_fraction": mark("Test fraction"),
}  # of parameters; where their own names say little, others


def labels_from(dataset: DatasetDescription) -> str:
    """Where the labels of a dataset came from, in words."""
    return tr(_LABEL_MODES.get(dataset.label_mode, dataset.label_mode))


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
        return tr("Patches of {count} scenes").format(count=len(scenes))
    rasters = [Path(raster).stem for raster in dataset.sources[0].rasters]
    if len(rasters) > 1:
        return tr("Patches of {raster} and {count} more").format(raster=rasters[0], count=len(rasters) - 1)
    return tr("Patches of {raster}").format(raster=rasters[0]) if rasters else tr("Patches")


def data_facts(dataset: DatasetDescription) -> list[tuple[str, Any]]:
    """Where a dataset came from, as names and values.

    Args:
        dataset: description of the dataset.
    """
    facts: list[tuple[str, Any]] = []
    for source in dataset.sources:
        name = source.name
        facts.append((name, ", ".join(Path(raster).name for raster in source.rasters) or tr("unknown image")))
        facts.append((tr("{source}: bands").format(source=name), f"{', '.join(source.bands)} ({source.dtype})"))
        if source.dates:
            facts.append((tr("{source}: dates").format(source=name), _dates(source.dates)))
        side = tr("{side} × {side} pixels").format(side=source.patch_size)
        facts.append((tr("{source}: patches").format(source=name), side))
    facts.append((tr("Labels"), labels_from(dataset)))
    if dataset.split:
        way, meaning = dataset.split["way"], tr(dataset.split["meaning"])
        facts.append((tr("Split"), tr("{name}: {value}").format(name=way, value=meaning)))
    if dataset.values:
        values = dataset.values
        span = tr("{values}, {minimum:g} to {maximum:g} in the split train")
        facts.append((tr("Values"), span.format(values=values.name, minimum=values.minimum, maximum=values.maximum)))
    facts += [(tr("Scenes"), scene) for scene in _scenes(dataset)]
    return facts + named_facts(
        dataset.provenance, without=("label_mode", "patch_size", "output", "report", "scenes", "features")
    )


def _dates(dates: Sequence[str]) -> str:
    """How many there are, and the first and the last one if all are known."""
    if not all(dates):
        return str(len(dates))
    return tr("{count}, {first} to {last}").format(count=len(dates), first=min(dates), last=max(dates))


def _scenes(dataset: DatasetDescription) -> list[str]:
    """The scenes that a dataset was merged from, with their numbers of patches."""
    found = []
    for scene in dataset.provenance.get("scenes", []):
        counts = [f"{sum(part['samples'] for part in parts)} {split}" for split, parts in scene["splits"].items()]
        found.append(f"{scene['name']}: {', '.join(counts)}")
    return found


def parameter_name(name: str) -> str:
    """What a parameter is called in tables.

    Args:
        name: of a field of a request.
    """
    return tr(_NAMES.get(name, name.replace("_", " ").capitalize()))


def named_facts(parameters: Mapping[str, Any], *, without: Collection[str] = ()) -> list[tuple[str, Any]]:
    """Parameters as readable names and their values; those that were not given are left out.

    Args:
        parameters: values by name.
        without: names to leave out.
    """
    return [
        (parameter_name(name), value)
        for name, value in parameters.items()
        if name not in without and not name.startswith("source") and value not in ("", [], None)
    ]
