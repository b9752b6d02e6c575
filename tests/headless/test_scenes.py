"""One network of several images, through the real qgis_process."""

import json
from pathlib import Path

import pytest
from osgeo import gdal, ogr

SCENES = ("north", "south", "east")


@pytest.fixture(scope="module")
def pieces(session_scene, write_vector, tmp_path_factory):
    """Three images cut from the scene, each with polygons of its own: the second has no forest, the third no field."""
    folder = tmp_path_factory.mktemp("pieces")
    found = {}
    for name, window, without in (
        (SCENES[0], (0, 0, 100, 157), ()),
        (SCENES[1], (100, 0, 103, 80), ("forest",)),
        (SCENES[2], (100, 77, 103, 80), ("field",)),
    ):
        image = str(folder / f"{name}.tif")
        gdal.Translate(image, session_scene["image"], srcWin=list(window)).FlushCache()
        (folder / name).mkdir()
        polygons = [one for one in _polygons(session_scene["polygons"]) if one[1] not in without]
        found[name] = image, write_vector(folder / name, polygons)
    return found


def _polygons(path):
    layer = ogr.Open(path)
    return [(feature.GetGeometryRef().ExportToWkt(), feature["class"]) for feature in layer.GetLayer()]


@pytest.fixture(scope="module")
def datasets(qgis, pieces, tmp_path_factory):
    """The dataset folder of each piece."""
    folder = tmp_path_factory.mktemp("datasets")
    for name, (image, polygons) in pieces.items():
        layers = {"SOURCE1": image, "PATCH_SIZE": 16, "CLASS_FIELD": "class"}
        positions = folder / f"{name}.gpkg"
        qgis.run("geodl:samplevector", **layers, INPUT=polygons, COUNT=60, SPLIT="random", OUTPUT=positions)
        found = qgis.run(
            "geodl:exporttfrecords", **layers, POSITIONS=positions, LABELS_VECTOR=polygons, OUTPUT=folder / name
        )
        assert Path(found["DATASET_FILE"]) == folder / name / "dataset.json"
    return [folder / name for name in SCENES]


def test_one_network_of_three_images(qgis, datasets, pieces, tmp_path):
    merged = qgis.run(
        "geodl:mergedatasets", DATASETS=datasets, SPLIT="by scene", TEST_SCENES="east", OUTPUT=tmp_path / "merged"
    )
    assert (merged["CLASSES"], merged["SCENES"], merged["COUNT_VALID"]) == (3, "north, south, east", 0)
    assert qgis.run("geodl:inspectdataset", DATASET=merged["OUTPUT"], REPORT=tmp_path / "r.html")["CLASSES"] == 3
    model = qgis.run("geodl:trainmodel", DATASET=datasets, EPOCHS=1, WEIGHTING="equally", OUTPUT=tmp_path / "model")
    scored = qgis.run("geodl:evaluatemodel", MODEL=model["OUTPUT"], DATASET=merged["DATASET_FILE"], SPLIT="test")
    assert scored["SAMPLES"] == merged["COUNT_TEST"]
    both = qgis.run("geodl:evaluatemodel", MODEL=model["OUTPUT"], DATASET=datasets[:2], SPLIT="valid")
    counts = [json.loads((folder / "dataset.json").read_text(encoding="utf-8"))["splits"] for folder in datasets[:2]]
    assert both["SAMPLES"] == sum(split["valid"]["samples"] for split in counts)
    mapped = qgis.run("geodl:applymodel", MODEL=model["OUTPUT"], SOURCE1=pieces["east"][0], OUTPUT=tmp_path / "map.tif")
    assert gdal.Open(mapped["OUTPUT"]).ReadAsArray().shape == (80, 103)


def test_scenes_that_do_not_fit_are_told_before_the_run(qgis, datasets, tmp_path):
    said = qgis.fail(
        "geodl:mergedatasets", DATASETS=datasets, SPLIT="by scene", TEST_SCENES="west", OUTPUT=tmp_path / "merged"
    )
    assert "one of north, south, east, or a number from 1 to 3" in said
    said = qgis.fail("geodl:trainmodel", DATASET=[datasets[0], tmp_path], OUTPUT=tmp_path / "model")
    assert "not a dataset folder" in said
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_model_trains_on_three_images(qgis, pieces, tmp_path):
    layers = {}
    for number, (image, polygons) in enumerate(pieces.values(), start=1):
        layers |= {f"image{number}": image, f"polygons{number}": polygons, f"class_field{number}": "class"}
    qgis.run(
        "geodl:train_on_several_scenes",
        **layers,
        split="by scene",
        test_scenes="3",
        patch_size=16,
        epochs=1,
        **{
            "mergedatasets:Merged dataset": tmp_path / "merged",
            "trainmodel:Model": tmp_path / "model",
            "trainmodel:Training report": tmp_path / "report.html",
        },
    )
    description = json.loads((tmp_path / "merged" / "dataset.json").read_text(encoding="utf-8"))
    assert [known["name"] for known in description["classes"]] == ["field", "forest", "water"]
    assert [list(scene["splits"]) for scene in description["provenance"]["scenes"]] == [["train"], ["train"], ["test"]]
    assert (tmp_path / "model" / "model.json").is_file()
    assert "scene 3" in (tmp_path / "report.html").read_text(encoding="utf-8")
