"""geodl:trainmodel"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from ..geodl_plugin import options
from ..geodl_plugin.errors import InputError
from .base import GeodlAlgorithm, tr
from .parameters import choice, described, fraction, integer, seed


class TrainModel(GeodlAlgorithm):
    """Train a network."""

    NAME = "trainmodel"
    TITLE = "Train a network"
    GROUP = "models"
    TAGS = "deep learning,neural network,training,U-Net,FCNN,TensorFlow,Keras,segmentation,OTBTF"
    HELP = (
        "Trains a fully convolutional network on a dataset folder and saves it as a model folder.\n"
        "The values of the image are brought to a common scale inside the network, unlabelled pixels do not count, "
        "and the state with the least loss on the split <i>valid</i> is kept. The report shows the learning curves "
        "and how well the network does on the splits valid and test.\n"
        "Without a GPU a training takes minutes; fewer epochs are quicker.\n"
        "Next step: Apply a model to a raster."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            described(
                QgsProcessingParameterFile(
                    "DATASET", tr("Dataset folder"), behavior=QgsProcessingParameterFile.Behavior.Folder
                ),
                "A folder made by Export patches and labels as TFRecords.",
            )
        )
        self.addParameter(
            choice(
                "ARCHITECTURE",
                tr("Architecture"),
                options.ARCHITECTURES,
                "unet",
                "'unet': follows fine borders and learns from few polygons. 'fcnn': the small network of OTBTF's "
                "tutorial; much faster and coarser, for very large areas.",
            )
        )
        self.addParameter(
            integer(
                "EPOCHS",
                tr("Epochs"),
                options.EPOCHS,
                1,
                "Passes over the training patches, at most: training stops when it gets no better.",
            )
        )
        self.addParameter(
            integer(
                "BATCH_SIZE",
                tr("Batch size"),
                options.BATCH_SIZE,
                1,
                "Patches in one step. Smaller needs less memory.",
            )
        )
        self.addParameter(
            fraction(
                "LEARNING_RATE",
                tr("Learning rate"),
                options.LEARNING_RATE,
                "The highest; it rises to it at first and then falls to 0.",
                advanced=True,
            )
        )
        self.addParameter(
            choice(
                "CLASS_WEIGHTS",
                tr("Class weights"),
                options.CLASS_WEIGHTS,
                "none",
                "'none': each labelled pixel counts the same; right for positions that were sampled 'balanced'. "
                "'balanced': each class counts the same, however few its pixels.",
                advanced=True,
            )
        )
        augment = QgsProcessingParameterEnum(
            "AUGMENT",
            tr("Augmentation"),
            options=list(options.AUGMENTATIONS),
            allowMultiple=True,
            defaultValue=list(options.AUGMENTATIONS),
            optional=True,
            usesStaticStrings=True,
        )
        self.addParameter(
            described(
                augment,
                "Random changes of the training patches that make few polygons go further. Values: "
                "'flips and turns', 'brightness and contrast', 'noise'; default all. An empty list: none.",
                advanced=True,
            )
        )
        self.addParameter(
            integer(
                "PATIENCE",
                tr("Patience (epochs, 0 = no early stop)"),
                options.PATIENCE,
                0,
                "Stop after so many epochs in which the loss on the split valid did not get less.",
                advanced=True,
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterString("CROPS", tr("Crops of the outputs"), "16,32,64,96,128"),
                "For use of the SavedModel in OTBTF: its outputs also come without so many pixels at the border, as "
                "predictions_crop16 and so on. GeoDL itself needs none.",
                advanced=True,
            )
        )
        self.addParameter(seed())
        self.addParameter(
            described(
                QgsProcessingParameterFolderDestination("OUTPUT", tr("Model folder")),
                "A new folder, or one made by this algorithm, which is replaced.",
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("REPORT", tr("Training report"), "HTML files (*.html)", optional=True)
        )
        for name, text in (
            ("BEST_EPOCH", "Best epoch"),
            ("VALID_ACCURACY", "Accuracy on the split valid"),
            ("VALID_F1", "Mean F1 on the split valid"),
            ("VALID_IOU", "Mean IoU on the split valid"),
            ("TEST_ACCURACY", "Accuracy on the split test"),
            ("TEST_F1", "Mean F1 on the split test"),
            ("TEST_IOU", "Mean IoU on the split test"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(text)))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.train_model import TrainModel as Job

        return Job(
            dataset=self.parameterAsString(parameters, "DATASET", context),
            architecture=self.parameterAsString(parameters, "ARCHITECTURE", context),
            epochs=self.parameterAsInt(parameters, "EPOCHS", context),
            batch_size=self.parameterAsInt(parameters, "BATCH_SIZE", context),
            learning_rate=self.parameterAsDouble(parameters, "LEARNING_RATE", context),
            class_weights=self.parameterAsString(parameters, "CLASS_WEIGHTS", context),
            augment=self.parameterAsEnumStrings(parameters, "AUGMENT", context),
            patience=self.parameterAsInt(parameters, "PATIENCE", context),
            crops=_crops(self.parameterAsString(parameters, "CROPS", context)),
            seed=self.parameterAsInt(parameters, "SEED", context),
            output="",
        )

    def results(self, found, feedback):
        outputs = {name.upper(): value for name, value in found.items()}
        if not outputs["REPORT"]:
            del outputs["REPORT"]
        return outputs


def _crops(text):
    try:
        crops = [int(part) for part in text.split(",") if part.strip()]
    except ValueError:
        crops = [-1]
    if any(crop < 1 for crop in crops):
        raise InputError("CROPS cannot be read.", expected="whole numbers such as 16,32,64", received=text)
    return crops
