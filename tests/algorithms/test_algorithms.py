"""What every algorithm shows to people and to other programs."""

from pathlib import Path

import pytest
import qgis.utils
from geodl.algorithms.declaring import SENTENCES
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsGui, QgsProcessingGui
from qgis.PyQt.QtCore import QEventLoop

NAMES = {
    "classstatistics",
    "samplevector",
    "samplelabelraster",
    "samplegrid",
    "suggestpositions",
    "extractpatches",
    "exporttfrecords",
    "patchestotfrecords",
    "mergedatasets",
    "inspectdataset",
    "trainmodel",
    "evaluatemodel",
    "inspectmodel",
    "applymodel",
    "samplemap",
    "evaluatemap",
    "checkenvironment",
    "setupenvironment",
    "map_land_cover_from_polygons",
    "train_on_several_scenes",
    "map_land_cover_polygons",
    "map_and_where_to_label_next",
    "map_and_sample_to_judge_it",
    "change_between_two_dates",
    "map_values_from_a_raster",
}
MODELS = {
    *("map_land_cover_from_polygons", "map_land_cover_polygons", "train_on_several_scenes"),
    *("map_and_where_to_label_next", "map_and_sample_to_judge_it", "change_between_two_dates"),
    "map_values_from_a_raster",
}
OURS = sorted(NAMES - MODELS)


@pytest.fixture
def algorithm(plugin, request):
    """A fresh instance of the algorithm that the test names."""
    return QgsApplication.processingRegistry().createAlgorithmById(f"geodl:{request.param}")


every_algorithm = pytest.mark.parametrize("algorithm", OURS, indirect=True)


def test_provider_lists_all_algorithms(plugin):
    assert {one.name() for one in plugin.provider.algorithms()} == NAMES


def test_only_formats_that_hold_positions_are_offered(plugin):
    (algorithm,) = [one for one in plugin.provider.algorithms() if one.name() == "samplevector"]
    output = algorithm.parameterDefinition("OUTPUT")
    assert output.supportedOutputVectorLayerExtensions() == ["gpkg", "shp", "geojson", "json", "fgb", "sqlite"]
    assert output.defaultFileExtension() == "gpkg"
    assert not plugin.provider.supportsNonFileBasedOutput()


