"""QGIS in French: what people read is French, from the help to the errors of the worker; what programs read is not."""

import json
import re
from pathlib import Path

import pytest
from real_qgis import Qgis

ENGLISH = re.compile(r"\b(the|network|patches|polygons|labelled|each|is|of|with)\b")


def of_the_plugin(said):
    """A help text without QGIS's own words, the names of parameters, and the words of choices."""
    return re.sub(
        r"'[a-z ]+'|Argument type.*|\t\t- .*|\tAcceptable.*|\tAvailable.*|(?m:^\w+(:[\w ]+)?(?=: ))", "", said
    )


@pytest.fixture(scope="module")
def french(profile):
    """The real qgis_process, on a computer that speaks the French of Canada."""
    return Qgis(profile, LC_ALL="fr_CA.UTF-8")


def test_help_is_french(french):
    said = french("help", "geodl:trainmodel").stdout
    assert "Entraîner un réseau (geodl:trainmodel)" in said
    assert "Taille de lot" in said and "'unet'\N{NO-BREAK SPACE}: U-Net" in said
    assert not ENGLISH.search(of_the_plugin(said))


def test_models_that_ship_are_french(french):
    said = french("help", "geodl:map_land_cover_from_polygons").stdout
    assert "Cartographier l'occupation du sol à partir de polygones (geodl:map_land_cover_from_polygons)" in said
    assert "Polygones d'apprentissage" in said and "Rapport de précision" in said
    assert not ENGLISH.search(of_the_plugin(said))


def test_ids_and_words_are_the_same(french, qgis):
    listed = [re.findall(r"geodl:\w+", one("list").stdout) for one in (french, qgis)]
    assert listed[0] == listed[1] != []


def test_errors_of_qgis_are_french(french, session_scene, tmp_path):
    sample = {"SOURCE1": session_scene["image"], "INPUT": session_scene["polygons"], "OUTPUT": tmp_path / "points.gpkg"}
    said = french.fail("geodl:samplevector", **sample, CLASS_FIELD="class", STRATEGY="random")
    assert "Attendu\N{NO-BREAK SPACE}: " in said and "Reçu\N{NO-BREAK SPACE}: random." in said
    assert "Expected" not in said


def test_errors_of_the_worker_are_french(french, session_scene, tmp_path):
    said = french.fail("geodl:applymodel", MODEL=tmp_path, SOURCE1=session_scene["image"], OUTPUT=tmp_path / "map.tif")
    assert "n'est pas un modèle" in said
    assert "Expected" not in said and "model" not in said.replace(str(tmp_path), "").replace("saved_model", "")
    assert list(tmp_path.iterdir()) == []


def test_the_worker_speaks_french(french, session_scene, tmp_path):
    """It exports in its own process, and writes a page; the description of the dataset is for programs."""
    image, polygons = session_scene["image"], session_scene["polygons"]
    parameters = {"SOURCE1": image, "CLASS_FIELD": "class", "PATCH_SIZE": 16}
    positions = french.run(
        "geodl:samplevector", **parameters, INPUT=polygons, COUNT=60, OUTPUT=tmp_path / "points.gpkg"
    )
    exported = french.run(
        "geodl:exporttfrecords",
        **parameters,
        POSITIONS=positions["OUTPUT"],
        LABELS_VECTOR=polygons,
        OUTPUT=tmp_path / "dataset",
        REPORT=tmp_path / "report.html",
    )
    page = re.sub(r"(?s)<style.*?</style>|<[^<>]*>|polygons", " ", Path(exported["REPORT"]).read_text(encoding="utf-8"))
    assert "imagettes" in page and "étiquet" in page
    assert not ENGLISH.search(page)
    description = json.loads((tmp_path / "dataset" / "dataset.json").read_text(encoding="utf-8"))
    assert {"train", "valid"} <= description["splits"].keys()
    assert not re.search("[éèà]", json.dumps(description, ensure_ascii=False).replace(str(tmp_path), ""))
