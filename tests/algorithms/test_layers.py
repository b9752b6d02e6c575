"""Layers as QGIS shows them reach the library as what they are."""

import gzip
import zipfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)


@pytest.fixture
def used(plugin):
    """The path that a job has for a layer."""

    def use(layer):
        assert not isinstance(layer, QgsRasterLayer) or layer.isValid()
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("geodl:classstatistics")
        given = {"SOURCE": layer, "INPUT_RASTER": layer}
        assert algorithm.prepare(given, QgsProcessingContext(), QgsProcessingFeedback())
        return algorithm._job.source

    return use


@pytest.fixture
def run(plugin):
    """The results of classstatistics of a layer by itself."""

    def run(layer):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById("geodl:classstatistics")
        given = {"SOURCE": layer, "INPUT_RASTER": layer}
        feedback = QgsProcessingFeedback()
        results, succeeded = algorithm.run(given, QgsProcessingContext(), feedback)
        assert succeeded, feedback.textLog()
        return results

    return run


@pytest.fixture
def image(make_raster):
    """A raster of two classes."""
    return make_raster(np.array([[1, 2], [2, 2]], np.uint8), name="a.tif")


def test_a_file_is_its_path(used, image):
    assert used(image) == used(QgsRasterLayer(image)) == image


def test_archives(used, run, image, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(image, "folder/a.tif")
        archive.write(image, "b.tif")
    (tmp_path / "a.tif.gz").write_bytes(gzip.compress(Path(image).read_bytes()))
    for name in (f"/vsizip/{tmp_path}/x.zip/folder/a.tif", f"/vsigzip/{tmp_path}/a.tif.gz"):
        layer = QgsRasterLayer(name)
        assert used(layer) == name
        assert run(layer)["PIXELS"] == 4


def test_an_archive_with_one_raster(run, image, tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(image, "a.tif")
    assert run(QgsRasterLayer(str(tmp_path / "x.zip")))["PIXELS"] == 4


def test_a_raster_in_a_geopackage_with_several(used, run, image, tmp_path):
    path = tmp_path / "r.gpkg"
    for name in ("one", "two"):
        options = [f"RASTER_TABLE={name}", *(["APPEND_SUBDATASET=YES"] if path.exists() else [])]
        gdal.Translate(str(path), image, format="GPKG", creationOptions=options).FlushCache()
    layer = QgsRasterLayer(f"GPKG:{path}:two")
    assert used(layer) == f"GPKG:{path}:two"
    assert run(layer)["PIXELS"] == 4


@pytest.mark.skipif(gdal.GetDriverByName("netCDF") is None, reason="GDAL without netCDF")
def test_a_variable_of_a_netcdf_file(used, run, image, tmp_path):
    both = gdal.BuildVRT("", [image, image], separate=True)
    gdal.Translate(str(tmp_path / "n.nc"), both, format="netCDF").FlushCache()
    name = f'NETCDF:"{tmp_path / "n.nc"}":Band2'
    layer = QgsRasterLayer(name)
    assert used(layer) == name
    assert run(layer)["PIXELS"] == 4


def test_open_options_are_handed_over(used, run, image):
    layer = QgsRasterLayer(f"{image}|option:NUM_THREADS=2|option:GEOREF_SOURCES=NONE")
    assert used(layer) == f"{image}|option:NUM_THREADS=2|option:GEOREF_SOURCES=NONE"
    assert run(layer)["PIXELS"] == 4


def test_a_crs_that_the_user_gave_is_handed_over(used, make_raster):
    layer = QgsRasterLayer(make_raster([[1, 2]], epsg=None))
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32636"))
    assert used(layer) == f"{layer.source()}|crs:EPSG:32636"
    layer.setCrs(QgsCoordinateReferenceSystem())
    assert used(layer) == layer.source()
    layer = QgsRasterLayer(make_raster([[1, 2]], name="other.tif"))
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32635"))
    assert used(layer).endswith("|crs:EPSG:32635")


def test_a_crs_without_a_code_is_handed_over_as_it_is(used, make_raster):
    layer = QgsRasterLayer(make_raster([[1, 2]], epsg=None))
    layer.setCrs(QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=12.5 +lon_0=7.5 +datum=WGS84"))
    _, _, wkt = used(layer).partition("|crs:")
    assert osr.SpatialReference(wkt=wkt).GetProjParm("longitude_of_center") == 7.5
    assert not np.isnan(osr.SpatialReference(wkt=wkt).GetLinearUnits())
