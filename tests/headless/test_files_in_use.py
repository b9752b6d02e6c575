"""Outputs that another program has open, as QGIS has its layers, where files are as Windows has them."""

import os

import numpy as np
import pytest
from osgeo import gdal
from real_qgis import Qgis, wait_for
from windows_files import variables
from windows_hook import OTHERS


@pytest.fixture
def windows(profile, tmp_path_factory):
    """qgis_process and its worker with files as Windows has them; this process is the other program."""
    return Qgis(profile, **{OTHERS: str(os.getpid())}, **variables(tmp_path_factory.mktemp("windows")))


@pytest.fixture
def mapping(model, session_scene, tmp_path):
    """Parameters of a map whose output is there already."""
    (tmp_path / "map.tif").write_text("old")
    (tmp_path / "map.tif.aux.xml").write_text("old")
    return {"MODEL": model, "SOURCE1": session_scene["image"], "OUTPUT": tmp_path / "map.tif"}


def names(folder):
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("name", ["map.tif", "map.tif.aux.xml"])
def test_an_open_output_is_refused_before_the_work(windows, mapping, tmp_path, name):
    with (tmp_path / name).open():
        said = windows.fail("geodl:applymodel", **mapping)
    assert "map.tif is open in another program, most likely as a layer in QGIS." in said
    assert "Remove the layer or close the program, or choose another output." in said
    assert "Traceback" not in said
    assert names(tmp_path) == ["map.tif", "map.tif.aux.xml"]


def test_a_map_is_kept_whose_output_was_opened_meanwhile(windows, mapping, session_scene, tmp_path):
    process = windows.start("geodl:applymodel", **mapping)
    wait_for(lambda: "part-" in str(names(tmp_path)) or process.poll() is not None, "the map to begin")
    with (tmp_path / "map.tif").open():
        said, _ = process.communicate(timeout=300)
    assert process.returncode == 1, said
    assert f"What was made is kept as {tmp_path / 'map-2.tif'}." in said
    assert "Traceback" not in said
    assert [(tmp_path / name).read_text() for name in ("map.tif", "map.tif.aux.xml")] == ["old", "old"]
    assert names(tmp_path) == ["map-2.tif", "map-2.tif.aux.xml", "map.tif", "map.tif.aux.xml"]
    kept, image = gdal.Open(str(tmp_path / "map-2.tif")), gdal.Open(session_scene["image"])
    assert kept.GetGeoTransform() == image.GetGeoTransform()
    assert kept.GetRasterBand(1).GetCategoryNames() == ["", "field", "forest", "water"]
    again = windows.run("geodl:applymodel", **{**mapping, "OUTPUT": tmp_path / "again.tif"})["OUTPUT"]
    np.testing.assert_array_equal(kept.ReadAsArray(), gdal.Open(again).ReadAsArray())
