"""JOB_FILE: what was set up in QGIS, as a job for another computer."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsVectorLayer,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def parameters(scene, tmp_path):
    """Of a job whose image lies in the folder of its file."""
    return {
        "SOURCE1": [scene["image"]],
        "INPUT": scene["polygons"],
        "CLASS_FIELD": "class",
        "PATCH_SIZE": 16,
        "COUNT": 20,
        "OUTPUT": str(tmp_path / "points.gpkg"),
        "JOB_FILE": str(tmp_path / "job.json"),
    }


def run(plugin, name, parameters, context=None):
    """Results, whether it went well, and what was said."""
    feedback = QgsProcessingFeedback()
    results, ok = plugin.provider.algorithm(name).run(parameters, context or QgsProcessingContext(), feedback)
    return results, ok, feedback.textLog()


def test_each_job_can_be_written_but_those_about_this_computer(plugin):
    without = {
        one.name()
        for one in plugin.provider.algorithms()
        if one.parameterDefinition("JOB_FILE") is None and not one.name().startswith(("map_", "train_on_", "change_"))
    }
    assert without == {"checkenvironment", "setupenvironment"}


def test_selected_features_go_with_the_job(plugin, parameters, scene, tmp_path):
    layer = QgsVectorLayer(scene["polygons"], "my polygons")
    layer.selectByExpression("\"class\" in ('field', 'water')")
    project = QgsProject()
    project.addMapLayer(layer)
    context = QgsProcessingContext()
    context.setProject(project)
    selected = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    to_load = QgsProcessingOutputLayerDefinition(parameters["OUTPUT"], project)
    given = {**parameters, "INPUT": selected, "OUTPUT": to_load}
    results, ok, told = run(plugin, "samplevector", given, context)
    assert ok, told
    assert results == {"JOB_FILE": str(tmp_path / "job.json")}
    assert not context.layersToLoadOnCompletion()
    assert f'run it by geodl run "{tmp_path / "job.json"}"' in told
    assert not (tmp_path / "points.gpkg").exists()

    moved = tmp_path.with_name(f"{tmp_path.name} moved")
    shutil.move(tmp_path, moved)
    done = subprocess.run(
        [os.environ["GEODL_PYTHON"], str(ROOT / "geodl_plugin"), "run", str(moved / "job.json"), "--progress=none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["output"] == str(moved / "points.gpkg")
    points = QgsVectorLayer(str(moved / "points.gpkg"), "points")
    assert points.uniqueValues(points.fields().indexOf("class")) == {"field", "water"}
    shutil.move(moved, tmp_path)


@pytest.mark.parametrize("output", [QgsProcessing.TEMPORARY_OUTPUT, "JOB_FILE"])
def test_a_job_needs_names(plugin, parameters, tmp_path, output):
    changed = {"JOB_FILE": QgsProcessing.TEMPORARY_OUTPUT} if output == "JOB_FILE" else {"OUTPUT": output}
    _, ok, told = run(plugin, "samplevector", {**parameters, **changed})
    assert not ok
    assert "Temporary outputs are gone when a job file runs" in told
    assert not (tmp_path / "job.json").exists()


def test_an_output_that_is_skipped_stays_empty(plugin, scene, tmp_path):
    given = {"SOURCE": scene["image"], "INPUT": scene["polygons"], "CLASS_FIELD": "class"}
    _, ok, told = run(plugin, "classstatistics", {**given, "REPORT": None, "JOB_FILE": str(tmp_path / "job.json")})
    assert ok, told
    assert json.loads((tmp_path / "job.json").read_text())["parameters"]["report"] == ""


def test_a_job_replaces_no_polygons(plugin, parameters, scene, tmp_path):
    polygons = tmp_path / "polygons.json"
    subprocess.run(["ogr2ogr", "-f", "GeoJSON", polygons, scene["polygons"]], check=True)
    before = polygons.read_bytes()
    given = {**parameters, "INPUT": str(polygons), "JOB_FILE": str(polygons)}
    _, ok, told = run(plugin, "samplevector", given)
    assert not ok
    assert "is an input as well" in told
    assert polygons.read_bytes() == before


def test_no_python_with_tensorflow_is_needed(plugin, tmp_path, monkeypatch):
    monkeypatch.setenv("GEODL_PYTHON", str(tmp_path / "none"))
    monkeypatch.setattr("geodl.algorithms.base.run_in_worker", None)
    (tmp_path / "model").mkdir()
    given = {"MODEL": str(tmp_path / "model"), "REPORT": str(tmp_path / "r.html")}
    results, ok, told = run(plugin, "inspectmodel", {**given, "JOB_FILE": str(tmp_path / "job.json")})
    assert ok, told
    assert results == {"JOB_FILE": str(tmp_path / "job.json")}
    assert json.loads((tmp_path / "job.json").read_text())["parameters"]["model"] == "model"


@pytest.mark.parametrize("outputs", [["JOB_FILE"], ["JOB_FILE", "OUTPUT"]])
def test_a_step_of_a_model_needs_what_was_not_made(plugin, parameters, tmp_path, outputs):
    """Positions that only the next step sees are temporary; others are missing there."""
    fixed, made = QgsProcessingModelChildParameterSource.fromStaticValue, {"JOB_FILE": "job.json", "OUTPUT": "p.gpkg"}
    model = QgsProcessingModelAlgorithm("chain")
    sample = QgsProcessingModelChildAlgorithm("geodl:samplevector")
    sample.setChildId("sample")
    for name in parameters.keys() - made.keys():
        sample.addParameterSources(name, [fixed(parameters[name])])
    for name in outputs:
        output = QgsProcessingModelOutput(name, name)
        output.setChildId("sample")
        output.setChildOutputName(name)
        sample.setModelOutputs({**sample.modelOutputs(), name: output})
    count = QgsProcessingModelChildAlgorithm("native:countpointsinpolygon")
    count.setChildId("count")
    count.addParameterSources("POLYGONS", [fixed(parameters["INPUT"])])
    count.addParameterSources("POINTS", [QgsProcessingModelChildParameterSource.fromChildOutput("sample", "OUTPUT")])
    for child in (sample, count):
        model.addChildAlgorithm(child)
    model.updateDestinationParameters()
    feedback = QgsProcessingFeedback()
    given = {f"sample:{name}": str(tmp_path / made[name]) for name in outputs}
    _, ok = model.run(given, QgsProcessingContext(), feedback)
    assert not ok, feedback.textLog()
    is_written = "OUTPUT" in outputs
    assert (tmp_path / "job.json").exists() == is_written
    assert ("was written, not run" if is_written else "Temporary outputs are gone") in feedback.textLog()
    assert ("POINTS" in feedback.textLog()) == is_written
