"""The whole chain as a user runs it."""

import json
from pathlib import Path

import numpy as np
from osgeo import gdal
from real_qgis import Qgis


def test_every_algorithm_is_listed(qgis):
    listed = qgis("list").stdout
    for name in (
        "classstatistics",
        "samplevector",
        "samplelabelraster",
        "samplegrid",
        "exporttfrecords",
        "trainmodel",
        "evaluatemodel",
        "inspectmodel",
        "applymodel",
        "evaluatemap",
        "checkenvironment",
        "setupenvironment",
        "map_land_cover_from_polygons",
        "map_land_cover_polygons",
    ):
        assert f"geodl:{name}\t" in listed


def test_loading_the_plugin_imports_nothing_heavy(profile):
    imported = Qgis(profile, PYTHONPROFILEIMPORTTIME="1")("list").stderr
    assert "geodl.algorithms.provider" in imported
    assert not {"tensorflow", "keras", "geodl.geodl_plugin.jobs"} & set(imported.split())


def test_applied_and_evaluated(qgis, model, session_scene, tmp_path):
    found = qgis.run(
        "geodl:applymodel",
        MODEL=model,
        SOURCE1=session_scene["image"],
        OUTPUT=tmp_path / "map.tif",
        CONFIDENCE=tmp_path / "confidence.tif",
        UNFAMILIARITY=tmp_path / "unfamiliarity.tif",
    )
    assert json.loads(found["CLASSES"]) == {"1": "field", "2": "forest", "3": "water"}
    mapped, image = gdal.Open(found["OUTPUT"]), gdal.Open(session_scene["image"])
    assert (mapped.RasterXSize, mapped.RasterYSize) == (image.RasterXSize, image.RasterYSize)
    assert mapped.GetGeoTransform() == image.GetGeoTransform()
    assert mapped.GetRasterBand(1).GetCategoryNames() == ["", "field", "forest", "water"]
    assert mapped.GetRasterBand(1).GetNoDataValue() == 0
    assert set(np.unique(mapped.ReadAsArray())) <= {1, 2, 3}
    assert gdal.Open(found["CONFIDENCE"]).RasterCount == 2
    assert gdal.Open(found["UNFAMILIARITY"]).ReadAsArray().min() >= 0
    assert (tmp_path / "unfamiliarity.qml").is_file()
    assert "field" in (tmp_path / "map.qml").read_text()

    accuracy = qgis.run(
        "geodl:evaluatemap",
        MAP=found["OUTPUT"],
        REFERENCE_RASTER=session_scene["truth"],
        EXCLUDE=session_scene["polygons"],
        REPORT=tmp_path / "accuracy.html",
        MATRIX=tmp_path / "confusion.csv",
    )
    inside_polygons = 16 * 36 * 28
    assert accuracy["PIXELS"] == 203 * 157 - inside_polygons
    assert "overall accuracy" in accuracy["TEXT"]
    assert "forest" in (tmp_path / "accuracy.html").read_text()
    assert (tmp_path / "confusion.csv").read_text().count("\n") == 4


def test_a_model_is_inspected(qgis, model, tmp_path):
    found = qgis.run("geodl:inspectmodel", MODEL=model, INPUT_SIZE=128, REPORT=tmp_path / "model.html")
    numbers = ("TOTAL_STRIDE", "VALID_MARGIN", "RECEPTIVE_FIELD", "CROP", "RFIELD", "EFIELD")
    assert [found[name] for name in numbers] == [8, 46, 100, 48, 864, 768]
    assert "for an input of 128 × 128 pixels" in (tmp_path / "model.html").read_text(encoding="utf-8")


