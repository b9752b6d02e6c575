"""The parameters of training."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterFile

from ..geodl_plugin import options
from .base import tr
from .parameters import choice, described, flag, folder, fraction, integer, seed, text


def network_parameters():
    """What is trained on what."""
    yield folder("DATASET", tr("Dataset folder"), "A folder made by Export patches and labels as TFRecords.")
    yield choice(
        "ARCHITECTURE",
        tr("Architecture"),
        options.ARCHITECTURES,
        options.ARCHITECTURES[0],
        "'unet': follows fine borders and learns from few polygons. 'resunet': the same with residual blocks, for more "
        "data. 'fcnn': the small network of OTBTF's tutorial; much faster and coarser, for very large areas. "
        "'patchcnn': one label for each patch. 'backbone': a network of Keras' collection as encoder. 'custom': the "
        "network in MODEL_FILE.",
    )
    yield described(
        QgsProcessingParameterFile("MODEL_FILE", tr("File of the custom network"), extension="py", optional=True),
        "For the architecture 'custom': a Python file with one class that derives from ModelBase. This RUNS THE CODE "
        "in the file.",
        advanced=True,
    )
    yield folder(
        "INIT_MODEL",
        tr("Model to start from"),
        "A model folder whose network is trained further; ARCHITECTURE, WIDTH, DEPTH and BACKBONE are then those of "
        "the model. Classes are known by their names: there may be more, fewer or other ones.",
        optional=True,
        advanced=True,
    )
    for name, label, help_text in (
        ("WIDTH", "Width", "Filters of the network's first level: more can learn more, from more data, more slowly."),
        ("DEPTH", "Depth", "How often the network halves the image: more sees farther."),
    ):
        yield integer(name, f"{tr(label)} (0 = automatic)", 0, 0, f"{help_text} 0: the network's own.", advanced=True)
    yield choice(
        "BACKBONE",
        tr("Backbone"),
        options.BACKBONES,
        options.BACKBONES[0],
        "For the architecture 'backbone': the encoder.",
        advanced=True,
    )
    yield text(
        "BACKBONE_WEIGHTS",
        tr("Weights of the backbone"),
        "'none': learnt from your data alone. 'imagenet': learnt from photographs before, downloaded once. Or a file "
        "of weights. Default 'none'.",
        default=options.BACKBONE_WEIGHTS,
        advanced=True,
    )


def training_parameters():
    """How it is trained."""
    yield integer(
        "EPOCHS",
        tr("Epochs"),
        options.EPOCHS,
        1,
        "Passes over the training patches, at most: training stops when it gets no better. Of few patches an epoch "
        "is several passes.",
    )
    yield integer(
        "BATCH_SIZE", tr("Batch size"), options.BATCH_SIZE, 1, "Patches in one step. Smaller needs less memory."
    )
    yield fraction(
        "LEARNING_RATE",
        tr("Learning rate (0 = automatic)"),
        options.LEARNING_RATE,
        "The highest; it rises to it at first and then falls to 0. Automatic: 0.002 for classes, 0.01 for values, "
        "0.001 where weights are known already (INIT_MODEL, BACKBONE_WEIGHTS).",
        advanced=True,
    )
    yield fraction(
        "WEIGHT_DECAY",
        tr("Weight decay"),
        options.WEIGHT_DECAY,
        "Keeps the network's weights small, against learning the patches by heart.",
        advanced=True,
    )
    yield choice(
        "LOSS",
        tr("Loss"),
        options.LOSSES,
        options.LOSSES[0],
        "What training makes small. Of classes: 'cross entropy'; 'focal', which minds pixels that are hard to tell; "
        "'dice', which minds areas, however small, or 'cross entropy + dice'. Of values: 'mean squared error' or 'mean "
        "absolute error'. 'automatic': cross entropy, or for values squares of small and absolute values of large "
        "errors (Huber).",
        advanced=True,
    )
    yield choice(
        "CLASS_WEIGHTS",
        tr("Class weights"),
        options.CLASS_WEIGHTS,
        options.CLASS_WEIGHTS[0],
        "'none': each labelled pixel counts the same; right for positions that were sampled 'balanced'. 'balanced': "
        "each class counts the same, however few its pixels. 'given': as the next parameter says.",
        advanced=True,
    )
    yield text(
        "CLASS_WEIGHT_VALUES",
        tr("Given class weights"),
        "For class weights 'given': such as water=2, forest=0.5; classes that are not named have the weight 1. Names "
        'with commas stand in quotes: "forest, dense"=2.',
        advanced=True,
    )
    yield described(
        QgsProcessingParameterEnum(
            "AUGMENT",
            tr("Augmentation"),
            options=list(options.AUGMENTATIONS),
            allowMultiple=True,
            defaultValue=list(options.AUGMENT),
            optional=True,
            usesStaticStrings=True,
        ),
        "Random changes of the training patches that make few polygons go further. Values: "
        + ", ".join(f"'{name}'" for name in options.AUGMENTATIONS)
        + ". 'automatic': flips and turns; for classes brightness and contrast and noise, too. 'rotations' are by any "
        "angle; 'mixup' lays two patches over each other. An empty list: none.",
        advanced=True,
    )
    yield integer(
        "PATIENCE",
        tr("Patience (epochs, 0 = no early stop)"),
        options.PATIENCE,
        0,
        "Stop after so many epochs in which the loss on the split valid did not get less.",
        advanced=True,
    )
    yield choice(
        "PRECISION",
        tr("Precision"),
        options.PRECISIONS,
        options.PRECISIONS[0],
        "In what numbers the network computes while it is trained. The mixed ones take less memory and are faster on "
        "devices made for them: 'mixed bfloat16' on new processors and GPUs, 'mixed float16' on older GPUs.",
        advanced=True,
    )
    yield choice(
        "DEVICE",
        tr("Device"),
        options.DEVICES,
        options.DEVICES[0],
        "'automatic': all GPUs, else the processor; outside QGIS also all processes that TF_CONFIG or Slurm name. "
        "'gpu': the first GPU. 'cpu': the processor.",
        advanced=True,
    )
    yield text(
        "CROPS",
        tr("Crops of the outputs"),
        "For use of the SavedModel in OTBTF: its outputs also come without so many pixels at the border, as "
        "predictions_crop16 and so on. GeoDL itself needs none.",
        default=",".join(str(crop) for crop in options.CROPS),
        advanced=True,
    )
    yield seed()
    yield flag(
        "RESUME",
        tr("Resume"),
        "Keep the state of the training in a hidden folder beside the model folder after each epoch, and go on from "
        "there if an earlier run with the same parameters and dataset was stopped.",
        advanced=True,
    )
    yield flag(
        "KEEP_BEST",
        tr("Keep the best model when cancelled"),
        "Whoever cancels gets the network as it was after its best epoch. Without this, nothing.",
        advanced=True,
    )
    yield flag(
        "TENSORBOARD",
        tr("Write logs for TensorBoard"),
        "Into the folder logs of the model folder.",
        advanced=True,
    )
