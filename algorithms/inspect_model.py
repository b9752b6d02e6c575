"""geodl:inspectmodel"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm, tr
from .parameters import described, integer


class InspectModel(GeodlAlgorithm):
    """Inspect a model."""

    NAME = "inspectmodel"
    TITLE = "Inspect a model"
    GROUP = "models"
    TAGS = "model,SavedModel,Keras,receptive field,expression field,crop,stride,margin,layers,OTBTF,report"
    HELP = (
        "Tells how far a network looks and how it is best applied: a report with its inputs and outputs, its layers "
        "with the size of what each gives and how much of that is valid, the total stride and the valid margin, and "
        "the recommended crop, receptive field and expression field.\n"
        "It takes any model: a model folder made by Train a network, a SavedModel of OTBTF's or anybody's, or a Keras "
        "file. Where a model does not show its layers, how far it looks is measured by running it.\n"
        "Apply a model to a raster chooses its fields itself; they are of use where you choose them yourself, here "
        "or in OTBTF's TensorflowModelServe. A network that looks at the whole image has none: the report says so, "
        "and the numbers are missing from the results."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            described(
                QgsProcessingParameterFile("MODEL", tr("Model"), QgsProcessingParameterFile.Behavior.Folder),
                "A model folder or SavedModel; or type the path of a Keras file (….keras). A SavedModel is a program: "
                "open only those of people you trust.",
            )
        )
        self.addParameter(
            integer(
                "INPUT_SIZE",
                tr("Size of the input (pixels)"),
                options.INPUT_SIZE,
                1,
                "Side of the image that the table of layers is made for; a multiple of the network's total stride.",
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterString("OUTPUT_NAME", tr("Output of the model"), "", optional=True),
                "Name of the output to look at. Empty: the one that maps are made of, or the first of the alphabet.",
                advanced=True,
            )
        )
        self.addParameter(QgsProcessingParameterFileDestination("REPORT", tr("Model report"), "HTML files (*.html)"))
        for name, text in (
            ("TOTAL_STRIDE", "Total stride"),
            ("VALID_MARGIN", "Valid margin"),
            ("RECEPTIVE_FIELD", "Receptive field of a pixel"),
            ("CROP", "Recommended crop"),
            ("RFIELD", "Recommended receptive field"),
            ("EFIELD", "Recommended expression field"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))

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
