"""Rasters that are no plain files, through the real qgis_process."""

import json
import zipfile
from xml.sax.saxutils import escape

import numpy as np
import pytest
from osgeo import gdal


@pytest.fixture
def archive(session_scene, tmp_path):
    """An image in a zip file."""
    path = tmp_path / "images.zip"
    with zipfile.ZipFile(path, "w") as images:
        images.write(session_scene["image"], "image.tif")
    return path


@pytest.fixture
def project(session_scene, archive, tmp_path):
    """A project with an image in an archive and a label raster, one of two in a GeoPackage."""
    table = tmp_path / "rasters.gpkg"
    empty = gdal.Translate("", session_scene["truth"], format="MEM")
    empty.GetRasterBand(1).Fill(9)
    for name, raster in (("empty", empty), ("truth", session_scene["truth"])):
        options = [f"RASTER_TABLE={name}", "TILE_FORMAT=PNG", *(["APPEND_SUBDATASET=YES"] if table.exists() else [])]
        gdal.Translate(str(table), raster, format="GPKG", creationOptions=options).FlushCache()
    layers = {"my image": f"/vsizip/{archive}/image.tif", "my labels": f"GPKG:{table}:truth"}
    path = tmp_path / "project.qgs"
    path.write_text(
        '<!DOCTYPE qgis><qgis version="3.22.0"><projectlayers>'
        + "".join(
            f'<maplayer type="raster"><id>{number}</id><datasource>{escape(source)}</datasource>'
            f"<layername>{name}</layername><provider>gdal</provider></maplayer>"
            for number, (name, source) in enumerate(layers.items())
        )
        + "</projectlayers></qgis>"
    )
    return path


def test_layers_of_a_project(qgis, session_scene, project):
    layers = ["SOURCE=my image", "INPUT_RASTER=my labels"]
    done = qgis("--json", "run", "geodl:classstatistics", f"--PROJECT_PATH={project}", "--", *layers)
    assert done.returncode == 0, done.stderr + done.stdout
    found = json.loads(done.stdout)["results"]
    plain = qgis.run("geodl:classstatistics", SOURCE=session_scene["image"], INPUT_RASTER=session_scene["truth"])
    assert found["CLASSES"] == plain["CLASSES"] == len(np.unique(session_scene["classes"]))
    assert found["TEXT"] == plain["TEXT"]


def test_an_archive_is_not_overwritten(qgis, session_scene, archive):
    said = qgis.fail(
        "geodl:samplevector", SOURCE1=archive, INPUT=session_scene["polygons"], PATCH_SIZE=16, OUTPUT=archive
    )
    assert "would be lost" in said
    assert zipfile.is_zipfile(archive)


def test_a_map_of_an_archive_by_the_worker(qgis, session_scene, archive, model, tmp_path):
    for image, name in ((archive, "a.tif"), (session_scene["image"], "b.tif")):
        qgis.run("geodl:applymodel", MODEL=model, SOURCE1=image, OUTPUT=tmp_path / name)
    found, plain = (gdal.Open(str(tmp_path / name)).ReadAsArray() for name in ("a.tif", "b.tif"))
    np.testing.assert_array_equal(found, plain)
