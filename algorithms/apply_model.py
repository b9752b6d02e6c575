"""geodl:applymodel"""

from pathlib import Path

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm, tr
from .layers import raster_paths
from .parameters import choice, described, integer, source


class ApplyModel(GeodlAlgorithm):
    """Apply a model to a raster."""

    NAME = "applymodel"
    TITLE = "Apply a model to a raster"
    GROUP = "inference"
    TAGS = "deep learning,inference,prediction,segmentation,classification,map,OTBTF,TensorflowModelServe"
    HELP = (
        "Maps a whole raster of any size with a trained network. The raster is computed block by block, with fields "
        "that follow from the network itself: the map has no seams, is the same for every block size, and covers the "
        "image to its border.\n"
        "The map carries class names, colours and its no-data value in the file. Pixels without data in the image "
        "have none in the map. A network of continuous values, such as tree cover, maps the values (Float32, no data "
        "is NaN).\n"
        "Next step: Evaluate a map."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            described(
                QgsProcessingParameterFile(
                    "MODEL", tr("Model folder"), behavior=QgsProcessingParameterFile.Behavior.Folder
                ),
                "A folder made by Train a network.",
            )
        )
        self.addParameter(source())
        self.addParameter(
            choice(
                "OUTPUT_TYPE",
                tr("Output"),
                options.OUTPUT_TYPES,
                "classes",
                "'classes': one band, the value of the most probable class, or, of a network of continuous values, the "
                "values. 'probabilities': a band for each class, 0 to 1.",
            )
        )
        for name, text, help_text in (
            ("RFIELD", "Receptive field", "Pixels of the image that are read for a block: EFIELD + 2 × CROP."),
            ("EFIELD", "Expression field", "Pixels of the map that a block gives: a multiple of the total stride."),
            ("CROP", "Crop", "Pixels dropped on each side of a block's output: a multiple of the total stride that is "
             "not below the valid margin."),
        ):  # fmt: skip
            label = f"{tr(text)} ({tr('pixels, 0 = automatic')})"
            self.addParameter(integer(name, label, 0, 0, f"{help_text} 0: chosen from the network.", advanced=True))
        self.addParameter(QgsProcessingParameterRasterDestination("OUTPUT", tr("Map")))
        self.addParameter(
            described(
                QgsProcessingParameterRasterDestination(
                    "CONFIDENCE", tr("Confidence"), optional=True, createByDefault=False
                ),
                "Two bands: the highest class probability, and the entropy of all (0: certain, 1: no idea). Not for "
                "networks of continuous values.",
            )
        )
        for name, text in (
            ("RFIELD_USED", "Receptive field used"),
            ("EFIELD_USED", "Expression field used"),
            ("CROP_USED", "Crop used"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.apply_model import ApplyModel as Job

        return Job(
            model=self.parameterAsString(parameters, "MODEL", context),
            source1=raster_paths(self, parameters, "SOURCE1", context),
            output_type=self.parameterAsString(parameters, "OUTPUT_TYPE", context),
            rfield=self.parameterAsInt(parameters, "RFIELD", context),
            efield=self.parameterAsInt(parameters, "EFIELD", context),
            crop=self.parameterAsInt(parameters, "CROP", context),
            output="",
        )

    def style(self, results, context):
        from ..geodl_plugin.models.folder import ModelDescription
        from .styling import style_class_map, style_value_map

        values = ModelDescription.read(Path(self._job.model)).values
        if values:
            style_value_map(results["OUTPUT"], *values.common_range(), context)
        elif self._job.output_type == "classes":
            style_class_map(results["OUTPUT"], context)

    def results(self, found, feedback):
        outputs = {"OUTPUT": found["output"]}
        if found["confidence"]:
            outputs["CONFIDENCE"] = found["confidence"]
        return {**outputs, **{f"{name.upper()}_USED": found[name] for name in ("rfield", "efield", "crop")}}
