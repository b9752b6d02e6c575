"""Apply a model to many images."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..errors import InputError
from ..inference.many_images import ManyImagesRequest, map_images
from ..language import tr
from ..operations import FolderPath, InputPath, OutputPath
from ..runtime.reporter import Reporter
from . import Job
from .apply_model import ApplyModel
from .job_file import read_job


@dataclass
class ApplyModelToImages(Job):
    """Map many images as a job file maps one: `inference.many_images` as a job.

    Args:
        template: a job file of ``applymodel``, whose source 1 and outputs are replaced.
        images: rasters, patterns, text files or STAC items, as for `list_images`.
        folder: the folder of the maps.
        mosaic: GeoTIFF to make of all maps; empty: none.
        table: CSV file to make with what became of each image; empty: none.
        assets: keys of the assets of STAC items, in the order of the bands; empty: those of the model's bands.
        root: the folder that relative paths in the template start from; empty: that of the template.
    """

    NAME: ClassVar = "applymodeltoimages"
    NEEDS_TENSORFLOW: ClassVar = True

    template: InputPath
    images: list[InputPath]
    folder: FolderPath
    mosaic: OutputPath = ""
    table: OutputPath = ""
    assets: list[str] = field(default_factory=list)
    root: InputPath = ""

    def run(self, reporter: Reporter) -> dict[str, Any]:
        """Map the images; the results are the fields of `ManyImagesResult`."""
        template = read_job(self.template, self.root or None)
        if not isinstance(template, ApplyModel):
            raise InputError(
                tr("This job is not done for many images."), expected=ApplyModel.NAME, received=f"{template.NAME}"
            )
        request = ManyImagesRequest(
            template, self.images, self.folder, mosaic=self.mosaic, table=self.table, assets=self.assets
        )
        return dataclasses.asdict(map_images(request, reporter))
