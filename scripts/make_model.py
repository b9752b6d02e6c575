#!/usr/bin/python3
"""Write the graphical models in resources/models anew; run it after a change of parameters.

It needs QGIS with the plugin enabled as scripts/qgis_process.sh sets it up (build/plugins).
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ.update(QT_QPA_PLATFORM="offscreen", QT_HASH_SEED="0", LC_ALL="C.UTF-8")  # the same files in each run
sys.path[:0] = [str(ROOT), str(ROOT / "build" / "plugins"), "/usr/share/qgis/python/plugins"]

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildDependency,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QPointF  # noqa: E402

from geodl_plugin.options import CLASS_FIELD, SCENE_SPLITS  # noqa: E402

Source = QgsProcessingModelChildParameterSource
ANY = QgsProcessing.SourceType.TypeVectorAnyGeometry

INTEGER = QgsProcessingParameterNumber.Type.Integer
CONDITION = "condition"  # id of the step that decides


@dataclass
class Model:
    """What a graphical model consists of.

    Args:
        name: its id.
        inputs: its parameters.
        steps: by id, the algorithm and the values of its parameters: names of inputs, pairs (id of a step, output),
            lists of these, or fixed values.
        outputs: by id of a step, its outputs that are outputs of the model, by their names.
        help: texts by name of a parameter; ``ALG_DESC``: of the model.
        titles: by id of a step, what the designer calls it; else the algorithm's name.
        comments: by id of a step, a note beside it in the designer.
        conditions: by id of a step, an expression without which it is left out.
        needed: names of outputs that cannot be skipped, since another step reads them.
    """

    name: str
    inputs: list
    steps: dict
    outputs: dict
    help: dict
    titles: dict = field(default_factory=dict)
    comments: dict = field(default_factory=dict)
    conditions: dict = field(default_factory=dict)
    needed: tuple = ()


@dataclass
class Fixed:
    """A value that is always the same."""

    value: object


def sizes():
    """The inputs that all models have."""
    return [
        QgsProcessingParameterNumber("patch_size", "Patch size (pixels)", INTEGER, 64, False, 16),
        QgsProcessingParameterNumber("epochs", "Epochs", INTEGER, 8, False, 1),
    ]


def scene(number=""):
    """Image, polygons and class field of a scene."""
    text = f" {number}" if number else ""
    raster = QgsProcessing.SourceType.TypeRaster
    field, polygons = f"class_field{number}", f"polygons{number}"
    return [
        QgsProcessingParameterMultipleLayers(f"image{number}", f"Image{text}", raster),
        QgsProcessingParameterFeatureSource(polygons, f"Training polygons{text}", [ANY]),
        QgsProcessingParameterField(field, f"Class field{text}", CLASS_FIELD, parentLayerParameterName=polygons),
    ]


def dataset(number=""):
    """The steps from a scene to its dataset."""
    layers = {"SOURCE1": f"image{number}", "CLASS_FIELD": f"class_field{number}", "PATCH_SIZE": "patch_size"}
    sample, polygons = f"samplevector{number}", f"polygons{number}"
    return {
        sample: ("geodl:samplevector", {**layers, "INPUT": polygons}),
        f"exporttfrecords{number}": (
            "geodl:exporttfrecords",
            {**layers, "POSITIONS": (sample, "OUTPUT"), "LABELS_VECTOR": polygons},
        ),
    }


def trained(images=(("image", "Image"),)):
    """A model folder and the images that it maps."""
    folder = QgsProcessingParameterFile("model", "Model folder", QgsProcessingParameterFile.Behavior.Folder)
    raster = QgsProcessing.SourceType.TypeRaster
    return [folder, *(QgsProcessingParameterMultipleLayers(name, text, raster) for name, text in images)]


MODEL_HELP = "A folder that Train a network made."
SIZES_HELP = {
    "patch_size": "Side of the training patches, a multiple of 16.",
    "epochs": "Passes over the training patches, at most.",
}
SCENES = (1, 2, 3)


def column(name, kind, expression):
    """A column of a table for native:refactorfields; its type is that of a QVariant: 2, 4 whole, 6 real, 10 text."""
    return {"name": name, "type": kind, "expression": expression, "length": 0, "precision": 0}


def class_name(value):
    """An expression for the name of a class of the first map."""
    return f"map_get(from_json(@Map_of_the_first_date_CLASSES), to_string({value}))"


MODELS = [
    Model(
        name="map_land_cover_from_polygons",
        inputs=[
            *scene(),
            QgsProcessingParameterFeatureSource(
                "reference", "Reference polygons for the accuracy", [ANY], optional=True
            ),
            QgsProcessingParameterField(
                "reference_field",
                "Class field of the reference",
                parentLayerParameterName="reference",
                optional=True,
            ),
            *sizes(),
        ],
        steps={
            **dataset(),
            "trainmodel": ("geodl:trainmodel", {"DATASET": ("exporttfrecords", "OUTPUT"), "EPOCHS": "epochs"}),
            "applymodel": ("geodl:applymodel", {"MODEL": ("trainmodel", "OUTPUT"), "SOURCE1": "image"}),
            "evaluatemap": (
                "geodl:evaluatemap",
                {
                    "MAP": ("applymodel", "OUTPUT"),
                    "REFERENCE": "reference",
                    "CLASS_FIELD": "reference_field",
                    "EXCLUDE": "polygons",
                },
            ),
        },
        outputs={
            "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
            "applymodel": {"Map": "OUTPUT", "Confidence": "CONFIDENCE"},
            "evaluatemap": {"Accuracy report": "REPORT"},
        },
        help={
            "ALG_DESC": "Samples patches inside the training polygons, trains a network on them, maps the whole image "
            "and, if there are reference polygons, scores the map against them, outside the training polygons.",
            "image": "One raster, or several on the same grid, whose bands are stacked.",
            "polygons": "Polygons of each class, spread over the image.",
            "reference": "Polygons whose class is known and that were not used for training. Without them and their "
            "class field, the map is not scored.",
            "reference_field": "Needed if there are reference polygons.",
            **SIZES_HELP,
        },
        comments={
            "samplevector": "Choose where patches lie, and which train the network, validate and test it.",
            "exporttfrecords": "Cut the patches of the image and of its labels.",
            "trainmodel": "Train the network; its report tells how good it is.",
            "applymodel": "Map the whole image.",
            "evaluatemap": "Compare the map with polygons that the network has not seen; left out without any.",
        },
        conditions={"evaluatemap": "coalesce(@reference_field, '') <> ''"},
    ),
    Model(
        name="map_land_cover_polygons",
        inputs=[
            *scene(),
            QgsProcessingParameterNumber("minimum_area", "Minimum area (pixels)", INTEGER, 10, False, 0),
            *sizes(),
        ],
        steps={
            **dataset(),
            "trainmodel": ("geodl:trainmodel", {"DATASET": ("exporttfrecords", "OUTPUT"), "EPOCHS": "epochs"}),
            "applymodel": (
                "geodl:applymodel",
                {"MODEL": ("trainmodel", "OUTPUT"), "SOURCE1": "image", "MINIMUM_AREA": "minimum_area"},
            ),
            "polygonize": ("gdal:polygonize", {"INPUT": ("applymodel", "OUTPUT"), "FIELD": Fixed("class")}),
            "fixgeometries": ("native:fixgeometries", {"INPUT": ("polygonize", "OUTPUT")}),
            "zonalstatistics": (
                "native:zonalstatisticsfb",
                {
                    "INPUT": ("fixgeometries", "OUTPUT"),
                    "INPUT_RASTER": ("applymodel", "CONFIDENCE"),
                    "RASTER_BAND": Fixed(1),
                    "COLUMN_PREFIX": Fixed("confidence_"),
                    "STATISTICS": Fixed([2]),  # mean
                },
            ),
            "fieldcalculator": (  # was one: the output is called after it
                "native:refactorfields",
                {
                    "INPUT": ("zonalstatistics", "OUTPUT"),
                    "FIELDS_MAPPING": Fixed(
                        [
                            column("class", 2, '"class"'),
                            column(
                                "class_name",
                                10,
                                'map_get(from_json(@Apply_a_model_to_a_raster_CLASSES), to_string("class"))',
                            ),
                            column("area", 6, "$area"),
                            column("confidence", 6, '"confidence_mean"'),
                        ]
                    ),
                },
            ),
        },
        outputs={
            "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
            "applymodel": {"Map": "OUTPUT", "Confidence": "CONFIDENCE"},
            "fieldcalculator": {"Polygons": "OUTPUT"},
        },
        help={
            "ALG_DESC": "Samples patches inside the training polygons, trains a network on them, maps the whole image, "
            "removes areas that are too small, and makes polygons of the map. Each has the value and the name of its "
            "class (class, class_name), its area on the ellipsoid and in the unit of area of the project (area), and "
            "the mean of the highest probabilities of its pixels (confidence).",
            "image": "One raster, or several on the same grid, whose bands are stacked.",
            "polygons": "Polygons of each class, spread over the image.",
            "minimum_area": "Smaller areas are given to the largest area beside them: the minimum mapping unit.",
            **SIZES_HELP,
        },
        titles={"fieldcalculator": "Class, area and confidence of each polygon"},
        needed=("Confidence",),
    ),
    Model(
        name="train_on_several_scenes",
        inputs=[
            *(parameter for number in SCENES for parameter in scene(number)),
            QgsProcessingParameterEnum(
                "split", "Splits of the scenes", list(SCENE_SPLITS), False, SCENE_SPLITS[0], usesStaticStrings=True
            ),
            QgsProcessingParameterString("test_scenes", "Scenes for the test", "", optional=True),
            *sizes(),
        ],
        steps={
            **{name: step for number in SCENES for name, step in dataset(number).items()},
            "mergedatasets": (
                "geodl:mergedatasets",
                {
                    "DATASETS": [(f"exporttfrecords{number}", "DATASET_FILE") for number in SCENES],
                    "NAMES": Fixed(", ".join(f"scene {number}" for number in SCENES)),
                    "SPLIT": "split",
                    "TEST_SCENES": "test_scenes",
                },
            ),
            "trainmodel": ("geodl:trainmodel", {"DATASET": ("mergedatasets", "DATASET_FILE"), "EPOCHS": "epochs"}),
        },
        outputs={
            "mergedatasets": {"Merged dataset": "OUTPUT"},
            "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
        },
        help={
            "ALG_DESC": "Samples patches inside the polygons of three images, merges them and trains one network on "
            "all of them. Classes are united by name; an image need not have all of them. For more images, copy the "
            "steps in the model designer and add their datasets to those that are merged.",
            "image1": "Images with the same bands in the same order, of other places or dates.",
            "polygons1": "Polygons on the first image; each image has a layer of its own.",
            "split": "'as they are': each image gives patches for training, validation and test. 'by scene': the "
            "scenes for the test are kept out of training as a whole.",
            "test_scenes": "For 'by scene': numbers of the images, such as 3, with commas between.",
            **SIZES_HELP,
        },
    ),
    Model(
        name="map_and_where_to_label_next",
        inputs=[
            *trained(),
            QgsProcessingParameterFeatureSource("labels", "Existing labels", [ANY], optional=True),
            QgsProcessingParameterNumber("count", "Number of places", INTEGER, 50, False, 1),
        ],
        steps={
            "applymodel": ("geodl:applymodel", {"MODEL": "model", "SOURCE1": "image"}),
            "suggestpositions": (
                "geodl:suggestpositions",
                {
                    "MAP": ("applymodel", "OUTPUT"),
                    "CONFIDENCE": ("applymodel", "CONFIDENCE"),
                    "UNFAMILIARITY": ("applymodel", "UNFAMILIARITY"),
                    "LABELS": "labels",
                    "COUNT": "count",
                },
            ),
        },
        outputs={
            "applymodel": {"Map": "OUTPUT"},  # an output that may be skipped would be missing in the next step
            "suggestpositions": {"Places to label": "OUTPUT"},
        },
        help={
            "ALG_DESC": "Maps an image with a trained network, and shows where further labels would help it most. Fill "
            "in the classes of these places, merge them with the old labels, train again, and run this again.",
            "model": MODEL_HELP,
            "image": "One raster, or several on the same grid, whose bands are stacked.",
            "labels": "What is labelled already: suggestions lie elsewhere.",
            "count": "As many as you want to label now.",
        },
        comments={
            "applymodel": "The map, how certain the network is of it, and where it has never been.",
            "suggestpositions": "Open the result for editing and choose the class of each place in its form.",
        },
    ),
    Model(
        name="map_and_sample_to_judge_it",
        inputs=[
            *trained(),
            QgsProcessingParameterNumber(
                "standard_error",
                "Standard error of the overall accuracy",
                QgsProcessingParameterNumber.Type.Double,
                0.02,
                False,
                0.001,
                0.5,
            ),
        ],
        steps={
            "applymodel": ("geodl:applymodel", {"MODEL": "model", "SOURCE1": "image"}),
            "samplemap": (
                "geodl:samplemap",
                {"MAP": ("applymodel", "OUTPUT"), "STANDARD_ERROR": "standard_error"},
            ),
        },
        outputs={
            "applymodel": {"Map": "OUTPUT", "Map confidence": "CONFIDENCE"},
            "samplemap": {"Sample to label": "OUTPUT"},
        },
        help={
            "ALG_DESC": "Maps an image with a trained network, and draws a stratified random sample of the map. Fill "
            "in the classes that you see at its points; then Evaluate a map, with the sample as the reference, tells "
            "the accuracy and the areas of the whole map with 95 % intervals.",
            "model": MODEL_HELP,
            "image": "One raster, or several on the same grid, whose bands are stacked.",
            "standard_error": "The 95 % interval of the overall accuracy is about ± twice that. Half of it takes four "
            "times as many points.",
        },
        comments={
            "samplemap": "Label the points without looking at the map. Then run Evaluate a map with them as reference."
        },
    ),
    Model(
        name="change_between_two_dates",
        inputs=trained((("image1", "Image of the first date"), ("image2", "Image of the second date"))),
        steps={
            "applymodel1": ("geodl:applymodel", {"MODEL": "model", "SOURCE1": "image1"}),
            "applymodel2": ("geodl:applymodel", {"MODEL": "model", "SOURCE1": "image2"}),
            "change": (
                "gdal:rastercalculator",
                {
                    "INPUT_A": ("applymodel1", "OUTPUT"),
                    "BAND_A": Fixed(1),
                    "INPUT_B": ("applymodel2", "OUTPUT"),
                    "BAND_B": Fixed(1),
                    "FORMULA": Fixed("1000*A.astype(int32)+B"),
                    "NO_DATA": Fixed(0),
                    "RTYPE": Fixed(4),  # Int32
                },
            ),
            "count": ("native:rasterlayeruniquevaluesreport", {"INPUT": ("change", "OUTPUT"), "BAND": Fixed(1)}),
            "table": (
                "native:refactorfields",
                {
                    "INPUT": ("count", "OUTPUT_TABLE"),
                    "FIELDS_MAPPING": Fixed(
                        [
                            column("change", 2, '"value"'),
                            column("from", 10, class_name('floor("value" / 1000)')),
                            column("to", 10, class_name('"value" % 1000')),
                            column("changed", 2, 'if(floor("value" / 1000) = "value" % 1000, 0, 1)'),
                            column("pixels", 4, '"count"'),
                            column("hectares", 6, "attribute($currentfeature, 'm2') / 10000"),
                        ]
                    ),
                },
            ),
        },
        outputs={
            "applymodel1": {"Map of the first date": "OUTPUT"},
            "applymodel2": {"Map of the second date": "OUTPUT"},
            "change": {"Change": "OUTPUT"},
            "table": {"From-to table": "OUTPUT"},
        },
        help={
            "ALG_DESC": "Maps two images of the same pixels with one network, and compares the maps. A value of the "
            "map of change is 1000 × the class of the first date + that of the second; the table tells how many pixels "
            "and hectares went from which class to which. Errors of both maps look like change: judge the map of "
            "change by a sample (Draw a sample to judge a map).",
            "model": MODEL_HELP + " Its classes have values up to 999.",
            "image1": "One raster, or several on the same grid, whose bands are stacked.",
            "image2": "Likewise, with the pixels of the first image.",
        },
        titles={
            "applymodel1": "Map of the first date",
            "applymodel2": "Map of the second date",
            "table": "From-to table",
        },
        comments={"change": "1000 × the class of the first date + the class of the second"},
    ),
    Model(
        name="map_values_from_a_raster",
        inputs=[
            scene()[0],
            QgsProcessingParameterRasterLayer("values", "Raster of known values"),
            *sizes(),
        ],
        steps={
            "samplegrid": (
                "geodl:samplegrid",
                {"SOURCE1": "image", "PATCH_SIZE": "patch_size"},
            ),
            "exporttfrecords": (
                "geodl:exporttfrecords",
                {
                    "SOURCE1": "image",
                    "POSITIONS": ("samplegrid", "OUTPUT"),
                    "PATCH_SIZE": "patch_size",
                    "LABEL_MODE": Fixed("values"),
                    "LABELS_RASTER": "values",
                },
            ),
            "trainmodel": ("geodl:trainmodel", {"DATASET": ("exporttfrecords", "OUTPUT"), "EPOCHS": "epochs"}),
            "applymodel": ("geodl:applymodel", {"MODEL": ("trainmodel", "OUTPUT"), "SOURCE1": "image"}),
        },
        outputs={
            "applymodel": {"Map": "OUTPUT"},
            "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
        },
        help={
            "ALG_DESC": "Trains a network on a raster of continuous values that covers a part of an image, such as "
            "tree cover in percent, and maps these values for the whole image.",
            "image": "One raster, or several on the same grid, whose bands are stacked.",
            "values": "A raster with one band of real numbers, in any CRS and resolution.",
            **SIZES_HELP,
        },
        comments={
            "samplegrid": "Patches at regular steps over the whole image.",
            "exporttfrecords": "Their labels are the values of the raster, where it has any.",
        },
    ),
]


def source(value):
    """Where the value of a parameter comes from."""
    if isinstance(value, str):
        return Source.fromModelParameter(value)
    if isinstance(value, tuple):
        return Source.fromChildOutput(*value)
    return Source.fromStaticValue(value.value if isinstance(value, Fixed) else value)


def conditions(expressions):
    """The step that decides which others are left out."""
    child = QgsProcessingModelChildAlgorithm("native:condition")
    child.setChildId(CONDITION)
    child.setDescription(child.algorithm().displayName())
    child.setPosition(QPointF(250, 900))
    entries = [{"name": name, "expression": expression} for name, expression in expressions.items()]
    child.setConfiguration({"conditions": entries})
    return child


def build(content):
    """A model."""
    model = QgsProcessingModelAlgorithm(content.name, "Chains")
    for row, parameter in enumerate(content.inputs):
        component = QgsProcessingModelParameter(parameter.name())
        component.setPosition(QPointF(150 + 230 * row, 80))
        model.addModelParameter(parameter, component)
    model.setParameterOrder([parameter.name() for parameter in content.inputs])
    if content.conditions:
        model.addChildAlgorithm(conditions(content.conditions))
    for row, (name, (algorithm, values)) in enumerate(content.steps.items()):
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(name)
        child.setDescription(content.titles.get(name, child.algorithm().displayName()))
        child.comment().setDescription(content.comments.get(name, ""))
        child.setPosition(QPointF(250 + 180 * row, 230 + 130 * row))
        for parameter, value in values.items():
            sources = [source(one) for one in (value if isinstance(value, list) else [value])]
            child.addParameterSources(parameter, sources)
        for definition in child.algorithm().parameterDefinitions():  # as the designer's own dialog does
            if (
                definition.name() not in values
                and not definition.isDestination()
                and definition.defaultValue() is not None
            ):
                child.addParameterSources(definition.name(), [source(Fixed(definition.defaultValue()))])
        outputs = {}
        for number, (text, output) in enumerate(content.outputs.get(name, {}).items()):
            destination = QgsProcessingModelOutput(text, text)
            destination.setChildId(name)
            destination.setChildOutputName(output)
            destination.setMandatory(text in content.needed)
            destination.setPosition(QPointF(600 + 180 * row, 200 + 130 * row + 60 * number))
            outputs[text] = destination
        child.setModelOutputs(outputs)
        if name in content.conditions:
            child.setDependencies([QgsProcessingModelChildDependency(CONDITION, name)])
        model.addChildAlgorithm(child)
    model.setHelpContent(content.help)
    return model


def main():
    """Write the files."""
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from geodl import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    for content in MODELS:
        path = ROOT / "resources" / "models" / f"{content.name}.model3"
        if not build(content).toFile(str(path)):
            sys.exit(f"Cannot write {path}")
        print(path)
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when a script tears it down


main()