def test_ids_and_parameter_names_are_as_published(plugin):
    published = {
        "samplevector": "SOURCE1 INPUT CLASS_FIELD PATCH_SIZE STRATEGY COUNT SPLIT VALID_FRACTION TEST_FRACTION "
        "BLOCK_SIZE SPLIT_BUFFER SPLIT_FIELD ONE_CLASS MIN_DISTANCE SOURCE2 SOURCE3 SOURCE4 RESAMPLE REJECT_NODATA "
        "EDGES SEED OUTPUT",
        "classstatistics": "SOURCE INPUT CLASS_FIELD INPUT_RASTER ONE_CLASS REPORT",
        "samplelabelraster": "SOURCE1 INPUT PATCH_SIZE STRATEGY COUNT SPLIT VALID_FRACTION TEST_FRACTION "
        "BLOCK_SIZE SPLIT_BUFFER MIN_DISTANCE SOURCE2 SOURCE3 SOURCE4 RESAMPLE REJECT_NODATA EDGES SEED OUTPUT",
        "samplegrid": "SOURCE1 PATCH_SIZE STRATEGY VALID_FRACTION TEST_FRACTION STEP OFFSET MASK MASK_RASTER "
        "BLOCK_SIZE SPLIT_BUFFER SOURCE2 SOURCE3 SOURCE4 RESAMPLE REJECT_NODATA SEED OUTPUT",
        "exporttfrecords": "SOURCE1 POSITIONS PATCH_SIZE LABEL_MODE LABELS_VECTOR CLASS_FIELD LABELS_RASTER "
        "SOURCE2 SOURCE3 SOURCE4 RESAMPLE EDGES DATES NAMES SAMPLES_PER_SHARD COMPRESSION DROP_REMAINDER SEED "
        "OUTPUT REPORT",
        "extractpatches": "SOURCE1 POSITIONS PATCH_SIZE CLASS_FIELD NODATA OUTPUT LABELS",
        "patchestotfrecords": "SOURCE1 LABELS SOURCE2 SOURCE3 SOURCE4 VALID_FRACTION TEST_FRACTION NAMES "
        "SAMPLES_PER_SHARD COMPRESSION DROP_REMAINDER SEED OUTPUT",
        "mergedatasets": "DATASETS SPLIT VALID_SCENES TEST_SCENES WEIGHTING NAMES SEED OUTPUT",
        "inspectdataset": "DATASET REPORT",
        "trainmodel": "DATASET ARCHITECTURE MODEL_FILE INIT_MODEL WIDTH DEPTH BACKBONE BACKBONE_WEIGHTS "
        "EFFORT EPOCHS "
        "BATCH_SIZE LEARNING_RATE WEIGHT_DECAY LOSS CLASS_WEIGHTS CLASS_WEIGHT_VALUES AUGMENT PATIENCE "
        "PIXEL_CLASSIFIER REFIT UNLABELLED PRECISION "
        "DEVICE CROPS SPLIT VALID_SCENES TEST_SCENES WEIGHTING SEED RESUME KEEP_BEST TENSORBOARD OUTPUT REPORT",
        "inspectmodel": "MODEL INPUT_SIZE OUTPUT_NAME REPORT",
        "applymodel": "MODEL SOURCE1 OUTPUT_TYPE SOURCE2 SOURCE3 SOURCE4 RESAMPLE RFIELD EFIELD CROP OUTPUT_NAMES MODE "
        "SCALE USER_INPUTS PRECISION MEMORY TTA FURTHER_MODELS EDGES NODATA OUTPUT_NODATA EXTENT MASK MINIMUM_AREA "
        "CREATION_OPTIONS COG OVERVIEWS RESUME OUTPUT CONFIDENCE UNFAMILIARITY",
        "evaluatemodel": "MODEL DATASET SPLIT REPORT CONFUSION",
        "suggestpositions": "MAP CONFIDENCE UNFAMILIARITY LABELS COUNT SHAPE SIZE MIN_DISTANCE SEED OUTPUT",
        "samplemap": "MAP STANDARD_ERROR USERS_ACCURACY USERS_ACCURACIES COUNT ALLOCATION MINIMUM MASK EXTENT SEED "
        "OUTPUT",
        "evaluatemap": "MAP REFERENCE CLASS_FIELD REFERENCE_RASTER EXCLUDE KIND REPORT MATRIX",
    }
    for name, parameters in published.items():
        algorithm = plugin.provider.algorithm(name)
        assert [one.name() for one in algorithm.parameterDefinitions()] == [*parameters.split(), "JOB_FILE"]


@every_algorithm
def test_each_parameter_has_help(algorithm):
    assert [one.name() for one in algorithm.parameterDefinitions() if not one.help()] == []


@every_algorithm
def test_algorithm_describes_itself(algorithm, monkeypatch):
    monkeypatch.setattr(qgis.utils, "iface", object())
    assert len(algorithm.shortHelpString()) > 100
    assert algorithm.shortDescription().endswith(".") and "<" not in algorithm.shortDescription()
    assert algorithm.helpUrl().endswith("README.md")
    assert Path(algorithm.svgIconPath()).is_file()
    assert algorithm.tags()
    assert not algorithm.icon().isNull()
    assert algorithm.group()
    assert algorithm.groupId() == algorithm.groupId().lower()


@every_algorithm
def test_the_panel_of_a_dialog_explains_all_parameters(algorithm, monkeypatch):
    monkeypatch.setattr(qgis.utils, "iface", None)
    text = algorithm.shortHelpString()
    monkeypatch.setattr(qgis.utils, "iface", object())
    panel = algorithm.shortHelpString()
    assert panel.startswith(text)
    for one in algorithm.parameterDefinitions():
        assert f"<strong>{one.description()}</strong><br>{one.help()}" in panel.splitlines()
        assert one.help() not in text


