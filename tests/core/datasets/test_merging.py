"""Merging dataset folders: what is linked, what is written anew, and figures that are those of all patches together."""

import dataclasses
import json
import os
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodl_plugin.datasets.band_statistics import BandStatistics
from geodl_plugin.datasets.dataset_writer import DatasetWriter
from geodl_plugin.datasets.description import DatasetDescription, SourceInfo
from geodl_plugin.datasets.export_request import ExportRequest
from geodl_plugin.datasets.label_statistics import ClassLabelStatistics, ContinuousLabelStatistics
from geodl_plugin.datasets.merging import MergeRequest, merge, merged_for_now, plan_merge
from geodl_plugin.datasets.scenes import SceneRules
from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.labels.classes import Class, ClassList

SIZE = 4


@pytest.fixture
def make(tmp_path, reporter):
    """Write a dataset folder of random patches and give its path."""

    def make(
        name,
        classes=("field", "forest"),
        splits=(6, 3, 2),
        seed=0,
        dtype="uint16",
        nodata=(None, None),
        bands=("red", "nir"),
        low=1,
        high=200,
        values=None,
        compression="none",
        size=SIZE,
        source="source1",
    ):
        folder = tmp_path / name
        folder.mkdir()
        rng = np.random.default_rng(seed)
        split_of = np.repeat([0, 1, 2], splits)
        known = classes if isinstance(classes, ClassList) else ClassList.from_values(classes)
        labels = ContinuousLabelStatistics(values) if values else ClassLabelStatistics(known)
        request = ExportRequest([""], "", str(folder), samples_per_shard=2, compression=compression, seed=seed)
        info = SourceInfo(source, list(bands), dtype, size, list(nodata), {}, [f"{name}.tif"])
        with DatasetWriter(folder, request, [info], labels, size, split_of, reporter) as writer:
            for index in range(len(split_of)):
                patch = rng.integers(low, high, (size, size, len(bands))).astype(dtype)
                gaps = rng.random(patch.shape) < 0.1
                for band, value in enumerate(nodata):
                    if value is not None:
                        patch[..., band][gaps[..., band]] = value
                missing = np.stack([patch[..., band] == value for band, value in enumerate(nodata)], axis=-1)
                label = rng.integers(0, len(known) + 1, (size, size)) if not values else rng.random((size, size))
                if values:
                    label = np.where(rng.random((size, size)) < 0.2, np.nan, label).astype(np.float32)
                else:
                    label = np.where(label == len(known), known.unlabelled, label).astype(known.label_dtype)
                writer.write(index, [patch], label, [missing if missing.any() else None])
        writer.describe("polygons", crs=name, pixel_size=(10.0, 10.0))
        return str(folder)

    return make


@pytest.fixture
def merged(tmp_path, reporter):
    """Merge dataset folders and give the description of the result, and its folder."""

    def merged(*datasets, output="merged", **rules):
        result = merge(MergeRequest(list(datasets), str(tmp_path / output), **rules), reporter)
        assert DatasetDescription.read(result.output) == result.description
        return result.description, tmp_path / output

    return merged


def patches(folder, split):
    """Images and labels of a split, as arrays."""
    pairs = [(images["source1"].numpy(), targets["labels"].numpy()) for images, targets in samples(folder, split)]
    return np.stack([image for image, _ in pairs]), np.stack([labels for _, labels in pairs])


def samples(folder, split):
    """The samples of a split; reading them checks the folder against its description."""
    return TFRecords(os.path.join(folder, split)).samples(["labels"])


def counted(folder):
    """Band statistics and labelled pixels of the split train, by reading all of it."""
    description = DatasetDescription.read(folder)
    source = description.sources[0]
    images, labels = patches(folder, "train")
    statistics = BandStatistics(len(source.bands))
    nodata = np.array([np.nan if value is None else value for value in source.nodata])
    statistics.add_patches(images, ~np.isfinite(images) | (images == nodata))
    return statistics.to_json(), np.bincount(labels.ravel(), minlength=256)[: len(description.classes)].tolist()


def assert_true_figures(folder):
    """``dataset.json`` says what the records of the split train hold."""
    description = DatasetDescription.read(folder)
    statistics, pixels = counted(folder)
    assert description.splits["train"].pixels == pixels
    found = description.sources[0].statistics
    assert set(found) == set(statistics)
    for name in ("minimum", "maximum", "count"):
        assert found[name] == statistics[name]
    for name in ("mean", "stddev"):
        assert found[name] == pytest.approx(statistics[name], rel=1e-12)


def test_equal_scenes_are_linked_and_pooled(make, merged):
    one, two = make("north"), make("south", seed=1, splits=(5, 0, 4))
    description, folder = merged(one, two)
    assert description.counts == {"train": 11, "valid": 3, "test": 6}
    assert description.classes == DatasetDescription.read(one).classes
    assert_true_figures(folder)
    inodes = {file.stat().st_ino for file in folder.rglob("*.records")}
    assert inodes == {file.stat().st_ino for one in (one, two) for file in TFRecords(one + "/train").path.parent.rglob("*.records")}
    for split, parts in (("train", (one, two)), ("valid", (one,)), ("test", (one, two))):
        images, labels = patches(folder, split)
        expected = [patches(part, split) for part in parts]
        assert (images == np.concatenate([part[0] for part in expected])).all()
        assert (labels == np.concatenate([part[1] for part in expected])).all()


def test_the_scenes_keep_their_provenance(make, merged):
    description, folder = merged(make("north"), make("south", seed=1, splits=(5, 0, 4)))
    north, south = description.provenance["scenes"]
    assert (north["name"], south["name"]) == ("north", "south")
    assert south["provenance"]["seed"] == 1
    assert north["splits"]["train"] == [{"split": "train", "first_file": 0, "files": 3, "samples": 6}]
    assert south["splits"]["train"] == [{"split": "train", "first_file": 3, "files": 3, "samples": 5}]
    assert len(list((folder / "train").glob("*.records"))) == 6
    assert description.sources[0].rasters == ["north.tif", "south.tif"]
    assert description.crs == ""


def test_classes_are_united_by_name(make, merged, reporter):
    one, two = make("north", ["field", "forest"]), make("south", ["field", "urban", "forest", "water"], seed=1)
    description, folder = merged(one, two)
    assert description.classes.names == ["field", "forest", "urban", "water"]
    assert description.classes.values == [1, 2, 3, 4]
    assert len({known.color for known in description.classes.classes}) == 4
    assert_true_figures(folder)
    _, before = patches(two, "train")
    _, after = patches(folder, "train")
    # south has them in alphabetical order: field, forest, urban, water
    assert (after[6:] == before).all()
    assert any("forest" not in message for message in reporter.messages) or not reporter.messages


def test_indices_are_written_anew_where_lists_differ(make, merged, reporter):
    one, two = make("north", ["water", "field"]), make("south", ["forest", "water"], seed=1)
    description, folder = merged(one, two)
    assert description.classes.names == ["field", "water", "forest"]
    assert description.classes.values == [1, 2, 3]
    assert_true_figures(folder)
    _, before = patches(two, "train")
    _, after = patches(folder, "train")
    assert (after[6:] == np.array([2, 1, *[255] * 254], np.uint8)[before]).all()
    (message,) = reporter.messages
    assert "forest = 3 (1 in south)" in message
    images, _ = patches(folder, "train")
    assert (images[6:] == patches(two, "train")[0]).all()
