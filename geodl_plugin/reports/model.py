"""The report on a model."""

from __future__ import annotations

from ..inference.blocks import BlockLayout
from ..models.inspection import ModelInspection
from ..models.loading import OpenModel
from . import render


def model_report(model: OpenModel, found: ModelInspection, size: int, layout: BlockLayout | None) -> str:
    """HTML about a model.

    Args:
        model: the model.
        found: how far it looks.
        size: side of the image that its layers are shown for, in pixels.
        layout: the recommended fields; None if there are none.
    """
    fields = found.reach.fields if found.reach else None
    names = {one.name for one in model.outputs}
    return render(
        "model.html",
        title=f"Model {model.path.name}",
        model=model,
        found=found,
        size=size,
        layout=layout,
        outputs=[one for one in model.outputs if not one.crop or one.whole_name not in names],
        ready=fields and next((crop for crop in model.crops(found.output.name) if fields.is_exact(crop)), None),
        has_dilation=any(row.dilation != (1, 1) for row in found.rows),
    )
