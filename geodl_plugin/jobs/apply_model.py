"""Apply a network to a whole raster."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from numpy.typing import NDArray

from .. import __version__
from ..errors import InputError
from ..inference.area import geometry_hash
from ..inference.blocks import scaled
from ..inference.finished import Finished, content_hash, file_states, folder_of
from ..inference.form import Form
from ..inference.output import check_name, rasters
from ..inference.pipeline import map_blocks
from ..inference.products import CONFIDENCE, Product, map_product
from ..inference.reading import BlockReader
from ..labels.geometries import read_areas
from ..models.folder import ModelDescription
from ..operations import InputPath, OutputPath
from ..operations.sources import rasters_of
from ..options import EDGES, MAP_MEMORY, MAP_PRECISIONS, MODES, OUTPUT_TYPES
from ..rasters.grid import Grid, Window
from ..rasters.raster import small_cache
from ..rasters.sources import Sources
from ..runtime.checks import check_choice, check_minimum
from ..runtime.companions import discard
from ..runtime.devices import hardware
from ..runtime.reporter import Reporter, duration_text
from . import Job

if TYPE_CHECKING:
    from ..inference.cutting import Cut
    from ..inference.network import Compute
    from ..models.loading import OpenModel

# Parameters that a result does not depend on, or whose content is compared and not the name.
_NOT_COMPARED = (
    *("output", "model", "source1", "source2", "source3", "source4", "mask", "mask_name", "resume"),
    *("memory", "creation_options", "cog", "overviews"),
    *("rfield", "efield", "crop"),  # those that are used are compared
)


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
        precision: one of `MAP_PRECISIONS`: what the network computes in, where the device has units for it.
        memory: megabytes that the process may take, about: blocks are as large as that allows.
        creation_options: GDAL's, as ``COMPRESS=ZSTD|TILED=YES``.
        cog: write cloud-optimised GeoTIFFs.
        overviews: build overviews.
        resume: keep finished blocks beside the output until it is whole, and go on from those that are there.
    """

    NAME: ClassVar = "applymodel"
    NEEDS_TENSORFLOW: ClassVar = True

    model: InputPath
    source1: list[InputPath]
    output: OutputPath
    output_type: str = OUTPUT_TYPES[0]
    confidence: OutputPath = ""
    rfield: int = 0
    efield: int = 0
    crop: int = 0
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    resample: bool = False
    output_names: list[str] = field(default_factory=list)
    mode: str = MODES[0]
    scale: float = 0.0
    edges: str = EDGES[0]
    nodata: str = ""
    output_nodata: str = ""
    extent: list[float] = field(default_factory=list)
    mask: InputPath = ""
    mask_name: str = ""
    user_inputs: list[str] = field(default_factory=list)
    precision: str = MAP_PRECISIONS[0]
    memory: int = MAP_MEMORY
    creation_options: str = ""
    cog: bool = False
    overviews: bool = False
    resume: bool = False

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        check_choice("output type", self.output_type, OUTPUT_TYPES)
        check_choice("mode", self.mode, MODES)
        check_choice("treatment of edges", self.edges, EDGES)
        check_choice("precision", self.precision, MAP_PRECISIONS)
        check_minimum("memory", self.memory, 1)
        for path in self.outputs():
            check_name(path)
        form = Form.of(self.creation_options, cog=self.cog, overviews=self.overviews)
        sources = Sources.open(rasters_of(self), resample=self.resample, nodata=self._nodata())
        images = [path for source in sources for path in source.all_files]
        states = file_states(images)
        reporter.progress(0, "Loading the network")
        from ..inference import use
        from ..inference.cutting import cut
        from ..inference.memory import enough_memory, reserve
        from ..inference.precision import precision, used_precision
        from ..models.loading import open_model

        model = open_model(self.model)
        self._check_output(model.description, reporter)
        use.check_sources(model, sources, reporter)
        _check_overlap(sources, reporter)
        names = use.chosen_outputs(model, self.output_names)
        finished = self._finished(model, sources, states, used_precision(self.precision)) if self.resume else None
        chosen = cut(self, model, names, sources, reporter, finished.cut if finished else None)
        reserve(chosen.needed)
        compute, products = self._network(model, names, sources, chosen)
        for product in products:
            form.check(product, reporter)
        layout, patch_size, reference = chosen.layout, chosen.patch_size, sources.reference.grid
        read = BlockReader(
            sources,
            layout,
            zero=self.edges == "zero",
            patch_size=patch_size,
            mask=self._mask(scaled(reference, layout.scale), reporter),
            fill=use.known_nodata(model, sources),
        )
        started = time.monotonic()
        with (
            precision(self.precision, reporter) as used,
            small_cache(chosen.cache),
            rasters(self.outputs(), layout.grid(reference), products, form, layout.efield) as writers,
            enough_memory(),
        ):
            if finished:
                finished.begin(chosen.numbers)
                if finished.count:
                    reporter.info(f"Going on after {finished.count} finished blocks of an earlier run.")

            def write(block: Window, results: list[NDArray]) -> None:
                place = block._replace(col=block.col - layout.area.col, row=block.row - layout.area.row)
                for writer, values in zip(writers, results):
                    writer.write(place, values)

            end = 0.9 if form.cog or form.overviews else 1
            times = map_blocks(read, layout, compute, write, products, reporter.part(0.02, end), finished)
            for source in sources:
                source.close()
            _check_unchanged(images, states)
            reporter.progress(end, "Writing the file")
        discard(folder_of(Path(self.output)))
        seconds = time.monotonic() - started
        speed = layout.area.width * layout.area.height / seconds / 1e6
        reporter.info(
            f"Mapped in {duration_text(seconds)}, {speed:.2f} million pixels per second, in {used} on {hardware()}: "
            f"{times}."
        )
        return {
            "output": self.output,
            "confidence": self.confidence,
            "rfield": patch_size or layout.rfield,
            "efield": 1 if patch_size else layout.efield,
            "crop": layout.crop,
        }

    def _network(
        self, model: OpenModel, names: tuple[str, ...], sources: Sources, chosen: Cut
    ) -> tuple[Compute, list[Product]]:
        """What computes a block, and the rasters that it gives."""
        from ..inference import use
        from ..inference.network import Wanted, block_function, channels, patch_function
        from ..inference.user_inputs import user_inputs

        scalars = user_inputs(self.user_inputs, [one for one in model.inputs if not one.is_image])
        counts = channels(
            *(model, names, scalars, sources, chosen.smallest, chosen.patch_size), probabilities=bool(self.confidence)
        )
        is_of_values = model.description is not None and model.description.values is not None
        needs = self.output_type if self.output_type != "raw" else "confidence" if self.confidence else ""
        classes = use.classes_of(model, names, counts, needs) if needs and not is_of_values else None
        product = map_product(self.output_type, use.channel_names(model, names, counts), classes)
        wanted = Wanted(names, self.output_type, classes, bool(self.confidence), scalars)
        compute = (
            patch_function(model, wanted, chosen.batch)
            if chosen.patch_size
            else block_function(model, wanted, chosen.layout, sources.ratios)
        )
        return compute, [product.with_nodata(self.output_nodata), *([CONFIDENCE] if self.confidence else [])]

    def _finished(self, model: OpenModel, sources: Sources, states: list[list[Any]], used: str) -> Finished:
        """The blocks that an earlier run finished, from files in such states, in the precision that is used."""
        import tensorflow as tf

        parameters = {name: value for name, value in dataclasses.asdict(self).items() if name not in _NOT_COMPARED}
        fingerprint = {
            **parameters,
            "confidence": bool(self.confidence),
            "model": content_hash([model.path]),
            "images": states,
            "no-data values": [source.nodata for source in sources],
            "precision": used,
            "mask": geometry_hash(self.mask) if self.mask else "",
            "versions": [__version__, tf.__version__],
        }
        return Finished(folder_of(Path(self.output)), fingerprint)

    def _mask(self, grid: Grid, reporter: Reporter) -> Callable[[Window], NDArray] | None:
        return read_areas(self.mask, grid, reporter, name=self.mask_name) if self.mask else None

    def _nodata(self) -> float | None:
        """What means no data in bands that do not say it."""
        if not self.nodata.strip():
            return None
        try:
            return float(self.nodata)
        except ValueError as error:
            raise InputError("The no-data value does not fit.", expected="a number", received=self.nodata) from error

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


def _check_unchanged(images: list[str], states: list[list[Any]]) -> None:
    """Raise `InputError` if a file is not the one that it was when the map was begun."""
    changed = [before[0] for before, now in zip(states, file_states(images)) if before != now]
    if changed:
        raise InputError(
            "An image changed while it was mapped: the map would be of two images.",
            expected="files that stay as they are until the map is whole",
            received=f"changed or removed: {', '.join(changed)}",
            remedy="Run it again when nothing writes to them any more.",
        )


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