def test_groups_are_in_the_order_of_the_work(plugin):
    groups = {one.group(): one.groupId() for one in plugin.provider.algorithms() if one.name() in OURS}
    assert [groups[name] for name in sorted(groups)] == ["sampling", "datasets", "models", "inference", "environment"]
    assert (
        min(one.group() for one in plugin.provider.algorithms())
        == plugin.provider.algorithm("map_land_cover_polygons").group()
    )


def test_shares_are_shown_with_two_decimals(plugin):
    shown = plugin.provider.algorithm("samplevector").parameterDefinition("VALID_FRACTION")
    wrapper = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(shown, QgsProcessingGui.WidgetType.Standard)
    widget = wrapper.createWrappedWidget(QgsProcessingContext())
    assert widget.text() == "0.20"


@every_algorithm
def test_enums_pass_words_not_numbers(algorithm):
    for one in algorithm.parameterDefinitions():
        if isinstance(one, QgsProcessingParameterEnum):
            assert one.usesStaticStrings()
            assert all(f"'{option}'" in one.help() for option in one.options())


@every_algorithm
def test_choices_say_what_each_word_means(algorithm):
    for parameter in algorithm.parameterDefinitions():
        if isinstance(parameter, QgsProcessingParameterEnum) and not parameter.allowMultiple():
            sentences = parameter.metadata()[SENTENCES]
            assert set(sentences) == (set() if parameter.name() == "BACKBONE" else set(parameter.options()))
            assert all(sentences.values())


@every_algorithm
def test_instances_share_no_state(algorithm):
    assert algorithm.create() is not algorithm.create()


def test_model_for_polygons_chains_all_steps(plugin):
    model = plugin.provider.algorithm("map_land_cover_polygons")
    steps = [child.algorithmId() for child in model.childAlgorithms().values()]
    assert sorted(steps) == [
        "gdal:polygonize",
        "geodl:applymodel",
        "geodl:exporttfrecords",
        "geodl:samplevector",
        "geodl:trainmodel",
        "native:fixgeometries",
        "native:refactorfields",
        "native:zonalstatisticsfb",
    ]
    assert model.displayName() == "Map land cover polygons"
    assert {"Map", "Model", "Polygons"} <= {one.description() for one in model.outputDefinitions()}


def test_shipped_model_chains_all_steps(plugin):
    model = plugin.provider.algorithm("map_land_cover_from_polygons")
    steps = [child.algorithmId() for child in model.childAlgorithms().values()]
    assert sorted(steps) == [
        "geodl:applymodel",
        "geodl:evaluatemap",
        "geodl:exporttfrecords",
        "geodl:samplevector",
        "geodl:trainmodel",
        "native:condition",
    ]
    assert all(child.algorithm() is not None for child in model.childAlgorithms().values())
    optional = {
        one.name()
        for one in model.parameterDefinitions()
        if one.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
    }
    assert {"reference", "reference_field"} <= optional
    (needed,) = model.childAlgorithms()["evaluatemap"].dependencies()
    assert (needed.childId, needed.conditionalBranch) == ("condition", "evaluatemap")
    assert model.displayName() == "Map land cover from polygons"
    outputs = {one.description() for one in model.outputDefinitions()}
    assert {"Map", "Model", "Accuracy report"} <= outputs


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("change_between_two_dates", ["Map of the first date", "Map of the second date", "Change"]),
        ("map_and_sample_to_judge_it", ["Map", "Map confidence", "Sample to label"]),
        ("map_and_where_to_label_next", ["Map", "Places to label"]),
        ("map_land_cover_from_polygons", ["Map", "Confidence", "Accuracy report", "Model"]),
        ("map_land_cover_polygons", ["Map", "Confidence", "Polygons", "Model"]),
        ("map_values_from_a_raster", ["Map", "Model"]),
    ],
)
def test_the_map_is_the_first_output_of_a_model(plugin, name, first):
    for model in (plugin.provider.algorithm(name), plugin.provider.algorithm(name).create()):
        outputs = [one.description() for one in model.destinationParameterDefinitions()]
        assert outputs[: len(first)] == first
        assert [one.description() for one in model.outputDefinitions()][: len(first)] == first


