"""Merging dataset folders: what is linked, what is written anew, and figures that are those of all patches together."""

import dataclasses
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodl_plugin.datasets.band_statistics import BandStatistics
from geodl_plugin.datasets.dataset_writer import DatasetWriter
from geodl_plugin.datasets.description import DatasetDescription, SourceInfo, SplitInfo
from geodl_plugin.datasets.export_request import ExportRequest
from geodl_plugin.datasets.label_statistics import ClassLabelStatistics, ContinuousLabelStatistics
from geodl_plugin.datasets.merge_parts import plan_parts
from geodl_plugin.datasets.merge_plan import plan_merge
from geodl_plugin.datasets.merging import MergeRequest, merge, merged_for_now
from geodl_plugin.datasets.scenes import Scene, SceneRules, dataset_folders
from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.datasets.united_classes import unite_classes
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
        request = ExportRequest(
            [""], "", str(folder), label_mode="raster", samples_per_shard=2, compression=compression, seed=seed
        )
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


def inodes(folder):
    """Which files hold the records of a dataset."""
    return {file.stat().st_ino for file in Path(folder).rglob("*.records")}


def test_equal_scenes_are_linked_and_pooled(make, merged):
    one, two = make("north"), make("south", seed=1, splits=(5, 0, 4))
    description, folder = merged(one, two)
    assert description.counts == {"train": 11, "valid": 3, "test": 6}
    assert description.classes == DatasetDescription.read(one).classes
    assert_true_figures(folder)
    inodes = {file.stat().st_ino for file in folder.rglob("*.records")}
    assert inodes == {
        file.stat().st_ino for one in (one, two) for file in TFRecords(one + "/train").path.parent.rglob("*.records")
    }
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


def test_scenes_with_the_first_of_the_classes_are_linked(make, merged, reporter):
    one, two = make("north", ["field", "forest", "water"]), make("south", ["field", "forest"], seed=1)
    description, folder = merged(one, two)
    assert description.classes == DatasetDescription.read(one).classes
    assert inodes(folder) == inodes(one) | inodes(two)
    assert_true_figures(folder)
    assert reporter.messages == []


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


def test_the_first_value_and_colour_of_a_class_are_kept(make, merged):
    north = ClassList((Class(7, "water", "#0000ff"), Class(2, "forest", "#00ff00")))
    south = ClassList((Class(2, "urban", "#0000FF"), Class(7, "forest", "#ff0000"), Class(9, "water", "#0000ff")))
    description, folder = merged(make("north", north), make("south", south, seed=1))
    water, forest, urban = description.classes.classes
    assert (water, forest) == north.classes
    assert (urban.name, urban.value) == ("urban", 1)  # 2 is that of forest, and 1 the smallest that is free
    assert urban.color not in ("#0000ff", "#00ff00")
    assert_true_figures(folder)


def test_more_classes_than_8_bits_hold(make, merged):
    one, two = (
        make("north", [f"a{number}" for number in range(200)]),
        make("south", [f"b{i}" for i in range(100)], seed=1),
    )
    description, folder = merged(one, two)
    assert (len(description.classes), description.classes.unlabelled) == (300, 65535)
    _, labels = patches(folder, "train")
    assert labels.dtype == np.uint16
    _, before = patches(two, "train")
    assert (labels[6:] == np.where(before == 255, 65535, before.astype(int) + 200)).all()


names = st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=5, unique=True)


