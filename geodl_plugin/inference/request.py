"""The request and the result of `map_raster`."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..language import tr
from ..operations import InputPath, OutputPath, Request
from ..options import EDGES, MAP_MEMORY, MAP_PRECISION, MAP_PRECISIONS, MODES, OUTPUT_TYPES, TTA
from ..runtime.checks import check_choice, check_minimum
from .raster_writer import check_name


@dataclass
class MapRequest(Request):
    """A raster to map, and how.

    Args:
        model: model folder, SavedModel or Keras file.
        source1: rasters, stacked band-wise, with the bands that the network was trained on.
        output: GeoTIFF to make.
        output_type: one of `OUTPUT_TYPES`; a model of continuous values gives these, as ``classes``.
        confidence: GeoTIFF to make with the highest probability and the entropy, of classes; empty: none.
        rfield: receptive field in pixels of source 1; 0: automatic.
        efield: expression field in pixels of the map; 0: automatic.
        crop: output pixels dropped on each side of a block; 0: automatic.
        source2: rasters of the model's second input, of any resolution that nests; empty: it has none.
        source3: the same of the third.
        source4: the same of the fourth.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        output_names: outputs of the model, stacked band-wise; empty: the one that maps are made of.
        mode: one of `MODES`.
        scale: pixel size of the map / that of source 1: n or 1/n; 0: automatic.
        edges: one of `EDGES`: how the image is continued beyond its border.
        nodata: no-data value of bands that have none, as text; empty: none.
        output_nodata: no-data value of the map, as text; empty: automatic.
        extent: minimum and maximum x, minimum and maximum y of the map, in the CRS of source 1; empty: all.
        mask: vector file; outside its polygons the map has no data; empty: everywhere.
        mask_name: what the user calls the mask, for messages.
        user_inputs: values of inputs that are no images, ``name=value``.
        precision: one of `MAP_PRECISIONS`: number type of the computation, where the device has units for it;
            ``automatic``: 16 bits where that is much faster.
        memory: megabytes that the process may take, about: blocks are as large as that allows.
        creation_options: GDAL's, such as ``COMPRESS=ZSTD|TILED=YES``.
        cog: write cloud-optimised GeoTIFFs.
        overviews: build overviews.
        resume: keep finished blocks beside the output until it is complete, and go on from those that are there.
        tta: one of `options.TTA`: in how many orientations of the image the networks are applied; the mean is mapped.
        further_models: models of the same classes, or the same quantity, whose predictions are averaged with those of
            the first.
        minimum_area: of a class map: smaller areas of a class are given to the largest area beside them; in pixels of
            the map; 0 or 1: none.
        unfamiliarity: GeoTIFF to make that tells where the network has never been: 1 is the threshold; empty: none.
    """

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
    precision: str = MAP_PRECISION
    memory: int = MAP_MEMORY
    creation_options: str = ""
    cog: bool = False
    overviews: bool = False
    resume: bool = False
    tta: str = TTA[0]
    further_models: list[InputPath] = field(default_factory=list)
    minimum_area: int = 0

    unfamiliarity: OutputPath = ""

    @property
    def models(self) -> list[str]:
        """All models whose predictions are averaged."""
        return [self.model, *self.further_models]

    def check(self) -> None:
        """Raise `InputError` if a parameter is invalid whatever the model and the images are; no file is opened."""
        check_choice(tr("output type"), self.output_type, OUTPUT_TYPES)
        check_choice(tr("mode"), self.mode, MODES)
        check_choice(tr("treatment of edges"), self.edges, EDGES)
        check_choice(tr("precision"), self.precision, MAP_PRECISIONS)
        check_minimum(tr("memory"), self.memory, 1)
        check_choice(tr("number of orientations (TTA)"), self.tta, TTA)
        check_minimum(tr("minimum area"), self.minimum_area, 0)
        for path in self.outputs():
            check_name(path)


@dataclass(frozen=True)
class MapResult:
    """What was made.

    Args:
        output: the map.
        confidence: the raster of confidence; empty: none.
        rfield: receptive field of the blocks, or side of the patches, in pixels of source 1.
        efield: expression field in pixels of the map; 1 for patches.
        crop: output pixels that were dropped on each side of a block.
        classes: names by their values in the map, as text, of a map of classes.
        unfamiliarity: the raster of unfamiliarity; empty: none.
    """

    output: str
    confidence: str
    rfield: int
    efield: int
    crop: int
    classes: dict[str, str] = field(default_factory=dict)
    unfamiliarity: str = ""
