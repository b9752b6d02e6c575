"""From what a user left open to the network that is trained: by the effort, and by the time that a step takes here."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import tensorflow as tf

from ..datasets.description import DatasetDescription
from ..language import tr
from ..models.architectures import architecture
from ..models.architectures.pixel import Pixel
from ..models.custom import model_file_errors
from ..models.heads import PREDICTIONS
from ..runtime.reporter import Reporter, duration_text
from .checkpoints import Checkpoints
from .effort import Effort, affordable_epochs, coarse, size_of
from .fitting import steps_per_epoch
from .fused_normalization import fuse_batch_normalization
from .input_pipeline import InputPipeline
from .network_builder import NetworkBuilder
from .request import TrainRequest
from .strategy import TrainingDevices

_TIMED = 3  # steps; the fastest one counts
_CHOSEN = ("epochs", "width", "depth")  # what an effort chooses, where the user did not


def sized(
    request: TrainRequest,
    effort: Effort,
    description: DatasetDescription,
    devices: TrainingDevices,
    checkpoints: Checkpoints,
    reporter: Reporter,
) -> TrainRequest:
    """Choose epochs, width and depth where they are 0.

    Args:
        request: the parameters of the training.
        effort: how large a network is wanted, and for how long.
        description: of the dataset.
        devices: what to train on.
        checkpoints: if they are those of an unfinished training, what that chose is chosen again.
        reporter: is told what was chosen, and why.

    Returns:
        The request with the number of epochs; width and depth stay 0 where the architecture's own are best.
    """
    if checkpoints.epochs:
        epochs, width, depth = (getattr(request, name) or checkpoints.started_with(name) or 0 for name in _CHOSEN)
        return replace(request, epochs=epochs, width=width, depth=depth)
    size = size_of(effort, scalable_options(request), description.sources[0].patch_size)
    request = replace(request, width=request.width or size.width, depth=request.depth or size.depth)
    if request.epochs:
        return request
    steps = steps_per_epoch(request, description, devices)
    seconds = None
    if devices.workers == 1 and request.architecture != Pixel.NAME:  # several processes must choose the same
        seconds = step_seconds(request, description, devices)
    epochs = affordable_epochs(effort, seconds, steps)
    if seconds is not None:
        expected = duration_text(epochs * steps * coarse(seconds))
        reporter.info(
            tr("{epochs} epochs of {steps} steps, which take about {expected} on this computer.").format(
                epochs=epochs, steps=steps, expected=expected
            )
        )
    return replace(request, epochs=epochs)


def scalable_options(request: TrainRequest) -> dict[str, Any]:
    """The default width and depth of the network, where an effort may choose others; empty: they are fixed."""
    if request.init_model or request.architecture in ("custom", "backbone", Pixel.NAME):
        return {}
    return architecture(request.architecture).OPTIONS


def step_seconds(request: TrainRequest, description: DatasetDescription, devices: TrainingDevices) -> float:
    """Measure the time of a step of the network: forward, and back to the gradients.

    Args:
        request: the parameters, with width and depth.
        description: of the dataset.
        devices: the batch is shared among them.
    """
    builder = NetworkBuilder(request, description)
    folder = Path(request.dataset)
    pipeline = InputPipeline(folder, description, builder.means, builder.label_kind, builder.marks_missing)
    batch = devices.global_batch_size(request.batch_size) // devices.strategy.num_replicas_in_sync
    images = {
        source.name: tf.zeros([batch, source.patch_size, source.patch_size, len(source.bands)])
        for source in description.sources
    }
    with model_file_errors():
        model = builder.build(pipeline.element_spec, ()).model
        fuse_batch_normalization(model)

        def step() -> float:
            started = time.perf_counter()
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(model(images, training=True)[PREDICTIONS])
            for gradient in tape.gradient(loss, model.trainable_variables):
                if gradient is not None:
                    tf.convert_to_tensor(gradient).numpy()  # waits until a GPU has computed it
            return time.perf_counter() - started

        step()  # allocates memory
        return min(step() for _ in range(_TIMED))
