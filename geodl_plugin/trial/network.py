"""A tiny network, from its dataset to its map, by the operations that jobs use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal, osr

from ..datasets.export_request import ExportRequest
from ..datasets.raster_export import export
from ..inference import MapRequest, map_raster
from ..language import tr
from ..models.folder import KERAS_NAME
from ..rasters.pixel_types import gdal_type_of
from ..runtime.reporter import SilentReporter
from ..sampling import SampleGridRequest, sample_grid
from ..training import TrainRequest, train
from .checking import check

_SIDE, _SQUARE, _PATCH = 64, 8, 16  # pixels of the image, of a square of one class, of a patch
_MARGIN = 16  # pixels that the network looks beyond its own
_ROUNDING = 1e-3  # of a probability: what two ways of computing it may differ by
IMAGE, LABELS, POSITIONS, DATASET, MODEL, MAP = (
    "image.tif",
    "labels.tif",
    "positions.gpkg",
    "dataset",
    "model",
    "map.tif",
)


def run_dataset(folder: Path, facts: dict[str, Any]) -> str:
    """Positions are laid over an image of two classes, and patches exported there."""
    squares = np.indices((_SIDE, _SIDE)).sum(axis=0) // _SQUARE
    classes = (squares % 2 + 1).astype(np.uint16)
    _write(folder / IMAGE, np.stack([100 * classes, 300 - 100 * classes], axis=-1))
    _write(folder / LABELS, classes[..., np.newaxis].astype(np.uint8))
    image, positions = [str(folder / IMAGE)], str(folder / POSITIONS)
    sampled = sample_grid(SampleGridRequest(image, positions, patch_size=_PATCH, strategy="all"), SilentReporter())
    check(tr("The number of positions"), sampled.counts["train"], (_SIDE // _PATCH) ** 2)
    request = ExportRequest(
        image,
        positions,
        str(folder / DATASET),
        patch_size=_PATCH,
        label_mode="raster",
        labels_raster=str(folder / LABELS),
    )
    count = export(request, SilentReporter()).description.counts["train"]
    check(tr("The number of patches"), count, sampled.counts["train"])
    return tr("{count} patches of {patch} × {patch} pixels").format(count=count, patch=_PATCH)


def run_training(folder: Path, facts: dict[str, Any]) -> str:
    """A network is trained for some steps and saved as SavedModel, Keras file and STAC item."""
    has_gpu = len(facts["devices"]) > 1
    request = TrainRequest(
        str(folder / DATASET),
        str(folder / MODEL),
        architecture="fcnn",
        width=4,
        epochs=1,
        batch_size=4,
        augment=[],
        crops=[],
        device="gpu" if has_gpu else "cpu",
    )
    train(request, SilentReporter())
    lines = (folder / MODEL / "history.csv").read_text(encoding="utf-8").splitlines()
    figures = dict(zip(lines[0].split(","), lines[-1].split(",")))
    check(tr("The loss"), np.isfinite(float(figures["loss"])), True)
    return tr("loss {loss:.3f}").format(loss=float(figures["loss"]))


def run_formats(folder: Path, facts: dict[str, Any]) -> str:
    """SavedModel, Keras file and weights are loaded, and compute the same."""
    from ..models.loading import load_keras_file, of_keras, open_model

    saved, network = open_model(folder / MODEL), load_keras_file(folder / MODEL / KERAS_NAME)
    kept = of_keras(network, folder / MODEL / KERAS_NAME)
    image = {saved.inputs[0].name: read(folder / IMAGE)[np.newaxis]}
    name = saved.output().name
    expected = saved(image)[name].numpy()
    check(tr("The sum of the probabilities"), expected.sum(axis=-1), np.ones(expected.shape[:-1]), tolerance=_ROUNDING)
    check(tr("The Keras file"), kept(image)[name].numpy(), expected, tolerance=_ROUNDING)
    weights = folder / "network.weights.h5"
    network.save_weights(weights)
    for variable in network.weights:
        variable.assign(np.zeros(variable.shape))
    network.load_weights(weights)
    check(tr("The weights"), kept(image)[name].numpy(), expected, tolerance=_ROUNDING)
    return tr("SavedModel, {file} and weights agree").format(file=KERAS_NAME)


def run_map(folder: Path, facts: dict[str, Any]) -> str:
    """The image is mapped, and the map shows what Keras predicts."""
    from ..models.heads import PREDICTIONS
    from ..models.loading import open_model

    request = MapRequest(str(folder / MODEL), [str(folder / IMAGE)], str(folder / MAP), output_type="probabilities")
    map_raster(request, SilentReporter())
    mapped, labels = read(folder / MAP), read(folder / LABELS)[..., 0]
    network = open_model(folder / MODEL / KERAS_NAME)
    around = np.pad(read(folder / IMAGE), ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0)), mode="reflect")
    predicted = network({network.inputs[0].name: around[np.newaxis]})[PREDICTIONS].numpy()[0]
    check(tr("The map"), mapped, predicted[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN], tolerance=_ROUNDING)
    return tr("{side} × {side} pixels, {share:.0%} of them right").format(
        side=_SIDE, share=np.mean(mapped.argmax(axis=-1) + 1 == labels)
    )


def read(path: Path) -> NDArray:
    """A raster as [y, x, bands]."""
    values = gdal.Open(str(path)).ReadAsArray()
    return np.moveaxis(values if values.ndim == 3 else values[np.newaxis], 0, -1)


def _write(path: Path, values: NDArray) -> None:
    """Write [y, x, bands] as a GeoTIFF."""
    height, width, bands = values.shape
    kind = gdal_type_of(values.dtype)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, kind)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    dataset.SetProjection(crs.ExportToWkt())
    dataset.SetGeoTransform((500000.0, 10.0, 0.0, 5540000.0, 0.0, -10.0))
    for number in range(bands):
        dataset.GetRasterBand(number + 1).WriteArray(values[..., number])
