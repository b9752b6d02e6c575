"""Tiny rasters and polygons that the tests make themselves."""

import functools
import os
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, gdal_array, ogr, osr

from geodl_plugin.rasters.raster import gdal_exceptions
from geodl_plugin.runtime.reporter import Reporter

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.update(LC_ALL="C.UTF-8", GEODL_LANGUAGE="en")  # messages are English, whatever the language of the computer
ROOT = Path(__file__).resolve().parent.parent
UTM = 32636
NORTH_UP = (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)


@pytest.fixture(autouse=True)
def _gdal_exceptions():
    """GDAL raises in tests, as it does in every job."""
    with gdal_exceptions():
        yield


@pytest.fixture(scope="session")
def write_raster():
    """Write an array [y, x] or [y, x, bands] as GeoTIFF in a folder and give its path."""

    def write(folder, values, name="image.tif", transform=NORTH_UP, epsg=UTM, nodata=None, band_names=()):
        values = np.asarray(values)
        values = values[..., None] if values.ndim == 2 else values
        height, width, bands = values.shape
        kind = gdal_array.NumericTypeCodeToGDALTypeCode(values.dtype)
        path = folder / name
        dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, bands, kind)
        if transform:
            dataset.SetGeoTransform(transform)
        if epsg:
            crs = osr.SpatialReference()
            crs.ImportFromEPSG(epsg)
            dataset.SetProjection(crs.ExportToWkt())
        for number in range(bands):
            band = dataset.GetRasterBand(number + 1)
            band.WriteArray(values[..., number])
            if nodata is not None:
                band.SetNoDataValue(nodata)
            if band_names:
                band.SetDescription(band_names[number])
        dataset.FlushCache()
        return str(path)

    return write


@pytest.fixture
def make_raster(write_raster, tmp_path):
    """`write_raster` in the test's own folder."""
    return functools.partial(write_raster, tmp_path)


@pytest.fixture(scope="session")
def write_vector():
    """Write (WKT, class) pairs as GeoPackage in a folder and give its path; ``epsg`` None: without CRS."""

    def write(folder, features, name="polygons.gpkg", epsg=UTM, field="class"):
        path = folder / name
        dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
        crs = None
        if epsg:
            crs = osr.SpatialReference()
            crs.ImportFromEPSG(epsg)
        layer = dataset.CreateLayer("features", crs, ogr.wkbUnknown)
        kinds = {str: ogr.OFTString, float: ogr.OFTReal, int: ogr.OFTInteger64}
        kind = next(kind for one, kind in kinds.items() if one is int or any(isinstance(v, one) for _, v in features))
        layer.CreateField(ogr.FieldDefn(field, kind))
        for wkt, value in features:
            feature = ogr.Feature(layer.GetLayerDefn())
            if wkt is not None:
                feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
            if value is not None:
                feature.SetField(field, value)
            layer.CreateFeature(feature)
        dataset.FlushCache()
        return str(path)

    return write


@pytest.fixture
def make_vector(write_vector, tmp_path):
    """`write_vector` in the test's own folder."""
    return functools.partial(write_vector, tmp_path)


def box(col, row, width, height, transform=NORTH_UP):
    """WKT of a rectangle of pixels of a north-up raster."""
    x0, dx, _, y0, _, dy = transform
    left, right = x0 + col * dx, x0 + (col + width) * dx
    top, bottom = y0 + row * dy, y0 + (row + height) * dy
    return f"POLYGON(({left} {top},{right} {top},{right} {bottom},{left} {bottom},{left} {top}))"


@pytest.fixture(name="box")
def box_fixture():
    """The function `box`."""
    return box


def write_scene(folder, write_raster, write_vector):
    """An image of 203 × 157 pixels of three classes that its first bands tell apart, and polygons on it."""
    rng = np.random.default_rng(1)
    height, width = 157, 203
    classes = (np.add.outer(np.arange(height) // 40, np.arange(width) // 50) % 3).astype(np.uint8)
    means = np.array([[300, 900, 500, 100], [700, 300, 500, 200], [500, 500, 1200, 300]])
    values = means[classes] + rng.normal(0, 60, (height, width, 4))
    image = write_raster(folder, values.clip(1, 4000).astype(np.uint16), band_names=("blue", "green", "red", "nir"))
    names = ("field", "forest", "water")
    polygons = [
        (box(col * 50 + 6, row * 40 + 5, 36, 28), names[(row + col) % 3]) for row in range(4) for col in range(4)
    ]
    truth = write_raster(folder, classes + 1, name="truth.tif", nodata=0)
    return {"image": image, "polygons": write_vector(folder, polygons), "truth": truth, "classes": classes}


@pytest.fixture
def scene(tmp_path, write_raster, write_vector):
    """`write_scene` in the test's own folder."""
    return write_scene(tmp_path, write_raster, write_vector)


@pytest.fixture(scope="session")
def session_scene(tmp_path_factory, write_raster, write_vector):
    """`write_scene` for fixtures that live as long as the session; not to be changed."""
    with gdal_exceptions():
        return write_scene(tmp_path_factory.mktemp("scene"), write_raster, write_vector)


class Recorder(Reporter):
    """Remembers what it hears; ``cancel_at`` = n makes jobs stop after n reports of progress."""

    def __init__(self):
        super().__init__()
        self.messages, self.warnings, self.fractions = [], [], []
        self.cancel_at = None

    def info(self, message):
        self.messages.append(message)

    def warning(self, message):
        self.warnings.append(message)

    def is_cancelled(self):
        return self.cancel_at is not None and len(self.fractions) >= self.cancel_at

    def show(self, fraction, message, remaining):
        self.fractions.append(fraction)


@pytest.fixture
def reporter():
    """A `Recorder`."""
    return Recorder()