@settings(max_examples=100)
@given(st.lists(names, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_each_label_keeps_its_name(lists, random):
    scenes = []
    for number, found in enumerate(lists):
        values = random.sample(range(12), len(found))
        known = ClassList(tuple(Class(value, name, f"#0000{value:02x}") for value, name in zip(values, found)))
        scenes.append(Scene(str(number), Path(), SimpleNamespace(classes=known)))
    united = unite_classes(scenes)
    assert set(united.classes.names) == {name for found in lists for name in found}
    assert len({known.color for known in united.classes.classes}) == len(united.classes)
    for scene, indices in zip(scenes, united.indices):
        assert [united.classes.names[index] for index in indices] == scene.description.classes.names
    assert united.classes.values[: len(lists[0])] == scenes[0].description.classes.values


@pytest.mark.parametrize(
    "types", [("uint8", "uint16"), ("uint16", "int16"), ("uint16", "float32"), ("uint32", "float32")]
)
def test_values_of_two_types_are_stored_as_both_can_be(make, merged, reporter, types):
    one, two = make("north", dtype=types[0]), make("south", seed=1, dtype=types[1])
    description, folder = merged(one, two)
    assert description.sources[0].dtype == np.promote_types(*types).name
    assert_true_figures(folder)
    images, _ = patches(folder, "train")
    assert (images == np.concatenate([patches(one, "train")[0], patches(two, "train")[0]])).all()
    assert "same units" in reporter.warnings[-1]


def test_equal_no_data_values_stay(make, merged):
    one, two = make("north", nodata=(0, 7)), make("south", seed=1, nodata=(0, 7))
    description, folder = merged(one, two)
    assert (description.sources[0].nodata, description.sources[0].dtype) == ([0, 7], "uint16")
    assert inodes(folder) == inodes(one) | inodes(two)
    assert_true_figures(folder)


@pytest.mark.parametrize("nodata", [((0, None), (None, None)), ((0, 3), (9, 3)), ((None, 0), (None, 200))])
def test_different_no_data_values_become_nan(make, merged, reporter, nodata):
    one, two = make("north", nodata=nodata[0]), make("south", seed=1, nodata=nodata[1], low=0)
    description, folder = merged(one, two)
    source = description.sources[0]
    assert source.dtype == "float32"
    assert source.nodata == [first if first == second else None for first, second in zip(*nodata)]
    assert_true_figures(folder)
    images, _ = patches(folder, "train")
    for start, dataset, values in ((0, one, nodata[0]), (6, two, nodata[1])):
        before, _ = patches(dataset, "train")
        for band, value in enumerate(values):
            after = images[start : start + 6, ..., band]
            missing = before[..., band] == value
            assert (np.isnan(after) | (after == source.nodata[band]) == missing).all()
            assert (after[~missing] == before[..., band][~missing]).all()
    assert any("differ" in message and "NaN" in message for message in reporter.messages)


def test_large_integers_have_no_common_type(make, merged):
    with pytest.raises(InputError, match="no common type"):
        merged(make("north", dtype="int64"), make("south", dtype="float32"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bands": ("red", "nir", "blue")}, "bands of source1"),
        ({"bands": ("nir", "red")}, "same bands in the same order"),
        ({"size": 8}, "patch size of source1"),
        ({"source": "other"}, "names of the sources"),
        ({"values": "cover"}, "task"),
    ],
)
def test_datasets_that_do_not_fit_are_refused(make, merged, tmp_path, changes, said):
    if len(changes.get("bands", ())) == 3:
        changes = {**changes, "nodata": (None,) * 3}
    with pytest.raises(InputError, match=said) as error:
        merged(make("north"), make("south", **changes))
    assert "north" in str(error.value)
    assert "south" in str(error.value)
    assert not (tmp_path / "merged").exists()


def test_other_names_of_bands_are_told(make, merged, reporter):
    merged(make("north", bands=("B4_2019", "B8_2019")), make("south", bands=("B4_2020", "B8_2020")))
    (warning,) = reporter.warnings
    assert "B4_2020, B8_2020" in warning


def test_records_are_compressed_if_all_are(make, merged):
    one, two = make("north", compression="gzip"), make("south", seed=1, compression="gzip")
    plain = make("east", seed=2)
    description, folder = merged(one, two)
    assert (description.compression, inodes(folder)) == ("gzip", inodes(one) | inodes(two))
    description, folder = merged(one, plain, output="mixed")
    assert description.compression == "none"
    assert_true_figures(folder)


def test_continuous_values_are_pooled(make, merged):
    one, two = make("north", values="cover"), make("south", seed=1, values="cover", splits=(9, 1, 1))
    description, folder = merged(one, two)
    _, labels = patches(folder, "train")
    present = labels[~np.isnan(labels)].astype(np.float64)
    values = description.values
    assert (values.name, description.splits["train"].pixels) == ("cover", [present.size])
    assert (values.minimum, values.maximum) == (present.min(), present.max())
    assert (values.mean, values.stddev) == pytest.approx((present.mean(), present.std()))


@pytest.mark.parametrize("values", [None, "cover"])
def test_whole_scenes_validate_and_test(make, merged, values):
    folders = [make(name, seed=seed, values=values, nodata=(0, None)) for seed, name in enumerate(("a", "b", "c", "d"))]
    description, folder = merged(*folders, split="by scene", valid_scenes=["b"], test_scenes=["4"])
    assert description.counts == {"train": 22, "valid": 11, "test": 11}
    expected = [patches(folders[1], split)[0] for split in ("train", "valid", "test")]
    assert (patches(folder, "valid")[0] == np.concatenate(expected)).all()
    if not values:
        assert_true_figures(folder)
    else:
        _, labels = patches(folder, "train")
        assert description.values.mean == pytest.approx(np.nanmean(labels.astype(np.float64)))
        assert description.splits["train"].pixels == [int((~np.isnan(labels)).sum())]
    assert [list(scene["splits"]) for scene in description.provenance["scenes"]] == [
        ["train"],
        ["valid"],
        ["train"],
        ["test"],
    ]


def test_classes_of_held_out_scenes_only_are_told(make, merged, reporter):
    one, two = make("a", ["field", "forest"]), make("b", ["field", "urban", "water"], seed=1)
    merged(one, two, split="by scene", test_scenes=["b"])
    assert "labelled pixels of urban, water:" in reporter.warnings[-1]


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"split": "by scene"}, "No scene is given"),
        ({"valid_scenes": ["a"]}, "keep their own splits"),
        ({"split": "by scene", "valid_scenes": ["x"]}, "one of a, b, or a number from 1 to 2"),
        ({"split": "by scene", "valid_scenes": ["3"]}, "Received: 3"),
        ({"split": "by scene", "valid_scenes": ["a", "b"]}, "No scene is left"),
        ({"split": "by scene", "valid_scenes": ["a"], "test_scenes": ["1"]}, "both for validation and for the test"),
        ({"names": ["one"]}, "names of the scenes"),
        ({"names": ["one", "one"]}, "names of the scenes"),
        ({"split": "random"}, "one of as they are, by scene"),
        ({"weighting": "much"}, "one of by patches, equally"),
        ({"seed": -1}, "Invalid seed"),
    ],
)
def test_wrong_rules_are_refused(make, merged, rules, said):
    with pytest.raises(InputError, match=said):
        merged(make("a"), make("b"), **rules)


