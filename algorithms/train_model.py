"""geodl:trainmodel"""

import hashlib
import os
from pathlib import Path

import qgis.utils
from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from ..geodl_plugin.errors import GeodlError, InputError
from ..geodl_plugin.language import mark
from .base import GeodlAlgorithm
from .dataset_parameters import chosen_scenes, dataset_paths
from .declaring import new_folder, report
from .job_file import NAME as JOB_FILE
from .network_parameters import network_parameters
from .training_parameters import training_parameters
from .translation import tr
from .values import field_values

_FIGURES = {
    "ACCURACY": mark("Accuracy"),
    "F1": mark("Mean F1"),
    "IOU": mark("Mean IoU"),
    "R2": mark("R²"),
    "RMSE": mark("Root mean square error"),
    "MAE": mark("Mean absolute error"),
}


class TrainModel(GeodlAlgorithm):
    """Train a network."""

    NAME = "trainmodel"
    TITLE = "Train a network"
    GROUP = "models"
    TAGS = "deep learning,neural network,training,U-Net,FCNN,TensorFlow,Keras,segmentation,regression,fine-tuning,OTBTF"
    HELP = (
        "Trains a network on a dataset folder and saves it as a model folder. The network predicts what the dataset "
        "holds: classes, or continuous values such as tree cover.\n"
        "The image values are normalised inside the network, and unlabelled pixels are ignored. The network of the "
        "epoch with the lowest loss on the split <i>valid</i> is saved, its probabilities being calibrated. The report "
        "shows the learning curves and the accuracy on the splits valid and test.\n"
        "The network is compared with one that sees single pixels. If it is worse, it is replaced, and a warning says "
        "so.\n"
        "Several datasets, one a scene, train one network: scenes may be of other places or dates, and need not have "
        "all classes.\n"
        "Without a GPU, training takes some minutes; the effort <i>quick</i> takes less.\n"
        "The architecture <i>custom</i> runs the Python file that you choose: only use files that you trust.\n"
        "Next step: Apply a model to a raster."
    )

    def declare(self):
        self.add_parameters(
            *network_parameters(),
            *training_parameters(),
            new_folder(
                "OUTPUT",
                tr("Model folder"),
                tr("A new folder; an existing one is replaced if this algorithm made it."),
                "model",
            ),
            report(
                tr("Training report"),
                tr(
                    "A page with the learning curves and the accuracy of each class. It lies in the model folder as "
                    "well."
                ),
            ),
        )
        self.addOutput(QgsProcessingOutputFile("SAVED_MODEL", tr("The model's file saved_model.pb")))
        self.addOutput(QgsProcessingOutputNumber("BEST_EPOCH", tr("Best epoch")))
        self.addOutput(QgsProcessingOutputString("VERDICT", tr("Comparison with single pixels")))
        for split in ("valid", "test"):
            for name, label in _FIGURES.items():
                self.addOutput(QgsProcessingOutputNumber(f"{split.upper()}_{name}", f"{tr(label)} ({split})"))

    def checkParameterValues(self, parameters, context):
        fine, problem = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, problem
        from ..geodl_plugin.training.checks import check_request

        try:
            check_request(self.job(parameters, context))
        except GeodlError as error:
            return False, str(error)
        return True, ""

    def prepareAlgorithm(self, parameters, context, feedback):
        ready = super().prepareAlgorithm(parameters, context, feedback)
        is_run = self._job.architecture == "custom" or self._job.init_model
        if ready and is_run and Path(self._job.model_file).is_file() and not parameters.get(JOB_FILE):
            _check_consent(self._job.model_file, feedback)
        return ready

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.train_model import TrainModel as Job

        values = chosen_scenes(field_values(self, parameters, context))
        first, *further = dataset_paths(self, parameters, "DATASET", context) or [""]
        crops = _crops(values["crops"])
        return Job(**{**values, "crops": crops}, dataset=first, further_datasets=further, output="")

    def results(self, found, feedback):
        known = {definition.name() for definition in self.outputDefinitions()}
        outputs = {name.upper(): value for name, value in found.items() if name.upper() in known}
        if not outputs["REPORT"]:
            del outputs["REPORT"]
        return {**outputs, "SAVED_MODEL": os.path.join(outputs["OUTPUT"], "saved_model.pb")}


def _crops(crops):
    try:
        found = [int(part) for part in crops.split(",") if part.strip()]
    except ValueError:
        found = [-1]
    if any(crop < 1 for crop in found):
        raise InputError(
            tr("Invalid {name}.").format(name="CROPS"),
            expected=tr("whole numbers greater than 0, such as 16,32,64"),
            received=crops,
        )
    return found


def _check_consent(path, feedback):
    """Have people at the desktop allow that a file is run, and tell others that it is.

    Raises:
        QgsProcessingException: it was not allowed.
    """
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    if qgis.utils.iface is None:
        text = tr("The file {file} is run as a program, with all your rights (SHA-256: {digest}).")
        feedback.pushWarning(text.format(file=path, digest=digest))
        return
    from .desktop.model_file import may_run

    if not may_run(path, digest):
        raise QgsProcessingException(tr("The file {file} was not run, since you did not allow it.").format(file=path))
