"""A network as a function from the inputs that are read for a block to one block of each output raster."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, TypeVar

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..models.familiarity import UNFAMILIARITY
from ..models.layer_fields import output_tensors
from ..models.loading import OpenModel
from ..models.trimming import has_scores, temperature_of, trimmed_outputs
from ..rasters.grid import Window
from ..rasters.sources import Sources
from .blocks import BlockLayout
from .members import Member
from .memory import enough_memory
from .patch_grid import PatchGrid
from .pipeline import Compute
from .predictions import PredictionSpec
from .reading import NetworkInputs
from .tiling import TilingPlan

Network = Callable[[Mapping[str, tf.Tensor], tf.Tensor], Mapping[str, tf.Tensor]]
Image = TypeVar("Image", tf.Tensor, NDArray)
_DRY_RUN_PATCHES = 2
_SUM_TOLERANCE = 0.01  # of the sum of probabilities
_MAXIMUM_CONSTANT_BYTES = 32 << 20  # a graph keeps several copies of its constants


def block_function(model: OpenModel, spec: PredictionSpec, layout: BlockLayout, ratios: Sequence[Fraction]) -> Compute:
    """The network on blocks.

    Args:
        model: fully convolutional.
        spec: what to compute.
        layout: the blocks, whose crop is removed from the outputs.
        ratios: pixel size of each source / that of the reference.

    Returns:
        A function from a block [y, x, bands] of each source, and whether no value in them is missing, to the map,
        [y, x] or [y, x, bands], and the confidence [y, x, 2] and the unfamiliarity [y, x, 1] if they are computed.
    """
    network, temperature = _on_blocks(model, spec, ratios)
    is_fixed, flag = layout.has_one_size, tf.TensorSpec([], tf.bool)

    @tf.function(autograph=False)
    def compute(blocks: list[tf.Tensor], is_complete: tf.Tensor) -> list[tf.Tensor]:
        outputs = network(_feeds(model, spec.user_inputs, [block[tf.newaxis] for block in blocks]), is_complete)
        images = [outputs[name][0] for name in spec.outputs]
        channels = [image if image.shape.rank == 3 else image[..., tf.newaxis] for image in images]
        if len(channels) > 1:  # of different sizes, perhaps
            kept = tf.shape(blocks[0])[:2] * layout.scale.denominator // layout.scale.numerator - 2 * layout.crop
            channels = [tf.concat([tf.cast(_middle(image, kept), tf.float32) for image in channels], -1)]
        further = [outputs[UNFAMILIARITY][0]] if spec.unfamiliarity else []
        return spec.computed(channels[0], temperature=temperature) + further

    def graph_for(blocks: Sequence[tf.Tensor]) -> Callable[..., list[tf.Tensor]]:
        """One graph for blocks of all sizes, so that results do not depend on which block comes first."""
        nonlocal is_fixed
        if not is_fixed:
            try:
                specs = [tf.TensorSpec([None, None, block.shape[2]], block.dtype) for block in blocks]
                return compute.get_concrete_function(specs, flag)
            except TypeError:  # some layers of Keras must know the size: bilinear up-sampling
                is_fixed = True
        return compute.get_concrete_function([tf.TensorSpec(block.shape, block.dtype) for block in blocks], flag)

    def run(inputs: NetworkInputs, is_complete: bool) -> list[NDArray]:
        blocks = [tf.convert_to_tensor(image) for image in inputs]
        height, width = blocks[0].shape[:2]
        kept = tuple(int(size / layout.scale) - 2 * layout.crop for size in (height, width))
        results = graph_for(blocks)(blocks, tf.constant(is_complete))
        return spec.pixels([_middle(np.asarray(result), kept) for result in results])  # without a copy

    return run


def _middle(image: Image, size: Any) -> Image:
    """The middle of an image [y, x, channels].

    Args:
        image: at least as large.
        size: height and width, in pixels.
    """
    whole = tf.shape(image) if isinstance(image, tf.Tensor) else image.shape
    row, col = (whole[0] - size[0]) // 2, (whole[1] - size[1]) // 2
    return image[row : row + size[0], col : col + size[1]]


def _on_blocks(model: OpenModel, spec: PredictionSpec, ratios: Sequence[Fraction]) -> tuple[Network, float | None]:
    """The network; trimmed and with constants if one output is computed and its layer graph is known.

    Where classes are mapped, it ends before a softmax.

    Returns:
        A function of the inputs by name and of whether they are complete; and if it gives scores instead of
        probabilities, by what they are divided before the softmax.
    """
    output, temperature = spec.outputs[0], None
    try:
        graph = model.keras_model if len(spec.outputs) == 1 else None
        if graph is None or not set(spec.computed_outputs) <= set(output_tensors(graph)):
            return (lambda inputs, is_complete: model(inputs)), None
        ratio_of = {tensor.name: ratio for tensor, ratio in zip(model.images, ratios)}
        if spec.gives_classes and has_scores(graph, output):
            temperature = temperature_of(graph, output)
        compute = trimmed_outputs(graph, spec.computed_outputs, ratio_of, scores=temperature is not None)
    except InputError:  # a layer whose receptive field is unknown
        return (lambda inputs, is_complete: model(inputs)), None
    return _constant(graph, compute), temperature


def _constant(model: keras.Model, compute: Network) -> Network:
    """The network with the variables of a small model as constants, so that TensorFlow can fold layers into each other.

    Batch normalisation becomes part of convolutions.
    """
    values = [variable.numpy() for variable in model.variables]
    if sum(value.nbytes for value in values) > _MAXIMUM_CONSTANT_BYTES:
        return compute

    def run(inputs: Mapping[str, tf.Tensor], is_complete: tf.Tensor) -> Mapping[str, tf.Tensor]:
        with keras.StatelessScope([(variable, tf.constant(value)) for variable, value in zip(model.variables, values)]):
            return compute(inputs, is_complete)

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

    @tf.function(autograph=False, reduce_retracing=True)
    def compute(patches: list[tf.Tensor]) -> list[tf.Tensor]:
        outputs = model(_feeds(model, spec.user_inputs, patches))
        answers = [tf.reshape(outputs[name], [tf.shape(patches[0])[0], -1]) for name in spec.outputs]
        further = [outputs[UNFAMILIARITY]] if spec.unfamiliarity else []
        return spec.computed(tf.concat([tf.cast(answer, tf.float32) for answer in answers], -1)) + further

    def run(inputs: NetworkInputs, is_complete: bool) -> list[NDArray]:
        grids = [patches for patches in inputs if isinstance(patches, PatchGrid)]
        height, width = len(grids[0].rows), len(grids[0].cols)
        parts = []
        for first in range(0, height * width, batch):
            last = min(first + batch, height * width)
            results = compute([tf.convert_to_tensor(patches.batch(first, last)) for patches in grids])
            parts.append([result.numpy() for result in results])
        joined = [np.concatenate(part) for part in zip(*parts)]
        return spec.pixels([result.reshape(height, width, -1) for result in joined])

    return run


def dry_run(member: Member, sources: Sources, plan: TilingPlan, *, probabilities: bool = False) -> list[int]:
    """Run the network once on images of zeros, to see whether its outputs can be mapped.

    Args:
        member: the network.
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
    feeds = _feeds(member.model, member.user_inputs, [tf.zeros([batch, *shape], tf.uint8) for shape in shapes])
    with enough_memory(), _rejected_images():
        found = member.model(feeds)
    if probabilities:
        for name in member.outputs:
            _check_probabilities(name, found[name].numpy())
    count = _patch_channels if plan.patch_size else _block_channels
    return [count(name, tuple(found[name].shape), layout) for name in member.outputs]


