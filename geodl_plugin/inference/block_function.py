"""A network as a function from the inputs that are read for a block to one block of each output raster."""

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
from .output_rasters import PROBABILITY_STEPS
from .patch_grid import PatchGrid
from .pipeline import Compute
from .reading import NetworkInputs
from .tiling import TilingPlan

Network = Callable[[Mapping[str, tf.Tensor]], Mapping[str, tf.Tensor]]
_DRY_RUN_PATCHES = 2
_SUM_TOLERANCE = 0.01  # of the sum of probabilities
_MAXIMUM_CONSTANT_BYTES = 32 << 20  # a graph keeps several copies of its constants


@dataclass(frozen=True)
class PredictionSpec:
    """What to compute with a network.

    Args:
        outputs: their names; several are stacked band-wise.
        output_type: one of `options.OUTPUT_TYPES`.
        classes: what the channels mean; None: they are numbers.
        confidence: also the highest probability and the normalised entropy.
        user_inputs: values of the inputs that are no images, by name.
    """

    outputs: tuple[str, ...]
    output_type: str
    classes: ClassList | None
    confidence: bool
    user_inputs: Mapping[str, NDArray]

    @property
    def only_classes(self) -> bool:
        """Whether nothing but the class of the highest probability is wanted."""
        return self.output_type == "classes" and self.classes is not None and not self.confidence


def network_function(
    model: OpenModel, spec: PredictionSpec, layout: BlockLayout, ratios: Sequence[Fraction], batch: int
) -> Compute:
    """The network on blocks, or on patches.

    Args:
        model: any.
        spec: what to compute.
        layout: the blocks.
        ratios: pixel size of each source / that of the reference.
        batch: how many patches are computed at a time; 0: the network takes whole blocks.

    Returns:
        As `block_function` or `patch_function`.
    """
    return patch_function(model, spec, batch) if batch else block_function(model, spec, layout, ratios)


def block_function(model: OpenModel, spec: PredictionSpec, layout: BlockLayout, ratios: Sequence[Fraction]) -> Compute:
    """The network on blocks.

    Args:
        model: fully convolutional.
        spec: what to compute.
        layout: the blocks, whose crop is removed from the outputs.
        ratios: pixel size of each source / that of the reference.

    Returns:
        A function from a block [y, x, bands] of each source to the map, [y, x] or [y, x, bands], and the confidence
        [y, x, 2] if it is computed.
    """
    network = _on_blocks(model, spec, ratios)
    is_fixed = layout.has_one_size

    @tf.function
    def compute(blocks: list[tf.Tensor]) -> list[tf.Tensor]:
        outputs = network(_feeds(model, spec.user_inputs, [block[tf.newaxis] for block in blocks]))
        kept = tf.shape(blocks[0])[:2] * layout.scale.denominator // layout.scale.numerator - 2 * layout.crop
        middles = []
        for name in spec.outputs:
            whole = outputs[name][0]
            first = (tf.shape(whole)[:2] - kept) // 2
            middle = whole[first[0] : first[0] + kept[0], first[1] : first[1] + kept[1]]
            middles.append(middle if whole.shape.rank == 3 else middle[..., tf.newaxis])
        return _to_rasters(middles, spec)

    def graph_for(blocks: Sequence[tf.Tensor]) -> Callable[..., list[tf.Tensor]]:
        """One graph for blocks of all sizes, so that results do not depend on which block comes first."""
        nonlocal is_fixed
        if not is_fixed:
            try:
                specs = [tf.TensorSpec([None, None, block.shape[2]], block.dtype) for block in blocks]
                return compute.get_concrete_function(specs)
            except TypeError:  # some layers of Keras must know the size: bilinear up-sampling
                is_fixed = True
        return compute.get_concrete_function([tf.TensorSpec(block.shape, block.dtype) for block in blocks])

    def run(inputs: NetworkInputs) -> list[NDArray]:
        blocks = [tf.convert_to_tensor(image) for image in inputs]
        return [result.numpy() for result in graph_for(blocks)(blocks)]

    return run


