"""geodl:samplegrid"""

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource, QgsProcessingParameterRasterLayer

from ..geodl_plugin import options
from .declaring import choice, described, integer
from .layers import raster_path
from .parameters import patch_size, source
from .sampling_parameters import SampleAlgorithm
from .translation import tr


class SampleGrid(SampleAlgorithm):
    """Lay patch positions on a regular grid."""

    NAME = "samplegrid"
    TITLE = "Lay patch positions on a regular grid"
    GROUP = "sampling"
    TAGS = "patch,sample,grid,regular,chessboard,mask,split,OTBTF,PatchesSelection"
    HELP = (
        "Places patches at regular steps over the whole image, or inside a mask, and divides them into the splits "
        "train, valid and test. Use it where labels cover the whole image, such as a label raster.\n"
        "All positions have the class 1; the labels are added when the dataset is exported.\n"
        "Next step: Export patches and labels as TFRecords, with labels from polygons or a raster."
    )

    def declare(self):
        self.add_parameters(
            source(),
            patch_size(),
            choice(
                "STRATEGY",
                tr("How to split the patches"),
                options.GRID_STRATEGIES,
                options.GRID_STRATEGIES[0],
                tr("Which patches train the network, choose its best state and judge it."),
                {
                    "split": tr("whole square blocks of the image go to train, valid or test."),
                    "all": tr("all patches go to train."),
                    "chessboard": tr("the black squares go to train, the white ones to valid and test."),
                },
            ),
        )
        self.add_shares()
        self.add_parameters(
            integer(
                "STEP",
                tr("Step (pixels, 0 = patch size)"),
                0,
                0,
                tr(
                    "Pixels from one patch to the next. With a step smaller than the patch size, patches overlap. If a "
                    "source has larger pixels, the step must be a whole number of them."
                ),
            ),
            integer(
                "OFFSET",
                tr("Offset (pixels)"),
                0,
                0,
                tr(
                    "Column and row of the first pixel of the first patch. If a source has larger pixels, the offset "
                    "is counted from the edge of the first of them, and must be a whole number of them."
                ),
                advanced=True,
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    "MASK", tr("Mask"), [QgsProcessing.SourceType.TypeVectorAnyGeometry], optional=True
                ),
                tr("Only patches whose central pixel lies inside one of these features. The layer may be in any CRS."),
            ),
            described(
                QgsProcessingParameterRasterLayer("MASK_RASTER", tr("Or a mask raster"), optional=True),
                tr("Only patches whose central pixel has a value other than 0 and no-data in the first band."),
            ),
        )
        self.add_block_size(
            tr(
                "Side of the blocks or squares. Automatic: three times the patch size, or three times the buffer if "
                "that is set; for the chessboard one step, or as many steps as hold three patches if patches overlap."
            )
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
            **self.fields(parameters, context),
        )
