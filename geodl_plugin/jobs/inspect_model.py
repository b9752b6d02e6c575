"""Look into a model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from ..errors import InputError
from ..language import tr
from ..models.inspect_model import InspectModelRequest, ModelRequest, inspect_model
from ..operations import OutputPath
from ..runtime import files
from ..runtime.reporter import Reporter
from . import Job


@dataclass
class _Report(ModelRequest):
    """The file to make, which job files name behind the model.

    Args:
        report: HTML file to make.
    """

    report: OutputPath


@dataclass
class InspectModel(InspectModelRequest, _Report, Job):
    """Report on the inputs and outputs of a model, its receptive field, and the fields it is best applied with.

    Numbers that a network does not have, such as the valid margin of one that depends on the whole image, are missing
    from the results.
    """

    NAME: ClassVar = "inspectmodel"
    NEEDS_TENSORFLOW: ClassVar = True

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        found = inspect_model(self, reporter.part(0, 0.8))
        from ..inference.recommended_layout import recommended_layout
        from ..reports.model import model_report

        try:
            layout = recommended_layout(found)
        except InputError as error:  # as of a network whose only size is no multiple of its total stride
            found, layout = replace(found, problem=str(error)), None
        reporter.progress(0.9, tr("Writing the report"))
        files.write_text(self.report, model_report(found, self.input_size, layout))
        if found.problem:
            reporter.warning(found.problem)
        if not found.receptive_field:
            return {"report": self.report}
        fields, size = found.receptive_field.fields, found.receptive_field.size
        recommended = {"crop": layout.crop, "rfield": layout.rfield, "efield": layout.efield} if layout else {}
        values = ", ".join(f"{name.upper()} = {value}" for name, value in recommended.items())
        way = tr("measured") if found.is_measured else tr("from its layers")
        told = tr(
            "Output {name}: total stride {total_stride}, valid margin {valid_margin}, receptive field {size} pixels "
            "({way})."
        ).format(
            name=found.output.name,
            total_stride=fields.total_stride,
            valid_margin=fields.valid_margin,
            size=size,
            way=way,
        )
        reporter.info(f"{told} {tr('Recommended: {values}.').format(values=values)}" if layout else told)
        return {
            "report": self.report,
            "total_stride": fields.total_stride,
            "valid_margin": fields.valid_margin,
            "receptive_field": size,
            **recommended,
        }