def test_a_dataset_is_given_once(make, merged, tmp_path):
    one = make("north")
    with pytest.raises(InputError, match="more than once"):
        merged(one, str(tmp_path / "north" / "dataset.json"))
    with pytest.raises(InputError, match="one or more"):
        merged()


def test_folders_of_one_name_are_numbered(make, merged):
    one, two = make("north"), make("south", seed=1)
    for number, folder in enumerate((one, two)):
        Path(folder).parent.joinpath(str(number)).mkdir()
        shutil.move(folder, Path(folder).parent / str(number) / "OUTPUT")
    parent = Path(one).parent
    description, _ = merged(str(parent / "0" / "OUTPUT"), str(parent / "1" / "OUTPUT" / "dataset.json"))
    assert [scene["name"] for scene in description.provenance["scenes"]] == ["OUTPUT (1)", "OUTPUT (2)"]


@pytest.mark.parametrize("classes", [["field", "forest"], ["forest", "water"]])
@pytest.mark.parametrize("nodata", [(None, None), (0, None)])
def test_scenes_count_equally_by_repeated_patches(make, merged, classes, nodata):
    large, small = make("large", splits=(17, 2, 2), nodata=nodata), make("small", classes, splits=(5, 2, 0), seed=1)
    description, folder = merged(large, small, weighting="equally", seed=3)
    assert description.counts == {"train": 34, "valid": 4, "test": 2}
    assert_true_figures(folder)
    images, _ = patches(folder, "train")
    numbers = [int((images[17:] == patch).all(axis=(1, 2, 3)).sum()) for patch in patches(small, "train")[0]]
    assert sorted(numbers) == [3, 3, 3, 4, 4]
    again, other = merged(large, small, output="again", weighting="equally", seed=3)
    assert again == description
    for one in folder.rglob("*.records"):
        assert one.read_bytes() == (other / one.relative_to(folder)).read_bytes()


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.integers(0, 5))
def test_equal_weights_are_exact(samples, seed):
    splits = [{"train": SplitInfo(number, 1, [number])} for number in samples]
    scenes = [Scene(str(i), Path(), SimpleNamespace(splits=split)) for i, split in enumerate(splits)]
    parts = plan_parts(scenes, SceneRules(weighting="equally", seed=seed))
    assert [part.repeats * samples[part.scene] + len(part.drawn) for part in parts] == [max(samples)] * len(samples)
    for part in parts:
        assert sorted(set(part.drawn)) == list(part.drawn)
        assert set(part.drawn) <= set(range(samples[part.scene]))


def test_tiny_scenes_cannot_count_as_much_as_large_ones():
    splits = [{"train": SplitInfo(number, 1, [number])} for number in (1000, 3)]
    scenes = [Scene(name, Path(), SimpleNamespace(splits=split)) for name, split in zip(("large", "tiny"), splits)]
    with pytest.raises(InputError, match="tiny is too small"):
        plan_parts(scenes, SceneRules(weighting="equally"))


