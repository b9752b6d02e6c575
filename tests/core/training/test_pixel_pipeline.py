"""A dataset as batches of single pixels."""

from fractions import Fraction

import numpy as np
import pytest

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SourceInfo, SplitInfo
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.training import pixel_pipeline
from geodl_plugin.training.pixel_pipeline import PixelPipeline, cut_into_cells

SIZE, PATCHES = 8, 5


def write(folder, labels, values=None):
    """Patches whose pixels hold their own numbers, fine and at half the resolution."""
    pixels = np.arange(PATCHES * SIZE * SIZE, dtype=np.float32).reshape(PATCHES, SIZE, SIZE, 1)
    with RecordsWriter(folder / "train", 1) as writer:
        shapes = {"fine": (SIZE, SIZE, 1), "coarse": (SIZE // 2, SIZE // 2, 1), "labels": (SIZE, SIZE, 1)}
        writer.describe({"fine": "float32", "coarse": "float32", "labels": labels.dtype.name}, shapes)
        for image, label in zip(pixels, labels):
            writer.write(0, {"fine": image, "coarse": image[::2, ::2], "labels": label})
    figures = {"minimum": [0.0], "maximum": [1000.0], "mean": [100.0], "stddev": [50.0]}
    dataset = DatasetDescription(
        sources=[
            SourceInfo("fine", ["a"], "float32", SIZE, [None], figures),
            SourceInfo("coarse", ["b"], "float32", SIZE // 2, [None], figures),
        ],
        classes=ClassList.from_values([] if values else ["field", "water"]),
        label_mode="raster",
        label_size=SIZE,
        splits={"train": SplitInfo(PATCHES, 1, [2 * PATCHES] if values else [PATCHES, PATCHES])},
        crs="",
        pixel_size=(10.0, 10.0),
        provenance={},
        values=values,
    )
    dataset.write(folder)
    return folder, dataset


@pytest.fixture
def two_sources(tmp_path):
    """A dataset of classes, in which two pixels of each patch are labelled."""
    labels = np.full((PATCHES, SIZE, SIZE, 1), 255, np.uint8)
    labels[:, 2, 3], labels[:, 6, 1] = 0, 1
    return write(tmp_path, labels)


def pipeline(folder, dataset):
    """The pipeline of a dataset."""
    size = dataset.sources[0].patch_size
    means = {source.name: source.statistics["mean"] for source in dataset.sources}
    ratios = {source.name: Fraction(size, source.patch_size) for source in dataset.sources}
    return PixelPipeline(folder, dataset, means, ratios, seed=3)


def test_cells_are_cut_row_by_row():
    patches = np.arange(2 * 16).reshape(2, 4, 4, 1)
    cells = cut_into_cells(patches, 2)
    assert cells.shape == (2, 4, 2, 2, 1)
    np.testing.assert_array_equal(cells[1, 1, ..., 0], [[18, 19], [22, 23]])
    np.testing.assert_array_equal(cut_into_cells(patches, 1)[0, :, 0, 0, 0], np.arange(16))


def test_a_cell_holds_the_pixels_of_all_sources_on_its_ground(two_sources):
    images, labels, weights = next(iter(pipeline(*two_sources).training(1, 1, range(1), seed=0)))
    fine, coarse = images["fine"].numpy(), images["coarse"].numpy()
    assert fine.shape == (32, 2, 2, 1) and coarse.shape == (32, 1, 1, 1)
    np.testing.assert_array_equal(fine[:, 0, 0], coarse[:, 0, 0])
    assert labels[PREDICTIONS].shape == (32, 2, 2, 2)
    np.testing.assert_array_equal(weights[PREDICTIONS].numpy().sum(axis=(1, 2)), np.ones(32))


def test_only_labelled_pixels_are_used_and_all_of_them(two_sources):
    images, _, weights = next(iter(pipeline(*two_sources).training(10, 1, range(1), seed=0)))
    used = images["fine"].numpy()[weights[PREDICTIONS].numpy() > 0]
    expected = {patch * SIZE**2 + pixel for patch in range(PATCHES) for pixel in (2 * SIZE + 3, 6 * SIZE + 1)}
    assert set(used.ravel().astype(int)) == expected


def test_the_same_seed_gives_the_same_batches_and_epochs_differ(two_sources):
    def batches(seed, epochs=range(1)):
        return [batch[0]["fine"].numpy() for batch in pipeline(*two_sources).training(1, 2, epochs, seed=seed)]

    np.testing.assert_array_equal(batches(0), batches(0))
    assert (np.array(batches(0)) != np.array(batches(1))).any()
    both = batches(0, range(2))
    np.testing.assert_array_equal(both[2:], batches(0, range(1, 2)))
    assert len(both) == 4 and (np.array(both[:2]) != np.array(both[2:])).any()


def test_pixels_have_the_weight_of_their_class(two_sources):
    given = np.array([1.0, 10.0])
    _, labels, weights = next(iter(pipeline(*two_sources).training(1, 1, range(1), seed=0, class_weights=given)))
    found, classes = weights[PREDICTIONS].numpy(), labels[PREDICTIONS].numpy().argmax(axis=-1)
    np.testing.assert_array_equal(found[found > 0], given[classes[found > 0]])


def test_of_many_pixels_a_part_of_all_patches_is_kept(two_sources, monkeypatch):
    monkeypatch.setattr(pixel_pipeline, "_CELLS", PATCHES)
    images, _, _ = next(iter(pipeline(*two_sources).training(10, 1, range(1), seed=0)))
    patches = np.unique(images["coarse"].numpy() // SIZE**2)
    cells = np.unique(images["coarse"].numpy())
    np.testing.assert_array_equal(patches, np.arange(PATCHES))
    assert len(cells) == PATCHES


def test_quantiles_are_those_of_labelled_pixels(two_sources):
    found = pipeline(*two_sources).quantiles(2)
    used = np.arange(PATCHES)[:, None] * SIZE**2 + np.array([2 * SIZE + 3, 6 * SIZE + 1])  # numbers of labelled pixels
    coarse = used - 1  # the upper left pixels of their cells
    np.testing.assert_allclose(found["coarse"], np.quantile(coarse, [0, 0.5, 1])[None])
    cells = coarse[..., None] + np.array([0, 1, SIZE, SIZE + 1])
    np.testing.assert_allclose(found["fine"], np.quantile(cells, [0, 0.5, 1])[None])


def test_values_are_labels_too(tmp_path):
    labels = np.full((PATCHES, SIZE, SIZE, 1), np.nan, np.float32)
    labels[:, 2, 3], labels[:, 6, 1] = 0.25, 0.75
    given = write(tmp_path, labels, RegressionTarget("cover", 0.5, 0.25, 0.25, 0.75))
    _, values, weights = next(iter(pipeline(*given).training(2, 1, range(1), seed=0, class_weights=np.ones(0))))
    found = values[PREDICTIONS].numpy()[..., 0][weights[PREDICTIONS].numpy() > 0]
    assert values[PREDICTIONS].shape == (64, 2, 2, 1) and set(found.tolist()) == {0.25, 0.75}
