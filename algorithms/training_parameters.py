"""The parameters of Train a network that say how it is trained."""

from qgis.core import QgsProcessingParameterEnum

from ..geodl_plugin import options
from .dataset_parameters import scene_rules
from .declaring import choice, described, explanation, flag, fraction, integer, sentences_of, text
from .parameters import precision, seed
from .translation import tr


def _automatic(task):
    """The augmentations that 'automatic' stands for."""
    return ", ".join(f"'{name}'" for name in options.automatic_augmentations(task))


def training_parameters():
    """How the network is trained."""
    yield choice(
        "EFFORT",
        tr("Effort"),
        options.EFFORTS,
        options.EFFORT,
        tr(
            "How long to train, and how large a network. A step is timed on this computer first: with many patches, "
            "fewer epochs are trained. WIDTH, DEPTH and EPOCHS that you set are used as they are."
        ),
        {
            "quick": tr("a small network, in a fraction of the time, to see whether the labels are good."),
            "standard": tr("the usual network; without a GPU some minutes."),
            "thorough": tr(
                "a larger network as well, trained for longer, which takes some five times as long; the better of both "
                "is saved, and the report says which."
            ),
        },
    )
    yield integer(
        "EPOCHS",
        tr("Epochs (0 = automatic)"),
        options.EPOCHS,
        0,
        tr(
            "Maximum number of passes over the training patches; 0: by the effort, 8 for 'standard' unless that would "
            "take very long. Training stops earlier if the network no longer improves, see PATIENCE. With few patches, "
            "an epoch is several passes."
        ),
    )
    yield integer(
        "BATCH_SIZE",
        tr("Batch size"),
        options.BATCH_SIZE,
        1,
        tr(
            "Number of patches that are processed at the same time. Choose a smaller number if there is not enough "
            "memory."
        ),
    )
    yield fraction(
        "LEARNING_RATE",
        tr("Learning rate (0 = automatic)"),
        options.LEARNING_RATE,
        tr(
            "How strongly each step changes the network. This is the maximum, which is reached after a few steps; then "
            "the rate decreases towards 0. Automatic: 0.002 for classes, 0.01 for values, 0.001 for networks that were "
            "trained before (INIT_MODEL, BACKBONE_WEIGHTS)."
        ),
        advanced=True,
    )
    yield fraction(
        "WEIGHT_DECAY",
        tr("Weight decay"),
        options.WEIGHT_DECAY,
        tr("Keeps the weights of the network small, so that it does not memorise the training patches (overfitting)."),
        advanced=True,
    )
    yield choice(
        "LOSS",
        tr("Loss"),
        options.LOSSES,
        options.LOSSES[0],
        tr("The loss function to minimise: how the errors of the network are measured."),
        {
            "automatic": tr(
                "cross entropy for classes, and for values the Huber loss, on which large errors have a limited "
                "influence."
            ),
            **sentences_of("training.losses"),
        },
        advanced=True,
    )
    yield choice(
        "CLASS_WEIGHTS",
        tr("Class weights"),
        options.CLASS_WEIGHTS,
        options.CLASS_WEIGHTS[0],
        tr("How much the pixels of each class count."),
        {
            "automatic": tr(
                "all the same, unless a class has less than a tenth of the labelled pixels of another; then rarer "
                "classes count more, by the square root of their rarity."
            ),
            "none": tr("all labelled pixels count the same."),
            "balanced": tr("all classes count the same, however few pixels they have."),
            "given": tr("as in the next parameter."),
        },
        advanced=True,
    )
    yield text(
        "CLASS_WEIGHT_VALUES",
        tr("Given class weights"),
        tr(
            "For class weights 'given': names and weights such as water=2, forest=0.5. Other classes have the weight "
            '1. Names with commas need quotes: "forest, dense"=2.'
        ),
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
        tr(
            "Random changes of the training patches, new ones in each epoch, so that the network learns more from few "
            "polygons. 'automatic': for classes {of_classes}; for values {of_values}. {kinds} An empty list: no "
            "changes."
        ).format(
            of_classes=_automatic("classification"),
            of_values=_automatic("regression"),
            kinds=explanation(sentences_of("training.augmentation")),
        ),
        advanced=True,
    )
    yield integer(
        "PATIENCE",
        tr("Patience (epochs, 0 = no early stop)"),
        options.PATIENCE,
        0,
        tr("Stop the training after this number of epochs in which the loss on the split valid did not decrease."),
        advanced=True,
    )
    yield choice(
        "PIXEL_CLASSIFIER",
        tr("Comparison with single pixels"),
        options.PIXEL_CLASSIFIERS,
        options.PIXEL_CLASSIFIERS[0],
        tr(
            "A network that sees single pixels is trained as well, within seconds, and compared with yours on the "
            "split valid: the report says how much the surroundings of a pixel help. Custom networks and those that "
            "are trained further are never replaced, and one that has learned from single pixels only if labels in "
            "five places or more show that it is worse."
        ),
        {
            "fall back": tr(
                "if your network is worse, a smaller one is trained, and if that is worse, too, the one of single "
                "pixels is saved; a warning says so."
            ),
            "compare": tr("your network is saved in any case."),
            "none": tr("no comparison."),
        },
        advanced=True,
    )
    yield choice(
        "REFIT",
        tr("Train again with the labels of valid"),
        options.REFITS,
        options.REFITS[0],
        tr(
            "Polygons that validate do not train. Where they are few, it is better to train the network a second time "
            "with all of them once it is judged, and to save that one; the figures stay those of the first. It takes "
            "as long again."
        ),
        {
            "automatic": tr(
                "where whole polygons, lines or points were split, as Sample positions does where labels are few."
            ),
            "always": tr("whenever there are labels of valid."),
            "never": tr("only the labels of train."),
        },
        advanced=True,
    )
    yield choice(
        "UNLABELLED",
        tr("Pixels without labels"),
        options.UNLABELLED,
        options.UNLABELLED[0],
        tr("What the network learns where you have drawn nothing. Without a comparison with single pixels: nothing."),
        {
            "automatic": tr(
                "as single pixels where labels are few, so that whole polygons, lines or points were split."
            ),
            "as single pixels": tr(
                "what the network of single pixels tells there; your labels weigh twice as much as all of that. The "
                "network cannot learn your few places by heart then."
            ),
            "nothing": tr("only labels count."),
        },
        advanced=True,
    )
    yield precision(
        options.PRECISIONS,
        options.PRECISION,
        tr(
            "The number format of the computations in training. The mixed formats need less memory and are faster on "
            "hardware that supports them. The network is saved in float32."
        ),
        {
            "float32": tr("the most exact, and the usual format everywhere."),
            "mixed bfloat16": tr("for recent GPUs."),
            "mixed float16": tr("for older GPUs."),
            "bfloat16": tr("for processors with AMX; only of convolutions."),
            "automatic": tr(
                "'bfloat16' where the processor has AMX and the network is so large that it is faster, such as 'unet', "
                "otherwise float32; the log says which."
            ),
        },
    )
    yield choice(
        "DEVICE",
        tr("Device"),
        options.DEVICES,
        options.DEVICES[0],
        tr("What the network is trained on."),
        {
            "automatic": tr(
                "all GPUs, or the processor if there is none; outside QGIS also all processes that TF_CONFIG or Slurm "
                "define."
            ),
            "cpu": tr("the processor."),
            "gpu": tr("the first GPU."),
        },
        advanced=True,
    )
    yield text(
        "CROPS",
        tr("Crops of the outputs"),
        tr(
            "Only for using the SavedModel with OTBTF: further outputs without this number of pixels at each side, "
            "named predictions_crop16 and so on. GeoDL does not need them."
        ),
        default=",".join(str(crop) for crop in options.CROPS),
        advanced=True,
    )
    yield from scene_rules(advanced=True)
    yield seed()
    yield flag(
        "RESUME",
        tr("Resume"),
        tr(
            "Save a checkpoint after each epoch, in a hidden folder beside the model folder, and continue from there "
            "if an earlier run with the same parameters and dataset was interrupted."
        ),
        advanced=True,
    )
    yield flag(
        "KEEP_BEST",
        tr("Keep the best model when cancelled"),
        tr(
            "If you cancel the training, the network of the best epoch so far is saved. Otherwise a cancelled training "
            "saves nothing."
        ),
        advanced=True,
    )
    yield flag(
        "TENSORBOARD",
        tr("Write logs for TensorBoard"),
        tr("The logs are written to the folder logs in the model folder."),
        advanced=True,
    )
