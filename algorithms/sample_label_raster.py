"""geodl:samplelabelraster"""

from qgis.core import QgsProcessingParameterRasterLayer

from ..geodl_plugin import options
from .base import tr
from .layers import raster_name, raster_path
from .parameters import described, patch_size, source
from .sampling import SampleAlgorithm


class SampleLabelRaster(SampleAlgorithm):
    """Sample patch positions from a label raster."""

    NAME = "samplelabelraster"
    TITLE = "Sample patch positions from a label raster"
    GROUP = "sampling"
    TAGS = "patch,sample,training,raster,labels,split,OTBTF,LabelImageSampleSelection,PatchesSelection"
    HELP = (
        "Chooses the pixels that training patches are centred on, at random where a raster of classes has one, and "
        "puts each into one of three splits: <i>train</i> for learning, <i>valid</i> for choosing the best state of "
        "the network, <i>test</i> for judging it.\n"
        "Neighbouring patches look alike, so whole square blocks of the image go to a split, and no two patches of "
        "different splits share a pixel.\n"
        "A label raster on another grid than the image is read to the nearest pixel; no-data is no class.\n"
        "Next step: Export patches and labels as TFRecords."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(source())
        self.addParameter(
            described(
                QgsProcessingParameterRasterLayer("INPUT", tr("Label raster")),
                "A raster with one band of integers, the class of each pixel.",
            )
        )
        self.addParameter(patch_size())
        self.add_strategy()
        self.add_split([way for way in options.SPLIT_WAYS if way != "by field"])
        self.add_shares()
        self.add_block_size(
            "Side of the spatial blocks and of the chessboard's squares. Automatic: three times the patch size, or the "
            "buffer if that is more, and larger on very large images."
        )
        self.add_buffer()
        self.add_min_distance()
        self.add_further_sources()
        self.add_reject_nodata()
        self.add_outputs()

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_label_raster import SampleLabelRaster as Job

        return Job(
            input=raster_path(self, parameters, "INPUT", context),
            input_name=raster_name(self, parameters, "INPUT", context),
            **self.rules(parameters, context),
        )
