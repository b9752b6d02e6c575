"""The report on a model."""

from __future__ import annotations

from ..inference.blocks import BlockLayout
from ..models.inspection import ModelInspection
from ..models.loading import OpenModel
from . import render


def model_report(model: OpenModel, inspection: ModelInspection, size: int, layout: BlockLayout | None) -> str:
    """HTML about a model.

    Args:
        model: the model.
        inspection: its receptive field and layers.
        size: side of the image that its layers are listed for, in pixels.
        layout: the recommended fields; None: there are none.
    """
    fields = inspection.reach.fields if inspection.reach else None
    names = {tensor.name for tensor in model.outputs}
    return render(
        "model.html",
        title=f"Model {model.path.name}",
        model=model,
        inspection=inspection,
        size=size,
        layout=layout,
        outputs=[tensor for tensor in model.outputs if not tensor.crop or tensor.whole_name not in names],
        ready=fields and next((crop for crop in model.crops(inspection.output.name) if fields.is_exact(crop)), None),
        has_dilation=any(row.dilation != (1, 1) for row in inspection.rows),
    )