def _on_blocks(model: OpenModel, spec: PredictionSpec, ratios: Sequence[Fraction]) -> Network:
    """The network; trimmed and with constants if one output is computed and its layer graph is known.

    Where only classes are mapped, it ends before a softmax.
    """
    outputs = spec.outputs
    if len(outputs) > 1:
        return model
    try:
        graph = model.keras_model
        if graph is None or outputs[0] not in output_tensors(graph):
            return model
        ratio_of = {tensor.name: ratio for tensor, ratio in zip(model.images, ratios)}
        compute = trimmed(graph, outputs[0], ratio_of, scores_only=spec.only_classes)
    except InputError:  # a layer whose receptive field is unknown
        return model
    return _constant(graph, lambda inputs: {outputs[0]: compute(inputs)})


def _constant(model: keras.Model, compute: Network) -> Network:
    """The network with the variables of a small model as constants, so that TensorFlow can fold layers into each other.

    Batch normalisation becomes part of convolutions.
    """
    values = [variable.numpy() for variable in model.variables]
    if sum(value.nbytes for value in values) > _MAXIMUM_CONSTANT_BYTES:
        return compute

    def run(inputs: Mapping[str, tf.Tensor]) -> Mapping[str, tf.Tensor]:
        with keras.StatelessScope([(variable, tf.constant(value)) for variable, value in zip(model.variables, values)]):
            return compute(inputs)

    return run


def patch_function(model: OpenModel, spec: PredictionSpec, batch: int) -> Compute:
    """The network on patches, in batches.

    Args:
        model: gives one answer for each patch.
        spec: what to compute.
        batch: how many patches are computed at a time.

    Returns:
        The same as `block_function`, from the `PatchGrid` of each source.
    """

    @tf.function(reduce_retracing=True)
    def compute(patches: list[tf.Tensor]) -> list[tf.Tensor]:
        outputs = model(_feeds(model, spec.user_inputs, patches))
        answers = [tf.reshape(outputs[name], [tf.shape(patches[0])[0], -1]) for name in spec.outputs]
        return _to_rasters(answers, spec)

    def run(inputs: NetworkInputs) -> list[NDArray]:
        grids = [patches for patches in inputs if isinstance(patches, PatchGrid)]
        height, width = len(grids[0].rows), len(grids[0].cols)
        parts = []
        for first in range(0, height * width, batch):
            last = min(first + batch, height * width)
            results = compute([tf.convert_to_tensor(patches.batch(first, last)) for patches in grids])
            parts.append([result.numpy() for result in results])
        joined = [np.concatenate(part) for part in zip(*parts)]
        return [result.reshape(height, width, *result.shape[1:]) for result in joined]

    return run


def dry_run(
    model: OpenModel,
    outputs: Sequence[str],
    user_inputs: Mapping[str, NDArray],
    sources: Sources,
    plan: TilingPlan,
    *,
    probabilities: bool = False,
) -> list[int]:
    """Run the network once on images of zeros, to see whether its outputs can be mapped.

    Args:
        model: any.
        outputs: their names.
        user_inputs: values of the inputs that are no images, by name.
        sources: the images.
        plan: its smallest blocks are tried.
        probabilities: whether each output must be the probabilities of classes.

    Returns:
        The number of channels of each output.

    Raises:
        InputError: the network does not run on such images, or the outputs are not of the size of the image, or no
            probabilities.
    """
    layout = plan.smallest
    side = plan.patch_size or layout.rfield
    window = Window(*sources.phase, side, side)
    shapes = [(*sources.window(index, window).shape, source.bands) for index, source in enumerate(sources)]
    batch = _DRY_RUN_PATCHES if plan.patch_size else 1
    feeds = _feeds(model, user_inputs, [tf.zeros([batch, *shape], tf.uint8) for shape in shapes])
    with enough_memory(), _rejected_images():
        found = model(feeds)
    if probabilities:
        for name in outputs:
            _check_probabilities(name, found[name].numpy())
    count = _patch_channels if plan.patch_size else _block_channels
    return [count(name, tuple(found[name].shape), layout) for name in outputs]