def _check_probabilities(name: str, values: NDArray) -> None:
    sums = values.sum(axis=-1)
    wrong = sums[np.abs(sums - 1) > _SUM_TOLERANCE]  # NaN is accepted: networks may give it for an image of zeros
    if wrong.size or (values < 0).any():
        raise InputError(
            tr("The output {name} gives no probabilities, so there is no confidence.").format(name=name),
            expected=tr("values from 0 to 1 that add up to 1 for each pixel"),
            received=tr("values from {min:g} to {max:g} that add up to {sum:g} for one pixel").format(
                min=values.min(), max=values.max(), sum=sums.flat[0]
            ),
            remedy=tr("Leave the confidence empty, or choose an output that follows a softmax (OUTPUT_NAMES)."),
        )


def _patch_channels(name: str, shape: tuple[int, ...], layout: BlockLayout) -> int:
    if shape[:1] != (_DRY_RUN_PATCHES,) or (len(shape) > 3 and shape[1:3] != (1, 1)):
        raise InputError(
            tr("The output {name} does not give one answer for each patch.").format(name=name),
            expected=tr("an output [patch, channels]"),
            received=tr("a shape of {shape} for {count} patches").format(shape=list(shape), count=_DRY_RUN_PATCHES),
            remedy=tr("Choose the mode 'fully convolutional', or another output (OUTPUT_NAMES)."),
        )
    return math.prod(shape[1:])


def _block_channels(name: str, shape: tuple[int, ...], layout: BlockLayout) -> int:
    if len(shape) not in (3, 4) or shape[0] != 1:
        raise InputError(
            tr("The output {name} is no image.").format(name=name),
            expected=tr("an output [batch, y, x, channels]"),
            received=tr("a shape of {shape}").format(shape=list(shape)),
            remedy=tr(
                "Choose the mode 'patch-based' if it is one answer for a patch, or another output (OUTPUT_NAMES)."
            ),
        )
    side = layout.efield + 2 * layout.crop
    lost = [side - size for size in shape[1:3]]
    if any(pixels < 0 or pixels > 2 * layout.crop or pixels % 2 for pixels in lost):
        raise InputError(
            tr("The output {name} does not lie on the ground of the image.").format(name=name),
            expected=tr(
                "{side} × {side} pixels, or up to {crop} fewer on each side, for {rfield} of the image (SCALE = "
                "{scale})"
            ).format(side=side, crop=layout.crop, rfield=layout.rfield, scale=layout.scale),
            received=tr("{width} × {height} pixels").format(width=shape[2], height=shape[1]),
            remedy=tr("Give SCALE, the pixel size of the output / that of the image, and a CROP that is large enough."),
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
            tr("The network does not run on these images."),
            expected=tr("sources with the bands and the resolutions that it was made for, in its order"),
            received=str(error)[:500],
        ) from error
