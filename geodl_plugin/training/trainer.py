"""The training itself: Keras' own loop, with our report of progress and our choice of defaults."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import keras
import tensorflow as tf

from ..datasets.description import FILE_NAME, DatasetDescription
from ..errors import Cancelled
from ..models.base import ModelBase
from ..models.custom import faults_of_the_file
from ..models.fields import Fields
from ..models.heads import PREDICTIONS
from ..options import BACKBONE_WEIGHTS
from ..runtime.numbers import ceil_div
from ..runtime.reporter import Reporter
from .augmentation import augmentations
from .callbacks import Chance, Divergence, Keep, Progress
from .class_weights import class_weights
from .data import Batches
from .losses import loss_of_classes, loss_of_values
from .metrics import MeanF1
from .networks import Design
from .options import Options
from .state import State
from .strategy import Devices, precision

RATE_OF_CLASSES, RATE_OF_VALUES = 0.002, 0.01  # the highest learning rates, if none is given
RATE_OF_FINE_TUNING = 0.001  # for weights that know something already
LEAST_STEPS = 40  # of an epoch: a small dataset is passed several times
WARM_UP = 0.05  # share of the steps in which the learning rate rises
FINAL_RATE = 0.01  # the last learning rate, as a share of the highest
AVERAGED = 0.1  # share of the steps that the weights' moving average looks back on
LARGEST_GRADIENT = 1.0  # norm that gradients are cut to


@dataclass(frozen=True)
class Trained:
    """What came of it.

    Args:
        network: float32, with the weights of the best epoch.
        design: what network it is.
        history: figures by epoch.
        best_epoch: counted from 1.
        fields: how the network may be applied block by block; None: not without seams.
        problem: why there are no fields, for people.
        device: what it was trained on, for people.
        cancelled: it was stopped, and the best epoch by then is kept.
    """

    network: ModelBase
    design: Design
    history: dict[str, list[float]]
    best_epoch: int
    fields: Fields | None
    device: str
    cancelled: bool
    problem: str = ""


def train(
    folder: Path,
    dataset: DatasetDescription,
    options: Options,
    reporter: Reporter,
    used: Devices,
    state: State,
    *,
    logs: bool = False,
) -> Trained | None:
    """Train a network on a dataset folder.

    Args:
        folder: the dataset.
        dataset: its manifest.
        options: how.
        reporter: hears the progress, and may cancel between two steps.
        used: what to train on.
        state: keeps the state of the training; if it is that of an unfinished one, it goes on there.
        logs: write TensorBoard's logs as well.

    Returns:
        What came of it; None in a process that is not the chief.

    Raises:
        InputError: the options do not suit the dataset or the state, or the training diverged.
    """
    state.check({**asdict(options), "keep_best": None, "device": None, "dataset": _fingerprint(folder)})
    keras.utils.set_random_seed(options.seed)
    design = Design(options, dataset)
    means = {name: figures["mean"] for name, figures in design.statistics.items()}
    batches = Batches(folder, dataset, means, design.label_kind)
    batch_size = used.divisible(options.batch_size)
    steps = max(LEAST_STEPS, ceil_div(dataset.splits["train"].samples, batch_size))
    fields = design.fields(batches.element_spec)
    if design.problem:
        reporter.warning(design.problem)
    with precision(options.precision), used.strategy.scope():
        network = design.network(batches.element_spec, options.crops)
        _compile(network, dataset, options, steps)
        if state.epochs:
            network.model.optimizer.build(network.model.trainable_variables)
            state.load(network.model, state.epochs)
            reporter.info(f"Going on after epoch {state.epochs}.")
    callbacks = [
        Progress(reporter, options.epochs, steps),
        Chance(options.seed),
        Divergence(),
        keras.callbacks.SwapEMAWeights(),
        Keep(state, options.patience),
    ]
    if logs and used.chief:
        callbacks.append(keras.callbacks.TensorBoard(state.logs, write_graph=False))
    if "valid" not in dataset.splits:
        reporter.warning("The dataset has no split valid: the last epoch is kept, whether it is the best or not.")
    reporter.info(f"Training on {used.description}.")
    cancelled = False
    try:
        if not state.is_over(options.patience):
            with faults_of_the_file():
                network.fit(
                    _stream(batches, dataset, options, used, steps, state.epochs),
                    initial_epoch=state.epochs,
                    epochs=options.epochs,
                    steps_per_epoch=steps,
                    validation_data=batches.in_order("valid", batch_size) if "valid" in dataset.splits else None,
                    callbacks=callbacks,
                    shuffle=False,  # the stream does
                    verbose=0,
                )
    except (Cancelled, KeyboardInterrupt):
        if not (options.keep_best and state.epochs):
            raise
        cancelled = True
    if not used.chief:
        return None
    state.load(network.model, state.best_epoch)
    network.model.optimizer.finalize_variable_values(network.model.trainable_variables)
    final = design.network(batches.element_spec, options.crops)
    final.model.set_weights(network.model.get_weights())
    return Trained(final, design, state.history, state.best_epoch, fields, used.description, cancelled, design.problem)


def _stream(
    batches: Batches, dataset: DatasetDescription, options: Options, used: Devices, steps: int, first_epoch: int
) -> tf.data.Dataset:
    """The batches of the epochs to come, shared among the devices."""
    layers = augmentations(options.augment, dataset)
    weights = class_weights(options.class_weights, options.class_weight_values, dataset)
    strategy = used.strategy

    def share(context: tf.distribute.InputContext) -> tf.data.Dataset:
        return batches.stream(
            context.get_per_replica_batch_size(used.divisible(options.batch_size)),
            steps * strategy.num_replicas_in_sync // context.num_input_pipelines,
            range(first_epoch, options.epochs),
            seed=options.seed,
            class_weights=weights,
            layers=layers,
            shards=context.num_input_pipelines,
            shard=context.input_pipeline_id,
        )

    return strategy.distribute_datasets_from_function(share)


def _compile(network: ModelBase, dataset: DatasetDescription, options: Options, steps: int) -> None:
    optimizer = keras.optimizers.AdamW(
        _schedule(highest_rate(options, dataset), options.epochs * steps),
        weight_decay=options.weight_decay,
        clipnorm=LARGEST_GRADIENT,
        use_ema=True,  # validated and kept are averaged weights: single steps are noisy (Polyak and Juditsky 1992)
        ema_momentum=1 - 1 / max(1.0, AVERAGED * options.epochs * steps),
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    if dataset.values:
        loss, weight = loss_of_values(options.loss, dataset.values.stddev or 1.0)
        metrics = [keras.metrics.MeanAbsoluteError(name="mae"), keras.metrics.RootMeanSquaredError(name="rmse")]
    else:
        in_dice = None
        if options.class_weights == "given":  # "balanced" is what Dice does by itself
            in_dice = class_weights("given", options.class_weight_values, dataset).tolist()
        loss, weight = loss_of_classes(options.loss, in_dice), 1.0
        metrics = [keras.metrics.CategoricalAccuracy(name="accuracy"), MeanF1(len(dataset.classes))]
    network.compile(
        optimizer=optimizer,
        loss={PREDICTIONS: loss},
        loss_weights={PREDICTIONS: weight},
        weighted_metrics={PREDICTIONS: metrics},
    )


def highest_rate(options: Options, dataset: DatasetDescription) -> float:
    """The highest learning rate: what is given, or what suits the task."""
    if options.learning_rate:
        return options.learning_rate
    if options.init_model or (options.architecture == "backbone" and options.backbone_weights != BACKBONE_WEIGHTS):
        return RATE_OF_FINE_TUNING
    return RATE_OF_VALUES if dataset.values else RATE_OF_CLASSES


def _schedule(rate: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """A short linear rise, then half a cosine down (Loshchilov and Hutter 2017)."""
    rise = max(1, round(WARM_UP * steps))
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=rate / 100,
        decay_steps=max(1, steps - rise),
        warmup_target=rate,
        warmup_steps=rise,
        alpha=FINAL_RATE,
    )


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256((folder / FILE_NAME).read_bytes()).hexdigest()[:16]
