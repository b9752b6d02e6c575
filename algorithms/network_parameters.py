"""The parameters of Train a network that choose dataset and network."""

from qgis.core import QgsProcessingParameterFile

from ..geodl_plugin import options
from .dataset_parameters import datasets
from .declaring import choice, described, folder, integer, sentences_of, text
from .translation import tr


def network_parameters():
    """The dataset and the network."""
    yield datasets(
        "DATASET",
        tr("Dataset (file dataset.json)"),
        tr(
            "A folder made by Export patches and labels as TFRecords. Several, one a scene, train one network: their "
            "classes are united by name, as by Merge datasets."
        ),
    )
    yield choice(
        "ARCHITECTURE",
        tr("Architecture"),
        options.ARCHITECTURES,
        options.ARCHITECTURES[0],
        tr("The kind of network."),
        {
            **sentences_of("models.architectures"),
            "custom": tr("a network of your own, defined in the Python file MODEL_FILE."),
        },
    )
    yield described(
        QgsProcessingParameterFile("MODEL_FILE", tr("File of the custom network"), extension="py", optional=True),
        tr(
            "For the architecture 'custom': a Python file with one class that derives from ModelBase. This RUNS THE "
            "CODE in the file."
        ),
        advanced=True,
    )
    yield folder(
        "INIT_MODEL",
        tr("Model to start from"),
        tr(
            "A model folder whose network is trained further on this dataset (fine-tuning). Its architecture is kept: "
            "ARCHITECTURE, WIDTH, DEPTH and BACKBONE are ignored. Classes are matched by name: the dataset may have "
            "more, fewer or other classes than the model."
        ),
        optional=True,
        advanced=True,
    )
    yield integer(
        "WIDTH",
        tr("Width (0 = automatic)"),
        0,
        0,
        tr(
            "Number of filters in the first level of the network. More filters can learn more, but need more training "
            "data and time. 0: by the effort, see EFFORT."
        ),
        advanced=True,
    )
    yield integer(
        "DEPTH",
        tr("Depth (0 = automatic)"),
        0,
        0,
        tr(
            "How often the network halves the resolution of the image. A deeper network takes a larger neighbourhood "
            "of each pixel into account. 0: by the effort, see EFFORT."
        ),
        advanced=True,
    )
    yield choice(
        "BACKBONE",
        tr("Backbone"),
        options.BACKBONES,
        options.BACKBONES[0],
        tr("For the architecture 'backbone': the network from Keras Applications that is used as the encoder."),
        advanced=True,
    )
    yield text(
        "BACKBONE_WEIGHTS",
        tr("Weights of the backbone"),
        tr(
            "For the architecture 'backbone': 'none' to train it from scratch, 'imagenet' for weights trained on "
            "photographs (downloaded once), or a file of weights. Default 'none'."
        ),
        default=options.BACKBONE_WEIGHTS,
        advanced=True,
    )
