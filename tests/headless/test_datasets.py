"""Datasets through the real qgis_process."""

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal


@pytest.fixture
def positions(make_vector):
    """Points with a class, away from the border but for the one in the corner."""
    points = [
        (f"POINT({500005 + 10 * col} {3999995 - 10 * row})", ("field", "forest")[number % 2])
        for number, (col, row) in enumerate((col, row) for row in range(20, 140, 20) for col in range(20, 180, 20))
    ]
    return make_vector([*points, ("POINT(500005 3999995)", "field")], name="points.gpkg")


@pytest.fixture
def coarse(make_raster):
    """The ground of the scene in pixels of 20 m and, not nesting, of 15 m."""

    def make(pixel):
        values = np.full((1560 // pixel, 2020 // pixel), pixel, np.uint8)
        return make_raster(values, name=f"{pixel}.tif", transform=(500000.0, pixel, 0.0, 4000000.0, 0.0, -pixel))

    return make


def test_patches_images_and_their_records(qgis, session_scene, positions, tmp_path):
    found = qgis.run(
        "geodl:extractpatches",
        SOURCE1=session_scene["image"],
        POSITIONS=positions,
        PATCH_SIZE=16,
        CLASS_FIELD="class",
        OUTPUT=tmp_path / "patches.tif",
        LABELS=tmp_path / "labels.tif",
    )
    assert (found["COUNT"], found["COUNT_REJECTED"]) == (48, 1)
    image, labels = gdal.Open(found["OUTPUT"]), gdal.Open(found["LABELS"])
    assert (image.RasterXSize, image.RasterYSize, image.RasterCount) == (16, 16 * 48, 4)
    assert (labels.RasterXSize, labels.RasterYSize) == (1, 48)
    converted = qgis.run(
        "geodl:patchestotfrecords",
        SOURCE1=found["OUTPUT"],
        LABELS=found["LABELS"],
        NAMES="xs",
        OUTPUT=tmp_path / "dataset",
    )
    assert [converted[f"COUNT_{split}"] for split in ("TRAIN", "VALID", "TEST")] == [33, 10, 5]
    manifest = json.loads((tmp_path / "dataset" / "dataset.json").read_text(encoding="utf-8"))
    assert manifest["sources"][0]["name"] == "xs"
    assert [one["name"] for one in manifest["classes"]] == ["field", "forest"]


def test_no_data_rejects_patches(qgis, session_scene, positions, tmp_path):
    value = gdal.Open(session_scene["image"]).ReadAsArray()[0, 20, 20]
    found = qgis.run(
        "geodl:extractpatches",
        SOURCE1=session_scene["image"],
        POSITIONS=positions,
        PATCH_SIZE=4,
        NODATA=value,
        OUTPUT=tmp_path / "patches.tif",
    )
    assert found["COUNT_REJECTED"] >= 2


def test_sources_of_two_resolutions(qgis, session_scene, positions, coarse, tmp_path):
    common = {
        "SOURCE1": session_scene["image"],
        "POSITIONS": positions,
        "PATCH_SIZE": 16,
        "LABELS_VECTOR": session_scene["polygons"],
        "CLASS_FIELD": "class",
        "OUTPUT": tmp_path / "dataset",
    }
    said = qgis.fail("geodl:exporttfrecords", **common, SOURCE2=coarse(15))
    assert "do not nest" in said
    assert "RESAMPLE" in said
    assert not (tmp_path / "dataset").exists()
    for source, resample, size in ((coarse(15), True, 16), (coarse(20), False, 8)):
        found = qgis.run(
            "geodl:exporttfrecords",
            **common,
            SOURCE2=source,
            RESAMPLE=resample,
            NAMES="fine, wide",
            COMPRESSION="gzip",
            DROP_REMAINDER=True,
            SAMPLES_PER_SHARD=10,
            REPORT=tmp_path / "report.html",
        )
        assert found["COUNT_TRAIN"] == 40
        manifest = json.loads((tmp_path / "dataset" / "dataset.json").read_text(encoding="utf-8"))
        assert [(one["name"], one["patch_size"]) for one in manifest["sources"]] == [("fine", 16), ("wide", size)]
        assert manifest["compression"] == "gzip"
        assert "Sample patches" in (tmp_path / "report.html").read_text(encoding="utf-8")
    model = qgis.run("geodl:trainmodel", DATASET=tmp_path / "dataset", EPOCHS=1, OUTPUT=tmp_path / "model")["OUTPUT"]
    image = session_scene["image"]
    mapped = qgis.run("geodl:applymodel", MODEL=model, SOURCE1=image, SOURCE2=source, OUTPUT=tmp_path / "map.tif")
    assert (gdal.Open(mapped["OUTPUT"]).ReadAsArray() > 0).any()


def test_dataset_is_inspected(qgis, dataset, tmp_path):
    found = qgis.run("geodl:inspectdataset", DATASET=dataset, REPORT=tmp_path / "report.html")
    assert (found["CLASSES"], Path(found["REPORT"]).stat().st_size > 10000) == (3, True)


def test_datasets_of_continuous_values(qgis, session_scene, positions, make_raster, make_vector, tmp_path):
    cover = make_raster(np.random.default_rng(1).uniform(0, 100, (157, 203)).astype(np.float32), name="cover.tif")
    places = [f"POINT({500005 + 10 * col} {3998995})" for col in range(20, 164, 3)]
    values = [number / 2 for number in range(len(places))]
    measured = make_vector(list(zip(places, values)), "measured.gpkg", field="biomass")
    for name, count, options in (
        ("cover", 49, {"POSITIONS": positions, "LABEL_MODE": "values", "LABELS_RASTER": cover}),
        ("biomass", 48, {"POSITIONS": measured, "LABEL_MODE": "position", "CLASS_FIELD": "biomass"}),
    ):
        folder = tmp_path / name
        image = session_scene["image"]
        found = qgis.run("geodl:exporttfrecords", SOURCE1=image, PATCH_SIZE=16, OUTPUT=folder, **options)
        manifest = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
        assert (found["COUNT_TRAIN"], manifest["values"]["name"]) == (count, name)
    found = qgis.run("geodl:inspectdataset", DATASET=folder, REPORT=tmp_path / "report.html")
    assert (found["CLASSES"], "biomass" in (tmp_path / "report.html").read_text(encoding="utf-8")) == (0, True)
    said = qgis.fail(
        "geodl:exporttfrecords", SOURCE1=image, POSITIONS=positions, LABEL_MODE="values", OUTPUT=tmp_path / "none"
    )
    assert "LABELS_RASTER is empty" in said
