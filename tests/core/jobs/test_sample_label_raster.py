"""The job that samples a label raster."""

import numpy as np
import pytest

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.labels.geometries import read_labels
from geodl_plugin.rasters.raster import Source
from geodl_plugin.sampling import splits
from geodl_plugin.sampling.positions import read_positions


@pytest.fixture(autouse=True)
def _short_search(monkeypatch):
    """The split need not be the best one."""
    monkeypatch.setattr(splits, "_MAX_TRIES", 60)


@pytest.fixture
def sample(scene, tmp_path, reporter):
    """Run the job on the scene; gives its results and the positions."""

    def run(**options):
        parameters = {
            "source1": [scene["image"]],
            "input": scene["truth"],
            "output": str(tmp_path / "positions.gpkg"),
            "patch_size": 16,
            "count": 90,
        }
        found = SampleLabelRaster(**{**parameters, **options}).run(reporter)
        positions, values = read_positions(found["output"], Source("s", [scene["image"]]).grid, reporter)
        return found, positions, values

    return run


def test_positions_have_the_value_of_their_pixel(sample, scene):
    _, positions, values = sample()
    found = scene["classes"][positions.rows, positions.cols] + 1
    assert found.tolist() == [values[label] for label in positions.labels]
    assert values == [1, 2, 3]


def test_balanced_gives_each_class_its_part(sample):
    _, positions, _ = sample(split="none")
    assert np.bincount(positions.labels).tolist() == [30, 30, 30]


def test_positions_are_drawn_all_over_the_image(sample):
    _, positions, _ = sample(split="none", count=900)
    assert positions.rows.max() > 140 and positions.cols.max() > 180  # OTBTF's never see the bottom


def test_all_takes_every_labelled_pixel_where_a_patch_fits(sample, make_raster):
    labels = np.zeros((157, 203), np.uint8)
    labels[:50, :50], labels[100:110, 100:110] = 7, 9
    found, positions, values = sample(
        input=make_raster(labels, name="labels.tif", nodata=0), strategy="all", split="none", edges="inside"
    )
    assert values == [7, 9]
    assert np.bincount(positions.labels).tolist() == [42 * 42, 100]
    assert found["counts"]["train"] == 42 * 42 + 100


def test_labels_on_another_grid_are_read_to_the_nearest_pixel(sample, make_raster):
    coarse = np.ones((16, 21), np.uint8)
    coarse[:, 10:] = 2
    path = make_raster(coarse, name="coarse.tif", transform=(500000.0, 100.0, 0.0, 4000000.0, 0.0, -100.0))
    _, positions, _ = sample(input=path, split="none")
    np.testing.assert_array_equal(positions.labels, positions.cols >= 100)


@pytest.mark.parametrize("split", ["spatial blocks", "random", "chessboard"])
def test_splits_keep_apart(sample, split):
    _, positions, _ = sample(split=split, patch_size=8, block_size=40)
    cols, rows, split_of = positions.cols, positions.rows, positions.split_of
    apart = np.maximum(abs(cols[:, None] - cols), abs(rows[:, None] - rows))
    assert apart[split_of[:, None] != split_of].min() >= 8
    assert set(split_of.tolist()) == {0, 1, 2}


def test_positions_are_those_in_polygons_with_the_same_labels(sample, scene, make_raster, tmp_path, reporter):
    grid = Source("s", [scene["image"]]).grid
    labels = read_labels(scene["polygons"], "class", grid, reporter)
    burnt = make_raster(labels.burner(grid)(grid.window), name="burnt.tif", nodata=labels.classes.unlabelled)
    other = (500000.0, 15.0, 0.0, 4000000.0, 0.0, -15.0)
    options = {
        "source1": [scene["image"]],
        "source2": [make_raster(np.ones((157, 190), np.uint8), name="narrow.tif")],
        "source3": [make_raster(np.ones((145, 203), np.uint8), name="low.tif")],
        "source4": [make_raster(np.ones((105, 115), np.uint8), name="odd.tif", transform=other)],
        "resample": True,
        "patch_size": 8,
        "count": 400,
        "valid_fraction": 0.4,
        "test_fraction": 0.05,
        "block_size": 20,
        "split": "spatial blocks",
        "split_buffer": 12,
        "seed": 7,
    }
    polygons = SampleVector(
        input=scene["polygons"], class_field="class", output=str(tmp_path / "v.gpkg"), **options
    ).run(reporter)
    _, positions, _ = sample(input=burnt, **options)
    expected, _ = read_positions(polygons["output"], grid, reporter)
    for name in ("cols", "rows", "labels", "split_of", "blocks", "way"):
        np.testing.assert_array_equal(getattr(positions, name), getattr(expected, name))
    assert positions.features is None and expected.features is not None


def test_options_are_those_of_vectors(sample, make_raster):
    values = np.ones((157, 203), np.uint8)
    values[:, :100] = 0
    image = make_raster(values, name="half.tif", nodata=0)
    half = make_raster(values[:, :150], name="narrow.tif")
    options = {"split": "none", "min_distance": 5, "reject_nodata": True, "count": 60, "edges": "inside"}
    found, positions, _ = sample(source1=[image], source2=[half], **options)
    cols, rows = positions.cols, positions.rows
    apart = np.maximum(abs(cols[:, None] - cols), abs(rows[:, None] - rows))
    assert apart[~np.eye(len(cols), dtype=bool)].min() >= 5
    assert cols.min() >= 108 and cols.max() <= 142
    assert found["count_nodata"]["source1"] > 0 == found["count_nodata"]["source2"]


def test_one_class_only_is_refused(sample, make_raster):
    with pytest.raises(InputError, match="The raster my labels has one class only"):
        sample(input=make_raster(np.ones((157, 203), np.uint8), name="one.tif"), input_name="my labels")


@pytest.mark.parametrize("wrong", [{"strategy": "some"}, {"split": "by field"}, {"patch_size": 0}, {"count": 0}])
def test_values_that_do_not_fit_are_refused(sample, wrong):
    with pytest.raises(InputError):
        sample(**wrong)


def test_a_cancelled_job_leaves_nothing(sample, tmp_path, reporter):
    reporter.cancel_at = 0
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        sample()
    assert sorted(tmp_path.iterdir()) == before