def test_models_are_there_after_a_refresh(plugin):
    before = [one.id() for one in plugin.provider.algorithms()]
    plugin.provider.refreshAlgorithms()
    assert [one.id() for one in plugin.provider.algorithms()] == before
    assert "geodl:map_land_cover_polygons" in before


def test_shipped_model_trains_on_several_scenes(plugin):
    model = plugin.provider.algorithm("train_on_several_scenes")
    steps = [child.algorithmId() for child in model.childAlgorithms().values()]
    assert sorted(steps) == [
        *["geodl:exporttfrecords"] * 3,
        "geodl:mergedatasets",
        *["geodl:samplevector"] * 3,
        "geodl:trainmodel",
    ]
    assert all(child.algorithm() is not None for child in model.childAlgorithms().values())
    merged = model.childAlgorithms()["mergedatasets"].parameterSources()["DATASETS"]
    assert [one.outputChildId() for one in merged] == ["exporttfrecords1", "exporttfrecords2", "exporttfrecords3"]
    assert model.displayName() == "Train on several scenes"


def test_the_designer_offers_datasets_to_merge(plugin):
    model = plugin.provider.algorithm("train_on_several_scenes").create()
    offered = model.availableSourcesForChild("mergedatasets", [], ["outputFile"])
    files = {(one.outputChildId(), one.outputName()) for one in offered}
    assert {(f"exporttfrecords{number}", "DATASET_FILE") for number in (1, 2, 3)} <= files


def test_selected_features_are_the_ones_used(plugin, scene, tmp_path):
    layer = QgsVectorLayer(scene["polygons"], "my polygons")
    QgsProject.instance().addMapLayer(layer)
    layer.selectByExpression("\"class\" in ('field', 'water')")
    algorithm = plugin.provider.algorithm("samplevector")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    output = str(tmp_path / "points.gpkg")
    _, ok = algorithm.run(
        {
            "SOURCE1": [scene["image"]],
            "INPUT": QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True),
            "CLASS_FIELD": "class",
            "PATCH_SIZE": 16,
            "OUTPUT": output,
        },
        context,
        QgsProcessingFeedback(),
    )
    assert ok
    points = QgsVectorLayer(output, "points")
    assert points.uniqueValues(points.fields().indexOf("class")) == {"field", "water"}
    QgsProject.instance().removeMapLayer(layer)


def test_cancelled_run_writes_nothing(plugin, scene, tmp_path):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    _, ok = plugin.provider.algorithm("samplevector").run(
        {
            "SOURCE1": [scene["image"]],
            "INPUT": scene["polygons"],
            "CLASS_FIELD": "class",
            "PATCH_SIZE": 16,
            "OUTPUT": str(tmp_path / "points.gpkg"),
        },
        QgsProcessingContext(),
        feedback,
    )
    assert not ok
    assert not list(tmp_path.glob("*points*"))


def test_result_is_loaded_after_a_run_in_another_thread(plugin, scene, tmp_path):
    """As the dialog does it: prepared in the main thread, run in a task."""
    project = QgsProject()
    context = QgsProcessingContext()
    context.setProject(project)
    feedback = QgsProcessingFeedback()
    parameters = {
        "SOURCE1": [scene["image"]],
        "INPUT": scene["polygons"],
        "CLASS_FIELD": "class",
        "PATCH_SIZE": 16,
        "OUTPUT": QgsProcessingOutputLayerDefinition(str(tmp_path / "points.gpkg"), project),
    }
    task = QgsProcessingAlgRunnerTask(plugin.provider.algorithm("samplevector"), parameters, context, feedback)
    loop = QEventLoop()
    task.executed.connect(loop.quit)
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    assert list(context.layersToLoadOnCompletion()) == [str(tmp_path / "points.gpkg")]


