"""Dialogs that are filled in from the project, and say what will come."""

from types import SimpleNamespace

import pytest
from geodl.algorithms.desktop import memory
from geodl.algorithms.desktop.assistant import Assistant, usual_image
from geodl.algorithms.desktop.outlooks import OUTLOOKS
from geodl.geodl_plugin.datasets.description import DatasetDescription, SourceInfo, SplitInfo
from geodl.geodl_plugin.labels.classes import ClassList
from geodl.geodl_plugin.models.folder import ModelDescription, ModelInput
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale, Qt
from waiting import wait_until


@pytest.fixture
def project(plugin, scene):
    """The scene in the project: an image, polygons, and a raster of one band above the image."""
    project = QgsProject.instance()
    image = QgsRasterLayer(scene["image"], "image")
    polygons = QgsVectorLayer(scene["polygons"], "polygons")
    project.addMapLayers([image, polygons])
    yield SimpleNamespace(image=image, polygons=polygons)
    project.removeMapLayers([image.id(), polygons.id()])


@pytest.fixture
def settings():
    """Without what earlier tests have left."""
    QgsSettings().remove("geodl")
    yield QgsSettings()
    QgsSettings().remove("geodl")


@pytest.fixture
def outlook(plugin):
    """What is told of an algorithm with its parameters; None if nothing can be told yet."""

    def tell(name, **parameters):
        algorithm = plugin.provider.algorithm(name).create()
        defaults = {one.name(): one.defaultValue() for one in algorithm.parameterDefinitions()}
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        found = OUTLOOKS[name](algorithm, {**defaults, **parameters}, context)
        return found and found()

    return tell


@pytest.fixture
def dialog(project, qgis_iface, settings, monkeypatch):
    """Makes the dialog of an algorithm."""
    from processing.gui.AlgorithmDialog import AlgorithmDialog

    made = []
    monkeypatch.setattr(qgis_iface, "browserModel", lambda: None, raising=False)

    def make(name):
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"geodl:{name}")
        made.append(AlgorithmDialog(algorithm, False, qgis_iface.mainWindow()))
        return made[0]

    yield make
    for one in made:
        one.close()
        one.deleteLater()
    QgsApplication.processEvents()


def test_a_dialog_begins_with_the_image_of_the_project_and_an_outlook(dialog, project):
    shown = dialog("samplevector")
    wait_until(lambda: shown.findChildren(Assistant) and shown.findChildren(Assistant)[0].line.text())
    (assistant,) = shown.findChildren(Assistant)
    assert shown.mainWidget().wrappers["SOURCE1"].parameterValue() == [project.image.source()]
    assert "16 features of 3 classes" in assistant.line.text()  # the likely class field is chosen
    shown.mainWidget().wrappers["CLASS_FIELD"].setParameterValue("", QgsProcessingContext())
    wait_until(lambda: "features of 1 classes: without a class field" in assistant.line.text())


def test_what_somebody_has_filled_in_stays(dialog, project, scene):
    shown = dialog("samplevector")
    shown.setParameters({"SOURCE1": [scene["image"]]})
    wait_until(lambda: shown.findChildren(Assistant))
    assert shown.mainWidget().wrappers["SOURCE1"].parameterValue() == [scene["image"]]


def test_an_open_list_says_what_its_words_mean(dialog):
    shown = dialog("trainmodel")
    wait_until(lambda: shown.findChildren(Assistant))
    wrapper = shown.mainWidget().wrappers["EFFORT"]
    box = wrapper.wrappedWidget()
    drawn = [
        box.itemDelegate().displayText(box.itemData(index, Qt.ItemDataRole.DisplayRole), QLocale())
        for index in range(box.count())
    ]
    assert [text.split(" – ")[0] for text in drawn] == ["quick", "standard", "thorough"]
    assert "without a GPU some minutes" in drawn[1]
    assert "the better of both is saved" in box.itemData(2, Qt.ItemDataRole.ToolTipRole)
    assert box.currentText() == "standard"  # closed, the word alone
    box.setCurrentIndex(2)
    assert wrapper.parameterValue() == "thorough"
    networks = shown.mainWidget().wrappers["BACKBONE"].wrappedWidget()  # whose names say all
    assert networks.itemData(0, Qt.ItemDataRole.ToolTipRole) is None


def test_the_last_model_and_dataset_are_offered(dialog, settings, dataset, tmp_path):
    settings.setValue("geodl/last/model", str(tmp_path))
    settings.setValue("geodl/last/dataset", dataset)
    shown = dialog("evaluatemodel")
    wait_until(lambda: shown.findChildren(Assistant) and shown.findChildren(Assistant)[0].line.text())
    assert shown.mainWidget().wrappers["MODEL"].parameterValue() == str(tmp_path)
    assert f"made last: {dataset}/dataset.json" in shown.findChildren(Assistant)[0].line.text()


def test_a_folder_that_is_gone_is_not_offered(settings, tmp_path):
    settings.setValue("geodl/last/model", str(tmp_path / "gone"))
    assert memory.last("model") == ""


def test_the_image_with_the_most_bands_is_meant(project, make_raster):
    single = QgsRasterLayer(make_raster([[1]], name="single.tif"), "single")
    QgsProject.instance().addMapLayer(single)
    assert usual_image() == project.image
    QgsProject.instance().removeMapLayer(single)


