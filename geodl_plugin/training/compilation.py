"""Optimizer, learning rate, loss and metrics of a training."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from ..datasets.description import DatasetDescription
from ..models.base import ModelBase
from ..models.heads import PREDICTIONS
from ..options import BACKBONE_WEIGHTS
from .class_weights import class_weights
from .losses import classification_loss, regression_loss
from .metrics import CalibratedLoss, MeanF1
from .request import TrainRequest

CLASSIFICATION_RATE, REGRESSION_RATE = 0.002, 0.01  # the maximum learning rates, if none is given
FINE_TUNING_RATE = 0.001  # for weights that were trained before
WARM_UP = 0.05  # fraction of the steps in which the learning rate rises
FINAL_RATE = 0.01  # the last learning rate, as a fraction of the maximum
EMA_STEPS = 0.1  # fraction of the steps that the moving average of the weights covers
MAX_GRADIENT_NORM = 1.0


class ClippingAdamW(keras.optimizers.AdamW):
    """AdamW that clips the gradient of each variable by its norm.

    Keras' own ``clipnorm`` clips those of each device, before they are summed: several devices would then train another
    network than one.
    """

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        super().update_step(tf.clip_by_norm(gradient, MAX_GRADIENT_NORM), variable, learning_rate)


def compile_network(network: ModelBase, request: TrainRequest, description: DatasetDescription, steps: int) -> None:
    """Compile a network for training.

    Args:
        network: the network, whose output `PREDICTIONS` is trained.
        request: the parameters of the training.
        description: of the dataset.
        steps: batches per epoch.
    """
    optimizer = ClippingAdamW(
        _schedule(maximum_learning_rate(request, description), request.epochs * steps),
        weight_decay=request.weight_decay,
        name="adamw",  # in the checkpoints as well
        use_ema=True,  # validated and kept are averaged weights: single steps are noisy (Polyak and Juditsky 1992)
        ema_momentum=1 - 1 / max(1.0, EMA_STEPS * request.epochs * steps),
    )
    optimizer.exclude_from_weight_decay(var_names=["bias", "beta", "gamma"])
    if description.values:
        loss, loss_weight = regression_loss(request.loss, description.values.stddev or 1.0)
        metrics = [keras.metrics.MeanAbsoluteError(name="mae"), keras.metrics.RootMeanSquaredError(name="rmse")]
    else:
        weights = class_weights(request.class_weights, request.class_weight_values, description).tolist()
        dice_weights = weights if request.class_weights == "given" else None  # Dice is balanced by itself
        loss, loss_weight = classification_loss(request.loss, dice_weights), 1.0
        metrics = [keras.metrics.CategoricalAccuracy(name="accuracy"), MeanF1(len(weights)), CalibratedLoss(weights)]
    network.compile(
        optimizer=optimizer,
        loss={PREDICTIONS: loss},
        loss_weights={PREDICTIONS: loss_weight},
        weighted_metrics={PREDICTIONS: metrics},
    )


def maximum_learning_rate(request: TrainRequest, description: DatasetDescription) -> float:
    """The given learning rate, or a good one for the task: lower for weights that were trained before."""
    if request.learning_rate:
        return request.learning_rate
    if request.init_model or (request.architecture == "backbone" and request.backbone_weights != BACKBONE_WEIGHTS):
        return FINE_TUNING_RATE
    return REGRESSION_RATE if description.values else CLASSIFICATION_RATE


def _schedule(maximum: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """A linear warm-up, then half a cosine down (Loshchilov and Hutter 2017)."""
    warm_up = max(1, round(WARM_UP * steps))
    return keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=maximum / 100,
        decay_steps=max(1, steps - warm_up),
        warmup_target=maximum,
        warmup_steps=warm_up,
        alpha=FINAL_RATE,
    )
