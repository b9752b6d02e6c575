"""The fields that a model is best applied with, whatever raster it is applied to."""

from __future__ import annotations

from ..models.inspection import ModelInspection
from ..options import MAP_MEMORY
from .blocks import BlockLayout, BlockSizes, ReferenceSize, lay_out
from .memory import MemoryBudget, bytes_needed, maximum_side

_LARGE = 2**20  # side of a raster in pixels, on which automatic fields do not depend
_BYTES = 4  # of a pixel of a band, as networks get it


def recommended_layout(inspection: ModelInspection) -> BlockLayout | None:
    """How the map of a large raster is cut into blocks.

    Args:
        inspection: of the model.

    Returns:
        None if the fields of the model are not known or unlimited.

    Raises:
        InputError: the network takes images of one size only, which would leave seams.
    """
    if inspection.receptive_field is None:
        return None
    model = inspection.model
    ratios = [inspection.ratios[image.name] for image in model.images]
    values = sum(_BYTES * (image.bands or 1) / float(ratio) ** 2 for image, ratio in zip(model.images, ratios))
    needed = bytes_needed(model, [inspection.output.name], ratios, values)
    maximum = maximum_side(needed, MemoryBudget.from_megabytes(MAP_MEMORY))
    fixed, _ = model.images[0].image_size
    sizes = BlockSizes(rfield=fixed or 0, maximum=maximum)
    return lay_out(ReferenceSize(_LARGE, _LARGE), inspection.receptive_field.fields, sizes)
