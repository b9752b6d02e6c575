#!/usr/bin/python3
"""Write resources/models/map_land_cover_from_polygons.model3 anew; run it after a change of parameters.

It needs QGIS with the plugin enabled as scripts/qgis_process.sh sets it up (build/plugins).
"""

import os
import sys
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

INPUTS = [
    QgsProcessingParameterMultipleLayers("image", "Image", QgsProcessing.SourceType.TypeRaster),
    QgsProcessingParameterFeatureSource("polygons", "Training polygons", [ANY]),
    QgsProcessingParameterField("class_field", "Class field", parentLayerParameterName="polygons"),
    QgsProcessingParameterFeatureSource("reference", "Reference polygons for the accuracy", [ANY]),
    QgsProcessingParameterField(
        "reference_field", "Class field of the reference", parentLayerParameterName="reference"
    ),
    QgsProcessingParameterNumber(
        "patch_size", "Patch size (pixels)", QgsProcessingParameterNumber.Type.Integer, 64, False, 16
    ),
    QgsProcessingParameterNumber("epochs", "Epochs", QgsProcessingParameterNumber.Type.Integer, 8, False, 1),
]
STEPS = {
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
    "geodl:applymodel": {"MODEL": ("trainmodel", "OUTPUT"), "SOURCE1": "image"},
    "geodl:evaluatemap": {
        "MAP": ("applymodel", "OUTPUT"),
        "REFERENCE": "reference",
        "CLASS_FIELD": "reference_field",
        "EXCLUDE": "polygons",
    },
}
OUTPUTS = {
    "trainmodel": {"Model": "OUTPUT", "Training report": "REPORT"},
    "applymodel": {"Map": "OUTPUT", "Confidence": "CONFIDENCE"},
    "evaluatemap": {"Accuracy report": "REPORT"},
}
HELP = {
    "ALG_DESC": "Samples patches inside the training polygons, trains a network on them, maps the whole image and "
    "scores the map against the reference polygons, outside the training polygons.",
    "image": "One raster, or several on the same grid, whose bands are stacked.",
    "polygons": "Polygons of each class, spread over the image.",
    "reference": "Polygons whose class is known and that were not used for training.",
    "patch_size": "Side of the training patches, a multiple of 16.",
    "epochs": "Passes over the training patches, at most.",
}


def build():
    """The model."""
    model = QgsProcessingModelAlgorithm("map_land_cover_from_polygons", "Chains")
    for row, parameter in enumerate(INPUTS):
        component = QgsProcessingModelParameter(parameter.name())
        component.setPosition(QPointF(150 + 230 * row, 80))
        model.addModelParameter(parameter, component)
    model.setParameterOrder([parameter.name() for parameter in INPUTS])
    for row, (algorithm, values) in enumerate(STEPS.items()):
        name = algorithm.split(":")[1]
        child = QgsProcessingModelChildAlgorithm(algorithm)
        child.setChildId(name)
        child.setDescription(child.algorithm().displayName())
        child.setPosition(QPointF(250 + 180 * row, 230 + 130 * row))
        for parameter, value in values.items():
            source = Source.fromModelParameter(value) if isinstance(value, str) else Source.fromChildOutput(*value)
            child.addParameterSources(parameter, [source])
        for definition in child.algorithm().parameterDefinitions():  # as the designer's own dialog does
            if (
                definition.name() not in values
                and not definition.isDestination()
                and definition.defaultValue() is not None
            ):
                child.addParameterSources(definition.name(), [Source.fromStaticValue(definition.defaultValue())])
        outputs = {}
        for number, (text, output) in enumerate(OUTPUTS.get(name, {}).items()):
            destination = QgsProcessingModelOutput(text, text)
            destination.setChildId(name)
            destination.setChildOutputName(output)
            destination.setPosition(QPointF(600 + 180 * row, 200 + 130 * row + 60 * number))
            outputs[text] = destination
        child.setModelOutputs(outputs)
        model.addChildAlgorithm(child)
    model.setHelpContent(HELP)
    return model


def main():
    """Write the file."""
    application = QgsApplication([], False)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from geodl import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    path = ROOT / "resources" / "models" / "map_land_cover_from_polygons.model3"
    if not build().toFile(str(path)):
        sys.exit(f"Cannot write {path}")
    print(path)
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when a script tears it down


main()
