"""What can be said of a training before TensorFlow is started."""

from __future__ import annotations

from ..datasets.description import DatasetDescription
from ..errors import InputError
from ..options import ARCHITECTURES, AUGMENTATIONS, BACKBONES, CLASS_WEIGHTS, DEVICES, LOSSES, PRECISIONS
from ..runtime.checks import LARGEST, check_choice, check_range, check_seed
from .class_weights import class_weights
from .options import Options

LOSSES_OF_CLASSES = ("automatic", "cross entropy", "focal", "dice", "cross entropy + dice")
LOSSES_OF_VALUES = ("automatic", "mean squared error", "mean absolute error")


def check_options(options: Options) -> None:
    """Raise `InputError` if a choice or number is none that can be."""
    for name, value, choices in (
        ("architecture", options.architecture, ARCHITECTURES),
        ("backbone", options.backbone, BACKBONES),
        ("loss", options.loss, LOSSES),
        ("choice of class weights", options.class_weights, CLASS_WEIGHTS),
        ("precision", options.precision, PRECISIONS),
        ("device", options.device, DEVICES),
        *(("augmentation", name, AUGMENTATIONS) for name in options.augment),
    ):
        check_choice(name, value, choices)
    for name, number, minimum, maximum in (
        ("number of epochs", options.epochs, 1, LARGEST),
        ("batch size", options.batch_size, 1, LARGEST),
        ("learning rate", options.learning_rate, 0, 1),
        ("weight decay", options.weight_decay, 0, 1),
        ("width", options.width, 0, LARGEST),
        ("depth", options.depth, 0, LARGEST),
        ("patience", options.patience, 0, LARGEST),
        *(("crop", crop, 1, LARGEST) for crop in options.crops),
    ):
        check_range(name, number, minimum, maximum)
    check_seed(options.seed)
    custom = options.architecture == "custom" and not options.init_model
    if custom and not options.model_file:
        raise InputError(
            "The architecture custom needs a Python file with the network.",
            remedy="Name it as MODEL_FILE, or choose another architecture.",
        )
    if custom and (options.width or options.depth):
        raise InputError(
            "Width and depth of a custom network are what its file says.",
            expected="0",
            received=f"width = {options.width}, depth = {options.depth}",
        )
    if options.class_weight_values and options.class_weights != "given":
        raise InputError(
            "Class weights are given, but not asked for.",
            expected="CLASS_WEIGHTS 'given'",
            received=f"'{options.class_weights}' and {options.class_weight_values}",
        )


def check_dataset(dataset: DatasetDescription, options: Options) -> None:
    """Raise `InputError` if a dataset cannot be trained on in this way."""
    if not dataset.splits.get("train") or not dataset.splits["train"].samples:
        raise InputError("The dataset has no split train.", received=", ".join(dataset.splits) or "no split")
    fitting = LOSSES_OF_VALUES if dataset.values else LOSSES_OF_CLASSES
    if options.loss not in fitting:
        raise InputError(
            f"The loss does not suit {'values' if dataset.values else 'classes'}.",
            expected="one of " + ", ".join(fitting),
            received=options.loss,
        )
    if dataset.values:
        _check_values(dataset, options)
    else:
        _check_classes(dataset, options)


def _check_values(dataset: DatasetDescription, options: Options) -> None:
    if options.class_weights != "none":
        raise InputError(
            "The dataset holds values, no classes that could be weighted.",
            expected="CLASS_WEIGHTS 'none'",
            received=f"'{options.class_weights}'",
        )
    if dataset.values and not dataset.values.stddev > 0:
        raise InputError(
            "There is nothing to learn: all labelled values of the split train are the same.",
            received=str(dataset.values.mean),
        )


def _check_classes(dataset: DatasetDescription, options: Options) -> None:
    if len(dataset.classes) < 2:
        raise InputError(
            "There is nothing to tell apart.",
            expected="two classes or more",
            received=", ".join(dataset.classes.names) or "no class",
            remedy="Label what is none of it as well, as a class of its own.",
        )
    _ = dataset.classes.map_dtype  # of what no map could hold, nothing need be learnt
    pixels = dataset.splits["train"].pixels
    missing = [name for name, count in zip(dataset.classes.names, pixels) if count == 0]
    if missing:
        raise InputError(
            f"The training patches show no pixel of {', '.join(missing)}.",
            expected="labelled pixels of each class in the split train",
            received=", ".join(f"{count} {name}" for name, count in zip(dataset.classes.names, pixels)),
            remedy="Draw more polygons of this class, or choose smaller blocks for the split.",
        )
    class_weights(options.class_weights, options.class_weight_values, dataset)
