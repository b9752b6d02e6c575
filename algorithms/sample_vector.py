"""geodl:samplevector"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ..geodl_plugin import options
from .base import tr
from .parameters import class_field, described, patch_size, source
from .sampling import SampleAlgorithm


class SampleVector(SampleAlgorithm):
    """Sample patch positions from a vector layer."""

    NAME = "samplevector"
    TITLE = "Sample patch positions from a vector layer"
    GROUP = "sampling"
    TAGS = "patch,sample,training,polygons,split,OTBTF,PatchesSelection"
    HELP = (
        "Chooses the pixels that training patches are centred on, at random inside your labelled polygons, lines "
        "or points, and puts each into one of three splits: <i>train</i> for learning, <i>valid</i> for choosing "
        "the best state of the network, <i>test</i> for judging it.\n"
        "Neighbouring patches look alike, so whole square blocks of the image go to a split, and no two patches of "
        "different splits share a pixel. Where polygons overlap, the later feature counts.\n"
        "The layer may be in any CRS. Only selected features are used if you ask for them.\n"
        "Next step: Export patches and labels as TFRecords."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(source())
        self.addParameter(
            described(
                QgsProcessingParameterFeatureSource(
                    "INPUT", tr("Labelled polygons, lines or points"), [QgsProcessing.SourceType.TypeVectorAnyGeometry]
                ),
                "Features that show where each class is. A handful of polygons per class is enough to begin with; "
                "spread them over the image.",
            )
        )
        self.addParameter(class_field("INPUT", optional=True))
        self.addParameter(patch_size())
        self.add_strategy()
        self.add_split(options.SPLIT_WAYS)
        self.add_shares()
        self.add_block_size(
            "Side of the spatial blocks and of the chessboard's squares. Automatic: three times the patch size, or the "
            "buffer if that is more, and larger on very large images."
        )
        self.add_buffer()
        self.addParameter(
            described(
                QgsProcessingParameterField(
                    "SPLIT_FIELD",
                    tr("Field with the split"),
                    parentLayerParameterName="INPUT",
                    type=QgsProcessingParameterField.DataType.String,
                    optional=True,
                ),
                "For the split 'by field': a field of text whose values are train, valid or test. Features where it "
                "is empty are left out.",
                advanced=True,
            )
        )
        self.add_min_distance()
        self.add_further_sources()
        self.add_reject_nodata()
        self.add_outputs()
        self.addOutput(QgsProcessingOutputNumber("COUNT_OVERLAP", tr("Pixels that lie in several features")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_vector import SampleVector as Job

        features = self.features(parameters, "INPUT", context)
        return Job(
            input=features.path,
            input_name=features.name,
            **self.rules(parameters, context),
        )

    def results(self, found, feedback):
        return {**super().results(found, feedback), "COUNT_OVERLAP": found["count_overlap"]}