def test_a_merged_dataset_can_be_merged(make, merged):
    merged(make("a"), make("b", ["forest", "water"], seed=1), output="ab")
    folder = Path(merged(make("c", seed=2), make("d", seed=3), output="cd")[1])
    description, whole = merged(str(folder.with_name("ab")), str(folder))
    assert description.counts["train"] == 24
    assert_true_figures(whole)
    inner = description.provenance["scenes"][0]["provenance"]["scenes"]
    assert [scene["name"] for scene in inner] == ["a", "b"]


def test_datasets_of_version_0_1_are_merged_with_a_warning(make, merged, reporter):
    one, two = make("north", nodata=(0, None)), make("south", nodata=(0, None), seed=1)
    path = Path(two) / "dataset.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["sources"][0]["statistics"]["count"]
    path.write_text(json.dumps(content), encoding="utf-8")
    description, _ = merged(one, two)
    assert "south was made by an earlier version" in reporter.warnings[-1]
    first = DatasetDescription.read(one).sources[0].statistics["count"]
    assert description.sources[0].statistics["count"] == [first[0] + 6 * SIZE**2, 12 * SIZE**2]


def test_nothing_is_left_of_a_cancelled_merge(make, tmp_path, reporter):
    request = MergeRequest([make("north"), make("south", ["water", "field"])], str(tmp_path / "merged"))
    before = set(tmp_path.iterdir())
    reporter.cancel_at = 5
    with pytest.raises(Cancelled):
        merge(request, reporter)
    assert {path for path in tmp_path.iterdir() if not path.name.endswith(".lock")} == before


@pytest.mark.parametrize("cut", [7, 400])
def test_damaged_datasets_are_refused(make, merged, tmp_path, cut):
    one, two = make("north"), make("south", ["water", "field"])
    file = Path(two) / "train" / "0.records"
    file.write_bytes(file.read_bytes()[:-cut])
    with pytest.raises(InputError, match="damaged"):
        merged(one, two)
    assert not (tmp_path / "merged").exists()


def test_an_input_is_never_replaced(make, merged):
    one = make("north")
    with pytest.raises(InputError, match="input as well"):
        merged(one, make("south"), output="north")
    assert patches(one, "train")[0].shape == (6, SIZE, SIZE, 2)


def test_where_no_links_can_be_made_files_are_copied(make, merged, monkeypatch):
    one, two = make("north"), make("south", seed=1)

    def refuse(*_):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    _, folder = merged(one, two)
    assert not inodes(folder) & (inodes(one) | inodes(two))
    assert_true_figures(folder)


def test_the_expected_description_is_that_of_the_result(make, merged):
    folders = [make("a"), make("b", ["water", "forest"], seed=1, nodata=(0, None))]
    expected = plan_merge(folders, SceneRules()).expected()
    description, _ = merged(*folders)
    assert (expected.sources, expected.classes, expected.counts) == (
        description.sources,
        description.classes,
        description.counts,
    )
    assert [split.pixels for split in expected.splits.values()] == [
        split.pixels for split in description.splits.values()
    ]


def test_several_are_one_for_now(make, reporter):
    one, two = make("north"), make("south", ["water", "field"], seed=1)
    with merged_for_now([one, two], SceneRules(), reporter) as folder:
        assert folder.name == "north + south"
        assert_true_figures(folder)
        assert inodes(one) < inodes(folder)
    assert not folder.parent.exists()
    with merged_for_now([one], SceneRules(), reporter) as folder:
        assert folder == Path(one)


def test_files_stand_for_their_dataset_folders(make, tmp_path):
    one, two = make("north"), make("south")
    everything = [str(path) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert dataset_folders(everything) == [one, two]
    assert dataset_folders([one, one]) == [one]
    assert dataset_folders(["nowhere/dataset", "other;1"]) == ["nowhere/dataset", "other;1"]


def with_ground_counts(folder, **counts):
    """The dataset with counts of pixels and features on the ground, the same in each split."""
    description = DatasetDescription.read(folder)
    splits = {name: dataclasses.replace(split, **counts) for name, split in description.splits.items()}
    dataclasses.replace(description, splits=splits).write(Path(folder))
    return folder


def test_distinct_pixels_and_features_add_up_however_often_patches_are_repeated(make, merged):
    first = with_ground_counts(make("a"), distinct_pixels=[5, 7], features=[2, 1], shared_features=[0, 1])
    second = with_ground_counts(
        make("b", classes=("forest", "water"), splits=(2, 1, 1)), distinct_pixels=[10, 20], features=[1, 1]
    )
    train = merged(first, second, weighting="equally")[0].splits["train"]
    assert (train.distinct_pixels, train.features, train.shared_features) == ([5, 17, 20], [2, 2, 1], [])
    assert merged(first, make("c"), output="other")[0].splits["train"].distinct_pixels == []
