"""A network as a function from what is read for a block to one block of each raster that is made."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..labels.classes import ClassList
from ..models.layer_fields import output_tensors
from ..models.loading import OpenModel
from ..models.trimming import trimmed
from ..rasters.grid import Window
from ..rasters.sources import Sources
from .blocks import BlockLayout
from .memory import enough_memory
from .patches import Patches
from .products import PROBABILITY_STEPS
from .reading import Values

Compute = Callable[[Values], "list[NDArray]"]
Network = Callable[[Mapping[str, tf.Tensor]], Mapping[str, tf.Tensor]]
_BATCH_TRIED = 2
_MOST_OFF_ONE = 0.01  # of the sum of probabilities
_MOST_CONSTANT_BYTES = 32 << 20  # a graph keeps several copies of its constants


@dataclass(frozen=True)
class Wanted:
    """What to compute of a network's outputs.

    Args:
        outputs: their names; several are stacked band-wise.
        output_type: one of `options.OUTPUT_TYPES`.
        classes: what the channels mean; None: they are numbers.
        confidence: also the highest probability and the normalised entropy.
        user_inputs: by name: what inputs that are no images get.
    """

    outputs: tuple[str, ...]
    output_type: str
    classes: ClassList | None
    confidence: bool
    user_inputs: Mapping[str, NDArray]


def block_function(model: OpenModel, wanted: Wanted, layout: BlockLayout, ratios: Sequence[Fraction]) -> Compute:
    """The network on blocks.

    Args:
        model: fully convolutional.
        wanted: what to compute.
        layout: how the reference is cut: all but the crop is kept of the outputs.
        ratios: pixel size of each source / that of the reference.

    Returns:
        A function from a block [y, x, bands] of each source to the map, [y, x] or [y, x, bands], and the confidence
        [y, x, 2] if that is wanted.
    """

    network = _on_blocks(model, wanted.outputs, ratios)
    is_fixed = layout.is_even

    @tf.function
    def compute(blocks: list[tf.Tensor]) -> list[tf.Tensor]:
        outputs = network(_feeds(model, wanted.user_inputs, [block[tf.newaxis] for block in blocks]))
        kept = tf.shape(blocks[0])[:2] * layout.scale.denominator // layout.scale.numerator - 2 * layout.crop
        middles = []
        for name in wanted.outputs:
            whole = outputs[name][0]
            first = (tf.shape(whole)[:2] - kept) // 2
            middle = whole[first[0] : first[0] + kept[0], first[1] : first[1] + kept[1]]
            middles.append(middle if whole.shape.rank == 3 else middle[..., tf.newaxis])
        return _finished(middles, wanted)

    def graph_for(blocks: Sequence[tf.Tensor]) -> Callable[..., list[tf.Tensor]]:
        """One graph for blocks of all sizes, so that it does not depend on which of them came first."""
        nonlocal is_fixed
        if not is_fixed:
            try:
                specs = [tf.TensorSpec([None, None, one.shape[2]], one.dtype) for one in blocks]
                return compute.get_concrete_function(specs)
            except TypeError:  # some layers of Keras must know the size: bilinear up-sampling
                is_fixed = True
        return compute.get_concrete_function([tf.TensorSpec(one.shape, one.dtype) for one in blocks])

    def run(values: Values) -> list[NDArray]:
        blocks = [tf.convert_to_tensor(one) for one in values]
        return [result.numpy() for result in graph_for(blocks)(blocks)]

    return run


def _on_blocks(model: OpenModel, outputs: Sequence[str], ratios: Sequence[Fraction]) -> Network:
    """The network, trimmed and with constants if it has one output to compute and a layer graph that is known."""
    if len(outputs) > 1:
        return model
    try:
        graph = model.keras_model
        if graph is None or outputs[0] not in output_tensors(graph):
            return model
        compute = trimmed(graph, outputs[0], {one.name: ratio for one, ratio in zip(model.images, ratios)})
    except InputError:  # a layer whose reach is not known
        return model
    return _constant(graph, lambda inputs: {outputs[0]: compute(inputs)})


def _constant(model: keras.Model, compute: Network) -> Network:
    """With the variables of a small model as constants: TensorFlow folds batch normalisation into convolutions."""
    values = [one.numpy() for one in model.variables]
    if sum(value.nbytes for value in values) > _MOST_CONSTANT_BYTES:
        return compute

    def run(inputs: Mapping[str, tf.Tensor]) -> Mapping[str, tf.Tensor]:
        with keras.StatelessScope([(one, tf.constant(value)) for one, value in zip(model.variables, values)]):
            return compute(inputs)

    return run


def patch_function(model: OpenModel, wanted: Wanted, batch: int) -> Compute:
    """The network on patches, in batches.

    Args:
        model: gives one answer for each patch.
        wanted: what to compute.
        batch: how many patches are computed at a time.

    Returns:
        A function as that of `block_function`, from the `Patches` of each source.
    """

    @tf.function(reduce_retracing=True)
    def compute(patches: list[tf.Tensor]) -> list[tf.Tensor]:
        outputs = model(_feeds(model, wanted.user_inputs, patches))
        answers = [tf.reshape(outputs[name], [tf.shape(patches[0])[0], -1]) for name in wanted.outputs]
        return _finished(answers, wanted)

    def run(values: Values) -> list[NDArray]:
        sources = [one for one in values if isinstance(one, Patches)]
        height, width = len(sources[0].rows), len(sources[0].cols)
        parts = []
        for first in range(0, height * width, batch):
            last = min(first + batch, height * width)
            results = compute([tf.convert_to_tensor(one.batch(first, last)) for one in sources])
            parts.append([result.numpy() for result in results])
        whole = [np.concatenate(part) for part in zip(*parts)]
        return [result.reshape(height, width, *result.shape[1:]) for result in whole]

    return run


def channels(
    model: OpenModel,
    outputs: Sequence[str],
    user_inputs: Mapping[str, NDArray],
    sources: Sources,
    layout: BlockLayout,
    patch_size: int = 0,
    *,
    probabilities: bool = False,
) -> list[int]:
    """How many channels outputs have, found by running the network on nothing but 0.

    Args:
        model: any.
        outputs: their names.
        user_inputs: what inputs that are no images get.
        sources: the images.
        layout: how the reference is cut.
        patch_size: side of the patches that the network takes; 0: it takes whole blocks.
        probabilities: whether each output must be the probabilities of classes.

    Raises:
        InputError: the network does not run on such images, or the outputs do not lie on their ground, or are no
            probabilities.
    """
    window = Window(*sources.phase, patch_size or layout.rfield, patch_size or layout.rfield)
    shapes = [(*sources.window(index, window).shape, source.bands) for index, source in enumerate(sources)]
    batch = _BATCH_TRIED if patch_size else 1
    feeds = _feeds(model, user_inputs, [tf.zeros([batch, *shape], tf.uint8) for shape in shapes])
    with enough_memory(), _tried():
        found = model(feeds)
    if probabilities:
        for name in outputs:
            _check_probabilities(name, found[name].numpy())
    check = _patch_channels if patch_size else _block_channels
    return [check(name, tuple(found[name].shape), layout) for name in outputs]


def _check_probabilities(name: str, values: NDArray) -> None:
    sums = values.sum(axis=-1)
    wrong = sums[np.abs(sums - 1) > _MOST_OFF_ONE]  # NaN is not: networks may give it for nothing but 0
    if wrong.size or (values < 0).any():
        raise InputError(
            f"The output {name} gives no probabilities, so that there is no confidence.",
            expected="values from 0 to 1 that add up to 1 for each pixel",
            received=f"values from {values.min():g} to {values.max():g} that add up to {sums.flat[0]:g} for one pixel",
            remedy="Leave the confidence empty, or choose an output that follows a softmax (OUTPUT_NAMES).",
        )


def _patch_channels(name: str, shape: tuple[int, ...], layout: BlockLayout) -> int:
    if shape[:1] != (_BATCH_TRIED,) or (len(shape) > 3 and shape[1:3] != (1, 1)):
        raise InputError(
            f"The output {name} is not one answer for each patch.",
            expected="an output [patch, channels]",
            received=f"a shape of {list(shape)} for {_BATCH_TRIED} patches",
            remedy="Choose the mode 'fully convolutional', or another output (OUTPUT_NAMES).",
        )
    return math.prod(shape[1:])


def _block_channels(name: str, shape: tuple[int, ...], layout: BlockLayout) -> int:
    if len(shape) not in (3, 4) or shape[0] != 1:
        raise InputError(
            f"The output {name} is no image.",
            expected="an output [batch, y, x, channels]",
            received=f"a shape of {list(shape)}",
            remedy="Choose the mode 'patch-based' if it is one answer for a patch, or another output (OUTPUT_NAMES).",
        )
    side = layout.efield + 2 * layout.crop
    lost = [side - own for own in shape[1:3]]
    if any(one < 0 or one > 2 * layout.crop or one % 2 for one in lost):
        raise InputError(
            f"The output {name} does not lie on the ground of the image.",
            expected=f"{side} × {side} pixels, or up to {layout.crop} fewer on each side, for {layout.rfield} of the "
            f"image (SCALE = {layout.scale})",
            received=f"{shape[2]} × {shape[1]} pixels",
            remedy="Give SCALE, the pixel size of the output / that of the image, and a CROP that is large enough.",
        )
    return shape[3] if len(shape) == 4 else 1


def _feeds(model: OpenModel, user_inputs: Mapping[str, NDArray], images: Sequence[tf.Tensor]) -> dict[str, tf.Tensor]:
    """What goes into the network; single values are repeated for each image of the batch."""
    count = tf.shape(images[0])[0]
    scalars = {
        name: tf.repeat(value, count, axis=0) if value.ndim and value.shape[0] == 1 else tf.constant(value)
        for name, value in user_inputs.items()
    }
    return {**dict(zip((one.name for one in model.images), images)), **scalars}


def _finished(outputs: Sequence[tf.Tensor], wanted: Wanted) -> list[tf.Tensor]:
    """The map and the confidence from the channels [..., channels] of the outputs."""
    channels = outputs[0] if len(outputs) == 1 else tf.concat([tf.cast(one, tf.float32) for one in outputs], -1)
    channels = tf.cast(channels, tf.float32)
    if wanted.output_type == "classes" and wanted.classes is not None:
        results = [tf.gather(tf.constant(wanted.classes.values_array()), tf.argmax(channels, axis=-1))]
    elif wanted.output_type == "probabilities (uint8)":
        steps = tf.round(tf.clip_by_value(channels, 0, 1) * PROBABILITY_STEPS)
        results = [tf.cast(steps, tf.uint8)]
    else:
        results = [channels]
    if wanted.confidence:
        results.append(_confidence(channels))
    return results


def _confidence(probabilities: tf.Tensor) -> tf.Tensor:
    """Highest probability, and entropy as a share of the greatest possible, [..., 2]."""
    highest = tf.reduce_max(probabilities, axis=-1)
    entropy = -tf.reduce_sum(tf.math.xlogy(probabilities, probabilities), axis=-1)
    greatest = tf.math.log(tf.cast(tf.shape(probabilities)[-1], tf.float32))
    return tf.stack([highest, entropy / greatest], axis=-1)


@contextmanager
def _tried() -> Iterator[None]:
    """What a network says of images of shapes that it rejects becomes an error that a user can act on.

    Not where maps are computed: by then the shapes are known to fit, and an error is a fault of ours.
    """
    try:
        yield
    except tf.errors.ResourceExhaustedError:
        raise
    except (tf.errors.OpError, ValueError, TypeError) as error:
        raise InputError(
            "The network does not run on these images.",
            expected="sources of the bands and the resolutions that it was made for, in its order",
            received=str(error)[:500],
        ) from error
