"""The job that exports a dataset."""

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.description import FILE_NAME, DatasetDescription
from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.labels.digests import layer_digests

SIZE = 8


@pytest.fixture
def positions(make_vector):
    """Points at the centres of pixels, given as columns and rows."""

    def make(*pixels, classes=None, name="positions.gpkg", field="class"):
        classes = classes or [1] * len(pixels)
        points = [f"POINT({500005 + 10 * col} {3999995 - 10 * row})" for col, row in pixels]
        return make_vector(list(zip(points, classes)), name=name, field=field)

    return make


@pytest.fixture
def coordinates(make_raster):
    """A raster whose bands hold each pixel's column and row."""

    def make(**options):
        rows, cols = np.mgrid[:60, :80]
        return make_raster(np.stack([cols, rows], axis=-1).astype(np.uint16), name="coordinates.tif", **options)

    return make


@pytest.fixture
def two_polygons(make_vector, box):
    """Class 10 on columns 10 to 29, class 20 on columns 30 to 49; nothing elsewhere."""
    return make_vector([(box(10, 10, 20, 30), 10), (box(30, 10, 20, 30), 20)], name="polygons.gpkg")


@pytest.fixture
def export(coordinates, positions, two_polygons, tmp_path, reporter):
    """Run the job; gives its results."""

    def run(**options):
        parameters = {
            "source1": [coordinates()] if "source1" not in options else options["source1"],
            "positions": positions((30, 20), (20, 20), (40, 38))
            if "positions" not in options
            else options["positions"],
            "output": str(tmp_path / "data set"),
            "patch_size": SIZE,
            "labels_vector": two_polygons,
            "class_field": "class",
        }
        return ExportTFRecords(**{**parameters, **options}).run(reporter)

    return run


def samples(folder, split="train"):
    """Patches and labels of a split, ordered by the column and row of their first pixel."""
    found = [
        (images["source1"][0].numpy(), targets["labels"][0].numpy())
        for images, targets in TFRecords(f"{folder}/{split}").read(1, ["labels"])
    ]
    return sorted(found, key=lambda sample: sample[0][0, 0].tolist())


def test_patches_hold_the_pixels_around_their_position(export):
    found = samples(export()["output"])
    corners = [patch[0, 0].tolist() for patch, _ in found]
    assert corners == [[16, 16], [26, 16], [36, 34]]
    assert found[0][0][-1, -1].tolist() == [23, 23]


def test_labels_from_polygons(export):
    _, labels = samples(export()["output"])[1]
    assert labels.shape == (SIZE, SIZE, 1)
    np.testing.assert_array_equal(labels[0, :, 0], [0, 0, 0, 0, 1, 1, 1, 1])


def test_what_no_polygon_holds_is_unlabelled(export):
    _, labels = samples(export()["output"])[2]
    np.testing.assert_array_equal(labels[:, 0, 0], [1] * 6 + [255] * 2)


def test_labels_from_a_raster(export, make_raster):
    raster = np.full((60, 80), 7, np.uint8)
    raster[:, 30:] = 9
    raster[18:, :] = 0
    path = make_raster(raster, name="labels.tif", nodata=0)
    _, labels = samples(export(label_mode="raster", labels_raster=path)["output"])[1]
    np.testing.assert_array_equal(labels[0, :, 0], [0] * 4 + [1] * 4)
    assert (labels[2:] == 255).all()


def test_labels_from_the_positions(export, positions):
    points = positions((30, 20), (20, 20), classes=["вода", "field"])
    result = export(label_mode="position", positions=points, labels_vector="")
    found = samples(result["output"])
    assert result["classes"] == ["field", "вода"]
    assert [labels.ravel().tolist() for _, labels in found] == [[0], [1]]


@pytest.fixture
def cover(make_raster):
    """A raster of continuous values: 0.5 × column + row; nothing right of column 45."""

    def make(**options):
        rows, cols = np.mgrid[:60, :80]
        values = (0.5 * cols + rows).astype(np.float32)
        values[:, 46:] = -1
        return make_raster(values, name="tree cover.tif", nodata=-1, **options)

    return make


def test_labels_of_continuous_values(export, cover):
    result = export(label_mode="values", labels_raster=cover(), labels_vector="")
    found = samples(result["output"])
    assert result["classes"] == []
    for patch, labels in found:
        assert (labels.shape, labels.dtype) == ((SIZE, SIZE, 1), np.float32)
        cols, rows = patch[..., 0].astype(np.float32), patch[..., 1].astype(np.float32)
        np.testing.assert_array_equal(labels[..., 0], np.where(cols < 46, 0.5 * cols + rows, np.nan))


