"""geodl:evaluatemodel"""

from qgis.core import (
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm
from .dataset_parameters import dataset_paths, datasets
from .declaring import choice, described, report
from .translation import tr


class EvaluateModel(GeodlAlgorithm):
    """Evaluate a model."""

    NAME = "evaluatemodel"
    TITLE = "Evaluate a model"
    GROUP = "models"
    STEP = "evaluation"
    TAGS = "accuracy,confusion matrix,F1,IoU,precision,recall,calibration,reliability,R2,RMSE,test,validation"
    HELP = (
        "Compares the predictions of a network with the labels of a dataset folder, and writes a report. It shows the "
        "accuracy of each class and the confusion matrix, or R² and errors of continuous values; how reliable the "
        "probabilities of the network are; and the patches with the best and the worst predictions.\n"
        "The dataset must have the sources, bands and classes of the one that the model was trained on: it may be the "
        "same dataset, or one of another place or year. Classes are matched by name; pixels without a label do not "
        "count.\n"
        "The split <i>test</i> was not used in training. The best epoch was chosen by the split <i>valid</i>, so its "
        "figures are a little too good."
    )

    def declare(self):
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.add_parameters(
            described(
                QgsProcessingParameterFile("MODEL", tr("Model folder"), folder), tr("A folder made by Train a network.")
            ),
            datasets(
                "DATASET",
                tr("Dataset (file dataset.json)"),
                tr(
                    "A folder made by Export patches and labels as TFRecords, or by Convert patches images to "
                    "TFRecords. Several are evaluated together."
                ),
            ),
            choice(
                "SPLIT",
                tr("Split"),
                options.EVALUATED_SPLITS,
                "test",
                tr("The patches of the dataset to evaluate the model on."),
                {
                    "test": tr("those that were kept to judge the network, and that it has never seen."),
                    "valid": tr("those that chose the network's best state; figures are a little too good."),
                    "train": tr("those that trained the network; figures are too good, but show what it has learned."),
                },
            ),
            report(
                tr("Evaluation report"),
                tr("A page with the figures of each class, and with the best and the worst patches."),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    "CONFUSION", tr("Confusion matrix"), tr("CSV files (*.csv)"), optional=True, createByDefault=False
                ),
                tr("A table for spreadsheets: the labels of each class in rows, what the network says in columns."),
            ),
        )
        self.add_numbers(
            ACCURACY=tr("Share of correct pixels"),
            F1=tr("Mean F1 of the classes"),
            IOU=tr("Mean IoU of the classes"),
            ECE=tr("Expected calibration error"),
            R2=tr("R², of continuous values"),
            RMSE=tr("Root mean square error, of continuous values"),
            MAE=tr("Mean absolute error, of continuous values"),
            BIAS=tr("Mean error, of continuous values"),
            SAMPLES=tr("Number of patches"),
        )

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.evaluate_model import EvaluateModel as Job

        first, *further = dataset_paths(self, parameters, "DATASET", context) or [""]
        return Job(
            model=self.parameterAsString(parameters, "MODEL", context),
            dataset=first,
            further_datasets=further,
            split=self.parameterAsString(parameters, "SPLIT", context),
        )

    def results(self, found, feedback):
        return {name.upper(): value for name, value in found.items() if value != ""}
