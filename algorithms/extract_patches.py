"""geodl:extractpatches"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
)

from .base import GeodlAlgorithm
from .declaring import described
from .layers import raster_paths
from .parameters import class_field, patch_size_of_positions, positions, source
from .translation import tr
from .values import field_values


class ExtractPatches(GeodlAlgorithm):
    """Extract patches into a patches image."""

    NAME = "extractpatches"
    TITLE = "Extract patches into a patches image"
    GROUP = "sampling"
    TAGS = "patch,extract,patches image,label,OTBTF,PatchesExtraction"
    HELP = (
        "Cuts a small square, a <i>patch</i>, out of the image around each position and stacks the patches in one "
        "raster, in the order of the positions: the raster is as wide as one patch and as high as all of them. This is "
        "the <i>patches image</i> that OTBTF's PatchesExtraction writes. With a class field, a second raster of 1 × n "
        "pixels can hold the class of each patch.\n"
        "Positions whose patch crosses the border of the image are left out and counted.\n"
        "You do not need this to train a network: <i>Export patches and labels as TFRecords</i> makes a dataset from "
        "the image in one step. Patches images are for viewing the patches, and for scripts."
    )

    def declare(self):
        self.add_parameters(
            source(),
            positions(),
            patch_size_of_positions(),
            class_field("POSITIONS", default=None),
            described(
                QgsProcessingParameterString("NODATA", tr("No-data value"), "", optional=True),
                tr(
                    "A number, or nan: patches that contain it in any pixel of any band are left out and counted. "
                    "Empty: all patches are kept."
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterRasterDestination("OUTPUT", tr("Patches image")),
                tr("A GeoTIFF without georeference."),
            ),
            described(
                QgsProcessingParameterRasterDestination(
                    "LABELS", tr("Labels of the patches"), optional=True, createByDefault=False
                ),
                tr("A GeoTIFF of 1 × n pixels: the class of each patch. The class field is needed for it."),
            ),
        )
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Patches")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_REJECTED", tr("Positions left out")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.extract_patches import ExtractPatches as Job

        chosen = field_values(self, parameters, context)
        points = self.features(parameters, "POSITIONS", context)
        return Job(
            **chosen,
            source1=raster_paths(self, parameters, "SOURCE1", context),
            positions=points.path,
            positions_name=points.name,
            output="",
        )

    def results(self, found, feedback):
        return {name.upper(): value for name, value in found.items() if value != ""}
