"""The fields that a model is best applied with, whatever raster it is applied to."""

from __future__ import annotations

from ..models.inspection import ModelInspection
from ..options import MAP_MEMORY
from .blocks import BlockLayout, lay_out
from .memory import Budget, bytes_needed, largest_side

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
    fixed, _ = model.images[0].image_size
    return lay_out(
        _LARGE,
        _LARGE,
        inspection.receptive_field.fields,
        rfield=fixed or 0,
        largest=largest_side(needed, Budget.of(MAP_MEMORY)),
    )
