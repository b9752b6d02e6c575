"""The job that extracts patches into a patches image."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.extract_patches import ExtractPatches
from geodl_plugin.rasters.grid import Grid

HEIGHT, WIDTH = 60, 80
NORTH_UP = (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)


@pytest.fixture
def coordinates(make_raster):
    """A raster whose bands hold each pixel's column and row."""

    def make(transform=NORTH_UP, change=None, **options):
        rows, cols = np.mgrid[:HEIGHT, :WIDTH]
        values = np.stack([cols, rows], axis=-1).astype(np.int16)
        if change:
            change(values)
        return make_raster(values, transform=transform, **options)

    return make


@pytest.fixture
def points(make_vector):
    """Points at the centres of pixels, or beside them by a part of a pixel."""

    def make(pixels, classes=None, transform=NORTH_UP, beside=0.5, **options):
        cols, rows = np.array(pixels, float).T + beside
        x, y = Grid(WIDTH, HEIGHT, transform).ground(cols, rows)
        wkt = [f"POINT({east:.9f} {north:.9f})" for east, north in zip(x, y)]
        return make_vector(list(zip(wkt, classes or [1] * len(wkt))), name="points.gpkg", **options)

    return make


@pytest.fixture
def extract(tmp_path, reporter):
    """Run the job; gives its results."""

    def run(source, positions, size, **options):
        output = str(tmp_path / "patches.tif")
        return ExtractPatches([source], positions, output, size, **options).run(reporter)

    return run


def patches(result, size):
    """The patches, [patch, y, x, band]."""
    raster = gdal.Open(result["output"])
    assert (raster.RasterXSize, raster.RasterYSize) == (size, size * result["count"])
    return np.moveaxis(raster.ReadAsArray(), 0, -1).reshape(result["count"], size, size, -1)


