"""Label rasters."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.labels.class_raster import write_classes
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.labels.label_raster import ValueRaster, read_label_raster
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source

FINE = (500000.0, 5.0, 0.0, 4000000.0, 0.0, -5.0)
COARSE = (499980.0, 20.0, 0.0, 4000020.0, 0.0, -20.0)


@pytest.fixture
def image_grid(make_raster):
    """The grid of an image of 8 × 6 pixels."""
    return Source("image", [make_raster(np.zeros((6, 8), np.uint8))]).grid


@pytest.fixture
def indices(make_raster, image_grid, reporter):
    """Read a whole label raster; gives values and indices."""

    def read(values, **options):
        classes, window = read_label_raster(make_raster(values, name="labels.tif", **options), image_grid, reporter)
        return classes, window(image_grid.window)

    return read


def checkered(*values, dtype=np.uint8):
    """6 × 8 pixels that take the values in turn."""
    return np.resize(np.array(values, dtype), (6, 8))


@pytest.mark.parametrize(
    ("values", "dtype"),
    [((1, 2, 3), np.uint8), ((-5, 0, 1000), np.int16), ((7, 70000), np.int32), ((0, 2**32 - 2), np.uint32)],
)
def test_values_become_indices_in_their_order(indices, values, dtype):
    classes, found = indices(checkered(*values, dtype=dtype))
    assert classes.values == list(values)
    np.testing.assert_array_equal(np.array(values)[found], checkered(*values, dtype=dtype))


def test_values_that_leave_none_for_no_data_are_refused(indices):
    with pytest.raises(InputError, match=r"Invalid class values for a class map.*Received: 0 … 4294967295"):
        indices(checkered(0, 2**32 - 1, dtype=np.uint32))


def test_no_data_is_unlabelled(indices):
    classes, found = indices(checkered(0, 4, 9), nodata=0)
    assert classes.values == [4, 9]
    assert found[0, :3].tolist() == [255, 0, 1]


def test_without_a_no_data_value_zero_is_a_class(indices):
    classes, _ = indices(checkered(0, 4))
    assert classes.values == [0, 4]


def test_more_classes_than_a_byte_holds(make_raster, reporter):
    path = make_raster(np.arange(400, dtype=np.uint16).reshape(20, 20))
    grid = Source("s", [path]).grid
    _, read = read_label_raster(path, grid, reporter)
    assert read(Window(19, 19, 1, 1)).tolist() == [[399]]


@pytest.mark.parametrize("values", [np.zeros((6, 8), np.float32), np.zeros((6, 8, 2), np.uint8)])
def test_what_is_no_band_of_integers_is_refused(indices, values):
    with pytest.raises(InputError, match="cannot give class labels"):
        indices(values)


def test_a_raster_without_labels_is_refused(indices):
    with pytest.raises(InputError, match="no class"):
        indices(checkered(0), nodata=0)


def test_a_finer_raster_is_taken_at_the_nearest_pixel(indices):
    values = np.repeat(np.repeat(checkered(1, 2, 3), 2, axis=0), 2, axis=1)
    _, found = indices(values, transform=FINE)
    np.testing.assert_array_equal(found + 1, checkered(1, 2, 3))


def test_a_smaller_raster_with_no_data_leaves_the_rest_unlabelled(indices):
    _, found = indices(np.full((2, 3), 5, np.uint8), nodata=0)
    assert (found[:2, :3] == 0).all() and (found[2:] == 255).all() and (found[:, 3:] == 255).all()


def test_a_smaller_raster_without_no_data_is_refused(indices):
    with pytest.raises(InputError, match="does not cover"):
        indices(np.full((2, 3), 5, np.uint8))


def test_another_crs_is_warped(indices, make_raster, tmp_path):
    source = make_raster(
        np.full((40, 40), 3, np.uint8), name="utm.tif", transform=(499900.0, 10.0, 0, 4000100.0, 0, -10.0)
    )
    gdal.Warp(str(tmp_path / "degrees.tif"), source, dstSRS="EPSG:4326", dstNodata=0)
    degrees = gdal.Open(str(tmp_path / "degrees.tif"))
    classes, found = indices(degrees.ReadAsArray(), transform=degrees.GetGeoTransform(), epsg=4326, nodata=0)
    assert (classes.values, set(found.ravel().tolist())) == ([3], {0})


def test_a_raster_that_covers_the_image_in_another_crs_needs_no_no_data_value(indices, make_raster, tmp_path):
    source = make_raster(
        np.full((400, 400), 3, np.uint8), name="utm.tif", transform=(498000.0, 10.0, 0, 4002000.0, 0, -10.0)
    )
    gdal.Warp(str(tmp_path / "degrees.tif"), source, dstSRS="EPSG:4326")
    degrees = gdal.Open(str(tmp_path / "degrees.tif"))
    _, found = indices(degrees.ReadAsArray(), transform=degrees.GetGeoTransform(), epsg=4326)
    assert (found == found[0, 0]).all()


def test_a_raster_elsewhere_has_no_class(indices):
    with pytest.raises(InputError, match="no class"):
        indices(checkered(1, 2), transform=(600000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0), nodata=0)


def test_a_raster_without_crs_is_taken_to_be_in_that_of_the_image(indices):
    values = np.repeat(np.repeat(checkered(1, 2, 3), 2, axis=0), 2, axis=1)
    _, found = indices(values, transform=FINE, epsg=None, nodata=0)
    np.testing.assert_array_equal(found + 1, checkered(1, 2, 3))


def test_two_label_rasters_can_be_open_at_once(make_raster, image_grid, reporter):
    readers = [
        read_label_raster(
            make_raster(np.full((30, 40), value, np.uint8), name=f"{value}.tif", transform=FINE), image_grid, reporter
        )
        for value in (3, 4)
    ]
    assert [(classes.values, read(Window(0, 0, 1, 1)).tolist()) for classes, read in readers] == [
        ([3], [[0]]),
        ([4], [[0]]),
    ]


def test_names_and_colours_come_from_the_file(make_raster, image_grid, reporter):
    path = make_raster(checkered(1, 2), name="labels.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    described = ClassList.from_values(["field", "forest", "water"])
    write_classes(dataset.GetRasterBand(1), described)
    dataset = None
    classes, _ = read_label_raster(path, image_grid, reporter)
    assert classes.classes == described.classes[:2]


def test_named_classes_count_even_where_they_do_not_occur(make_raster, image_grid, reporter):
    path = make_raster(checkered(1, 2), name="labels.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["field", "forest", "water"]))
    dataset = None
    classes, _ = read_label_raster(path, image_grid, reporter, named=True)
    assert classes.names == ["field", "forest", "water"]


@pytest.fixture
def continuous(make_raster, image_grid):
    """Read a whole raster of continuous values."""

    def read(values, **options):
        return ValueRaster(make_raster(values, name="tree cover.tif", **options), image_grid).read(image_grid.window)

    return read


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint32, np.float32, np.float64])
def test_values_of_any_type_become_float32(continuous, dtype):
    found = continuous(checkered(0, 40, 255, dtype=dtype), nodata=255)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found[0, :3], [0, 40, np.nan])


def test_what_is_no_finite_number_is_unlabelled(continuous):
    found = continuous(checkered(1.5, np.nan, np.inf, 1e300, -np.inf, dtype=np.float64))
    np.testing.assert_array_equal(found[0, :5], [1.5] + [np.nan] * 4)


def test_values_of_a_coarser_raster_are_interpolated(continuous):
    rows, cols = np.mgrid[:6, :8]
    found = continuous(COARSE[0] + 20 * (cols + 0.5) + 1000 * rows, transform=COARSE)
    expected = 500000 + 10 * (np.arange(8) + 0.5)
    np.testing.assert_allclose(found - found[:, :1], np.broadcast_to(expected - expected[0], (6, 8)), atol=0.04)
    np.testing.assert_allclose(np.diff(found, axis=0), 500, atol=0.04)


def test_values_of_a_finer_raster_are_averaged(continuous):
    fine = np.random.default_rng(1).uniform(0, 100, (12, 16)).astype(np.float32)
    found = continuous(fine, transform=FINE)
    np.testing.assert_allclose(found, fine.reshape(6, 2, 8, 2).mean(axis=(1, 3)), rtol=1e-5)


@pytest.mark.parametrize(("gap", "nodata"), [(255, 255), (np.nan, None)])
def test_missing_values_do_not_count_in_averages(continuous, gap, nodata):
    fine = np.tile(np.array([[10, 20], [30, gap]], np.float32), (6, 8))
    fine[:2, :2] = gap
    found = continuous(fine, transform=FINE, nodata=nodata)
    assert np.isnan(found[0, 0])
    np.testing.assert_allclose(found.ravel()[1:], 20)


def test_values_in_another_crs_are_brought_to_the_image(continuous, make_raster, tmp_path):
    cols = np.broadcast_to(np.arange(40), (40, 40)).astype(np.float32)
    source = make_raster(cols, name="utm.tif", transform=(499900.0, 10.0, 0, 4000100.0, 0, -10.0))
    gdal.Warp(str(tmp_path / "degrees.tif"), source, dstSRS="EPSG:4326", dstNodata=-1, resampleAlg="bilinear")
    degrees = gdal.Open(str(tmp_path / "degrees.tif"))
    found = continuous(degrees.ReadAsArray(), transform=degrees.GetGeoTransform(), epsg=4326, nodata=-1)
    np.testing.assert_allclose(found, np.broadcast_to(np.arange(10, 18), (6, 8)), atol=0.1)


def test_ground_that_a_raster_of_values_does_not_cover_is_unlabelled(continuous):
    found = continuous(np.full((2, 3), 5, np.uint8))
    assert (found[:2, :3] == 5).all() and np.isnan(found[2:]).all() and np.isnan(found[:, 3:]).all()


def test_values_are_named_by_their_band_or_file(make_raster, image_grid):
    values = np.zeros((6, 8), np.uint8)
    assert ValueRaster(make_raster(values, name="tree cover.tif"), image_grid).name == "tree cover"
    assert ValueRaster(make_raster(values, band_names=["δένδρα"]), image_grid).name == "δένδρα"


def test_values_of_several_bands_are_refused(continuous):
    with pytest.raises(InputError, match=r"one band .*2 bands"):
        continuous(np.zeros((6, 8, 2), np.float32))


def test_values_of_the_table_that_the_type_cannot_hold_are_left_out(make_raster, image_grid, reporter):
    path = make_raster(checkered(1, 2), name="labels.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    table = gdal.RasterAttributeTable()
    table.CreateColumn("value", gdal.GFT_Integer, gdal.GFU_MinMax)
    table.CreateColumn("name", gdal.GFT_String, gdal.GFU_Name)
    for row, (value, name) in enumerate([(1, "field"), (2, "forest"), (257, "wrong"), (-3, "below")]):
        table.SetValueAsInt(row, 0, value)
        table.SetValueAsString(row, 1, name)
    dataset.GetRasterBand(1).SetDefaultRAT(table)
    dataset = None
    classes, read = read_label_raster(path, image_grid, reporter, named=True)
    assert classes.names == ["field", "forest"]
    np.testing.assert_array_equal(read(image_grid.window) + 1, checkered(1, 2))
    assert any("-3, 257" in warning and "uint8" in warning for warning in reporter.warnings)


def test_labels_of_another_zone_with_equal_numbers_are_elsewhere(indices):
    with pytest.raises(InputError, match="do not overlap"):
        indices(checkered(1, 2), epsg=32637)
