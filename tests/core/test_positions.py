"""Positions in vector files."""

import numpy as np
import pytest
from osgeo import ogr

from geodl_plugin.classes import ClassMap
from geodl_plugin.errors import InputError
from geodl_plugin.grid import Grid
from geodl_plugin.raster import Source
from geodl_plugin.sampling.positions import Positions, read_positions, write_positions


@pytest.fixture
def utm(make_raster):
    """A grid of 100 × 80 pixels in UTM."""
    return Source("s", [make_raster(np.zeros((80, 100), np.uint8))]).grid


def some_positions():
    """Five positions of two classes."""
    arrays = ([3, 50, 50, 0, 99], [7, 10, 10, 0, 79], [0, 1, 1, 0, 1], [0, 0, 1, 2, 0], [4, 5, 5, 6, 7])
    return Positions(*(np.array(one, np.int64) for one in arrays))


@pytest.mark.parametrize("values", [[10, -4], ["вода", "field"]])
def test_positions_come_back(utm, tmp_path, reporter, values):
    classes = ClassMap.from_values(values)
    path = tmp_path / "p.gpkg"
    write_positions(path, some_positions(), classes, isinstance(values[0], str), utm)
    found, found_values = read_positions(str(path), utm, reporter)
    for one, other in zip(vars(found).values(), vars(some_positions()).values()):
        np.testing.assert_array_equal(one, other)
    assert found_values == sorted(values)


def test_positions_come_back_from_any_grid(tmp_path, reporter, any_transform):
    grid = Grid(100, 80, any_transform)
    write_positions(tmp_path / "p.gpkg", some_positions(), ClassMap.from_values([1, 2]), False, grid)
    found, _ = read_positions(str(tmp_path / "p.gpkg"), grid, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([3, 50, 50, 0, 99], [7, 10, 10, 0, 79])


def test_points_of_another_crs_are_reprojected(make_raster, make_vector, reporter):
    grid = Source(
        "s", [make_raster(np.zeros((80, 100), np.uint8), transform=(500000.0, 1000.0, 0, 4000000.0, 0, -1000.0))]
    ).grid
    points = make_vector([("POINT(33 36.1)", 1)], epsg=4326)  # the middle meridian of the zone has x = 500 km
    found, _ = read_positions(points, grid, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([0], [4])


def test_foreign_points_are_all_train_and_of_one_class(make_vector, utm, reporter):
    found, values = read_positions(make_vector([("POINT(500015 3999985)", 8)], field="other"), utm, reporter)
    assert (found.split_of.tolist(), found.labels.tolist(), values) == ([0], [0], [1])


def test_a_point_on_a_corner_belongs_to_the_pixel_right_and_below(make_vector, utm, reporter):
    found, _ = read_positions(make_vector([("POINT(500020 3999970)", 1)]), utm, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([2], [3])


@pytest.mark.parametrize(
    "wkt", ["POINT Z(500025 3999965 7)", "POINT M(500025 3999965 7)", "POINT ZM(500025 3999965 7 8)"]
)
def test_further_dimensions_are_ignored(make_vector, utm, reporter, wkt):
    found, _ = read_positions(make_vector([(wkt, 1)]), utm, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([2], [3])


def test_features_without_geometry_are_left_out(make_vector, utm, reporter):
    points = [(None, 1), ("POINT EMPTY", 1), ("POINT(500025 3999965)", 1)]
    assert len(read_positions(make_vector(points), utm, reporter)[0]) == 1


def test_points_without_class_are_left_out_and_told(make_vector, utm, reporter):
    points = [("POINT(500025 3999965)", 3), ("POINT(500035 3999965)", None), ("POINT(500045 3999965)", 4)]
    found, values = read_positions(make_vector(points), utm, reporter)
    assert (found.cols.tolist(), values) == ([2, 4], [3, 4])
    assert any("1" in warning for warning in reporter.warnings)


def test_a_point_that_cannot_be_reprojected_is_no_crash(make_vector, utm, reporter):
    points = make_vector([("POINT(0 95)", 1), ("POINT(33 36.1)", 1)], epsg=4326)
    assert len(read_positions(points, utm, reporter)[0]) == 1


@pytest.mark.parametrize("wkt", ["LINESTRING(0 0,1 1)", "POLYGON((0 0,1 0,1 1,0 0))", "MULTIPOINT(0 0,1 1)"])
def test_what_is_no_point_is_refused(make_vector, utm, reporter, wkt):
    with pytest.raises(InputError, match="holds no positions"):
        read_positions(make_vector([(wkt, 1)]), utm, reporter, name="my lines")


def add_field(path, name, value):
    """Add a text field with one value."""
    dataset = ogr.Open(path, 1)
    layer = dataset.GetLayer(0)
    layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for feature in layer:
        feature.SetField(name, value)
        layer.SetFeature(feature)
    dataset = None
    return path


@pytest.mark.parametrize("split", ["Train", "validation", None])
def test_a_value_that_is_no_split_is_refused(make_vector, utm, reporter, split):
    path = add_field(make_vector([("POINT(500025 3999965)", 1)]), "split", split)
    with pytest.raises(InputError, match="no split") as caught:
        read_positions(path, utm, reporter)
    assert str(split) in str(caught.value)


def test_a_block_that_is_null_is_no_crash(make_vector, utm, reporter):
    path = add_field(make_vector([("POINT(500025 3999965)", 1)]), "block", None)
    assert read_positions(path, utm, reporter)[0].blocks.tolist() == [0]


def test_positions_are_counted_by_split():
    assert some_positions().counts() == {"train": 3, "valid": 1, "test": 1}


def test_the_suffix_chooses_the_format(utm, tmp_path):
    with pytest.raises(InputError, match=r"\.xyz"):
        write_positions(tmp_path / "p.xyz", some_positions(), ClassMap.from_values([1, 2]), False, utm)
