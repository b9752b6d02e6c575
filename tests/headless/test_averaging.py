"""Averaged predictions, small areas, and polygons of maps, as a user runs them."""

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr


def test_orientations_and_models_are_averaged(qgis, model, session_scene, tmp_path):
    common = {"MODEL": model, "SOURCE1": session_scene["image"], "OUTPUT_TYPE": "probabilities", "TTA": "2"}
    single = qgis.run("geodl:applymodel", **common, OUTPUT=tmp_path / "single.tif")
    several = qgis.run(
        "geodl:applymodel",
        **common,
        FURTHER_MODELS=[Path(model) / "saved_model.pb", model],
        OUTPUT=tmp_path / "several.tif",
    )
    first, second = (gdal.Open(found["OUTPUT"]).ReadAsArray() for found in (single, several))
    np.testing.assert_allclose(first, second, rtol=0, atol=1e-6)
    plain = qgis.run("geodl:applymodel", **{**common, "TTA": "1"}, OUTPUT=tmp_path / "plain.tif")
    assert np.abs(gdal.Open(plain["OUTPUT"]).ReadAsArray() - first).max() > 1e-4


def test_a_model_that_does_not_fit_is_refused(qgis, model, session_scene, tmp_path):
    said = qgis.fail(
        "geodl:applymodel",
        MODEL=model,
        FURTHER_MODELS=tmp_path,
        SOURCE1=session_scene["image"],
        OUTPUT=tmp_path / "map.tif",
    )
    assert f"{tmp_path} is not a model" in said
    assert not (tmp_path / "map.tif").exists()


def test_polygons_of_a_map_have_names_areas_and_confidences(qgis, session_scene, tmp_path):
    found = qgis.run(
        "geodl:map_land_cover_polygons",
        "--ellipsoid=EPSG:7030",
        "--area_units=ha",
        **{
            "image": session_scene["image"],
            "polygons": session_scene["polygons"],
            "class_field": "class",
            "minimum_area": 30,
            "patch_size": 16,
            "epochs": 1,
            "trainmodel:Model": tmp_path / "model",
            "applymodel:Map": tmp_path / "map.tif",
            "applymodel:Confidence": tmp_path / "confidence.tif",
            "fieldcalculator:Polygons": tmp_path / "polygons.gpkg",
        },
    )
    assert found["applymodel:Map"] == str(tmp_path / "map.tif")
    names = {1: "field", 2: "forest", 3: "water"}
    values = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    confidence = gdal.Open(str(tmp_path / "confidence.tif")).ReadAsArray()[0]
    dataset = ogr.Open(str(tmp_path / "polygons.gpkg"))
    features = list(dataset.GetLayer())
    assert {feature.GetField("class") for feature in features} == set(np.unique(values).tolist())
    assert all(feature.GetField("class_name") == names[feature.GetField("class")] for feature in features)
    pixels, sums = {value: 0 for value in names}, {value: 0.0 for value in names}
    for feature in features:
        assert feature.GetGeometryRef().IsValid()
        area = feature.GetGeometryRef().GetArea()  # in square metres, on the plane
        assert round(area / 100) >= 30
        assert feature.GetField("area") == pytest.approx(area / 10000, rel=2e-3)  # in hectares, on the ellipsoid
        assert feature.GetField("area") != pytest.approx(area / 10000, rel=2e-4)
        pixels[feature.GetField("class")] += round(area / 100)
        sums[feature.GetField("class")] += round(area / 100) * feature.GetField("confidence")
    assert pixels == {value: int((values == value).sum()) for value in names}
    assert sums == pytest.approx({value: float(confidence[values == value].sum()) for value in names}, rel=1e-5)
