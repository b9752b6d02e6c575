"""The checks of a training before TensorFlow is started."""

from __future__ import annotations

from .. import options
from ..datasets.description import DatasetDescription
from ..datasets.merging import described_together
from ..errors import InputError
from ..language import tr
from ..runtime.checks import LARGEST, check_choice, check_range
from .class_weights import class_weights
from .request import TrainRequest


def check_request(request: TrainRequest) -> DatasetDescription:
    """Check the parameters of a training and its dataset.

    Returns:
        The description of the dataset.

    Raises:
        InputError: a parameter is invalid, or the dataset cannot be read or trained on with these parameters.
    """
    check_parameters(request)
    description = described_together(request.datasets(), request.scene_rules())
    check_dataset(request, description)
    patches = description.splits["train"].samples
    if request.batch_size > max(patches, options.BATCH_SIZE):
        raise InputError(
            tr("The batch size exceeds the number of training patches."),
            expected=tr("at most {patches}, the patches of the split train; {batch_size} is usual").format(
                patches=patches, batch_size=options.BATCH_SIZE
            ),
            received=str(request.batch_size),
        )
    return description


def check_parameters(request: TrainRequest) -> None:
    """Raise `InputError` if a parameter is invalid, whatever the dataset."""
    for name, value, choices in (
        (tr("architecture"), request.architecture, options.ARCHITECTURES),
        (tr("backbone"), request.backbone, options.BACKBONES),
        (tr("effort"), request.effort, options.EFFORTS),
        (tr("choice of pixel classifier"), request.pixel_classifier, options.PIXEL_CLASSIFIERS),
        (tr("choice of a second training"), request.refit, options.REFITS),
        (tr("choice for pixels without labels"), request.unlabelled, options.UNLABELLED),
        (tr("loss"), request.loss, options.LOSSES),
        (tr("choice of class weights"), request.class_weights, options.CLASS_WEIGHTS),
        (tr("precision"), request.precision, options.PRECISIONS),
        (tr("device"), request.device, options.DEVICES),
        *((tr("augmentation"), name, options.AUGMENTATIONS) for name in request.augment),
    ):
        check_choice(name, value, choices)
    for name, number, minimum, maximum in (
        (tr("number of epochs"), request.epochs, 0, LARGEST),
        (tr("batch size"), request.batch_size, 1, LARGEST),
        (tr("learning rate"), request.learning_rate, 0, 1),
        (tr("weight decay"), request.weight_decay, 0, 1),
        (tr("width"), request.width, 0, LARGEST),
        (tr("depth"), request.depth, 0, LARGEST),
        (tr("patience"), request.patience, 0, LARGEST),
        *((tr("crop"), crop, 1, LARGEST) for crop in request.crops),
    ):
        check_range(name, number, minimum, maximum)
    request.scene_rules().check()
    is_custom = request.architecture == "custom" and not request.init_model
    if is_custom and not request.model_file:
        raise InputError(
            tr("The architecture custom needs a Python file that defines the network."),
            remedy=tr("Give the file as MODEL_FILE, or choose another architecture."),
        )
    if is_custom and (request.width or request.depth):
        raise InputError(
            tr("Width and depth cannot be set for a custom network: its file defines them."),
            expected="0",
            received=tr("width = {width}, depth = {depth}").format(width=request.width, depth=request.depth),
        )
    if request.class_weight_values and request.class_weights != "given":
        raise InputError(
            tr("Class weights are given but not used."),
            expected=tr("CLASS_WEIGHTS 'given'"),
            received=tr("'{class_weights}' and {class_weight_values}").format(
                class_weights=request.class_weights, class_weight_values=request.class_weight_values
            ),
        )


def check_dataset(request: TrainRequest, description: DatasetDescription) -> None:
    """Raise `InputError` if a dataset cannot be trained on with these parameters."""
    if not description.splits.get("train") or not description.splits["train"].samples:
        raise InputError(
            tr("The dataset has no split train."), received=", ".join(description.splits) or tr("no split")
        )
    task = "regression" if description.values else "classification"
    losses = options.losses_for(task)
    if request.loss not in losses:
        raise InputError(
            tr("Invalid loss for a dataset of values.")
            if description.values
            else tr("Invalid loss for a dataset of classes."),
            expected=tr("one of {choices}").format(choices=", ".join(losses)),
            received=request.loss,
        )
    if description.values:
        _check_values(request, description)
    else:
        _check_classes(request, description)


def _check_values(request: TrainRequest, description: DatasetDescription) -> None:
    if request.class_weights not in (options.AUTOMATIC, "none"):
        raise InputError(
            tr("Class weights need a dataset of classes, but this one holds values."),
            expected=tr("CLASS_WEIGHTS 'none'"),
            received=f"'{request.class_weights}'",
        )
    if description.values and not description.values.stddev > 0:
        raise InputError(
            tr("There is nothing to learn: all labelled values of the split train are the same."),
            received=str(description.values.mean),
        )


def _check_classes(request: TrainRequest, description: DatasetDescription) -> None:
    if len(description.classes) < 2:
        raise InputError(
            tr("A network needs at least two classes to distinguish."),
            expected=tr("two classes or more"),
            received=", ".join(description.classes.names) or tr("no class"),
            remedy=tr("Add a class for everything else, such as 'other', draw some polygons of it, and export again."),
        )
    _ = description.classes.map_dtype  # raises InputError for class values that no map can hold
    pixels = description.splits["train"].pixels
    missing = [name for name, count in zip(description.classes.names, pixels) if count == 0]
    if missing:
        raise InputError(
            tr("The split train has no labelled pixels of {missing}.").format(missing=", ".join(missing)),
            expected=tr("labelled pixels of each class in the split train"),
            received=", ".join(f"{count} {name}" for name, count in zip(description.classes.names, pixels)),
            remedy=tr("Draw more polygons of this class, or choose smaller blocks for the split."),
        )
    class_weights(request.class_weights, request.class_weight_values, description)
