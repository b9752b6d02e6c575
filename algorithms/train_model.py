"""geodl:trainmodel"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
)

from ..geodl_plugin.errors import GeodlError, InputError
from .base import GeodlAlgorithm, tr
from .parameters import described
from .training import network_parameters, training_parameters
from .values import field_values

_FIGURES = {
    "ACCURACY": "Accuracy",
    "F1": "Mean F1",
    "IOU": "Mean IoU",
    "R2": "R²",
    "RMSE": "Root mean square error",
    "MAE": "Mean absolute error",
}


class TrainModel(GeodlAlgorithm):
    """Train a network."""

    NAME = "trainmodel"
    TITLE = "Train a network"
    GROUP = "models"
    TAGS = "deep learning,neural network,training,U-Net,FCNN,TensorFlow,Keras,segmentation,regression,fine-tuning,OTBTF"
    HELP = (
        "Trains a network on a dataset folder and saves it as a model folder: to tell classes, or to estimate values "
        "such as tree cover, whichever the dataset holds.\n"
        "The values of the image are brought to a common scale inside the network, unlabelled pixels do not count, "
        "and the state with the least loss on the split <i>valid</i> is kept. The report shows the learning curves "
        "and how well the network does on the splits valid and test.\n"
        "Without a GPU a training takes minutes; fewer epochs are quicker.\n"
        "The architecture <i>custom</i> runs the Python file that you name, with all that it contains: use files of "
        "people you trust only.\n"
        "Next step: Apply a model to a raster."
    )

    def initAlgorithm(self, configuration=None):
        for parameter in (*network_parameters(), *training_parameters()):
            self.addParameter(parameter)
        self.addParameter(
            described(
                QgsProcessingParameterFolderDestination("OUTPUT", tr("Model folder")),
                "A new folder, or one made by this algorithm, which is replaced.",
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("REPORT", tr("Training report"), "HTML files (*.html)", optional=True)
        )
        self.addOutput(QgsProcessingOutputNumber("BEST_EPOCH", tr("Best epoch")))
        for split in ("valid", "test"):
            for name, label in _FIGURES.items():
                self.addOutput(QgsProcessingOutputNumber(f"{split.upper()}_{name}", f"{tr(label)} ({split})"))

    def checkParameterValues(self, parameters, context):
        fine, problem = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, problem
        try:
            self.job(parameters, context).checked()
        except GeodlError as error:
            return False, str(error)
        return True, ""

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.train_model import TrainModel as Job

        values = field_values(self, parameters, context)
        return Job(**{**values, "crops": _crops(values["crops"])}, output="")

    def results(self, found, feedback):
        known = {one.name() for one in self.outputDefinitions()}
        outputs = {name.upper(): value for name, value in found.items() if name.upper() in known}
        if not outputs["REPORT"]:
            del outputs["REPORT"]
        return outputs


def _crops(crops):
    try:
        found = [int(part) for part in crops.split(",") if part.strip()]
    except ValueError:
        found = [-1]
    if any(crop < 1 for crop in found):
        raise InputError("CROPS cannot be read.", expected="whole numbers such as 16,32,64", received=crops)
    return found
