"""The training loop: that of Keras, with our progress reports, checkpoints and defaults."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from ..datasets.description import FILE_NAME, DatasetDescription
from ..errors import Cancelled
from ..language import tr
from ..models.architectures.pixel import BINS, Pixel
from ..models.base import ModelBase
from ..models.custom import model_file_errors
from ..models.fields import Fields
from ..options import AUTOMATIC
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .augmentation import augmentation_layers
from .callbacks import RaiseOnDivergence, ReportProgress, ReseedDropout, SaveCheckpoints
from .checkpoints import Checkpoints
from .class_weights import class_weights
from .compilation import compile_network
from .fused_normalization import fuse_batch_normalization
from .input_pipeline import InputPipeline
from .network_builder import NetworkBuilder
from .pixel_pipeline import PixelPipeline
from .request import SCENE_FIELDS, TrainRequest
from .strategy import TrainingDevices, choose_precision, precision_policy, rewritten
from .unlabelled import Teacher

MIN_STEPS = 40  # per epoch: a small dataset is passed several times
_NOT_IN_SETUP = (  # what a resumed training may change, or what dataset.json tells
    *("dataset", "output", "report", "resume", "tensorboard", "pixel_classifier", "refit"),
    *SCENE_FIELDS,
)


@dataclass(frozen=True)
class TrainedNetwork:
    """A trained network and how it came about.

    Args:
        network: the network in float32, with the weights of the best epoch.
        builder: how the network was built.
        history: metrics by name, one value per epoch.
        best_epoch: counted from 1.
        fields: how the network can be applied block by block; None: not without seams, see `NetworkBuilder.problem`.
        device: what it was trained on, as text.
        precision: that it was trained in, one of `options.PRECISIONS`.
        cancelled: whether the training was cancelled, and this is its best epoch so far.
    """

    network: ModelBase
    builder: NetworkBuilder
    history: dict[str, list[float]]
    best_epoch: int
    fields: Fields | None
    device: str
    precision: str
    cancelled: bool


@dataclass(frozen=True)
class FittedNetwork:
    """What the training loop leaves in each process.

    Args:
        network: the compiled network, with the weights of the last epoch.
        builder: how it was built.
        pipeline: what it was trained with.
        fields: how the network can be applied block by block; None: not without seams.
        precision: that it was trained in, one of `options.PRECISIONS`.
        cancelled: whether the training was cancelled, and its best epoch so far is to be kept.
    """

    network: ModelBase
    builder: NetworkBuilder
    pipeline: InputPipeline
    fields: Fields | None
    precision: str
    cancelled: bool


def steps_per_epoch(request: TrainRequest, description: DatasetDescription, devices: TrainingDevices) -> int:
    """The number of batches in an epoch."""
    batch_size = devices.global_batch_size(request.batch_size)
    return max(MIN_STEPS, ceil_div(description.splits["train"].samples, batch_size))


def fit(
    request: TrainRequest,
    description: DatasetDescription,
    devices: TrainingDevices,
    checkpoints: Checkpoints,
    reporter: Reporter,
    teacher: Teacher | None = None,
) -> FittedNetwork:
    """Train a network on a dataset folder; the chief then gets the best epoch with `restore_best_epoch`.

    Args:
        request: the parameters, which were checked, with a number of epochs.
        description: of the dataset.
        devices: what to train on.
        checkpoints: where each epoch is saved; if they are those of an unfinished training, it is resumed.
        reporter: receives progress, epochs and warnings; it can cancel between two steps.
        teacher: tells what is learned where there are no labels; None: nothing.

    Raises:
        InputError: the parameters do not match the dataset or the checkpoints, or the training diverged.
    """
    setup = _setup(request)
    checkpoints.check_setup(setup, later=["precision"])
    keras.utils.set_random_seed(request.seed)
    # It builds the network three times, each time with layer names and random numbers of its own: in float32 to measure
    # its fields, in the chosen precision on the devices to be trained, and in float32 to be saved.
    builder = NetworkBuilder(request, description)
    pipeline = _input_pipeline(request, description, builder, teacher)
    batch_size = devices.global_batch_size(request.batch_size)
    steps = steps_per_epoch(request, description, devices)
    fields = builder.fields(pipeline.element_spec)
    for warning in filter(None, (builder.problem, builder.assumption)):
        reporter.warning(warning)
    wanted = request.precision
    if wanted == AUTOMATIC:  # it goes on as it began, though this version or computer may choose otherwise
        wanted = checkpoints.started_with("precision") or wanted
    precision, reason = choose_precision(wanted, devices, builder.multiply_adds)
    checkpoints.check_setup({**setup, "precision": precision})
    with precision_policy(precision), devices.strategy.scope():
        network = builder.build(pipeline.element_spec, request.crops)
        if isinstance(network, Pixel) and isinstance(pipeline, PixelPipeline) and not request.init_model:
            network.set_bins(pipeline.quantiles(BINS))
        fuse_batch_normalization(network.model)
        compile_network(network, request, description, steps)
        if checkpoints.epochs:
            network.model.optimizer.build(network.model.trainable_variables)
            checkpoints.load(network.model, checkpoints.epochs)
            reporter.info(tr("Resuming after epoch {epochs}.").format(epochs=checkpoints.epochs))
    if "valid" not in description.splits:
        reporter.warning(tr("The dataset has no split valid: the last epoch is kept, whether it is the best or not."))
    told = (
        tr("Training on {devices} in {precision}, since {reason}.")
        if reason
        else tr("Training on {devices} in {precision}.")
    )
    reporter.info(told.format(devices=devices.description, precision=precision, reason=reason))
    cancelled = False
    try:
        if not checkpoints.is_over(request.patience):
            with model_file_errors(), rewritten(precision):
                network.fit(
                    _training_batches(pipeline, request, description, devices, steps, checkpoints.epochs),
                    initial_epoch=checkpoints.epochs,
                    epochs=request.epochs,
                    steps_per_epoch=steps,
                    validation_data=pipeline.validation(batch_size) if "valid" in description.splits else None,
                    callbacks=_callbacks(request, devices, checkpoints, reporter, steps),
                    shuffle=False,  # the batches are shuffled already
                    verbose=0,
                )
    except (Cancelled, KeyboardInterrupt):
        if not (request.keep_best and checkpoints.epochs):
            raise
        cancelled = True
    return FittedNetwork(network, builder, pipeline, fields, precision, cancelled)


def restore_best_epoch(
    fitted: FittedNetwork, request: TrainRequest, devices: TrainingDevices, checkpoints: Checkpoints
) -> TrainedNetwork:
    """Build the trained network in float32, with the weights of its best epoch.

    Args:
        fitted: what `fit` returned.
        request: the same as for `fit`, like the other arguments.
        devices: what was trained on.
        checkpoints: those of the training.

    Raises:
        InputError: the checkpoint cannot be loaded.
    """
    model, builder = fitted.network.model, fitted.builder
    checkpoints.load(model, checkpoints.best_epoch)
    model.optimizer.finalize_variable_values(model.trainable_variables)
    network = builder.build(fitted.pipeline.element_spec, request.crops)
    network.model.set_weights(model.get_weights())
    return TrainedNetwork(
        network,
        builder,
        checkpoints.history,
        checkpoints.best_epoch,
        fitted.fields,
        devices.description,
        fitted.precision,
        fitted.cancelled,
    )


def _input_pipeline(
    request: TrainRequest, description: DatasetDescription, builder: NetworkBuilder, teacher: Teacher | None
) -> InputPipeline:
    """What gives the network its batches: patches, or for one that looks at single pixels, these."""
    folder = Path(request.dataset)
    if builder.architecture == Pixel.NAME:
        return PixelPipeline(folder, description, builder.means, builder.ratios, request.seed)
    return InputPipeline(folder, description, builder.means, builder.label_kind, builder.marks_missing, teacher)


def _setup(request: TrainRequest) -> dict[str, Any]:
    """The parameters that must be the same when a training is resumed."""
    parameters = {name: value for name, value in dataclasses.asdict(request).items() if name not in _NOT_IN_SETUP}
    dataset = hashlib.sha256((Path(request.dataset) / FILE_NAME).read_bytes()).hexdigest()[:16]
    return {**parameters, "keep_best": None, "device": None, "dataset": dataset}


def _callbacks(
    request: TrainRequest, devices: TrainingDevices, checkpoints: Checkpoints, reporter: Reporter, steps: int
) -> list[keras.callbacks.Callback]:
    callbacks = [
        ReportProgress(reporter, request.epochs, steps),
        ReseedDropout(request.seed),
        RaiseOnDivergence(),
        keras.callbacks.SwapEMAWeights(),
        SaveCheckpoints(checkpoints, request.patience),
    ]
    if request.tensorboard and devices.is_chief:
        callbacks.append(keras.callbacks.TensorBoard(checkpoints.logs, write_graph=False))
    return callbacks


def _training_batches(
    pipeline: InputPipeline,
    request: TrainRequest,
    description: DatasetDescription,
    devices: TrainingDevices,
    steps: int,
    first_epoch: int,
) -> tf.data.Dataset:
    """The batches of the remaining epochs, shared among the devices."""
    layers = augmentation_layers(request.augment, description)
    weights = class_weights(request.class_weights, request.class_weight_values, description)
    strategy = devices.strategy

    def share(context: tf.distribute.InputContext) -> tf.data.Dataset:
        return pipeline.training(
            context.get_per_replica_batch_size(devices.global_batch_size(request.batch_size)),
            steps * strategy.num_replicas_in_sync // context.num_input_pipelines,
            range(first_epoch, request.epochs),
            seed=request.seed,
            class_weights=weights,
            layers=layers,
            shards=context.num_input_pipelines,
            shard=context.input_pipeline_id,
        )

    return strategy.distribute_datasets_from_function(share)
