"""geodl:inspectdataset"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
)

from .base import GeodlAlgorithm
from .declaring import described, report
from .translation import tr


class InspectDataset(GeodlAlgorithm):
    """Inspect a dataset."""

    NAME = "inspectdataset"
    TITLE = "Inspect a dataset"
    GROUP = "datasets"
    STEP = "inspection"
    TAGS = "dataset,TFRecord,report,class balance,histogram,patch,quality"
    HELP = (
        "Writes a report on a dataset folder: the classes and their number of labelled pixels in each split, the "
        "values of each band, and sample patches with their labels. If the labels are continuous values, it shows "
        "their distribution.\n"
        "It warns of what may spoil training: classes that are rare or missing in a split, bands that are saturated or "
        "constant, much no-data, or validation values outside the range of the training values.\n"
        "Read it before training: wrong labels can be seen in the sample patches."
    )

    def declare(self):
        self.add_parameters(
            described(
                QgsProcessingParameterFile("DATASET", tr("Dataset folder"), QgsProcessingParameterFile.Behavior.Folder),
                tr(
                    "A folder made by Export patches and labels as TFRecords, or by Convert patches images to "
                    "TFRecords."
                ),
            ),
            report(
                tr("Dataset report"),
                tr("A page with the classes, the values of the bands, and sample patches with their labels."),
                optional=False,
            ),
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT_TRAIN", tr("Training patches")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_VALID", tr("Validation patches")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TEST", tr("Test patches")))
        self.addOutput(QgsProcessingOutputNumber("CLASSES", tr("Number of classes")))
        self.addOutput(QgsProcessingOutputString("WARNINGS", tr("Warnings, one per line")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.inspect_dataset import InspectDataset as Job

        return Job(
            dataset=self.parameterAsFile(parameters, "DATASET", context),
            report="",
        )

    def results(self, found, feedback):
        return {name.upper(): value for name, value in found.items()}
