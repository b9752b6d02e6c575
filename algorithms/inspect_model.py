"""geodl:inspectmodel"""

from qgis.core import (
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm
from .declaring import described, integer, report
from .translation import tr


class InspectModel(GeodlAlgorithm):
    """Inspect a model."""

    NAME = "inspectmodel"
    TITLE = "Inspect a model"
    GROUP = "models"
    STEP = "inspection"
    TAGS = "model,SavedModel,Keras,receptive field,expression field,crop,stride,margin,layers,OTBTF,report"
    HELP = (
        "Reports how a model is best applied to rasters that are larger than memory. The report lists its inputs and "
        "outputs, and its layers with the size of their output and the part of it that is valid, that is, not "
        "influenced by the border of the image. From them follow the total stride, the valid margin, and the "
        "recommended crop, receptive field and expression field.\n"
        "The model may be a model folder made by Train a network, any SavedModel, such as those of OTBTF, or a Keras "
        "file. If it contains no layers, its receptive field is measured by running it.\n"
        "Apply a model to a raster chooses suitable fields by itself. You need the numbers only if you want to choose "
        "them yourself, there or in OTBTF's TensorflowModelServe. If each result depends on the whole image, there are "
        "no such fields: the report says why, and the numbers are missing from the results."
    )

    def declare(self):
        self.add_parameters(
            described(
                QgsProcessingParameterFile("MODEL", tr("Model"), QgsProcessingParameterFile.Behavior.Folder),
                tr(
                    "Model folder or SavedModel; for a Keras file (….keras), type its path. A SavedModel is a program: "
                    "use only those from people you trust."
                ),
            ),
            integer(
                "INPUT_SIZE",
                tr("Input size (pixels)"),
                options.INPUT_SIZE,
                1,
                tr(
                    "Side of the image for which the report lists the sizes of the layers; a multiple of the network's "
                    "total stride, which is 8 or 16 for most networks."
                ),
            ),
            described(
                QgsProcessingParameterString("OUTPUT_NAME", tr("Output of the model"), "", optional=True),
                tr(
                    "Name of the output to inspect. Empty: the output that maps are made of; if the model does not say "
                    "which, the first in alphabetical order."
                ),
                advanced=True,
            ),
            report(
                tr("Model report"),
                tr("A page with the layers of the network, how far it looks, and how it is best applied."),
                optional=False,
            ),
        )
        self.add_numbers(
            TOTAL_STRIDE=tr("Total stride"),
            VALID_MARGIN=tr("Valid margin"),
            RECEPTIVE_FIELD=tr("Receptive field of a pixel"),
            CROP=tr("Recommended crop"),
            RFIELD=tr("Recommended receptive field"),
            EFIELD=tr("Recommended expression field"),
        )

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.inspect_model import InspectModel as Job

        return Job(
            model=self.parameterAsString(parameters, "MODEL", context),
            report="",
            input_size=self.parameterAsInt(parameters, "INPUT_SIZE", context),
            output_name=self.parameterAsString(parameters, "OUTPUT_NAME", context).strip(),
        )

    def results(self, found, feedback):
        return {name.upper(): value for name, value in found.items()}
