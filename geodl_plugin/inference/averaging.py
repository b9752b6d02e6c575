"""The networks of a map as one function of a block: one network, or the mean of several and of several orientations.

Each network is computed once for each orientation, one after the other, so that a block takes hardly more memory than
with one.  Probabilities, or continuous values, are averaged; classes and confidence are made of the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from .block_function import block_function, patch_function
from .blocks import BlockLayout
from .members import Member
from .orientations import Orientation
from .patch_grid import PatchGrid
from .pipeline import Compute
from .predictions import PredictionSpec
from .reading import NetworkInputs


def network_function(
    members: Sequence[Member],
    orientations: Sequence[Orientation],
    spec: PredictionSpec,
    layout: BlockLayout,
    ratios: Sequence[Fraction],
    batch: int,
) -> Compute:
    """The networks on blocks, or on patches.

    Args:
        members: the models.
        orientations: in which each is applied to the image.
        spec: what to compute; its outputs and user inputs are those of the members.
        layout: the blocks.
        ratios: pixel size of each source / that of the reference.
        batch: how many patches are computed at a time; 0: the networks take whole blocks.

    Returns:
        As `block_function` or `patch_function`.
    """

    def computed(member: Member, wanted: PredictionSpec) -> Compute:
        own = replace(wanted, outputs=member.outputs, user_inputs=member.user_inputs)
        return patch_function(member.model, own, batch) if batch else block_function(member.model, own, layout, ratios)

    if len(members) == len(orientations) == 1:
        return computed(members[0], spec)
    values = replace(spec, output_type="raw", classes=None, confidence=False)
    networks = [computed(member, values) for member in members]
    return averaged([oriented(network, each) for network in networks for each in orientations], spec)


def oriented(compute: Compute, orientation: Orientation) -> Compute:
    """A network that sees blocks, or patches, in an orientation.

    Args:
        compute: the network, as `block_function` or `patch_function` gives it.
        orientation: of what it sees.

    Returns:
        A function of blocks, or patches, as they are, to the network's results on the ground of the block.
    """

    def run(inputs: NetworkInputs, is_complete: bool) -> list[NDArray]:
        has_patches = isinstance(inputs[0], PatchGrid)
        turned = [
            replace(values, orientation=orientation) if isinstance(values, PatchGrid) else orientation.apply(values)
            for values in inputs
        ]
        results = compute(turned, is_complete)
        return results if has_patches else [orientation.undo(result) for result in results]

    return run


def averaged(computes: Sequence[Compute], spec: PredictionSpec) -> Compute:
    """The mean of what several functions of a block give, as the pixels of rasters.

    Args:
        computes: each gives the channels of the networks' outputs, [y, x, channels] of float32, and the unfamiliarity
            if it is wanted, which is averaged, too.
        spec: what is made of their mean.

    Returns:
        A function that gives what `PredictionSpec.pixels` gives.
    """

    def run(inputs: NetworkInputs, is_complete: bool) -> list[NDArray]:
        first, *others = computes
        sums = [values.copy() for values in first(inputs, is_complete)]
        for compute in others:
            for total, values in zip(sums, compute(inputs, is_complete)):
                np.add(total, values, out=total)
        channels, *further = (total / len(computes) for total in sums)
        results = spec.computed(tf.convert_to_tensor(channels))
        return [*spec.pixels([np.asarray(result) for result in results]), *further]

    return run
