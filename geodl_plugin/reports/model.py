"""The report on a model."""

from __future__ import annotations

from ..inference.blocks import BlockLayout
from ..language import tr
from ..models.inspection import ModelInspection
from ..models.opened import OpenModel
from . import render


def model_report(inspection: ModelInspection, size: int, layout: BlockLayout | None) -> str:
    """Make the HTML report on a model.

    Args:
        inspection: of the model.
        size: side of the image that its layers are shown for, in pixels.
        layout: the recommended fields; None if there are none.
    """
    model, found = inspection.model, inspection.receptive_field
    names = {tensor.name for tensor in model.outputs}
    crops = model.crops(inspection.output.name)
    return render(
        "model.html",
        title=_title(model),
        has_invalid=any(row.valid_size and min(row.valid_size) < 1 for row in inspection.rows),
        model=model,
        inspection=inspection,
        found=found,
        size=size,
        layout=layout,
        outputs=[tensor for tensor in model.outputs if not tensor.crop or tensor.whole_name not in names],
        exact_crop=next((crop for crop in crops if found and found.fields.is_exact(crop)), None),
        has_dilation=any(row.dilation != (1, 1) for row in inspection.rows),
    )


def _title(model: OpenModel) -> str:
    """What the model is called: by its network and what it predicts, since its folder is often called ``model``."""
    if model.description is None:
        return tr("Model {name}").format(name=model.path.name)
    known = model.description
    predicted = ", ".join(known.classes.names) or (known.values.name if known.values else "")
    return tr("Model {architecture}: {predicted}").format(architecture=known.architecture, predicted=predicted)