def _check_probabilities(name: str, values: NDArray) -> None:
    sums = values.sum(axis=-1)
    wrong = sums[np.abs(sums - 1) > _SUM_TOLERANCE]  # NaN is accepted: networks may give it for an image of zeros
    if wrong.size or (values < 0).any():
        raise InputError(
            f"The output {name} gives no probabilities, so there is no confidence.",
            expected="values from 0 to 1 that add up to 1 for each pixel",
            received=f"values from {values.min():g} to {values.max():g} that add up to {sums.flat[0]:g} for one pixel",
            remedy="Leave the confidence empty, or choose an output that follows a softmax (OUTPUT_NAMES).",
        )


def _patch_channels(name: str, shape: tuple[int, ...], layout: BlockLayout) -> int:
    if shape[:1] != (_DRY_RUN_PATCHES,) or (len(shape) > 3 and shape[1:3] != (1, 1)):
        raise InputError(
            f"The output {name} does not give one answer for each patch.",
            expected="an output [patch, channels]",
            received=f"a shape of {list(shape)} for {_DRY_RUN_PATCHES} patches",
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
    lost = [side - size for size in shape[1:3]]
    if any(pixels < 0 or pixels > 2 * layout.crop or pixels % 2 for pixels in lost):
        raise InputError(
            f"The output {name} does not lie on the ground of the image.",
            expected=f"{side} × {side} pixels, or up to {layout.crop} fewer on each side, for {layout.rfield} of the "
            f"image (SCALE = {layout.scale})",
            received=f"{shape[2]} × {shape[1]} pixels",
            remedy="Give SCALE, the pixel size of the output / that of the image, and a CROP that is large enough.",
        )
    return shape[3] if len(shape) == 4 else 1


def _feeds(model: OpenModel, user_inputs: Mapping[str, NDArray], images: Sequence[tf.Tensor]) -> dict[str, tf.Tensor]:
    """The inputs of the network; single values are repeated for each image of the batch."""
    count = tf.shape(images[0])[0]
    scalars = {
        name: tf.repeat(value, count, axis=0) if value.ndim and value.shape[0] == 1 else tf.constant(value)
        for name, value in user_inputs.items()
    }
    return {**dict(zip((tensor.name for tensor in model.images), images)), **scalars}


def _to_rasters(outputs: Sequence[tf.Tensor], spec: PredictionSpec) -> list[tf.Tensor]:
    """The map and the confidence from the channels [..., channels] of the outputs."""
    channels = outputs[0] if len(outputs) == 1 else tf.concat([tf.cast(output, tf.float32) for output in outputs], -1)
    channels = tf.cast(channels, tf.float32)
    if spec.output_type == "classes" and spec.classes is not None:
        results = [tf.gather(tf.constant(spec.classes.values_array()), tf.argmax(channels, axis=-1))]
    elif spec.output_type == "probabilities (uint8)":
        steps = tf.round(tf.clip_by_value(channels, 0, 1) * PROBABILITY_STEPS)
        results = [tf.cast(steps, tf.uint8)]
    else:
        results = [channels]
    if spec.confidence:
        results.append(_confidence(channels))
    return results


def _confidence(probabilities: tf.Tensor) -> tf.Tensor:
    """Highest probability, and entropy as a share of the maximum, [..., 2]."""
    highest = tf.reduce_max(probabilities, axis=-1)
    entropy = -tf.reduce_sum(tf.math.xlogy(probabilities, probabilities), axis=-1)
    maximum = tf.math.log(tf.cast(tf.shape(probabilities)[-1], tf.float32))
    return tf.stack([highest, entropy / maximum], axis=-1)


@contextmanager
def _rejected_images() -> Iterator[None]:
    """Errors of a network become one that tells what to do: it rejects images of these shapes.

    Only for the dry run: later the shapes are known to be right, and an error is a bug.
    """
    try:
        yield
    except tf.errors.ResourceExhaustedError:
        raise
    except (tf.errors.OpError, ValueError, TypeError) as error:
        raise InputError(
            "The network does not run on these images.",
            expected="sources with the bands and the resolutions that it was made for, in its order",
            received=str(error)[:500],
        ) from error