def test_the_manifest_describes_continuous_values(export, cover, positions):
    points = positions((30, 20), (20, 20), (44, 38))
    dataset = DatasetDescription.read(
        Path(export(label_mode="values", labels_raster=cover(), positions=points)["output"])
    )
    labels = np.stack([labels for _, labels in samples(dataset.provenance["output"])]).astype(float)
    assert (dataset.task, dataset.label_mode, dataset.label_size) == ("regression", "values", SIZE)
    assert (dataset.values.name, len(dataset.classes)) == ("tree cover", 0)
    assert dataset.values.mean == pytest.approx(np.nanmean(labels))
    assert dataset.values.stddev == pytest.approx(np.nanstd(labels))
    assert (dataset.values.minimum, dataset.values.maximum) == (np.nanmin(labels), np.nanmax(labels))
    assert dataset.splits["train"].pixels == [int(np.isfinite(labels).sum())]


def test_only_the_train_split_counts_in_the_statistics_of_values(export, cover, positions):
    path = positions((30, 20), (20, 20), (40, 50))
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("ALTER TABLE features ADD COLUMN split TEXT")
    dataset.ExecuteSQL("UPDATE features SET split = CASE WHEN fid = 3 THEN 'valid' ELSE 'train' END")
    dataset = None
    written = DatasetDescription.read(
        Path(export(label_mode="values", labels_raster=cover(), positions=path)["output"])
    )
    assert written.values.maximum == 0.5 * 33 + 23
    assert written.splits["valid"].pixels == [SIZE * SIZE]


def test_patches_without_labelled_pixel_are_left_out_and_told(export, cover, positions, reporter):
    points = positions((30, 20), (60, 20), (48, 20), (3, 20), (70, 38))
    result = export(label_mode="values", labels_raster=cover(), positions=points, edges="inside")
    assert (result["count_rejected"], result["counts"]["train"]) == (3, 2)
    assert "2 patches have no labelled pixel and are left out." in reporter.warnings


def test_values_where_the_image_has_no_data_are_unlabelled(export, cover, make_raster, positions):
    values = np.full((60, 80, 2), 5, np.uint16)
    values[:20] = 0
    image = make_raster(values, nodata=0)
    result = export(
        source1=[image], label_mode="values", labels_raster=cover(), positions=positions((30, 20), (20, 10))
    )
    ((_, labels),) = samples(result["output"])
    assert np.isnan(labels[:4]).all() and np.isfinite(labels[4:]).all()
    assert result["count_rejected"] == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [(7, r"same value everywhere.* Received: only 7\."), (255, "No training patch has a labelled")],
)
def test_values_that_teach_nothing_are_refused(export, make_raster, tmp_path, value, said):
    labels = make_raster(np.full((60, 80), value, np.uint8), name="labels.tif", nodata=255)
    with pytest.raises(InputError, match=said):
        export(label_mode="values", labels_raster=labels)
    assert not (tmp_path / "data set").exists()


def test_real_numbers_of_the_positions_are_values_to_learn(export, positions, reporter):
    path = positions((30, 20), (20, 20), (40, 38), classes=[1.5, 0.25, None], field="biomass")
    result = export(label_mode="position", positions=path, labels_vector="", class_field="biomass")
    dataset = DatasetDescription.read(Path(result["output"]))
    assert [labels.tolist() for _, labels in samples(result["output"])] == [[[[0.25]]], [[[1.5]]]]
    assert (dataset.task, dataset.values.name, dataset.label_size) == ("regression", "biomass", 1)
    assert (dataset.values.mean, dataset.values.stddev) == (0.875, 0.625)
    assert any("biomass" in message for message in reporter.messages)


def test_the_same_real_number_everywhere_is_refused(export, positions):
    path = positions((30, 20), (20, 20), classes=[1.5, 1.5], field="biomass")
    with pytest.raises(InputError, match="same value everywhere"):
        export(label_mode="position", positions=path, class_field="biomass")


def test_positions_without_the_class_field_have_their_own(export, positions):
    points = positions((30, 20), (20, 20), classes=["a", "b"])
    assert export(label_mode="position", positions=points, class_field="biomass")["classes"] == ["a", "b"]


