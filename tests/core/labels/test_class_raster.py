"""Classes in a raster file."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.inference.output_rasters import map_output
from geodl_plugin.inference.raster_writer import RasterWriter
from geodl_plugin.labels.class_raster import read_classes, write_classes
from geodl_plugin.labels.classes import ClassList


@pytest.fixture
def class_file(tmp_path, grid):
    """Write a map that is described by some classes."""

    def write(classes):
        path = tmp_path / "map.tif"
        RasterWriter(path, grid, map_output("classes", (), classes)).close()
        return str(path)

    return write


@pytest.mark.parametrize(
    "values",
    [
        ["field", "forest", "water"],
        [1, 2, 3],
        [0, 1],
        [0, 255],
        [-5, 3],
        [10, 20, 311],
        [4095, 4096],
        [1, 65535],
        [1, 100000],
        [2**31 - 1, -(2**31)],
        [1, 3 * 10**9],
        ["вода", "森林"],
        ["name with, comma", 'with "quotes"', "with <angles> & co"],
    ],
)
def test_classes_come_back_with_value_and_name(class_file, values):
    classes = ClassList.from_values(values)
    found = read_classes(class_file(classes))
    assert (found.values, found.names) == (classes.values, classes.names)


def test_colours_come_back(class_file):
    classes = ClassList.from_values(["field", "forest", "water"])
    assert read_classes(class_file(classes)) == classes


def test_no_data_is_in_the_file_and_transparent(class_file):
    classes = ClassList.from_values([0, 1])
    dataset = gdal.Open(class_file(classes))  # a band does not keep its dataset alive
    band = dataset.GetRasterBand(1)
    assert band.GetNoDataValue() == 255
    assert band.GetColorTable().GetColorEntry(255)[3] == 0


def test_category_names_count_from_zero(class_file):
    dataset = gdal.Open(class_file(ClassList.from_values(["field", "forest"])))
    dataset.GetMetadata()  # GDAL 3.6 reads the sidecar when asked for this, not for the names
    assert dataset.GetRasterBand(1).GetCategoryNames() == ["", "field", "forest"]


def test_huge_values_make_no_huge_list_of_category_names(class_file):
    dataset = gdal.Open(class_file(ClassList.from_values([1, 60000])))
    assert not dataset.GetRasterBand(1).GetCategoryNames()


def test_names_are_read_where_a_raster_has_no_attribute_table(make_raster):
    path = make_raster(np.ones((2, 2), np.uint8))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetCategoryNames(["", "field", "", "forest"])
    dataset = None
    assert read_classes(path).names == ["field", "forest"]


def test_a_raster_without_names_has_no_classes(make_raster):
    assert len(read_classes(make_raster(np.ones((2, 2), np.uint8)))) == 0


def test_classes_can_be_described_anew(class_file):
    path = class_file(ClassList.from_values(["field", "forest", "water"]))
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["sea", "sky"]))
    dataset = None
    assert read_classes(path).names == ["sea", "sky"]


def write_table(path, rows):
    """Give the band an attribute table of (value, name), the value a real number."""
    table = gdal.RasterAttributeTable()
    table.CreateColumn("code", gdal.GFT_Real, gdal.GFU_MinMax)
    table.CreateColumn("name", gdal.GFT_String, gdal.GFU_Name)
    table.SetRowCount(len(rows))
    for row, (value, name) in enumerate(rows):
        table.SetValueAsDouble(row, 0, value)
        table.SetValueAsString(row, 1, name)
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetDefaultRAT(table)


def test_two_classes_of_one_name_are_told_apart_by_their_values(make_raster):
    path = make_raster(np.ones((2, 2), np.uint8))
    write_table(path, [(1, "forest"), (2, "water"), (3, "forest")])
    assert read_classes(path).names == ["forest (1)", "water", "forest (3)"]


def test_rows_without_a_whole_number_or_a_name_are_passed_over(make_raster):
    path = make_raster(np.ones((2, 2), np.uint8))
    write_table(path, [(1, "forest"), (float("nan"), "x"), (float("inf"), "y"), (2.5, "z"), (4, "  ")])
    assert read_classes(path).names == ["forest"]


def test_category_names_of_blanks_are_none(make_raster):
    path = make_raster(np.ones((2, 2), np.uint8))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetCategoryNames([" ", "field", "\t"])
    dataset = None
    assert read_classes(path).names == ["field"]
