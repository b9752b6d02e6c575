"""Apply a network to a whole raster."""

from __future__ import annotations

import math
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from .. import files
from ..errors import InputError
from ..grid import Window
from ..inference.blocks import lay_out
from ..inference.output import RasterWriter
from ..inference.pipeline import map_blocks
from ..models.folder import ModelDescription
from ..options import OUTPUT_TYPES
from ..raster import Source
from ..reporter import Reporter, duration_text
from . import Job, check_choice

CONFIDENCE_BANDS = ("highest probability", "normalised entropy")
_PROBABILITY_NODATA = -1.0
_VALUES_NODATA = math.nan  # no number of a quantity that we do not know; arithmetic that ignores the tag keeps it


@dataclass
class ApplyModel(Job):
    """Map a raster of any size with a model folder.

    Args:
        model: model folder.
        source1: rasters, stacked band-wise, with the bands that the network was trained on.
        output: GeoTIFF to make.
        output_type: one of `OUTPUT_TYPES`; a model of continuous values gives these, as ``classes``.
        confidence: GeoTIFF to make with `CONFIDENCE_BANDS`, of classes; empty: none.
        rfield: receptive field; 0: automatic.
        efield: expression field; 0: automatic.
        crop: output pixels dropped on each side of a block; 0: automatic.
    """

    NAME: ClassVar = "applymodel"
    NEEDS_TENSORFLOW: ClassVar = True

    model: str
    source1: list[str]
    output: str
    output_type: str = OUTPUT_TYPES[0]
    confidence: str = ""
    rfield: int = 0
    efield: int = 0
    crop: int = 0

    def outputs(self) -> list[Path]:
        return [Path(path) for path in (self.output, self.confidence) if path]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The output type", self.output_type, OUTPUT_TYPES)
        description = ModelDescription.read(Path(self.model))
        self._check_output(description, reporter)
        source = Source(description.inputs[0].name, self.source1)
        _check_bands(source, description, reporter)
        layout = lay_out(
            source.grid.width,
            source.grid.height,
            description.fields,
            rfield=self.rfield,
            efield=self.efield,
            crop=self.crop,
        )
        reporter.progress(0, "Loading the network")
        from ..inference.network import Wanted, load_network

        as_classes = self.output_type == "classes" and not description.values
        compute = load_network(Path(self.model), description, Wanted(as_classes, bool(self.confidence), layout.crop))
        reporter.info(
            f"Receptive field {layout.rfield}, expression field {layout.efield}, crop {layout.crop} pixels: "
            f"{len(layout)} blocks, no seams (total stride {description.fields.total_stride}, "
            f"valid margin {description.fields.valid_margin})."
        )
        started = time.monotonic()
        with ExitStack() as outputs:
            part = outputs.enter_context(files.unfinished(self.output))
            map_writer, nodata = _map_writer(part, source, description, as_classes)
            writers = [map_writer]
            outputs.callback(writers[0].drop)
            if self.confidence:
                confidence_part = outputs.enter_context(files.unfinished(self.confidence))
                writers.append(RasterWriter(confidence_part, source.grid, np.dtype(np.float32), len(CONFIDENCE_BANDS)))
                outputs.callback(writers[1].drop)
                writers[1].describe_bands(CONFIDENCE_BANDS, _PROBABILITY_NODATA)

            def write(block: Window, values: NDArray, confidence: NDArray | None) -> None:
                writers[0].write(block, values)
                if confidence is not None:
                    writers[1].write(block, confidence)

            map_blocks(source, layout, compute, write, (nodata, _PROBABILITY_NODATA), reporter.part(0.02, 1))
            for writer in writers:
                writer.close()
        seconds = time.monotonic() - started
        speed = source.grid.width * source.grid.height / seconds / 1e6
        reporter.info(f"Mapped in {duration_text(seconds)}: {speed:.2f} million pixels per second.")
        return {
            "output": self.output,
            "confidence": self.confidence,
            "rfield": layout.rfield,
            "efield": layout.efield,
            "crop": layout.crop,
        }

    def _check_output(self, description: ModelDescription, reporter: Reporter) -> None:
        """Raise `InputError` if the model has no such output."""
        if not description.values:
            return
        wrong = "probabilities" if self.output_type == "probabilities" else "confidence" if self.confidence else ""
        if wrong:
            raise InputError(
                f"This model gives no {wrong}: it maps continuous values, {description.values.name}, not classes.",
                expected="the output 'classes', which gives the values, without confidence",
                received=wrong,
                remedy="Choose the output 'classes', and leave the confidence empty.",
            )
        reporter.info(f"This model maps continuous values, not classes: {description.values.name}, no data is NaN.")


def _map_writer(
    path: Path, source: Source, description: ModelDescription, as_classes: bool
) -> tuple[RasterWriter, float]:
    """The writer of the map, and its no-data value."""
    classes = description.classes
    if as_classes:
        writer = RasterWriter(path, source.grid, classes.map_dtype, 1)
        writer.describe_classes(classes)
        return writer, classes.nodata
    names = [description.values.name] if description.values else classes.names
    nodata = _VALUES_NODATA if description.values else _PROBABILITY_NODATA
    writer = RasterWriter(path, source.grid, np.dtype(np.float32), len(names))
    writer.describe_bands(names, nodata)
    return writer, nodata


def _check_bands(source: Source, description: ModelDescription, reporter: Reporter) -> None:
    trained = description.inputs[0].bands
    if source.bands != len(trained):
        raise InputError(
            "The image does not have the bands that the network was trained on.",
            expected=f"{len(trained)} bands ({', '.join(trained)})",
            received=f"{source.bands} bands ({', '.join(source.band_names)})",
            remedy="Choose the rasters with these bands, in this order.",
        )
    if source.band_names != trained:
        if sorted(source.band_names) == sorted(trained):
            raise InputError(
                "The bands of the image are in another order than those that the network was trained on.",
                expected=", ".join(trained),
                received=", ".join(source.band_names),
                remedy="Rearrange them, or choose the rasters in the right order.",
            )
        reporter.warning(
            f"The network was trained on the bands {', '.join(trained)}; the image calls them "
            f"{', '.join(source.band_names)}. Make sure that they mean the same."
        )
