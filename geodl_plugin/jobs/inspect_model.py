"""Look into a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import InputError
from ..inference.blocks import BlockLayout, BlockSizes, ReferenceSize, lay_out
from ..models.fields import Fields
from ..operations import InputPath, OutputPath
from ..options import INPUT_SIZE, MAP_MEMORY
from ..runtime import files
from ..runtime.checks import check_minimum
from ..runtime.reporter import Reporter
from . import Job

if TYPE_CHECKING:
    from ..models.loading import OpenModel

_LARGE = 2**20  # side of a raster in pixels, on which automatic fields do not depend
_BYTES = 4  # of a pixel of a band, as networks get it


@dataclass
class InspectModel(Job):
    """Report on what goes into a model and what comes out, how far it looks, and how it is best applied.

    Numbers that a network does not have, such as the valid margin of one that looks at the whole image, are
    missing from the results.

    Args:
        model: model folder, SavedModel or Keras file.
        report: HTML file to make.
        input_size: side of the image that the table of layers is made for, in pixels.
        output_name: name of an output; empty: the one that maps are made of.
    """

    NAME: ClassVar = "inspectmodel"
    NEEDS_TENSORFLOW: ClassVar = True

    model: InputPath
    report: OutputPath
    input_size: int = INPUT_SIZE
    output_name: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_minimum("size of the input", self.input_size, 1)
        reporter.progress(0, "Loading the model")
        from ..models.inspection import inspect_model
        from ..models.loading import open_model
        from ..reports.model import model_report

        model = open_model(self.model)
        reporter.progress(0.2, "Finding out how far it looks")
        found = inspect_model(model, self.output_name, self.input_size)
        reporter.progress(0.9, "Writing the report")
        layout = None
        if found.reach:
            try:
                layout = _recommended(model, found.output.name, found.reach.fields, found.ratios)
            except InputError as error:  # as of a network whose only size is no multiple of its total stride
                found = replace(found, problem=str(error))
        with files.unfinished(self.report) as part:
            part.write_text(model_report(model, found, self.input_size, layout), encoding="utf-8")
        if found.problem:
            reporter.warning(found.problem)
        if not found.reach:
            return {"report": self.report}
        way = "measured" if found.is_measured else "from its layers"
        fields = found.reach.fields
        recommended = {"crop": layout.crop, "rfield": layout.rfield, "efield": layout.efield} if layout else {}
        text = ", ".join(f"{name.upper()} = {value}" for name, value in recommended.items())
        reporter.info(
            f"Output {found.output.name}: total stride {fields.total_stride}, valid margin {fields.valid_margin}, "
            f"receptive field {found.reach.receptive_field} pixels ({way})." + (text and f" Recommended: {text}.")
        )
        return {
            "report": self.report,
            "total_stride": fields.total_stride,
            "valid_margin": fields.valid_margin,
            "receptive_field": found.reach.receptive_field,
            **recommended,
        }


def _recommended(model: OpenModel, output: str, fields: Fields, ratios: Mapping[str, Fraction]) -> BlockLayout:
    """How a map of a large raster is cut.

    Raises:
        InputError: the network takes one size only, which would leave seams.
    """
    from ..inference.memory import MemoryBudget, bytes_needed, maximum_side

    own = [ratios[image.name] for image in model.images]
    values = sum(_BYTES * (image.bands or 1) / float(ratio) ** 2 for image, ratio in zip(model.images, own))
    maximum = maximum_side(bytes_needed(model, [output], own, values), MemoryBudget.from_megabytes(MAP_MEMORY))
    fixed, _ = model.images[0].image_size
    return lay_out(ReferenceSize(_LARGE, _LARGE), fields, BlockSizes(rfield=fixed or 0, maximum=maximum))
