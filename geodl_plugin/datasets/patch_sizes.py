"""The size of patches: that for which their positions were sampled, unless another is asked for.

The distance of positions of different splits suits that size.  Larger patches would show the ground of other splits;
the labels on it still belong to one split only (`label_owners`), but a network that has seen the ground is judged too
well.  Where whole features are split, patches overlap by intent.
"""

from __future__ import annotations

import numpy as np

from ..labels.splits import FEATURE_WAYS, SPLITS, TEST, TRAIN, VALID
from ..language import tr
from ..options import PATCH_SIZE
from ..rasters.lookup import values_at
from ..runtime.checks import check_minimum
from ..runtime.reporter import Reporter
from ..sampling.origin import Origin
from ..sampling.positions import Positions
from ..sampling.spacing import Occupied


def chosen_size(requested: int, origin: Origin, reporter: Reporter) -> int:
    """The side of patches in pixels.

    Args:
        requested: what the user asks for; 0: the size for which the positions were sampled, or `PATCH_SIZE`.
        origin: of the positions.
        reporter: is told a size that nobody asked for.

    Raises:
        InputError: the number is negative.
    """
    check_minimum(tr("patch size"), requested, 0)
    if requested:
        return requested
    if origin.patch_size:
        reporter.info(
            tr("Patches of {patch_size} pixels, for which the positions were sampled.").format(
                patch_size=origin.patch_size
            )
        )
        return origin.patch_size
    reporter.info(
        tr("Patches of {patch_size} pixels: the positions do not tell for which size they were sampled.").format(
            patch_size=PATCH_SIZE
        )
    )
    return PATCH_SIZE


def warn_about_overlap(positions: Positions, size: int, reporter: Reporter) -> None:
    """Warn if patches of valid or test show ground that patches of train show, unless whole features were split.

    Args:
        positions: of all splits.
        size: side of the patches in pixels.
        reporter: receives the warning.
    """
    if positions.way in FEATURE_WAYS:
        return
    train = Occupied(size)
    is_train = positions.split_of == SPLITS.index(TRAIN)
    train.add(positions.cols[is_train], positions.rows[is_train])
    found = []
    for split in (TEST, VALID):
        own = positions.split_of == SPLITS.index(split)
        overlapping = int((~values_at(train.free, positions.cols[own], positions.rows[own])).sum())
        if overlapping:
            found.append(
                tr("{overlapping} of {count} in {split}").format(
                    overlapping=overlapping, count=np.count_nonzero(own), split=split
                )
            )
    if not found:
        return
    origin = positions.origin
    if 0 < origin.patch_size < size:
        text = tr(
            "Patches of {size} pixels overlap patches of train ({found}): the positions were sampled for {patch_size} "
            "pixels. Each label still belongs to one split only, but the network learns from images of the ground that "
            "it is judged on. Choose the patch size {patch_size}, or sample the positions for {size}."
        )
    elif 0 < origin.buffer < size:
        text = tr(
            "Patches of {size} pixels overlap patches of train ({found}): positions of different splits may be "
            "{buffer} pixels apart. Each label still belongs to one split only, but the network learns from images "
            "of the ground that it is judged on. Choose smaller patches, or a larger buffer between splits when you "
            "sample."
        )
    else:
        text = tr(
            "Patches of {size} pixels overlap patches of train ({found}). Each label still belongs to one split "
            "only, but the network learns from images of the ground that it is judged on. Choose smaller patches, or "
            "sample the positions for this size."
        )
    told = {"size": size, "patch_size": origin.patch_size, "buffer": origin.buffer}
    reporter.warning(text.format(found=", ".join(found), **told))
