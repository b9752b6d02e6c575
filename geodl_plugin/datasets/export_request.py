"""What an export of rasters to a dataset folder is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..errors import InputError
from ..labels.colors import parse_colors
from ..labels.digests import KEPT, KEY, layer_digests
from ..language import tr
from ..operations import InputPath, OutputPath
from ..options import COMPRESSIONS, LABEL_MODES, PATCH_EDGES, SAMPLES_PER_SHARD
from ..runtime.checks import check_choice, check_minimum
from ..vectors.vector_file import field_names
from .dataset_request import DatasetRequest
from .dates import parse_dates


@dataclass
class ExportRequest(DatasetRequest):
    """Patches of images and of their labels, to be written as TFRecords, one folder for each split.

    Args:
        source1: rasters, stacked band-wise; the reference.
        positions: point file; the field ``split`` chooses the split.
        output: dataset folder to make.
        patch_size: side of the patches in pixels of source 1; patches of the others cover the same ground; 0: the size
            for which the positions were sampled, or `options.PATCH_SIZE` if they do not tell it.
        label_mode: one of `LABEL_MODES`.
        labels_vector: ``polygons``: labelled geometries.
        class_field: ``polygons``: field of integers or text; ``position``: field of the positions, if they have it,
            else their field ``class``; real numbers are continuous values.
        labels_raster: ``raster``: class values; ``values``: continuous values.
        source2: rasters of a second source; empty: none.
        source3: of a third.
        source4: of a fourth.
        resample: resample sources whose pixels do not nest to the grid of source 1.
        names: of the sources in the records, and of the network's inputs; empty: ``source1``, ``source2``…
        samples_per_shard: number of samples in a file.
        compression: one of `COMPRESSIONS`; OTBTF reads uncompressed records only.
        drop_remainder: files hold exactly ``samples_per_shard`` samples; the rest is dropped.
        dates: of time series, as for `dates.parse_dates`; empty: as the names and metadata of the rasters have them.
        seed: the same seed gives the same files.
        positions_name: what the user calls the positions, for messages.
        labels_name: what the user calls the labels, for messages.
        edges: one of `PATCH_EDGES`: whether patches may reach beyond the rasters, where the images are reflected and
            nothing is labelled, or are left out.
        class_colors: of classes that the user gave one, as for `labels.colors.parse_colors`.
    """

    source1: list[InputPath]
    positions: InputPath
    output: OutputPath
    patch_size: int = 0
    label_mode: str = LABEL_MODES[0]
    labels_vector: InputPath = ""
    class_field: str = ""
    labels_raster: InputPath = ""
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    resample: bool = False
    names: list[str] = field(default_factory=list)
    samples_per_shard: int = SAMPLES_PER_SHARD
    compression: str = COMPRESSIONS[0]
    drop_remainder: bool = False
    dates: str = ""
    seed: int = 0
    positions_name: str = ""
    labels_name: str = ""
    edges: str = PATCH_EDGES[0]
    class_colors: list[str] = field(default_factory=list)

    def check(self) -> None:
        """Raise `InputError` if a parameter is invalid, or misses another; no file is read."""
        check_choice(tr("label mode"), self.label_mode, LABEL_MODES)
        check_minimum(tr("patch size"), self.patch_size, 0)
        check_choice(tr("edges"), self.edges, PATCH_EDGES)
        super().check()
        parse_dates(self.dates)
        parse_colors(self.class_colors)
        parameter, wanted, given = "LABELS_RASTER", tr("LABELS_RASTER, a raster"), self.labels_raster
        if self.label_mode == "polygons":
            parameter, wanted, given = "LABELS_VECTOR", tr("LABELS_VECTOR, a vector layer"), self.labels_vector
        if self.label_mode != "position" and not given:
            raise InputError(
                tr("There are no labels: LABEL_MODE is {label_mode}, and {parameter} is empty.").format(
                    label_mode=self.label_mode, parameter=parameter
                ),
                expected=wanted,
                remedy=tr("Choose a layer, or other labels."),
            )
        if self.label_mode == "polygons" and not self.class_field:
            raise InputError(
                tr("The class field of the labels is missing."), expected=tr("CLASS_FIELD, a field of that layer")
            )

    def provenance(self) -> dict[str, Any]:
        """The parameters; layers by the names that the user knows, since QGIS hands over temporary copies.

        Digests of labelled features tell maps later which features the network has seen.
        """
        parameters = super().provenance()
        del parameters["class_colors"]  # the classes themselves tell them
        for layer, name in (("positions", "positions_name"), ("labels_vector", "labels_name")):
            parameters[layer] = parameters.pop(name) or parameters[layer]
        if self.label_mode == "polygons":
            parameters[KEY] = layer_digests(self.labels_vector)[:KEPT]
        return parameters

    def position_field(self) -> str:
        """The field of the positions that holds their labels."""
        given = self.label_mode == "position" and self.class_field in field_names(self.positions)
        return self.class_field if given else "class"
