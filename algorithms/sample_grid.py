"""geodl:samplegrid"""

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource, QgsProcessingParameterRasterLayer

from ..geodl_plugin import options
from .base import tr
from .layers import raster_path
from .parameters import choice, described, integer, patch_size, source
from .sampling import SampleAlgorithm


class SampleGrid(SampleAlgorithm):
    """Lay patch positions on a regular grid."""

    NAME = "samplegrid"
    TITLE = "Lay patch positions on a regular grid"
    GROUP = "sampling"
    TAGS = "patch,sample,grid,regular,chessboard,mask,split,OTBTF,PatchesSelection"
    HELP = (
        "Lays patches at regular steps over the whole image, or where a mask allows it, and puts each into a split. "
        "Use it where labels cover the image, such as a label raster.\n"
        "By <i>split</i> whole blocks of the image go to train, valid or test; by <i>chessboard</i> its black squares "
        "go to train and its white ones to valid and test; by <i>all</i> everything goes to train.\n"
        "The positions have the class 1; the labels come with the export.\n"
        "Next step: Export patches and labels as TFRecords, with labels from polygons or a raster."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(source())
        self.addParameter(patch_size())
        self.addParameter(
            choice(
                "STRATEGY",
                tr("How patches are split"),
                options.GRID_STRATEGIES,
                options.GRID_STRATEGIES[0],
                "'split': whole blocks of the image go to train, valid or test, by their shares. 'all': all to train. "
                "'chessboard': black squares to train, white ones to valid and, by their shares, to test.",
            )
        )
        self.add_shares()
        self.addParameter(
            integer(
                "STEP",
                tr("Step (pixels, 0 = patch size)"),
                0,
                0,
                "Pixels from one patch to the next. Smaller than the patch size: patches overlap. With sources of "
                "larger pixels it must be a whole number of theirs.",
            )
        )
        self.addParameter(
            integer(
                "OFFSET",
                tr("Offset (pixels)"),
                0,
                0,
                "Column and row of the first patch's first pixel. With sources of larger pixels they are counted from "
                "where the first of those begin, and must be a whole number of them.",
                advanced=True,
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterFeatureSource(
                    "MASK", tr("Mask"), [QgsProcessing.SourceType.TypeVectorAnyGeometry], optional=True
                ),
                "Only patches whose central pixel lies in one of these features, in any CRS.",
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterRasterLayer("MASK_RASTER", tr("Or a mask raster"), optional=True),
                "Only patches whose central pixel has a value other than 0 and no-data in the first band.",
            )
        )
        self.add_block_size(
            "Side of the blocks or squares. Automatic: three times the patch size, or the buffer if that is more; for "
            "the chessboard one step, or as many as hold three patches if patches overlap."
        )
        self.add_buffer()
        self.add_further_sources()
        self.add_reject_nodata()
        self.add_outputs()

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_grid import SampleGrid as Job

        mask = self.features(parameters, "MASK", context)
        return Job(
            mask=mask.path,
            mask_name=mask.name,
            mask_raster=raster_path(self, parameters, "MASK_RASTER", context),
            **self.rules(parameters, context),
        )
