"""What GDAL opens, in one text."""

import gzip
import zipfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.class_statistics import ClassStatistics
from geodl_plugin.labels.label_raster import ValueRaster
from geodl_plugin.rasters.connections import Connection, file_behind
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.resampling import resampled


@pytest.fixture
def image(make_raster):
    """A raster without CRS."""
    return make_raster(np.arange(64, dtype=np.uint8).reshape(8, 8), name="a.tif", epsg=None)


def epsg(wkt):
    """Code of a CRS."""
    return osr.SpatialReference(wkt=wkt).GetAuthorityCode(None)


@pytest.mark.parametrize(
    "connection",
    [
        Connection("/a/b.tif"),
        Connection("GPKG:/a/b.gpkg:t", ("ZOOM_LEVEL=3",)),
        Connection("/vsizip//a/b.zip/c.tif", ("X=1", "Y=a|b"), "EPSG:32636"),
        Connection("C:\\a\\b.tif", (), 'LOCAL_CS["none"]'),
    ],
)
def test_a_text_holds_all_of_it(connection):
    assert Connection.parse(str(connection)) == connection


def test_a_plain_path_is_the_name_alone():
    assert str(Connection("/a/b.tif")) == "/a/b.tif"


def test_open_options_are_used(image, tmp_path):
    path = tmp_path / "b.gpkg"
    for name, value in (("one", 1), ("two", 2)):
        with_value = gdal.Translate("", image, format="MEM")
        with_value.GetRasterBand(1).Fill(value)
        options = [f"RASTER_TABLE={name}", *(["APPEND_SUBDATASET=YES"] if path.exists() else [])]
        gdal.Translate(str(path), with_value, format="GPKG", creationOptions=options).FlushCache()
    for name, value in (("one", 1), ("two", 2)):
        assert Source("x", [f"{path}|option:TABLE={name}"]).read(Window(0, 0, 8, 8)).max() == value
    assert Source("x", [f"GPKG:{path}:two"]).all_files == [str(path)]


def test_a_crs_that_the_user_gave_counts(image, make_raster):
    assert Source("x", [image]).grid.crs == ""
    source = Source("x", [f"{image}|crs:EPSG:32636"])
    assert epsg(source.grid.crs) == "32636"
    assert source.all_files == [image]
    other = make_raster(np.ones((8, 8), np.uint8), name="c.tif", epsg=32635)
    assert epsg(Source("x", [f"{other}|crs:EPSG:32636"]).grid.crs) == "32636"
    assert Source("x", [f"{image}|crs:{source.grid.crs}"]).grid == source.grid


def test_a_crs_that_the_user_gave_counts_when_resampled(image, make_raster):
    grid = Source("x", [make_raster(np.ones((4, 4), np.uint8), name="c.tif", epsg=32636)]).grid
    wrong = make_raster(np.full((8, 8), 7, np.uint8), name="d.tif", epsg=32635)
    assert resampled(Source("x", [f"{wrong}|crs:EPSG:32636"]), grid, "near").read(grid.window).min() == 7


def test_a_crs_that_does_not_exist_is_refused(image):
    with pytest.raises(InputError, match=r"Invalid CRS of .*a\.tif\..*EPSG:0"):
        Source("x", [f"{image}|crs:EPSG:0"])


def test_values_are_named_after_the_file(image):
    text = f"{image}|option:NUM_THREADS=1|crs:EPSG:32636"
    assert ValueRaster(text, Source("x", [text]).grid).name == "a"


def test_archives_are_read(image, make_raster, tmp_path):
    labels = make_raster(np.ones((8, 8), np.uint8), name="labels.tif")
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.write(image, "a.tif")
    (tmp_path / "labels.tif.gz").write_bytes(gzip.compress(Path(labels).read_bytes()))
    found = ClassStatistics(source=f"/vsizip/{tmp_path}/x.zip/a.tif", input_raster=f"/vsigzip/{tmp_path}/labels.tif.gz")
    assert found.outputs() == []
    source = Source("x", [found.source])
    assert source.read(source.grid.window)[-1, -1, 0] == 63
    assert file_behind(source.all_files[0]) == tmp_path / "x.zip"


def test_what_is_on_no_disk_has_no_file():
    assert file_behind("/vsicurl/https://host/a.tif") is None
    assert file_behind("WMS:x") is None
