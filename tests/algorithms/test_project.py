"""What dialogs suggest, and what is told about temporary folders."""

import shutil
from pathlib import Path

import pytest
from geodl.algorithms.project import is_temporary, warn_of_temporary
from qgis.core import QgsProcessingFeedback, QgsProcessingUtils, QgsProject, QgsRasterLayer, QgsVectorLayer


@pytest.fixture
def project(scene, tmp_path):
    """The project with the scene's image and polygons, whose class field is called LULC."""
    project = QgsProject.instance()
    project.clear()
    image = tmp_path / "images" / "image.tif"
    image.parent.mkdir()
    shutil.copy(scene["image"], image)
    polygons = QgsVectorLayer("Polygon?field=fid:integer&field=LULC:string", "polygons", "memory")
    project.addMapLayers([QgsRasterLayer(str(image), "image"), polygons])
    yield project
    project.clear()


def suggested(plugin, algorithm, name):
    """What a dialog begins with."""
    created = plugin.provider.algorithm(algorithm).create()
    return created.parameterDefinition(name).defaultValueForGui()


def test_dialogs_begin_with_the_likely_class_field_and_runs_do_not(plugin, project):
    assert suggested(plugin, "samplevector", "CLASS_FIELD") == "LULC"
    assert suggested(plugin, "map_land_cover_from_polygons", "class_field") == "LULC"
    created = plugin.provider.algorithm("samplevector").create()
    assert created.parameterDefinition("CLASS_FIELD").defaultValue() == "class"
    project.clear()
    assert suggested(plugin, "samplevector", "CLASS_FIELD") == "class"


def test_dialogs_begin_with_a_new_folder_beside_the_image_or_the_project(plugin, project, tmp_path):
    beside = tmp_path / "images"
    assert suggested(plugin, "exporttfrecords", "OUTPUT") == str(beside / "dataset")
    assert suggested(plugin, "trainmodel", "OUTPUT") == str(beside / "model")
    model = plugin.provider.algorithm("map_land_cover_from_polygons").create()
    (folder,) = [one for one in model.destinationParameterDefinitions() if one.description() == "Model"]
    assert folder.defaultValueForGui() == str(beside / "model")
    (beside / "dataset").mkdir()
    assert suggested(plugin, "exporttfrecords", "OUTPUT") == str(beside / "dataset 2")
    project.write(str(tmp_path / "project.qgz"))
    assert suggested(plugin, "exporttfrecords", "OUTPUT") == str(tmp_path / "dataset")
    project.clear()
    assert suggested(plugin, "exporttfrecords", "OUTPUT") is None


@pytest.mark.parametrize("place", ["kept", "temporary"])
def test_a_folder_that_goes_with_qgis_is_told(plugin, tmp_path, place):
    folder = tmp_path if place == "kept" else Path(QgsProcessingUtils.tempFolder())
    assert is_temporary(folder / "dataset") == (place == "temporary")
    algorithm, feedback = plugin.provider.algorithm("exporttfrecords").create(), QgsProcessingFeedback()
    results = {"OUTPUT": str(folder / "dataset"), "REPORT": str(folder / "r.html")}
    warn_of_temporary(algorithm.destinationParameterDefinitions(), results, feedback)
    assert ("will be deleted when QGIS ends" in feedback.textLog()) == (place == "temporary")
    assert feedback.textLog().count("deleted") <= 1