def test_pixels_without_data_are_unlabelled(export, make_raster):
    values = np.full((60, 80, 2), 5, np.uint16)
    values[:20] = 0
    values[20, :, 0] = 0
    path = make_raster(values, nodata=0)
    _, labels = samples(export(source1=[path])["output"])[0]
    rows_labelled = (labels[..., 0] != 255).any(axis=1)
    assert rows_labelled.sum() == 4  # the row with one band left has data


def test_nan_is_unlabelled(export, make_raster):
    values = np.full((60, 80, 1), 5, np.float32)
    values[:20] = np.nan
    _, labels = samples(export(source1=[make_raster(values)])["output"])[0]
    assert (labels[:4] == 255).all() and (labels[4:] != 255).any()


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint32, np.float32, np.float64])
def test_values_keep_their_type(export, make_raster, dtype):
    result = export(source1=[make_raster(np.ones((60, 80, 3), dtype))])
    assert samples(result["output"])[0][0].dtype == dtype


def test_rasters_of_several_types_are_stacked(export, make_raster):
    paths = [
        make_raster(np.full((60, 80), 300, np.uint16), name="a.tif"),
        make_raster(np.full((60, 80), 0.25, np.float32), name="b.tif"),
    ]
    assert samples(export(source1=paths)["output"])[0][0][0, 0].tolist() == [300, 0.25]


def test_positions_too_near_the_border_are_left_out_and_told(export, positions, reporter):
    result = export(positions=positions((30, 20), (20, 20), (3, 20), (77, 20), (4, 4), (76, 56)), edges="inside")
    assert (result["count_rejected"], result["counts"]["train"]) == (2, 4)
    assert any("2 positions" in warning for warning in reporter.warnings)