def test_a_part_of_the_map_in_another_form(qgis, model, session_scene, tmp_path):
    whole, part = (
        qgis.run(
            "geodl:applymodel",
            MODEL=model,
            SOURCE1=session_scene["image"],
            OUTPUT_TYPE="probabilities (uint8)",
            EFIELD=64,
            OUTPUT=tmp_path / f"{name}.tif",
            **options,
        )["OUTPUT"]
        for name, options in (
            ("whole", {}),
            (
                "part",
                {
                    "EXTENT": "500300,501000,3999000,3999600 [EPSG:32636]",
                    "MASK": session_scene["polygons"],
                    "COG": "true",
                    "OVERVIEWS": "true",
                    "CREATION_OPTIONS": "COMPRESS=LZW",
                    "RESUME": "true",
                },
            ),
        )
    )
    dataset = gdal.Open(part)
    assert (dataset.RasterXSize, dataset.RasterYSize, dataset.GetGeoTransform()[0]) == (70, 60, 500300)
    structure = dataset.GetMetadata("IMAGE_STRUCTURE")
    assert (structure["LAYOUT"], structure["COMPRESSION"]) == ("COG", "LZW")
    found, expected = dataset.ReadAsArray(), gdal.Open(whole).ReadAsArray()[:, 40:100, 30:100]
    assert 0.3 < (found != 255).mean() < 0.9
    np.testing.assert_array_equal(found[found != 255], expected[found != 255])
    assert sorted(one.name for one in tmp_path.glob(".*")) == []


def test_probabilities_sum_to_one(qgis, model, session_scene, tmp_path):
    found = qgis.run(
        "geodl:applymodel",
        MODEL=model,
        SOURCE1=session_scene["image"],
        OUTPUT_TYPE="probabilities",
        EFIELD=64,
        OUTPUT=tmp_path / "probabilities.tif",
    )
    assert found["EFIELD_USED"] == 64
    probabilities = gdal.Open(found["OUTPUT"]).ReadAsArray()
    assert probabilities.shape == (3, 157, 203)
    np.testing.assert_allclose(probabilities.sum(axis=0), 1, atol=1e-5)


def test_layer_in_another_crs_is_reprojected(qgis, session_scene, tmp_path):
    elsewhere = str(tmp_path / "degrees.gpkg")
    gdal.VectorTranslate(elsewhere, session_scene["polygons"], dstSRS="EPSG:4326", reproject=True)
    counts = [
        qgis.run(
            "geodl:samplevector",
            SOURCE1=session_scene["image"],
            INPUT=layer,
            CLASS_FIELD="class",
            PATCH_SIZE=16,
            STRATEGY="all",
            SPLIT="none",
            OUTPUT=tmp_path / f"{Path(layer).stem}_points.gpkg",
        )["COUNT_TRAIN"]
        for layer in (session_scene["polygons"], elsewhere)
    ]
    assert counts[0] > 10000
    assert abs(counts[1] - counts[0]) < 0.01 * counts[0]


def test_shipped_model_runs_from_image_to_report(qgis, session_scene, make_vector, box, tmp_path):
    reference = make_vector([(box(0, 0, 50, 40), "field"), (box(50, 0, 50, 40), "forest")], name="reference.gpkg")
    found = qgis.run(
        "geodl:map_land_cover_from_polygons",
        **{
            "image": session_scene["image"],
            "polygons": session_scene["polygons"],
            "class_field": "class",
            "reference": reference,
            "reference_field": "class",
            "patch_size": 16,
            "epochs": 1,
            "trainmodel:Model": tmp_path / "model",
            "applymodel:Map": tmp_path / "map.tif",
            "evaluatemap:Accuracy report": tmp_path / "accuracy.html",
        },
    )
    assert gdal.Open(found["applymodel:Map"]).RasterXSize == 203
    assert (tmp_path / "accuracy.html").stat().st_size > 1000


def test_checkenvironment_names_what_it_found(qgis, tmp_path):
    found = qgis.run("geodl:checkenvironment", REPORT=tmp_path / "d.html")
    assert found["TENSORFLOW"].startswith("2.")
    assert Path(found["INTERPRETER"]).is_file()
    assert "everything works" in found["TEXT"]
    assert json.loads(found["JSON"])["works"] is True
    assert "Everything works." in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_classes_are_counted(qgis, session_scene, tmp_path):
    found = qgis.run(
        "geodl:classstatistics",
        SOURCE=session_scene["image"],
        INPUT=session_scene["polygons"],
        CLASS_FIELD="class",
        REPORT=tmp_path / "classes.html",
    )
    assert (found["CLASSES"], found["PIXELS"]) == (3, 16 * 36 * 28)
    assert "forest" in found["TEXT"]
    assert "forest" in (tmp_path / "classes.html").read_text()


