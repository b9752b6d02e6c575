"""Apply a network to a whole raster."""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from numpy.typing import NDArray

from .. import __version__, files
from ..errors import InputError
from ..fields import Fields
from ..grid import Grid, Window
from ..inference.area import extent_window, geometry_hash
from ..inference.blocks import BlockLayout, lay_out, lay_out_patches, scaled
from ..inference.finished import Finished, content_hash, file_states, folder_of
from ..inference.output import Form, check_name, raster
from ..inference.pipeline import map_blocks
from ..inference.products import CONFIDENCE, Product, map_product
from ..inference.reading import BlockReader
from ..models.folder import ModelDescription
from ..options import EDGES, MODES, OUTPUT_TYPES
from ..reporter import Reporter, duration_text
from ..sources import Sources
from ..vector import read_areas
from . import Job, check_at_least, check_choice

if TYPE_CHECKING:
    from ..inference.network import Compute
    from ..models.loading import OpenModel

_MOST_TIMES = 64
# Parameters that a result does not depend on, or whose content is compared and not the name.
_NOT_COMPARED = ("output", "model", "source1", "source2", "source3", "source4", "mask", "mask_name", "resume")


@dataclass
class ApplyModel(Job):
    """Map a raster of any size with any model.

    Args:
        model: model folder, SavedModel or Keras file.
        source1: rasters, stacked band-wise, with the bands that the network was trained on.
        output: GeoTIFF to make.
        output_type: one of `OUTPUT_TYPES`; a model of continuous values gives these, as ``classes``.
        confidence: GeoTIFF to make with the highest probability and the entropy, of classes; empty: none.
        rfield: receptive field; 0: automatic.
        efield: expression field; 0: automatic.
        crop: output pixels dropped on each side of a block; 0: automatic.
        source2: rasters of the model's second input, of any resolution that nests; empty: it has none.
        source3: the same of the third.
        source4: the same of the fourth.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        output_names: outputs of the model, stacked band-wise; empty: the one that maps are made of.
        mode: one of `MODES`.
        scale: pixel size of the map / that of source 1: n or 1/n; 0: automatic.
        edges: one of `EDGES`: how the image goes on beyond its border.
        nodata: number that means no data in bands that do not say one; empty: none.
        output_nodata: no-data value of the map; empty: automatic.
        extent: least and greatest x, least and greatest y of the map, in the CRS of source 1; empty: all.
        mask: vector file; outside its polygons the map has no data; empty: everywhere.
        mask_name: what the user calls the mask, for messages.
        user_inputs: values of inputs that are no images, ``name=value``.
        creation_options: GDAL's, as ``COMPRESS=ZSTD|TILED=YES``.
        cog: write cloud-optimised GeoTIFFs.
        overviews: build overviews.
        resume: keep finished blocks beside the output until it is whole, and go on from those that are there.
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
    source2: list[str] = field(default_factory=list)
    source3: list[str] = field(default_factory=list)
    source4: list[str] = field(default_factory=list)
    resample: bool = False
    output_names: list[str] = field(default_factory=list)
    mode: str = MODES[0]
    scale: float = 0.0
    edges: str = EDGES[0]
    nodata: str = ""
    output_nodata: str = ""
    extent: list[float] = field(default_factory=list)
    mask: str = ""
    mask_name: str = ""
    user_inputs: list[str] = field(default_factory=list)
    creation_options: str = ""
    cog: bool = False
    overviews: bool = False
    resume: bool = False

    def outputs(self) -> list[Path]:
        return [Path(path) for path in (self.output, self.confidence) if path]

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("The output type", self.output_type, OUTPUT_TYPES)
        check_choice("The mode", self.mode, MODES)
        check_choice("The treatment of edges", self.edges, EDGES)
        for path in self.outputs():
            check_name(path)
        form = Form.of(self.creation_options, cog=self.cog, overviews=self.overviews)
        sources = Sources.of(self)
        self._mark_nodata(sources)
        reporter.progress(0, "Loading the network")
        from ..inference import use
        from ..models.loading import open_model

        model = open_model(self.model)
        self._check_output(model.description, reporter)
        use.check_sources(model, sources, reporter)
        _check_overlap(sources, reporter)
        names = use.chosen_outputs(model, self.output_names)
        layout, tried, patch_size = self._layout(model, names, sources, reporter)
        compute, products = self._network(model, names, sources, layout, tried, patch_size)
        reference = sources.reference.grid
        read = BlockReader(
            sources,
            layout,
            zero=self.edges == "zero",
            patch_size=patch_size,
            mask=self._mask(scaled(reference, layout.scale), reporter),
            fill=use.known_nodata(model, sources),
        )
        finished = self._finished(model, sources, reporter)
        started = time.monotonic()
        with ExitStack() as rasters:
            writers = [
                rasters.enter_context(raster(str(path), layout.grid(reference), product, form))
                for path, product in zip(self.outputs(), products)
            ]

            def write(block: Window, results: list[NDArray]) -> None:
                place = block._replace(col=block.col - layout.area.col, row=block.row - layout.area.row)
                for writer, values in zip(writers, results):
                    writer.write(place, values)

            map_blocks(read, layout, compute, write, products, reporter.part(0.02, 1), finished)
        files.discard(folder_of(Path(self.output)))
        seconds = time.monotonic() - started
        speed = layout.area.width * layout.area.height / seconds / 1e6
        reporter.info(f"Mapped in {duration_text(seconds)}: {speed:.2f} million pixels per second.")
        return {
            "output": self.output,
            "confidence": self.confidence,
            "rfield": patch_size or layout.rfield,
            "efield": 1 if patch_size else layout.efield,
            "crop": layout.crop,
        }

    def _layout(
        self, model: OpenModel, names: tuple[str, ...], sources: Sources, reporter: Reporter
    ) -> tuple[BlockLayout, BlockLayout, int]:
        """How the raster is cut, the smallest such blocks, and the patches' size if the network takes these, else 0."""
        from ..inference import use

        grid, scale = sources.reference.grid, self._scale()
        valid_only = self.edges == "valid only"
        if use.is_patch_based(model, names, self.mode):
            if self.efield not in (0, 1) or self.crop:
                raise InputError(
                    "A network that is applied patch by patch gives one pixel for each patch.",
                    expected="EFIELD = 1 and CROP = 0, or 0 for automatic",
                    received=f"EFIELD = {self.efield}, CROP = {self.crop}",
                )
            if scale and scale.denominator != 1:
                raise InputError(
                    "Patches cannot lie closer to each other than the pixels of the image.",
                    expected="a whole number as SCALE",
                    received=f"SCALE = {self.scale:g}",
                )
            size = use.patch_size(model, sources, self.rfield)
            extent = self._extent(grid, scale or Fraction(1))
            step = int(scale or 1)
            layout = lay_out_patches(grid.width, grid.height, size, scale=step, valid_only=valid_only, extent=extent)
            reporter.info(f"Patches of {size} × {size} pixels, {step} pixels apart: one pixel of the map for each.")
            return layout, layout, size
        fields = self._fields(model, names, sources, scale, reporter)
        scale = scale or Fraction(fields.scale)
        fixed, _ = model.images[0].image_size
        cut = functools.partial(
            lay_out,
            fields=fields,
            rfield=self.rfield or fixed or 0,
            efield=self.efield,
            crop=self.crop,
            scale=scale,
            step=sources.step,
            phase=sources.phase,
        )
        layout = cut(grid.width, grid.height, valid_only=valid_only, extent=self._extent(grid, scale))
        reporter.info(
            f"Receptive field {layout.rfield}, expression field {layout.efield}, crop {layout.crop} pixels: "
            f"{len(layout)} blocks."
        )
        return layout, cut(1, 1), 0

    def _fields(
        self, model: OpenModel, names: tuple[str, ...], sources: Sources, scale: Fraction | None, reporter: Reporter
    ) -> Fields:
        """How far the network looks; what the user gives where that is not known."""
        from ..inference import use

        reporter.progress(0.01, "Finding out how far the network looks")
        found = use.fields_for(model, names, sources)
        if found.fields is None:
            if not (self.rfield or self.efield):
                raise InputError(
                    "The fields of this network are not known, and none are given.",
                    expected="RFIELD, EFIELD and CROP: how much is read for a block, and how much of it is kept",
                    received=found.problem,
                    remedy="Give them; or choose the mode 'patch-based' if the network gives one answer for a patch.",
                )
            reporter.warning(f"The fields that you gave are used as they are: the map may have seams. {found.problem}")
            return Fields(1, 0)
        if scale is not None and scale != found.fields.scale:
            raise InputError(
                "This scale does not suit the network.",
                expected=f"SCALE = {found.fields.scale}, or 0 for automatic",
                received=f"SCALE = {self.scale:g}",
            )
        reporter.info(
            f"Blocks fit together without seams: total stride {found.fields.total_stride}, "
            f"valid margin {found.fields.valid_margin}."
        )
        return found.fields

    def _network(
        self,
        model: OpenModel,
        names: tuple[str, ...],
        sources: Sources,
        layout: BlockLayout,
        tried: BlockLayout,
        patch_size: int,
    ) -> tuple[Compute, list[Product]]:
        """What computes a block, and the rasters that it gives."""
        from ..inference import use
        from ..inference.network import Wanted, block_function, channels, patch_function
        from ..inference.user_inputs import user_inputs

        scalars = user_inputs(self.user_inputs, [one for one in model.inputs if not one.is_image])
        counts = channels(model, names, scalars, sources, tried, patch_size)
        is_of_values = model.description is not None and model.description.values is not None
        needs = self.output_type if self.output_type != "raw" else "confidence" if self.confidence else ""
        classes = use.classes_of(model, names, counts, needs) if needs and not is_of_values else None
        product = map_product(self.output_type, use.channel_names(model, names, counts), classes)
        wanted = Wanted(names, self.output_type, classes, bool(self.confidence), scalars)
        compute = patch_function(model, wanted) if patch_size else block_function(model, wanted, layout.efield)
        return compute, [product.with_nodata(self.output_nodata), *([CONFIDENCE] if self.confidence else [])]

    def _finished(self, model: OpenModel, sources: Sources, reporter: Reporter) -> Finished | None:
        """The blocks that an earlier run finished; None if none are to be kept."""
        if not self.resume:
            return None
        import tensorflow as tf

        parameters = {name: value for name, value in dataclasses.asdict(self).items() if name not in _NOT_COMPARED}
        fingerprint = {
            **parameters,
            "confidence": bool(self.confidence),
            "model": content_hash([model.path]),
            "images": file_states(path for paths in sources.files for path in paths),
            "mask": geometry_hash(self.mask) if self.mask else "",
            "versions": [__version__, tf.__version__],
        }
        finished = Finished(folder_of(Path(self.output)), fingerprint)
        if finished.count:
            reporter.info(f"Going on after {finished.count} finished blocks of an earlier run.")
        return finished

    def _scale(self) -> Fraction | None:
        """Pixel size of the map / that of the image; None: automatic.

        Raises:
            InputError: it is neither n nor 1/n.
        """
        check_at_least("The scale", self.scale, 0)
        if not self.scale:
            return None
        scale = Fraction(self.scale).limit_denominator(_MOST_TIMES)
        if 1 not in (scale.numerator, scale.denominator) or abs(float(scale) - self.scale) > 1e-4 * self.scale:
            raise InputError(
                "The scale does not fit.",
                expected=f"a whole number, or 1 divided by one, such as 0.5 or 0.25, at most {_MOST_TIMES} times",
                received=f"SCALE = {self.scale:g}",
            )
        return scale

    def _extent(self, grid: Grid, scale: Fraction) -> Window | None:
        if not self.extent:
            return None
        if len(self.extent) != 4:
            raise InputError("The extent does not fit.", expected="four numbers", received=str(self.extent))
        return extent_window(self.extent, scaled(grid, scale))

    def _mask(self, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray] | None:
        return read_areas(self.mask, grid, reporter, name=self.mask_name) if self.mask else None

    def _mark_nodata(self, sources: Sources) -> None:
        """Bands that do not say what means no data get the value that the user gave."""
        if not self.nodata.strip():
            return
        try:
            value = float(self.nodata)
        except ValueError as error:
            raise InputError("The no-data value does not fit.", expected="a number", received=self.nodata) from error
        for source in sources:
            source.nodata = [value if known is None else known for known in source.nodata]

    def _check_output(self, description: ModelDescription | None, reporter: Reporter) -> None:
        """Raise `InputError` if the model has no such output."""
        if description is None or not description.values:
            return
        is_probability = self.output_type.startswith("probabilities")
        wrong = "probabilities" if is_probability else "confidence" if self.confidence else ""
        if wrong:
            raise InputError(
                f"This model gives no {wrong}: it maps continuous values, {description.values.name}, not classes.",
                expected="the output 'classes', which gives the values, without confidence",
                received=wrong,
                remedy="Choose the output 'classes', and leave the confidence empty.",
            )
        reporter.info(f"This model maps continuous values, not classes: {description.values.name}, no data is NaN.")


def _check_overlap(sources: Sources, reporter: Reporter) -> None:
    """Raise `InputError` if sources have no ground in common; warn where one does not cover the first."""
    common, whole = sources.common, sources.reference.grid.window
    if min(common.shape) == 0:
        raise InputError(
            "The sources do not overlap.",
            expected="images of the same ground",
            received=", ".join(path for paths in sources.files for path in paths),
        )
    if common != whole:
        share = 100 * (1 - common.width * common.height / (whole.width * whole.height))
        reporter.warning(
            f"The sources do not cover {share:.2g} % of the first one: the map has no data there. Common are columns "
            f"{common.col} to {common.col + common.width - 1}, rows {common.row} to {common.row + common.height - 1}."
        )
