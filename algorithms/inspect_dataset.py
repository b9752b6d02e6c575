"""geodl:inspectdataset"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from .base import GeodlAlgorithm, tr
from .parameters import described


class InspectDataset(GeodlAlgorithm):
    """Inspect a dataset."""

    NAME = "inspectdataset"
    TITLE = "Inspect a dataset"
    GROUP = "datasets"
    TAGS = "dataset,TFRecord,report,class balance,histogram,patch,quality"
    HELP = (
        "Writes a report on a dataset folder: the classes and how many labelled pixels of each the splits have, the "
        "values of each band, and a sheet of patches with their labels. Of labels that are continuous values it shows "
        "how they are distributed.\n"
        "It warns of what may spoil training: classes out of balance or missing from a split, bands that are "
        "saturated or constant, much no-data, values to validate with that lie outside those to train with.\n"
        "Look at it before training: a wrong label shows here first."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            described(
                QgsProcessingParameterFile("DATASET", tr("Dataset folder"), QgsProcessingParameterFile.Behavior.Folder),
                "A folder made by Export patches and labels as TFRecords, or from patches images.",
            )
        )
        self.addParameter(QgsProcessingParameterFileDestination("REPORT", tr("Dataset report"), "HTML files (*.html)"))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TRAIN", tr("Patches to train with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_VALID", tr("Patches to validate with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TEST", tr("Patches to test with")))
        self.addOutput(QgsProcessingOutputNumber("CLASSES", tr("Classes")))
        self.addOutput(QgsProcessingOutputString("WARNINGS", tr("Warnings, one a line")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.inspect_dataset import InspectDataset as Job

        return Job(
            dataset=self.parameterAsFile(parameters, "DATASET", context),
            report="",
        )

    def results(self, found, feedback):
        return {name.upper(): value for name, value in found.items()}