def test_features_and_pixels_of_each_class_are_told(outlook, project, scene):
    given = {"SOURCE1": [project.image.id()], "INPUT": project.polygons.id(), "CLASS_FIELD": "class"}
    text = outlook("samplevector", **given)
    classes = project.polygons.uniqueValues(project.polygons.fields().lookupField("class"))
    assert f"{project.polygons.featureCount()} features of {len(classes)} classes" in text
    assert all(f"{name} " in text for name in classes)
    project.polygons.selectByExpression("\"class\" = 'water'")
    given["INPUT"] = QgsProcessingFeatureSourceDefinition(project.polygons.id(), selectedFeaturesOnly=True)
    assert "features of 1 classes: water" in outlook("samplevector", **given)
    assert outlook("samplevector", SOURCE1=[project.image.id()]) is None


def test_patches_and_their_size_are_told(outlook, project, make_vector):
    points = [(f"POINT({500005 + 10 * x} 3999995)", "a") for x in range(10)]
    path = make_vector(points, name="positions.gpkg")
    text = outlook("exporttfrecords", SOURCE1=[project.image.id()], POSITIONS=path, PATCH_SIZE=100)
    bands = project.image.bandCount()
    assert f"10 patches of 100 × 100 pixels with {bands} bands" in text
    assert "All of them are for training" in text


def test_labels_that_nobody_has_chosen_are_told(outlook, project, make_vector):
    given = {"SOURCE1": [project.image.id()], "POSITIONS": make_vector([("POINT(500005 3999995)", "a")])}
    assert "choose “Labelled polygons”" in outlook("exporttfrecords", **given)
    assert "choose “Label raster”" in outlook("exporttfrecords", LABEL_MODE="values", **given)
    assert "⚠" not in outlook("exporttfrecords", LABEL_MODE="position", **given)
    assert "⚠" not in outlook("exporttfrecords", LABELS_VECTOR=project.polygons.id(), **given)


def test_the_size_of_a_map_and_a_wrong_number_of_bands_are_told(outlook, project, settings, tmp_path):
    image, model = project.image, tmp_path / "net"
    model.mkdir()
    given = {"SOURCE1": [image.id()], "MODEL": str(model)}
    assert f"A map of {image.width()} × {image.height()} pixels" in outlook("applymodel", **given)
    assert "outside the image" in outlook("applymodel", EXTENT="0,1,0,1 [EPSG:32636]", **given)
    settings.setValue("geodl/pace/map/net/1", 30 / (image.width() * image.height()))
    assert "About 30 s" in outlook("applymodel", **given)
    bands = image.bandCount()
    write_model(model, bands + 1)
    assert f"expects {bands + 1} bands, and the image has {bands}" in outlook("applymodel", **given)
    write_model(model, bands)
    assert "Network: unet. Classes: field, water." in outlook("applymodel", **given)
    megabytes = 2 * 4 * image.width() * image.height() / 1e6
    assert f"Up to {megabytes:.1f} MB" in outlook("applymodel", OUTPUT_TYPE="probabilities", **given)


def write_model(folder, bands):
    """A model, as far as it is read."""
    image = ModelInput("image", [f"b{number}" for number in range(bands)], [None] * bands, {})
    classes = ClassList.from_values(["field", "water"])
    ModelDescription("unet", [image], "predictions", classes, None, [], 1, {}).write(folder)
    (folder / "saved_model.pb").touch()


def test_how_much_reference_lies_on_the_map_is_told(outlook, project, make_vector):
    inside = outlook("evaluatemap", MAP=project.image.id(), REFERENCE=project.polygons.id(), CLASS_FIELD="class")
    count = project.polygons.featureCount()
    assert f"{count} of {count} reference features lie on the map" in inside
    elsewhere = make_vector([("POINT(900005 100)", "a")], name="elsewhere.gpkg")
    assert "No reference feature" in outlook("evaluatemap", MAP=project.image.id(), REFERENCE=elsewhere)


@pytest.fixture
def dataset(tmp_path):
    """A dataset folder of fifty patches for training and five to validate, as far as it is described."""
    source = SourceInfo("image", ["b1", "b2"], "uint8", 32, [None, None], {})
    splits = {"train": SplitInfo(50, 1, [9, 9]), "valid": SplitInfo(5, 1, [9, 9])}
    classes = ClassList.from_values(["field", "water"])
    (tmp_path / "dataset").mkdir()
    DatasetDescription([source], classes, "polygons", 32, splits, "", (1, 1), {}).write(tmp_path / "dataset")
    return str(tmp_path / "dataset")


def test_patches_classes_and_network_of_a_training_are_told(outlook, settings, dataset):
    text = outlook("trainmodel", DATASET=[dataset])
    assert "Patches of 32 × 32 pixels with 2 bands: train 50, valid 5, test 0." in text
    assert "Classes: field, water." in text and "effort: standard" in text and "About" not in text
    settings.setValue("geodl/pace/training/unet/standard", 2.4)
    assert "About 2 min 00 s" in outlook("trainmodel", DATASET=[dataset], ARCHITECTURE="unet")
    assert "train" not in outlook("evaluatemodel", DATASET=[dataset], SPLIT="valid")


def test_a_run_is_remembered(settings, dataset, tmp_path):
    job = SimpleNamespace(architecture="unet", effort="quick", dataset=dataset)
    memory.remember("trainmodel", job, {"OUTPUT": str(tmp_path)}, 100)
    assert memory.last("model") == str(tmp_path)
    assert memory.foretold("training/unet/quick", 25) == 50
    assert memory.foretold("training/unet/thorough", 25) is None


def test_what_goes_with_qgis_is_not_remembered(settings, plugin):
    memory.remember("exporttfrecords", None, {"OUTPUT": f"{QgsProcessingUtils.tempFolder()}/d"}, 1)
    assert memory.last("dataset") == ""