def test_beyond_the_border_the_image_is_reflected_and_unlabelled(export, positions, make_vector, box, reporter):
    polygons = make_vector([(box(-9, -9, 20, 30), 10), (box(60, 40, 30, 30), 20)], name="beyond.gpkg")
    result = export(positions=positions((1, 2), (79, 59), (80, 59)), labels_vector=polygons)
    assert (result["count_rejected"], result["counts"]["train"]) == (1, 2)
    assert any("1 positions are outside" in warning for warning in reporter.warnings)
    (first, labels), (last, others) = samples(result["output"])
    if first[SIZE // 2, SIZE // 2].tolist() == [79, 59]:
        first, labels, last, others = last, others, first, labels
    assert first[SIZE // 2, :, 0].tolist() == [3, 2, 1, 0, 1, 2, 3, 4]
    assert first[:, SIZE // 2, 1].tolist() == [2, 1, 0, 1, 2, 3, 4, 5]
    assert last[SIZE // 2, :, 0].tolist() == [75, 76, 77, 78, 79, 78, 77, 76]
    expected = np.full((SIZE, SIZE), 255)
    expected[2:, 3:] = 0
    np.testing.assert_array_equal(labels[..., 0], expected)
    expected = np.full((SIZE, SIZE), 255)
    expected[:5, :5] = 1
    np.testing.assert_array_equal(others[..., 0], expected)


def test_no_label_is_in_two_splits_and_positions_of_all_classes_are_there(export, make_vector, box, tmp_path, reporter):
    boxes = [(box(9 * col, 9 * row, 8, 8), 10 * (1 + (col + row) % 3)) for col in range(8) for row in range(6)]
    polygons = make_vector(boxes, name="near.gpkg")
    image = str(tmp_path / "coordinates.tif")
    points = str(tmp_path / "points.gpkg")
    export(output=str(tmp_path / "first"))  # which makes the image
    options = {"class_field": "class", "patch_size": 16, "count": 150, "split": "features"}
    SampleVector([image], polygons, points, **options).run(reporter)
    result = export(positions=points, labels_vector=polygons, patch_size=12)
    described = DatasetDescription.read(Path(result["output"]))
    assert described.split["way"] == "features" and described.split["meaning"]
    pixels = {}
    for split in ("train", "valid", "test"):
        for image, labels in samples(result["output"], split):
            rows, cols = np.nonzero(labels[..., 0] != 255)
            pixels.setdefault(split, set()).update(map(tuple, image[rows, cols].tolist()))
            assert labels[6, 6, 0] != 255
        assert all(count > 0 for count in described.splits[split].pixels)
    assert not pixels["train"] & pixels["valid"] and not pixels["test"] & (pixels["train"] | pixels["valid"])


def test_no_position_inside_is_refused(export, positions, tmp_path):
    with pytest.raises(InputError, match="No patch"):
        export(positions=positions((-1, 0), (500, 500)))
    assert not (tmp_path / "data set").exists()


def test_one_class_only_is_refused(export, make_vector, box):
    with pytest.raises(InputError, match="The labels my polygons have one class only"):
        export(labels_vector=make_vector([(box(10, 10, 20, 30), 10)], name="one.gpkg"), labels_name="my polygons")


def test_the_manifest_tells_what_was_written(export):
    dataset = DatasetDescription.read(Path(export()["output"]))
    assert (dataset.classes.values, dataset.label_mode, dataset.label_size) == ([10, 20], "polygons", SIZE)
    assert dataset.splits["train"].samples == 3
    assert sum(dataset.splits["train"].pixels) == sum(
        int((labels != 255).sum()) for _, labels in samples(dataset.provenance["output"])
    )


def test_statistics_are_those_of_the_train_patches(export):
    result = export()
    patches = np.stack([patch for patch, _ in samples(result["output"])]).astype(float)
    statistics = DatasetDescription.read(Path(result["output"])).sources[0].statistics
    np.testing.assert_allclose(statistics["mean"], patches.mean(axis=(0, 1, 2)))
    np.testing.assert_allclose(statistics["stddev"], patches.std(axis=(0, 1, 2)))


def test_missing_values_do_not_count_in_the_statistics(export, make_raster):
    values = np.full((60, 80, 2), 5, np.uint16)
    values[::2, :, 0] = 0
    statistics = (
        DatasetDescription.read(Path(export(source1=[make_raster(values, nodata=0)])["output"])).sources[0].statistics
    )
    assert (statistics["mean"], statistics["minimum"]) == ([5, 5], [5, 5])


def folder_bytes(folder):
    """The content of all record files."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*.records"))}


def test_the_same_seed_gives_the_same_bytes(export, positions, tmp_path):
    points = positions(*((col, row) for col in range(10, 40, 3) for row in range(10, 40, 4)))
    first, second = (
        export(positions=points, output=str(tmp_path / name), samples_per_shard=7, seed=3)["output"] for name in "ab"
    )
    assert folder_bytes(first) == folder_bytes(second) and len(folder_bytes(first)) == 12


def test_another_seed_deals_others_into_a_shard(export, positions, tmp_path):
    points = positions(*((col, row) for col in range(10, 40, 3) for row in range(10, 40, 4)))
    first, second = (
        export(positions=points, output=str(tmp_path / str(seed)), samples_per_shard=7, seed=seed)["output"]
        for seed in (1, 2)
    )
    assert folder_bytes(first) != folder_bytes(second)


def test_splits_have_their_folders(dataset_folder):
    dataset = DatasetDescription.read(dataset_folder)
    assert (
        set(dataset.splits)
        == {path.name for path in dataset_folder.iterdir() if path.is_dir()}
        == {"train", "valid", "test"}
    )
    for split, info in dataset.splits.items():
        assert len(samples(dataset_folder, split)) == info.samples


def test_a_dataset_without_train_positions_is_refused(export, positions, tmp_path):
    path = positions((30, 20))
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("ALTER TABLE features ADD COLUMN split TEXT")
    dataset.ExecuteSQL("UPDATE features SET split = 'valid'")
    dataset = None
    with pytest.raises(InputError, match="no positions to train with"):
        export(positions=path)
    assert not (tmp_path / "data set").exists()


def test_a_cancelled_export_leaves_nothing(export, tmp_path, reporter):
    reporter.cancel_at = 0
    with pytest.raises(Cancelled):
        export()
    assert not [path for path in tmp_path.iterdir() if "data set" in path.name]


def test_an_older_dataset_is_replaced(export, tmp_path, positions):
    export(positions=positions((30, 20), (20, 20), (40, 38)))
    assert export(positions=positions((30, 20), name="one.gpkg"))["counts"]["train"] == 1
    assert len(samples(tmp_path / "data set")) == 1


def test_an_older_report_is_replaced(export, tmp_path):
    for _ in range(2):
        found = export(report=str(tmp_path / "report.html"))
    assert "Sample patches" in Path(found["report"]).read_text(encoding="utf-8")


def test_a_folder_of_somebody_else_is_not_replaced(export, tmp_path):
    (tmp_path / "data set").mkdir()
    (tmp_path / "data set" / "thesis.odt").touch()
    with pytest.raises(InputError, match="other files"):
        export()
    assert not (tmp_path / "data set" / FILE_NAME).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"patch_size": -8},
        {"samples_per_shard": 0},
        {"names": [""]},
        {"names": ["labels"]},
        {"names": ["one", "two"]},
        {"compression": "zip"},
        {"seed": -1},
        {"seed": 2**32},
    ],
)
def test_values_out_of_range_are_refused(export, wrong):
    with pytest.raises(InputError):
        export(**wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"labels_vector": ""}, "LABEL_MODE is polygons, and LABELS_VECTOR is empty"),
        ({"label_mode": "raster"}, "LABEL_MODE is raster, and LABELS_RASTER is empty"),
        ({"label_mode": "values"}, "LABEL_MODE is values, and LABELS_RASTER is empty"),
        ({"class_field": ""}, "The class field of the labels is missing. Expected: CLASS_FIELD"),
    ],
)
def test_labels_that_are_missing_are_told_before_any_file_is_read(export, wrong, said):
    with pytest.raises(InputError, match=said):
        export(**wrong, source1=["not there"])


@pytest.mark.parametrize("label_mode", ["polygons", "position"])
def test_class_values_that_no_map_holds_are_refused_before_anything_is_written(
    export, make_vector, positions, box, tmp_path, label_mode
):
    huge = make_vector([(box(10, 10, 20, 30), 1), (box(30, 10, 20, 30), 10**12)], name="huge.gpkg")
    points = positions((30, 20), (20, 20), (40, 38), classes=[1, 10**12, 1])
    with pytest.raises(InputError, match=r"Invalid class values for a class map.*Received: 1 … 1000000000000"):
        export(labels_vector=huge, positions=points, label_mode=label_mode)
    assert not (tmp_path / "data set").exists()


@pytest.fixture
def coarse(make_raster):
    """A raster of pixels twice as large, whose bands hold their own column and row."""
    rows, cols = np.mgrid[:30, :40]
    values = np.stack([cols, rows], axis=-1).astype(np.uint8)
    return make_raster(values, name="coarse.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))


def all_samples(folder, split="train"):
    """Inputs and targets of a split, in any order."""
    for images, targets in TFRecords(f"{folder}/{split}").read(1, ["labels"]):
        yield {name: image[0].numpy() for name, image in images.items()}, targets["labels"][0].numpy()


def test_several_sources_by_their_ground(export, coarse, reporter):
    result = export(source2=[coarse], names=["xs", "wide"])
    assert not reporter.warnings
    for images, _ in all_samples(result["output"]):
        assert (images["xs"].shape, images["wide"].shape) == ((SIZE, SIZE, 2), (SIZE // 2, SIZE // 2, 2))
        np.testing.assert_array_equal(images["xs"][::2, ::2] // 2, images["wide"])
    dataset = DatasetDescription.read(Path(result["output"]))
    assert [(source.name, source.patch_size, source.dtype) for source in dataset.sources] == [
        ("xs", 8, "uint16"),
        ("wide", 4, "uint8"),
    ]
    assert dataset.sources[1].rasters == [coarse]
    patches = np.stack([images["wide"] for images, _ in all_samples(result["output"])])
    np.testing.assert_allclose(dataset.sources[1].statistics["mean"], patches.mean(axis=(0, 1, 2)))


@pytest.mark.parametrize("number", [3, 4])
def test_sources_keep_their_place_if_one_is_left_out(export, coarse, number):
    result = export(**{f"source{number}": [coarse]})
    assert [source.name for source in DatasetDescription.read(Path(result["output"])).sources] == ["source1", "source2"]


def test_patches_that_cannot_cover_the_same_ground_are_told(export, coarse, positions, reporter):
    export(source2=[coarse], positions=positions((30, 20), (21, 20), (40, 39)))
    assert any(warning.startswith("2 patches of the coarser sources are shifted") for warning in reporter.warnings)


def test_grids_that_do_not_nest_need_resampling(export, make_raster, tmp_path):
    values = np.full((41, 54, 1), 7, np.uint8)
    odd = make_raster(values, name="odd.tif", transform=(500000.0, 15.0, 0.0, 4000000.0, 0.0, -15.0))
    with pytest.raises(InputError, match=r"do not nest .*RESAMPLE"):
        export(source2=[odd])
    assert not (tmp_path / "data set").exists()
    result = export(source2=[odd], resample=True)
    assert all(images["source2"].shape == (SIZE, SIZE, 1) for images, _ in all_samples(result["output"]))
    assert DatasetDescription.read(Path(result["output"])).sources[1].rasters == [odd]


def test_compressed_records_are_smaller_and_stated(export, tmp_path):
    sizes = {}
    for compression in ("none", "gzip"):
        result = export(compression=compression, output=str(tmp_path / compression))
        assert DatasetDescription.read(Path(result["output"])).compression == compression
        assert len(samples(result["output"])) == 3
        sizes[compression] = sum(len(content) for content in folder_bytes(result["output"]).values())
    assert sizes["gzip"] < sizes["none"]


def test_a_dropped_remainder_is_told(export, positions, reporter):
    points = positions(*((col, row) for col in range(10, 40, 3) for row in range(10, 40, 4)))
    result = export(positions=points, samples_per_shard=30, drop_remainder=True)
    assert result["counts"]["train"] == len(samples(result["output"])) == 60
    assert any("20 of 80 train samples do not fill a file of 30" in warning for warning in reporter.warnings)
    kept = DatasetDescription.read(Path(result["output"])).splits["train"]
    assert (kept.samples, kept.shards) == (60, 2)


def test_nothing_left_after_the_remainder_is_refused(export, tmp_path):
    with pytest.raises(InputError, match="Without the remainder the split train is empty"):
        export(drop_remainder=True)
    assert not (tmp_path / "data set").exists()


def test_the_dataset_tells_its_layers_by_the_names_that_people_know(export, two_polygons):
    output = export(positions_name="my points")["output"]
    provenance = DatasetDescription.read(Path(output)).provenance
    assert provenance["positions"] == "my points"
    assert provenance["features"] == layer_digests(two_polygons)
    assert provenance["labels_vector"].endswith(".gpkg")  # no name was given: the file


def test_pixels_and_polygons_count_once(export, positions):
    points = positions((12, 20), (14, 20), (12, 21), (40, 20), (29, 38))
    splits = DatasetDescription.read(export(positions=points)["output"]).splits["train"]
    assert sum(splits.pixels) > sum(splits.distinct_pixels)
    shown = np.zeros((60, 80), bool)
    for col, row in ((12, 20), (14, 20), (12, 21), (40, 20), (29, 38)):
        shown[row - 4 : row + 4, col - 4 : col + 4] = True
    assert splits.distinct_pixels == [shown[10:40, 10:30].sum(), shown[10:40, 30:50].sum()]
    assert (splits.features, splits.shared_features) == ([1, 1], [0, 0])


def test_a_dataset_has_a_picture_of_its_splits(export):
    picture = gdal.Open(str(Path(export()["output"]) / "overview.jpg"))
    assert (picture.RasterXSize, picture.RasterYSize) == (80, 60)


def test_datasets_without_these_counts_can_be_read(export):
    folder = Path(export()["output"])
    content = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    for name in ("distinct_pixels", "features", "shared_features"):
        del content["splits"]["train"][name]
    (folder / FILE_NAME).write_text(json.dumps(content), encoding="utf-8")
    assert DatasetDescription.read(folder).splits["train"].distinct_pixels == []


@pytest.mark.parametrize(("size", "expected", "warned"), [(0, 12, False), (8, 8, False), (24, 24, True)])
def test_patches_have_the_size_that_was_sampled_and_larger_ones_are_told(
    export, make_vector, box, tmp_path, reporter, size, expected, warned
):
    boxes = [(box(6 * col, 6 * row, 6, 6), 10 * (1 + (col + row) % 2)) for col in range(13) for row in range(10)]
    polygons, points = make_vector(boxes, name="all.gpkg"), str(tmp_path / "points.gpkg")
    export(output=str(tmp_path / "first"))  # which makes the image
    options = {"class_field": "class", "patch_size": 12, "count": 120, "split": "spatial blocks"}
    SampleVector([str(tmp_path / "coordinates.tif")], polygons, points, **options).run(reporter)
    described = DatasetDescription.read(
        export(positions=points, labels_vector=polygons, patch_size=size, output=str(tmp_path / "second"))["output"]
    )
    assert described.sources[0].patch_size == described.provenance["patch_size"] == expected
    said = [message for message in reporter.warnings if "overlap patches of train" in message]
    assert len(said) == warned
    assert not warned or "the positions were sampled for 12 pixels" in said[0]