def test_label_raster_is_sampled(qgis, session_scene, tmp_path):
    found = qgis.run(
        "geodl:samplelabelraster",
        SOURCE1=session_scene["image"],
        INPUT=session_scene["truth"],
        PATCH_SIZE=16,
        STRATEGY="per class",
        COUNT=20,
        SPLIT="none",
        MIN_DISTANCE=3,
        REJECT_NODATA="true",
        OUTPUT=tmp_path / "points.gpkg",
    )
    assert (found["COUNT_TRAIN"], found["COUNT_NODATA"]) == (60, 0)


def test_patches_are_laid_on_a_grid(qgis, session_scene, tmp_path):
    found = qgis.run(
        "geodl:samplegrid",
        SOURCE1=session_scene["image"],
        PATCH_SIZE=16,
        STRATEGY="chessboard",
        OFFSET=3,
        MASK=session_scene["polygons"],
        OUTPUT=tmp_path / "points.gpkg",
    )
    assert found["COUNT_TRAIN"] > 10
    assert found["COUNT_VALID"] > found["COUNT_TEST"] > 0


def test_grid_of_two_resolutions(qgis, session_scene, make_raster, tmp_path):
    coarse = make_raster(np.ones((78, 101), np.uint8), name="c.tif", transform=(500000.0, 20.0, 0, 4000000.0, 0, -20.0))
    common = {"SOURCE1": session_scene["image"], "SOURCE2": coarse, "PATCH_SIZE": 16, "STRATEGY": "all"}
    said = qgis.fail("geodl:samplegrid", **common, OFFSET=3, OUTPUT=tmp_path / "points.gpkg")
    assert "Invalid offset" in said and "Expected: a multiple of 2 pixels, such as 4," in said
    assert not (tmp_path / "points.gpkg").exists()
    found = qgis.run("geodl:samplegrid", **common, OFFSET=4, OUTPUT=tmp_path / "points.gpkg")
    assert found["COUNT_TRAIN"] == 12 * 9


def test_several_sources_and_distances_are_sampled(qgis, session_scene, tmp_path):
    coarse = str(tmp_path / "coarse.tif")
    gdal.Translate(coarse, session_scene["image"], xRes=20, yRes=20)
    found = qgis.run(
        "geodl:samplevector",
        SOURCE1=session_scene["image"],
        SOURCE2=coarse,
        RESAMPLE="true",
        INPUT=session_scene["polygons"],
        CLASS_FIELD="class",
        PATCH_SIZE=16,
        SPLIT="random",
        COUNT=60,
        MIN_DISTANCE=4,
        SPLIT_BUFFER=20,
        OUTPUT=tmp_path / "points.gpkg",
    )
    assert found["COUNT_TRAIN"] > found["COUNT_VALID"] > 0
    assert found["COUNT_OVERLAP"] == 0


def test_a_model_is_evaluated(qgis, model, dataset, tmp_path):
    found = qgis.run(
        "geodl:evaluatemodel",
        MODEL=model,
        DATASET=dataset,
        SPLIT="valid",
        REPORT=tmp_path / "report.html",
        CONFUSION=tmp_path / "confusion.csv",
    )
    assert found["SAMPLES"] > 0
    assert all(0 <= found[name] <= 1 for name in ("ACCURACY", "F1", "IOU", "ECE"))
    assert "Worst patches" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert (tmp_path / "confusion.csv").read_text().count("\n") == 4
    said = qgis.fail("geodl:evaluatemodel", MODEL=dataset, DATASET=dataset)
    assert "not a model folder" in said