def test_parameters_of_training_become_its_job(plugin):
    from geodl.geodl_plugin.jobs.train_model import TrainModel

    given = {
        "DATASET": "/d",
        "ARCHITECTURE": "custom",
        "MODEL_FILE": "/n.py",
        "INIT_MODEL": "/m",
        "WIDTH": 8,
        "DEPTH": 3,
        "BACKBONE": "DenseNet121",
        "BACKBONE_WEIGHTS": "/w.h5",
        "EFFORT": "quick",
        "EPOCHS": 3,
        "BATCH_SIZE": 4,
        "LEARNING_RATE": 0.5,
        "WEIGHT_DECAY": 0.25,
        "LOSS": "dice",
        "CLASS_WEIGHTS": "given",
        "CLASS_WEIGHT_VALUES": "water=2",
        "AUGMENT": ["mixup", "noise"],
        "PATIENCE": 2,
        "PIXEL_CLASSIFIER": "compare",
        "PRECISION": "mixed float16",
        "DEVICE": "cpu",
        "CROPS": "8, 16",
        "SEED": 5,
        "RESUME": True,
        "KEEP_BEST": True,
        "TENSORBOARD": True,
    }
    algorithm = plugin.provider.algorithm("trainmodel").create()
    job = algorithm.job(given, QgsProcessingContext())
    expected = {name.lower(): value for name, value in given.items()}
    assert job == TrainModel(**{**expected, "crops": [8, 16]}, output="")
    defaults = plugin.provider.algorithm("trainmodel").create().job({"DATASET": "/d"}, QgsProcessingContext())
    assert defaults == TrainModel("/d", "")


def test_what_cannot_be_trained_is_said_before_the_start(plugin, tmp_path):
    algorithm = plugin.provider.algorithm("trainmodel")
    context = QgsProcessingContext()
    for wrong, expected in (
        ({}, "not a dataset folder"),
        ({"ARCHITECTURE": "custom"}, "MODEL_FILE"),
        ({"CROPS": "16;32"}, "Invalid CROPS"),
        ({"EPOCHS": -1}, "(EPOCHS). Expected: 0 or more. Received: -1."),
    ):
        parameters = {"DATASET": str(tmp_path), "OUTPUT": str(tmp_path / "model"), **wrong}
        fine, problem = algorithm.checkParameterValues(parameters, context)
        assert not fine and expected in problem


@pytest.mark.parametrize("kind", ["a path", "a layer", "its selection", "a path with a layer's name"])
def test_polygons_are_not_overwritten_by_the_positions(plugin, scene, tmp_path, kind):
    layer = QgsVectorLayer(scene["polygons"], "my polygons")
    layer.selectAll()
    context = QgsProcessingContext()
    QgsProject.instance().addMapLayer(layer)
    context.setProject(QgsProject.instance())
    given = {
        "a path": scene["polygons"],
        "a layer": layer,
        "its selection": QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True),
        "a path with a layer's name": f"{scene['polygons']}|layername=features",
    }[kind]
    feedback = QgsProcessingFeedback()
    output = scene["polygons"]
    parameters = {"SOURCE1": [scene["image"]], "INPUT": given, "CLASS_FIELD": "class", "OUTPUT": output}
    with open(scene["polygons"], "rb") as file:
        before = file.read()
    _, ok = plugin.provider.algorithm("samplevector").run(parameters, context, feedback)
    assert not ok
    assert "is an input as well, which would be lost" in feedback.textLog()
    with open(scene["polygons"], "rb") as file:
        assert file.read() == before
    QgsProject.instance().removeMapLayer(layer)
