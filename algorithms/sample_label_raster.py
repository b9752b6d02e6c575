"""geodl:samplelabelraster"""

from qgis.core import QgsProcessingParameterRasterLayer

from ..geodl_plugin import options
from .declaring import described
from .layers import raster_name, raster_path
from .parameters import patch_size, source
from .sampling_parameters import SampleAlgorithm
from .translation import tr


class SampleLabelRaster(SampleAlgorithm):
    """Sample patch positions from a label raster."""

    NAME = "samplelabelraster"
    TITLE = "Sample positions from a label raster"
    GROUP = "sampling"
    TAGS = "patch,sample,training,raster,labels,split,OTBTF,LabelImageSampleSelection,PatchesSelection"
    HELP = (
        "Chooses random pixels that have a class in a label raster. Each is the centre of a patch, the small image "
        "that a network learns from. The positions are divided into three splits: <i>train</i> for learning, "
        "<i>valid</i> for choosing the best state of the network, <i>test</i> for judging it.\n"
        "Neighbouring patches look alike, so by default whole square blocks of the image go to one split, and patches "
        "of different splits share no pixel; blocks are smaller where labels are few. Positions may lie anywhere in "
        "the image.\n"
        "The label raster may have another grid than the image: the nearest pixel is taken. No-data pixels have no "
        "class.\n"
        "Next step: Export patches and labels as TFRecords."
    )

    def declare(self):
        self.add_parameters(
            source(),
            described(
                QgsProcessingParameterRasterLayer("INPUT", tr("Label raster")),
                tr("A raster with one band of integers: the class of each pixel."),
            ),
            patch_size(),
        )
        self.add_strategy()
        self.add_split(options.RASTER_SPLIT_WAYS)
        self.add_min_distance()
        self.add_further_sources()
        self.add_reject_nodata()
        self.add_edges()
        self.add_outputs()

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_label_raster import SampleLabelRaster as Job

        return Job(
            input=raster_path(self, parameters, "INPUT", context),
            input_name=raster_name(self, parameters, "INPUT", context),
            **self.fields(parameters, context),
        )
