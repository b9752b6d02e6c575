"""The training itself: Keras' own loop, with our report of progress and our choice of defaults."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from ..accuracy.confusion import Confusion
from ..datasets.manifest import Dataset
from ..models.architectures import Network, architecture
from ..models.heads import PREDICTIONS, Head
from ..reporter import Reporter
from .augmentation import Change, brightness_and_contrast, flips_and_turns, noise
from .data import balanced_weights, batches
from .metrics import MeanF1

WEIGHT_DECAY = 1e-4
LABEL_SMOOTHING = 0.05  # polygons are drawn by people
WARM_UP = 0.05  # share of the steps in which the learning rate rises
FINAL_RATE = 0.01  # the last learning rate, as a share of the highest


@dataclass(frozen=True)
class Options:
    """How to train.

    Args:
        architecture: name of the network.
        epochs: at most so many passes over the train split.
        batch_size: patches in a step.
        learning_rate: its highest value.
        class_weights: ``balanced`` or ``none``.
        augment: augmentations to apply, see `augmentations`.
        patience: stop after so many epochs without improvement of the validation loss; 0: never.
        crops: pixels by which the SavedModel's outputs are cropped.
        seed: source of chance.
    """

    architecture: str
    epochs: int
    batch_size: int
    learning_rate: float
    class_weights: str
    augment: tuple[str, ...]
    patience: int
    crops: tuple[int, ...]
    seed: int


@dataclass(frozen=True)
class Trained:
    """What came of it.

    Args:
        network: with the weights of the best epoch.
        history: figures by epoch.
        best_epoch: counted from 1.
        confusions: by split, of the best epoch.
    """

    network: Network
    history: dict[str, list[float]]
    best_epoch: int
    confusions: dict[str, Confusion]


def train(folder: Path, dataset: Dataset, options: Options, reporter: Reporter) -> Trained:
    """Train a network on a dataset folder.

    Args:
        folder: the dataset.
        dataset: its manifest.
        options: how.
        reporter: hears the progress, and may cancel between two steps.
    """
    keras.utils.set_random_seed(options.seed)
    n_classes = len(dataset.classes)
    even = np.ones(n_classes)
    weights = balanced_weights(dataset.splits["train"].pixels) if options.class_weights == "balanced" else even
    train_batches = batches(
        folder, dataset, "train", options.batch_size, weights, seed=options.seed, changes=_changes(dataset, options)
    )
    network = _network(dataset, train_batches.element_spec, options)
    steps = -(-dataset.splits["train"].samples // options.batch_size)
    optimizer = keras.optimizers.AdamW(_schedule(options, steps), weight_decay=WEIGHT_DECAY, clipnorm=1.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=LABEL_SMOOTHING, reduction="mean_with_sample_weight")
    network.compile(
        optimizer=optimizer,
        loss={PREDICTIONS: loss},
        weighted_metrics={PREDICTIONS: [keras.metrics.CategoricalAccuracy(name="accuracy"), MeanF1(n_classes)]},
    )
    others = {
        split: batches(folder, dataset, split, options.batch_size, even) for split in dataset.splits if split != "train"
    }
    callbacks: list[keras.callbacks.Callback] = [_Progress(reporter, options.epochs, steps)]
    if "valid" in others:
        patience = options.patience or options.epochs
        callbacks.append(keras.callbacks.EarlyStopping("val_loss", patience=patience, restore_best_weights=True))
    else:
        reporter.warning("The dataset has no split valid: the last epoch is kept, whether it is the best or not.")
    history = network.fit(
        train_batches,
        epochs=options.epochs,
        validation_data=others.get("valid"),
        callbacks=callbacks,
        shuffle=False,  # the dataset does
        verbose=0,
    ).history
    losses = history.get("val_loss")
    best = int(np.argmin(losses)) if losses else len(history["loss"]) - 1
    confusions = {split: _confusion(network, data, dataset) for split, data in others.items()}
    return Trained(network, {key: [float(v) for v in values] for key, values in history.items()}, best + 1, confusions)


def augmentations(dataset: Dataset) -> dict[str, Change]:
    """The augmentations by name."""
    means, deviations = (
        {source.name: tf.constant(source.statistics[key], tf.float32) for source in dataset.sources}
        for key in ("mean", "stddev")
    )
    return {
        "flips and turns": flips_and_turns,
        "brightness and contrast": brightness_and_contrast(means, deviations),
        "noise": noise(deviations),
    }


def _changes(dataset: Dataset, options: Options) -> list[Change]:
    known = augmentations(dataset)
    return [known[name] for name in options.augment]


def _network(dataset: Dataset, element_spec: Any, options: Options) -> Network:
    statistics: dict[str, dict[str, list[Any]]] = {
        source.name: {**source.statistics, "nodata": source.nodata} for source in dataset.sources
    }
    return architecture(options.architecture)(
        head=Head.of_classes(len(dataset.classes)),
        statistics=statistics,
        dataset_element_spec=element_spec,
        inference_cropping=options.crops,
    )


def _schedule(options: Options, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """A short linear rise, then half a cosine down (Loshchilov and Hutter 2017)."""
    total = options.epochs * steps
    rise = max(1, round(WARM_UP * total))
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=options.learning_rate / 100,
        decay_steps=max(1, total - rise),
        warmup_target=options.learning_rate,
        warmup_steps=rise,
        alpha=FINAL_RATE,
    )


def _confusion(network: Network, data: tf.data.Dataset, dataset: Dataset) -> Confusion:
    metric = MeanF1(len(dataset.classes))
    for images, labels, weights in data:
        predicted = network.model(images, training=False)[PREDICTIONS]
        metric.update_state(labels[PREDICTIONS], predicted, weights[PREDICTIONS])
    return metric.confusion(dataset.classes.names)


class _Progress(keras.callbacks.Callback):
    def __init__(self, reporter: Reporter, epochs: int, steps: int) -> None:
        super().__init__()
        self._reporter, self._epochs, self._steps = reporter, epochs, steps
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        done = self._epoch + (batch + 1) / self._steps
        self._reporter.progress(done / self._epochs, f"Training: epoch {self._epoch + 1} of {self._epochs}")

    def on_test_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        self._reporter.check_cancelled()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        figures = logs or {}
        names = {"loss": "loss", "val_loss": "valid loss", "val_f1": "valid F1"}
        shown = ", ".join(f"{text} {figures[key]:.3f}" for key, text in names.items() if key in figures)
        self._reporter.info(f"Epoch {epoch + 1}: {shown}")
