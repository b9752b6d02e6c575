"""A time series through the real qgis_process."""

import json
from pathlib import Path

import numpy as np
from osgeo import gdal

DATES = ["2018-01-15", "2018-04-15", "2018-07-15", "2018-10-15"]


def test_from_images_of_several_dates_to_a_map(qgis, session_scene, tmp_path):
    image, polygons = session_scene["image"], session_scene["polygons"]
    sampled = {"SOURCE1": image, "INPUT": polygons, "CLASS_FIELD": "class", "PATCH_SIZE": 16, "COUNT": 60}
    positions = qgis.run("geodl:samplevector", **sampled, OUTPUT=tmp_path / "positions.gpkg")["OUTPUT"]
    exported = {
        "SOURCE1": image,
        "POSITIONS": positions,
        "PATCH_SIZE": 16,
        "LABELS_VECTOR": polygons,
        "CLASS_FIELD": "class",
        "OUTPUT": tmp_path / "dataset",
    }
    said = qgis.fail("geodl:exporttfrecords", **exported, DATES=", ".join(DATES[:3]))
    assert "each has as many of the 4 bands" in said and not (tmp_path / "dataset").exists()
    qgis.run("geodl:exporttfrecords", **exported, DATES=", ".join(DATES))
    described = json.loads((tmp_path / "dataset" / "dataset.json").read_text(encoding="utf-8"))
    assert described["sources"][0]["dates"] == DATES

    trained = {"DATASET": tmp_path / "dataset", "ARCHITECTURE": "timeseries", "EPOCHS": 2, "LEARNING_RATE": 0.01}
    model = qgis.run("geodl:trainmodel", **trained, OUTPUT=tmp_path / "model")["OUTPUT"]
    properties = json.loads((Path(model) / "model.json").read_text(encoding="utf-8"))["properties"]
    assert properties["geodl:inputs"][0]["dates"] == DATES
    qgis.run("geodl:applymodel", MODEL=model, SOURCE1=image, OUTPUT=tmp_path / "map.tif")
    found = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    assert (found == np.asarray(session_scene["classes"]) + 1).mean() > 0.8