@pytest.mark.parametrize("size", [1, 2, 5, 8])
@pytest.mark.parametrize("beside", [0.0, 0.5, 0.99])
def test_patches_are_those_of_otbtf(coordinates, points, extract, any_transform, size, beside):
    """pixel = floor of the point's place; patch = [pixel - size // 2, pixel - size // 2 + size)."""
    rng = np.random.default_rng(size)
    pixels = [(int(col), int(row)) for col, row in zip(rng.integers(10, 70, 40), rng.integers(10, 50, 40))]
    result = extract(coordinates(any_transform), points(pixels, transform=any_transform, beside=beside), size)
    assert (result["count"], result["count_rejected"]) == (40, 0)
    for patch, (col, row) in zip(patches(result, size), pixels):
        expected = np.mgrid[row - size // 2 : row - size // 2 + size, col - size // 2 : col - size // 2 + size]
        np.testing.assert_array_equal(patch, np.stack(expected[::-1], axis=-1))


@given(st.lists(st.tuples(st.integers(-4, WIDTH + 4), st.integers(-4, HEIGHT + 4)), min_size=1), st.integers(1, 9))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_exactly_the_patches_inside_are_kept_in_the_order_of_the_points(coordinates, points, extract, pixels, size):
    half = size // 2
    kept = [
        [col, row] for col, row in pixels if half <= col <= WIDTH - size + half and half <= row <= HEIGHT - size + half
    ]
    if not kept:
        with pytest.raises(InputError, match="No patch"):
            extract(coordinates(), points(pixels), size)
        return
    result = extract(coordinates(), points(pixels), size)
    assert result["count_rejected"] == len(pixels) - len(kept)
    assert patches(result, size)[:, half, half].tolist() == kept


def test_a_patch_with_no_data_in_one_value_is_rejected(coordinates, points, extract, reporter):
    def change(values):
        values[20, 23, 1] = -7

    pixels = [(20, 20), (24, 20), (25, 20), (26, 20), (27, 20), (40, 40)]
    source, positions = coordinates(change=change), points(pixels, list(range(6)))
    assert extract(source, positions, 4)["count"] == 6
    result = extract(source, positions, 4, nodata="-7", class_field="class", labels=str(positions) + ".tif")
    assert patches(result, 4)[:, 2, 2, 0].tolist() == [20, 26, 27, 40]
    assert gdal.Open(result["labels"]).ReadAsArray().ravel().tolist() == [0, 3, 4, 5]
    assert result["count_rejected"] == 2
    assert reporter.warnings[-1].endswith("0 too near the raster's border or outside, 2 with no data in their patch.")


@pytest.mark.parametrize("nodata", ["nan", " NaN "])
def test_a_patch_with_nan_is_rejected(make_raster, points, extract, nodata):
    values = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    values[20, 21, 1] = np.nan
    result = extract(make_raster(values), points([(20, 20), (40, 40)]), 4, nodata=nodata)
    assert (result["count"], result["count_rejected"]) == (1, 1)
    assert np.isfinite(patches(result, 4)).all()


def test_type_and_names_of_the_bands_stay(coordinates, points, extract):
    result = extract(coordinates(band_names=("column", "row"), nodata=-1), points([(20, 20)]), 4)
    raster = gdal.Open(result["output"])
    assert [raster.GetRasterBand(number).GetDescription() for number in (1, 2)] == ["column", "row"]
    assert raster.GetRasterBand(1).DataType == gdal.GDT_Int16
    assert raster.GetRasterBand(1).GetNoDataValue() == -1


@pytest.mark.parametrize(
    ("classes", "codes", "kind"),
    [
        ([300, 2, 300], [300, 2, 300], gdal.GDT_Int16),
        (["wood", "field", "вода"], [2, 1, 3], gdal.GDT_Byte),
    ],
)
def test_labels_are_one_column_of_class_values(coordinates, points, extract, tmp_path, classes, codes, kind):
    positions = points([(20, 20), (0, 0), (40, 40), (30, 30)], [classes[0], classes[0], *classes[1:]])
    labels = tmp_path / "labels.tif"
    extract(coordinates(), positions, 4, class_field="class", labels=str(labels))
    raster = gdal.Open(str(labels))
    assert (raster.RasterXSize, raster.RasterYSize) == (1, 3)
    assert raster.ReadAsArray().ravel().tolist() == codes
    assert raster.GetRasterBand(1).DataType == kind


def test_points_without_class_are_left_out_and_told(coordinates, points, extract, reporter):
    positions = points([(20, 20), (30, 30), (40, 40)], [1, None, 2])
    result = extract(coordinates(), positions, 4, class_field="class")
    assert patches(result, 4)[:, 2, 2].tolist() == [[20, 20], [40, 40]]
    assert any(
        warning.startswith("1 points of features are left out: they have no geometry or no class")
        for warning in reporter.warnings
    )


@pytest.mark.parametrize("field", ["kind", "class"])
def test_the_layer_is_called_as_the_user_does(coordinates, points, extract, field):
    with pytest.raises(InputError, match="layer my points"):
        extract(coordinates(), points([(0, 0)]), 4, class_field=field, positions_name="my points")


def test_points_in_another_crs(coordinates, points, extract, tmp_path):
    positions = points([(20, 20), (50, 33)])
    elsewhere = str(tmp_path / "degrees.gpkg")
    gdal.VectorTranslate(elsewhere, positions, dstSRS="EPSG:4326", reproject=True)
    assert patches(extract(coordinates(), elsewhere, 5), 5)[:, 2, 2].tolist() == [[20, 20], [50, 33]]


@pytest.mark.parametrize(
    "wrong",
    [{"size": 0}, {"nodata": "none"}, {"class_field": "kind"}, {"labels": "labels.tif"}, {"positions": "polygons"}],
)
def test_values_that_do_not_fit_are_refused(coordinates, points, extract, make_vector, box, tmp_path, wrong):
    parameters = {"positions": points([(20, 20)]), "size": 4, **wrong}
    if "labels" in wrong:
        parameters["labels"] = str(tmp_path / wrong["labels"])
    if "positions" in wrong:
        parameters["positions"] = make_vector([(box(1, 1, 5, 5), 1)])
    with pytest.raises(InputError, match="CLASS_FIELD" if "labels" in wrong else None):
        extract(coordinates(), **parameters)
    assert not list(tmp_path.glob("*patches*"))


def test_a_cancelled_run_leaves_nothing(coordinates, points, extract, reporter, tmp_path):
    reporter.cancel_at = 0
    with pytest.raises(Cancelled):
        extract(coordinates(), points([(20, 20)]), 4)
    assert not list(tmp_path.glob("*patches*"))
