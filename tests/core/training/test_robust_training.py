"""Default parameters on data that make trainings collapse: real, small trainings that must reach a score."""

import numpy as np
import pytest

from geodl_plugin.accuracy.evaluation import evaluate, keras_predictor
from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SourceInfo, SplitInfo
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.runtime.reporter import ConsoleReporter
from geodl_plugin.training.checkpoints import Checkpoints
from geodl_plugin.training.fitting import fit, restore_best_epoch
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.strategy import select_devices

SIZE, UNLABELLED = 32, 255
NAMES = ["built-up", "forest", "water"]
pytestmark = pytest.mark.slow


class Scene:
    """Patches of three classes in areas of some pixels, and bands that tell them apart a little.

    Args:
        rng: source of chance.
        patches: their number.
        bands: their number.
    """

    def __init__(self, rng, patches, bands=4):
        coarse = rng.integers(0, 3, (patches, 5, 5))
        self.classes = coarse.repeat(7, axis=1).repeat(7, axis=2)[:, :SIZE, :SIZE]
        means = np.array([[300, 900, 500, 100], [700, 300, 500, 200], [500, 500, 1200, 300]], float)
        self.images = np.zeros((patches, SIZE, SIZE, bands))
        self.images[..., :4] = means[self.classes]
        self.images += rng.normal(0, 150, self.images.shape)
        self.labels = self.classes.copy()


def write(folder, make, patches=200, seed=0):
    """A dataset whose splits train and valid are made by a function of chance and number of patches."""
    splits, train_scene = {}, None
    for split, count in (("train", patches), ("valid", 40)):
        scene = make(np.random.default_rng([seed, len(splits)]), count)
        train_scene = train_scene or scene
        kind = "uint8" if scene.labels.dtype.kind == "i" else "float32"
        shapes = {"source1": scene.images.shape[1:], "labels": (SIZE, SIZE, 1)}
        with RecordsWriter(folder / split, 1) as writer:
            writer.describe({"source1": "float32", "labels": kind}, shapes)
            for image, labels in zip(scene.images.astype(np.float32), scene.labels.astype(kind)):
                writer.write(0, {"source1": image, "labels": labels[..., None]})
        pixels = [int((scene.labels == number).sum()) for number in range(3)]
        splits[split] = SplitInfo(count, 1, pixels if kind == "uint8" else [int(np.isfinite(scene.labels).sum())])
    with np.errstate(invalid="ignore"):
        found = train_scene.images.reshape(-1, train_scene.images.shape[-1])
        figures = {"minimum": np.nanmin, "maximum": np.nanmax, "mean": np.nanmean, "stddev": np.nanstd}
        statistics = {name: figure(found, axis=0).tolist() for name, figure in figures.items()}
    bands = [f"band {number}" for number in range(found.shape[1])]
    labels = train_scene.labels
    values = None
    if labels.dtype.kind == "f":
        values = RegressionTarget(
            "cover", *(float(figure(labels)) for figure in (np.nanmean, np.nanstd, np.nanmin, np.nanmax))
        )
    dataset = DatasetDescription(
        sources=[SourceInfo("source1", bands, "float32", SIZE, [None] * len(bands), statistics)],
        classes=ClassList.from_values([] if values else NAMES),
        label_mode="raster",
        label_size=SIZE,
        splits=splits,
        crs="",
        pixel_size=(10.0, 10.0),
        provenance={},
        values=values,
    )
    dataset.write(folder)
    return dataset


@pytest.fixture
def score(tmp_path):
    """Train with default parameters, for a third of the epochs, and score on the split valid."""

    def run(make, **options):
        folder = tmp_path / "dataset"
        folder.mkdir()
        dataset = write(folder, make)
        reporter = ConsoleReporter()
        request = TrainRequest(str(folder), "model", **{"epochs": 6, **options})
        devices, checkpoints = select_devices("cpu"), Checkpoints(tmp_path / "state")
        fitted = fit(request, dataset, devices, checkpoints, reporter)
        trained = restore_best_epoch(fitted, request, devices, checkpoints)
        return evaluate(keras_predictor(trained.network.model), folder, dataset, "valid", reporter)

    return run


def test_bands_of_noise_do_not_hide_what_others_tell(score):
    found = score(lambda rng, patches: Scene(rng, patches, bands=68))
    assert found.confusion.mean_f1 > 0.9


def test_one_percent_of_labelled_pixels_is_enough(score):
    def make(rng, patches):
        scene = Scene(rng, patches)
        scene.labels[rng.random(scene.labels.shape) > 0.01] = UNLABELLED
        return scene

    assert score(make).confusion.mean_f1 > 0.9


def test_a_class_of_twenty_pixels_spoils_no_other(score):
    def make(rng, patches):
        scene = Scene(rng, patches)
        scene.labels[scene.classes == 2] = UNLABELLED
        water = np.argwhere(scene.classes == 2)
        chosen = water[rng.choice(len(water), 20, replace=False)]
        scene.labels[tuple(chosen.T)] = 2
        return scene

    found = score(make)
    assert found.confusion.f1[0] > 0.9 and found.confusion.f1[1] > 0.9


def test_a_class_of_twenty_pixels_is_found_with_balanced_weights(score):
    def make(rng, patches):
        scene = Scene(rng, patches)
        scene.labels[scene.classes == 2] = UNLABELLED
        water = np.argwhere(scene.classes == 2)
        chosen = water[rng.choice(len(water), 20, replace=False)]
        scene.labels[tuple(chosen.T)] = 2
        return scene

    found = score(make, class_weights="balanced")
    assert found.confusion.recall[2] > 0.5 and found.confusion.f1[0] > 0.85 and found.confusion.f1[1] > 0.85


def test_bands_may_have_very_different_ranges(score):
    def make(rng, patches):
        scene = Scene(rng, patches)
        scene.images[..., :2] /= 1e4  # all that tells built-up from forest lies between 0 and 1
        scene.images[..., 3] = rng.uniform(0, 10000, scene.images.shape[:3])
        return scene

    assert score(make).confusion.mean_f1 > 0.9


def test_constant_bands_and_missing_values_do_no_harm(score):
    def make(rng, patches):
        scene = Scene(rng, patches, bands=6)
        scene.images[..., 4], scene.images[..., 5] = 0, 10000
        scene.images[..., 2][rng.random(scene.labels.shape) < 0.2] = np.nan
        return scene

    assert score(make).confusion.mean_f1 > 0.85


def test_values_are_learnt_in_their_own_unit(score):
    def make(rng, patches):
        scene = Scene(rng, patches)
        scene.labels = scene.images[..., 0] * 1000 - 1e6 + rng.normal(0, 1e4, scene.labels.shape)
        scene.labels[rng.random(scene.labels.shape) < 0.9] = np.nan
        return scene

    assert score(make, epochs=12).errors.r2 > 0.85
