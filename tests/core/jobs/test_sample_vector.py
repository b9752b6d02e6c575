"""The job that samples positions."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import ogr

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.sampling import splits
from geodl_plugin.sampling.positions import read_positions
from geodl_plugin.sampling.spacing import Occupied
from geodl_plugin.sampling.splits import SPLITS


@pytest.fixture(autouse=True)
def _short_search(monkeypatch):
    """The split need not be the best one."""
    monkeypatch.setattr(splits, "_MAX_TRIES", 60)


@pytest.fixture
def sample(scene, tmp_path, reporter):
    """Run the job on the scene; gives its results."""

    def run(**options):
        parameters = {
            "source1": [scene["image"]],
            "input": scene["polygons"],
            "output": str(tmp_path / "positions.gpkg"),
            "class_field": "class",
            "patch_size": 16,
            "count": 90,
        }
        return SampleVector(**{**parameters, **options}).run(reporter)

    return run


@pytest.fixture
def table(scene, reporter):
    """Read the positions of a file back: a `Positions` and class values."""
    grid = Source("s", [scene["image"]]).grid
    return lambda path: read_positions(path, grid, reporter)


def counts(positions):
    """Positions by split and class."""
    result = np.zeros((3, positions.labels.max() + 1), int)
    np.add.at(result, (positions.split_of, positions.labels), 1)
    return result


def test_positions_lie_in_polygons_of_their_class(sample, table, scene):
    positions, values = table(sample()["output"])
    names = ("field", "forest", "water")
    found = scene["classes"][positions.rows, positions.cols]
    assert [names[index] for index in found] == [values[label] for label in positions.labels]


def test_every_patch_lies_in_the_raster(sample, table):
    positions, _ = table(
        sample(patch_size=15, strategy="per class", count=2000, split="none", edges="inside")["output"]
    )
    assert positions.cols.min() >= 7 and positions.rows.min() >= 7
    assert positions.cols.max() + 7 < 203 and positions.rows.max() + 7 < 157


def test_balanced_gives_each_class_its_part_of_the_count(sample, table):
    positions, _ = table(sample(split="none")["output"])
    assert counts(positions).tolist() == [[30, 30, 30], [0, 0, 0], [0, 0, 0]]


def test_per_class_gives_the_count_to_each(sample, table):
    positions, _ = table(sample(split="none", strategy="per class", count=20)["output"])
    assert counts(positions)[0].tolist() == [20, 20, 20]


def test_proportional_follows_the_areas(sample, table, scene, make_vector, box):
    polygons = make_vector([(box(20, 20, 30, 30), "a"), (box(100, 20, 30, 10), "b")], name="two.gpkg")
    positions, _ = table(sample(input=polygons, split="none", strategy="proportional", count=80)["output"])
    assert counts(positions)[0].tolist() == [60, 20]


def test_all_takes_every_pixel(sample, table, make_vector, box):
    polygons = make_vector([(box(20, 20, 7, 5), "a"), (box(100, 20, 3, 3), "b")], name="two.gpkg")
    positions, _ = table(sample(input=polygons, split="none", strategy="all")["output"])
    assert counts(positions)[0].tolist() == [35, 9]


def test_no_pixel_is_taken_twice(sample, table):
    positions, _ = table(sample(strategy="per class", count=2000)["output"])
    assert len(set(zip(positions.cols.tolist(), positions.rows.tolist()))) == len(positions)


def test_splits_get_about_their_shares(sample, table):
    positions, _ = table(sample(count=300, patch_size=8, block_size=24)["output"])
    np.testing.assert_allclose(counts(positions), np.tile([[70], [20], [10]], 3), atol=2)


def test_a_fraction_of_zero_leaves_its_split_empty(sample):
    assert sample(test_fraction=0)["counts"]["test"] == 0


@pytest.mark.parametrize("fractions", [(0.5, 0.5), (0.9, 0.2), (1.0, 0.0)])
def test_fractions_that_leave_nothing_to_train_are_refused(sample, fractions):
    with pytest.raises(InputError, match="train"):
        sample(valid_fraction=fractions[0], test_fraction=fractions[1])


@pytest.mark.parametrize(
    "wrong",
    [{"patch_size": 0}, {"patch_size": -4}, {"count": 0}, {"count": -1}, {"valid_fraction": -0.1}, {"block_size": -8}],
)
def test_numbers_out_of_range_are_refused(sample, wrong):
    with pytest.raises(InputError):
        sample(**wrong)


def clashes(positions, size):
    """Pixels that patches of two splits share."""
    seen = np.zeros((3, 300, 300), bool)
    for col, row, split in zip(positions.cols, positions.rows, positions.split_of):
        seen[split, row - size // 2 + 40 :, col - size // 2 + 40 :][:size, :size] = True
    return int((seen.sum(axis=0) > 1).sum())


def divide(path, name, values):
    """Add a field to a vector file, whose features get the values in turn."""
    dataset = ogr.Open(path, update=1)
    layer = dataset.GetLayer(0)
    layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for number, feature in enumerate(layer):
        feature.SetField(name, values[number % len(values)])
        layer.SetFeature(feature)
    return path


@pytest.fixture
def close(make_vector, box):
    """Polygons so close to each other that patches of different splits in them would share pixels."""
    boxes = [(box(col, row, 36, 28), "ab"[row % 2]) for row in (5, 36, 67, 98) for col in (6, 45, 84, 123)]
    return divide(make_vector(boxes, name="close.gpkg"), "use", ["train", "valid", "train", "test", "train"])


@settings(max_examples=24, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(4, 30),
    st.integers(8, 60),
    st.sampled_from(["balanced", "per class", "proportional", "grid"]),
    st.sampled_from(["spatial blocks", "chessboard", "random", "by field"]),
    st.integers(0, 99),
)
def test_no_two_patches_of_different_splits_share_a_pixel(
    sample, table, close, patch_size, block_size, strategy, split, seed
):
    options = {"patch_size": patch_size, "block_size": block_size, "strategy": strategy, "seed": seed, "count": 60}
    field = "use" if split == "by field" else ""
    options["split_buffer"] = patch_size if field else 0  # whole features have no buffer by themselves
    found = sample(input=close, split=split, split_field=field, valid_fraction=0.1, test_fraction=0.05, **options)
    assert clashes(table(found["output"])[0], patch_size) == 0


def test_the_same_seed_gives_the_same_positions(sample, table, tmp_path):
    first, second = (table(sample(output=str(tmp_path / f"{n}.gpkg"), seed=5)["output"])[0] for n in (1, 2))
    for column, values in vars(first).items():
        np.testing.assert_array_equal(values, vars(second)[column])


def test_another_seed_gives_others(sample, table, tmp_path):
    first, second = (table(sample(output=str(tmp_path / f"{n}.gpkg"), seed=n)["output"])[0] for n in (1, 2))
    assert first.cols.tolist() != second.cols.tolist()


def test_points_lie_at_pixel_centres(sample):
    dataset = ogr.Open(sample()["output"])
    x = np.array([feature.GetGeometryRef().GetX() for feature in dataset.GetLayer(0)])
    np.testing.assert_array_equal(x % 10, 5)


def test_the_fields_are_those_that_are_promised(sample):
    dataset = ogr.Open(sample()["output"])
    definition = dataset.GetLayer(0).GetLayerDefn()
    names = [definition.GetFieldDefn(n).GetName() for n in range(definition.GetFieldCount())]
    origin = ["patch_size", "buffer", "seed", "image"]
    assert names == ["id", "class", "label", "split", "block", "feature", "way", *origin]


def test_the_counts_are_those_of_the_file(sample, table):
    result = sample()
    assert result["counts"] == table(result["output"])[0].counts()


def test_integer_classes_stay_integers(sample, table, make_vector, box):
    polygons = make_vector([(box(20, 20, 20, 20), -3), (box(100, 20, 20, 20), 0)], name="codes.gpkg")
    assert table(sample(input=polygons)["output"])[1] == [-3, 0]


def test_the_class_field_is_asked_for(sample):
    said = r"class field of the layer features is missing\. Expected: CLASS_FIELD, .*, such as class\..* ONE_CLASS"
    with pytest.raises(InputError, match=said):
        sample(class_field="")
    with pytest.raises(InputError, match="either CLASS_FIELD or ONE_CLASS"):
        sample(one_class=True)


def test_all_features_may_be_of_one_class(sample, table):
    positions, values = table(sample(class_field="", one_class=True)["output"])
    assert values == [1] and len(positions) > 0


def test_points_are_sampled_as_they_are(sample, table, make_vector):
    points = [("POINT(500505 3999495)", "a"), ("POINT(500505 3999495)", "a"), ("POINT(501005 3999005)", "b")]
    positions, _ = table(sample(input=make_vector(points, name="points.gpkg"), split="none", strategy="all")["output"])
    assert sorted(zip(positions.cols.tolist(), positions.rows.tolist())) == [(50, 50), (100, 99)]


def test_polygons_smaller_than_a_pixel_are_told(sample, make_vector, box, reporter):
    polygons = make_vector([(box(20.1, 20.1, 0.2, 0.2), "tiny"), (box(100, 20, 9, 9), "large")], name="two.gpkg")
    sample(input=polygons, split="none")
    assert any("tiny" in warning and "smaller than a pixel" in warning for warning in reporter.warnings)


def test_polygons_too_near_the_border_are_refused(sample, make_vector, box):
    polygons = make_vector([(box(0, 0, 7, 100), "a"), (box(0, 0, 100, 7), "b")], name="border.gpkg")
    with pytest.raises(InputError, match="centre of a patch"):
        sample(input=polygons, edges="inside")
    assert sample(input=polygons)["counts"]["train"] > 0


def test_a_class_in_one_polygon_only_is_trained_and_told(sample, table, make_vector, box, reporter):
    polygons = make_vector(
        [
            (box(10, 10, 5, 5), "rare"),
            *((box(col, row, 30, 30), "common") for col in (40, 120) for row in (10, 60, 110)),
        ],
        name="rare.gpkg",
    )
    positions, _ = table(sample(input=polygons, patch_size=8)["output"])
    assert counts(positions)[:, 1].tolist()[1:] == [0, 0]
    assert any("rare" in warning for warning in reporter.warnings)


def test_one_class_only_is_refused(sample, make_vector, box):
    with pytest.raises(InputError, match="of the layer my polygons has one class only"):
        sample(input=make_vector([(box(20, 20, 9, 9), "a")], name="one.gpkg"), input_name="my polygons")


def test_patches_larger_than_the_raster_are_refused(sample):
    with pytest.raises(InputError, match="larger than the raster"):
        sample(patch_size=158, edges="inside")
    with pytest.raises(InputError, match="at most 314"):
        sample(patch_size=315)


def test_a_patch_as_large_as_the_raster_has_one_row_of_places(sample, table, make_vector, box):
    polygons = make_vector([(box(80, 70, 9, 20), "a"), (box(90, 70, 9, 20), "b")], name="two.gpkg")
    positions, _ = table(sample(input=polygons, patch_size=157, split="none", strategy="all", edges="inside")["output"])
    assert set(positions.rows.tolist()) == {78}


@pytest.mark.parametrize(
    "name", ["positions.gpkg", "my positions.geojson", "σημεία 点.gpkg", "positions.fgb", "positions.shp"]
)
def test_any_vector_format(sample, table, tmp_path, name):
    positions, values = table(sample(output=str(tmp_path / "new folder" / name))["output"])
    assert len(positions) > 50 and values == ["field", "forest", "water"]
    assert not [path for path in (tmp_path / "new folder").iterdir() if "part" in path.name]


@pytest.mark.parametrize("name", ["positions", "positions.tif", "positions.nosuch"])
def test_a_format_that_holds_no_points_is_refused(sample, tmp_path, name):
    with pytest.raises(InputError, match="cannot be written"):
        sample(output=str(tmp_path / "new folder" / name))


def test_a_cancelled_job_leaves_nothing(sample, tmp_path, reporter):
    reporter.cancel_at = 1
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        sample()
    assert sorted(tmp_path.iterdir()) == before


def test_an_existing_file_is_replaced(sample, table):
    sample(count=60)
    assert len(table(sample(count=30, split="none")["output"])[0]) == 30


def test_any_georeference(make_raster, make_vector, any_transform, tmp_path, reporter):
    path = make_raster(np.zeros((60, 60), np.uint8), transform=any_transform)
    grid = Source("s", [path]).grid
    x, y = grid.ground(np.array([20, 40, 40, 20, 20]), np.array([10, 10, 40, 40, 10]))
    polygon = "POLYGON((" + ",".join(f"{easting} {northing}" for easting, northing in zip(x, y)) + "))"
    output = str(tmp_path / "p.gpkg")
    options = {"patch_size": 8, "split": "none", "strategy": "all", "one_class": True}
    SampleVector([path], make_vector([(polygon, 1)]), output, **options).run(reporter)
    positions, _ = read_positions(output, grid, reporter)
    assert (positions.cols.min(), positions.cols.max(), positions.rows.min(), positions.rows.max()) == (20, 39, 10, 39)
    assert SPLITS[positions.split_of[0]] == "train"


def gaps(positions, *, between_splits=False):
    """The minimum distance of two positions, of different splits or of any."""
    cols, rows, split_of = positions.cols, positions.rows, positions.split_of
    apart = np.maximum(abs(cols[:, None] - cols), abs(rows[:, None] - rows))
    counts = split_of[:, None] != split_of if between_splits else ~np.eye(len(cols), dtype=bool)
    return int(apart[counts].min())


def test_all_splits_are_there_if_they_are_random(sample, table):
    positions, _ = table(sample(split="random", patch_size=4)["output"])
    np.testing.assert_array_equal(counts(positions), [[21] * 3, [6] * 3, [3] * 3])


def test_a_random_split_scatters(sample, table):
    positions, _ = table(sample(split="random", patch_size=2, block_size=60)["output"])
    splits_of_block = [len(set(positions.split_of[positions.blocks == block])) for block in set(positions.blocks)]
    assert max(splits_of_block) == 3


def test_a_random_split_of_all_pixels_that_leaves_no_room_is_refused(sample, tmp_path):
    with pytest.raises(InputError, match="left to train with"):
        sample(split="random", strategy="all", patch_size=30, output=str(tmp_path / "none.gpkg"))
    assert not (tmp_path / "none.gpkg").exists()


def test_black_squares_train_and_white_ones_do_not(sample, table):
    positions, _ = table(sample(split="chessboard", block_size=30, patch_size=8, count=300)["output"])
    black = (positions.cols // 30 + positions.rows // 30) % 2 == 0
    np.testing.assert_array_equal(positions.split_of == 0, black)
    assert set(positions.split_of.tolist()) == {0, 1, 2}


def test_white_squares_are_all_valid_without_a_share_for_test(sample, table):
    found = sample(split="chessboard", block_size=30, patch_size=8, test_fraction=0)
    assert found["counts"]["test"] == 0 < found["counts"]["valid"]


def test_a_chessboard_without_white_squares_is_refused(sample):
    with pytest.raises(InputError, match="white squares"):
        sample(split="chessboard", valid_fraction=0, test_fraction=0)


@pytest.mark.parametrize("split", ["random", "spatial blocks", "chessboard"])
def test_the_buffer_keeps_splits_apart(sample, table, split):
    positions, _ = table(sample(split=split, split_buffer=25, patch_size=8, block_size=50)["output"])
    assert gaps(positions, between_splits=True) >= 25
    assert len(set(positions.split_of.tolist())) == 3


def test_a_buffer_smaller_than_the_patch_is_warned_about(sample, table, reporter):
    positions, _ = table(sample(split="random", split_buffer=1, patch_size=16, count=600)["output"])
    assert clashes(positions, 16) > 0
    assert any("may share pixels" in warning for warning in reporter.warnings)


@pytest.fixture
def divided(make_vector, box):
    """Polygons whose field use says the split."""
    boxes = [(box(left, 20 + 40 * row, 20, 20), "ab"[row]) for left in (20, 80, 140) for row in (0, 1)]
    path = make_vector(boxes, name="divided.gpkg")
    return divide(path, "use", ["valid", "valid", "train", "train", "test", "test"])


@pytest.mark.parametrize("strategy", ["balanced", "all"])
def test_the_field_says_the_split(sample, table, divided, strategy):
    found = sample(input=divided, split="by field", split_field="use", patch_size=8, strategy=strategy)
    positions, _ = table(found["output"])
    np.testing.assert_array_equal(positions.split_of, np.array([1, 0, 2])[positions.cols // 60])
    expected = np.full((3, 2), 400) if strategy == "all" else np.ceil(np.outer([0.7, 0.2, 0.1], [45, 45]))
    np.testing.assert_array_equal(counts(positions), expected)


@pytest.mark.parametrize(("split", "field"), [("by field", ""), ("random", "use")])
def test_a_field_of_splits_is_for_the_split_by_field(sample, divided, split, field):
    with pytest.raises(InputError, match="SPLIT_FIELD"):
        sample(input=divided, split=split, split_field=field)


def test_a_grid_lays_patches_side_by_side(sample, table, make_vector, box):
    polygons = make_vector([(box(0, 0, 64, 48), "a"), (box(100, 32, 33, 33), "b")], name="two.gpkg")
    positions, _ = table(sample(input=polygons, split="none", strategy="grid")["output"])
    assert counts(positions)[0].tolist() == [12, 4]
    assert set((positions.cols - 8) % 16) == set((positions.rows - 8) % 16) == {0}


@pytest.mark.parametrize("strategy", ["balanced", "all", "per class"])
def test_positions_keep_their_minimum_distance(sample, table, strategy):
    positions, _ = table(sample(min_distance=11, strategy=strategy, split="none")["output"])
    assert gaps(positions) >= 11
    assert len(positions) > 60


def test_a_minimum_distance_leaves_no_room_for_another(sample, table, scene, make_vector, box):
    polygons = make_vector([(box(20, 20, 60, 60), "a"), (box(100, 20, 60, 60), "b")], name="two.gpkg")
    positions, _ = table(sample(input=polygons, min_distance=9, strategy="all", split="none")["output"])
    free = Occupied(9)
    free.add(positions.cols, positions.rows)
    assert not free.free(Window(20, 20, 60, 60)).any()


def test_a_minimum_distance_still_gives_the_count_if_there_is_room(sample, table):
    positions, _ = table(sample(min_distance=6, split="none")["output"])
    assert counts(positions)[0].tolist() == [30, 30, 30]


def test_patches_nest_in_a_coarser_source_and_lie_in_it(sample, table, make_raster):
    # 20 m pixels from 10 m right of the corner, and narrower than the image.
    transform = (500010.0, 20.0, 0.0, 4000000.0, 0.0, -20.0)
    coarse = make_raster(np.zeros((70, 60), np.uint8), name="coarse.tif", transform=transform)
    positions, _ = table(sample(source2=[coarse], split="none", strategy="all", edges="inside")["output"])
    left, top = positions.cols - 8, positions.rows - 8
    assert set((left - 1) % 2) == set(top % 2) == {0}
    assert left.min() >= 1 and (left + 16).max() <= 121 and (top + 16).max() <= 140


@pytest.mark.parametrize("number", ["source2", "source3", "source4"])
def test_a_source_that_does_not_nest_is_refused_or_resampled(sample, table, make_raster, number):
    transform = (500005.0, 15.0, 0.0, 4000000.0, 0.0, -15.0)
    other = make_raster(np.ones((120, 60), np.uint8), name="other.tif", transform=transform)
    with pytest.raises(InputError, match="RESAMPLE"):
        sample(**{number: [other]})
    options = {"resample": True, "split": "none", "strategy": "all"}
    positions, _ = table(sample(**{number: [other]}, **options, edges="inside")["output"])
    assert (positions.cols + 8).max() == 90  # it ends at 905 m
    positions, _ = table(sample(**{number: [other]}, **options)["output"])
    assert positions.cols.max() == 89


def test_patches_with_nodata_are_replaced(sample, table, make_raster):
    values = np.full((157, 203, 2), 7, np.int16)
    values[40:60, 10:30, 1] = -1
    image = make_raster(values, name="holes.tif", nodata=-1)
    whole = np.full((157, 203), 0.5, np.float32)
    whole[100, 150] = np.nan
    other = make_raster(whole, name="nan.tif")
    options = {"source1": [image], "source2": [other], "split": "none"}
    found = sample(**options, reject_nodata=True)
    positions, _ = table(found["output"])
    assert counts(positions)[0].tolist() == [30, 30, 30]
    everything = sample(**options, strategy="all")
    every, _ = table(everything["output"])
    assert everything["count_nodata"] == {"source1": 0, "source2": 0}
    bad1 = (every.cols + 8 > 10) & (every.cols - 8 < 30) & (every.rows + 8 > 40) & (every.rows - 8 < 60)
    bad2 = (abs(every.cols - 0.5 - 150) < 8) & (abs(every.rows - 0.5 - 100) < 8)
    assert found["count_nodata"] == {"source1": bad1.sum(), "source2": bad2.sum()}
    kept, _ = table(sample(**options, strategy="all", reject_nodata=True)["output"])
    expected = set(zip(every.cols[~bad1 & ~bad2], every.rows[~bad1 & ~bad2]))
    assert set(zip(kept.cols, kept.rows)) == expected
    assert set(zip(positions.cols, positions.rows)) <= expected


def test_rejected_pixels_are_told_by_source(sample, make_raster, reporter):
    values = np.ones((157, 203), np.uint8)
    values[80, 100] = 0
    sample(source1=[make_raster(values, name="hole.tif", nodata=0)], reject_nodata=True)
    assert any("no-data of source1" in message for message in reporter.messages)


def test_overlaps_are_counted_and_the_later_wins(sample, table, make_vector, box, reporter):
    polygons = make_vector([(box(20, 20, 20, 20), "a"), (box(30, 20, 20, 20), "b")], name="two.gpkg")
    found = sample(input=polygons, split="none", strategy="all")
    assert found["count_overlap"] == 200
    assert any("200 pixels lie in several features" in warning for warning in reporter.warnings)
    assert counts(table(found["output"])[0])[0].tolist() == [200, 400]


def test_all_keeps_polygons_smaller_than_a_pixel(sample, table, make_vector, box):
    polygons = make_vector([(box(20.1, 20.1, 0.2, 0.2), "tiny"), (box(100, 20, 9, 9), "large")], name="two.gpkg")
    positions, values = table(sample(input=polygons, split="none", strategy="all")["output"])
    assert values == ["large", "tiny"] and counts(positions)[0].tolist() == [81, 1]


def test_lines_are_sampled(sample, table, make_vector):
    lines = [("LINESTRING(500205 3999795,500605 3999795)", "a"), ("LINESTRING(501005 3999005,501005 3999505)", "b")]
    positions, _ = table(sample(input=make_vector(lines, name="lines.gpkg"), split="none", strategy="all")["output"])
    assert counts(positions)[0].tolist() == [41, 51]
