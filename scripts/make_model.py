#!/usr/bin/python3
"""Write the graphical models of resources/models anew; run it after a change of parameters.

It needs QGIS with the plugin enabled as scripts/qgis_process.sh sets it up (build/plugins).
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path[:0] = [str(ROOT / "build" / "plugins"), "/usr/share/qgis/python/plugins"]

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsProcessing,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import QPointF  # noqa: E402

Source = QgsProcessingModelChildParameterSource
ANY = QgsProcessing.SourceType.TypeVectorAnyGeometry


@dataclass(frozen=True)
class Constant:
    """The value of a parameter that the model does not ask for."""

    value: object


@dataclass(frozen=True)
class Graph:
    """A graphical model.

    Args:
        inputs: its parameters.
        steps: values of parameters by algorithm: the name of an input, a `Constant`, or step and output.
        outputs: by step: the name of each output of the model, and the step's output that it is.
        help: by input, and of the whole as ``ALG_DESC``.
    """

    inputs: list
    steps: dict
    outputs: dict
    help: dict


def whole_number(name, label, default, minimum):
    """An input."""
    return QgsProcessingParameterNumber(name, label, QgsProcessingParameterNumber.Type.Integer, default, False, minimum)


TRAINING_INPUTS = [
    QgsProcessingParameterMultipleLayers("image", "Image", QgsProcessing.SourceType.TypeRaster),
    QgsProcessingParameterFeatureSource("polygons", "Training polygons", [ANY]),
    QgsProcessingParameterField("class_field", "Class field", parentLayerParameterName="polygons"),
]
SIZES = [whole_number("patch_size", "Patch size (pixels)", 64, 16), whole_number("epochs", "Epochs", 8, 1)]
TRAINING = {
    "geodl:samplevector": {
        "SOURCE1": "image",
        "INPUT": "polygons",
        "CLASS_FIELD": "class_field",
        "PATCH_SIZE": "patch_size",
    },
    "geodl:exporttfrecords": {
        "SOURCE1": "image",
        "POSITIONS": ("samplevector", "OUTPUT"),
        "LABELS_VECTOR": "polygons",
        "CLASS_FIELD": "class_field",
        "PATCH_SIZE": "patch_size",
    },
    "geodl:trainmodel": {"DATASET": ("exporttfrecords", "OUTPUT"), "EPOCHS": "epochs"},
}
TRAINING_HELP = {
    "image": "One raster, or several on the same grid, whose bands are stacked.",
    "polygons": "Polygons of each class, spread over the image.",
    "patch_size": "Side of the training patches, a multiple of 16.",
    "epochs": "Passes over the training patches, at most.",
}
GRAPHS = {
    "map_land_cover_from_polygons": Graph(
        [
            *TRAINING_INPUTS,
            QgsProcessingParameterFeatureSource("reference", "Reference polygons for the accuracy", [ANY]),
            QgsProcessingParameterField(
                "reference_field", "Class field of the reference", parentLayerParameterName="reference"
            ),
            *SIZES,
        ],
        {
            **TRAINING,
            "geodl:applymodel": {"MODEL": ("trainmodel", "OUTPUT"), "SOURCE1": "image"},
            "geodl:evaluatemap": {
                "MAP": ("applymodel", "OUTPUT"),
                "REFERENCE": "reference",
                "CLASS_FIELD": "reference_field",
                "EXCLUDE": "polygons",
            },
        },
        {
            "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
            "applymodel": {"Map": "OUTPUT", "Confidence": "CONFIDENCE"},
            "evaluatemap": {"Accuracy report": "REPORT"},
        },
        {
            "ALG_DESC": "Samples patches inside the training polygons, trains a network on them, maps the whole image "
            "and scores the map against the reference polygons, outside the training polygons.",
            "reference": "Polygons whose class is known and that were not used for training.",
            **TRAINING_HELP,
        },
    ),
    "map_land_cover_polygons": Graph(
        [*TRAINING_INPUTS, whole_number("minimum_area", "Minimum area (pixels)", 10, 0), *SIZES],
        {
            **TRAINING,
            "geodl:applymodel": {
                "MODEL": ("trainmodel", "OUTPUT"),
                "SOURCE1": "image",
                "MINIMUM_AREA": "minimum_area",
            },
            "gdal:polygonize": {"INPUT": ("applymodel", "OUTPUT"), "FIELD": Constant("class")},
            "native:fixgeometries": {"INPUT": ("polygonize", "OUTPUT")},
            "native:fieldcalculator": {
                "INPUT": ("fixgeometries", "OUTPUT"),
                "FIELD_NAME": Constant("class_name"),
                "FIELD_TYPE": Constant(2),  # text
                "FIELD_LENGTH": Constant(0),
                "FORMULA": Constant('map_get(from_json(@Apply_a_model_to_a_raster_CLASSES), to_string("class"))'),
            },
        },
        {
            "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
            "applymodel": {"Map": "OUTPUT", "Confidence": "CONFIDENCE"},
            "fieldcalculator": {"Polygons": "OUTPUT"},
        },
        {
            "ALG_DESC": "Samples patches inside the training polygons, trains a network on them, maps the whole image, "
            "removes areas that are too small, and makes polygons of the map, with the value and the name of their "
            "class.",
            "minimum_area": "Smaller areas are given to the largest area beside them: the minimum mapping unit.",
            **TRAINING_HELP,
        },
    ),
}


def build(name, graph):
    """A model.

    Args:
        name: its id.
        graph: what it consists of.
    """
    model = QgsProcessingModelAlgorithm(name, "Chains")
    for row, parameter in enumerate(graph.inputs):
        component = QgsProcessingModelParameter(parameter.name())
        component.setPosition(QPointF(150 + 230 * row, 80))
        model.addModelParameter(parameter.clone(), component)
    model.setParameterOrder([parameter.name() for parameter in graph.inputs])
    for row, (algorithm, values) in enumerate(graph.steps.items()):
        step = algorithm.split(":")[1]
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(step)
        child.setDescription(child.algorithm().displayName())
        child.setPosition(QPointF(250 + 180 * row, 230 + 130 * row))
        for parameter, value in values.items():
            child.addParameterSources(parameter, [_source(value)])
        for definition in child.algorithm().parameterDefinitions():  # as the designer's own dialog does
            if (
                definition.name() not in values
                and not definition.isDestination()
                and definition.defaultValue() is not None
            ):
                child.addParameterSources(definition.name(), [Source.fromStaticValue(definition.defaultValue())])
        outputs = {}
        for number, (text, output) in enumerate(graph.outputs.get(step, {}).items()):
            destination = QgsProcessingModelOutput(text, text)
            destination.setChildId(step)
            destination.setChildOutputName(output)
            destination.setPosition(QPointF(600 + 180 * row, 200 + 130 * row + 60 * number))
            outputs[text] = destination
        child.setModelOutputs(outputs)
        model.addChildAlgorithm(child)
    model.setHelpContent(graph.help)
    return model


def _source(value):
    if isinstance(value, Constant):
        return Source.fromStaticValue(value.value)
    return Source.fromModelParameter(value) if isinstance(value, str) else Source.fromChildOutput(*value)


def main():
    """Write the files."""
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from geodl import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    for name, graph in GRAPHS.items():
        path = ROOT / "resources" / "models" / f"{name}.model3"
        if not build(name, graph).toFile(str(path)):
            sys.exit(f"Cannot write {path}")
        print(path)
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when a script tears it down


main()
