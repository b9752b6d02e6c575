"""geodl:samplevector"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from ..geodl_plugin import options
from .declaring import described
from .parameters import chosen_class_field, class_field, one_class, patch_size, source
from .sampling_parameters import SampleAlgorithm
from .translation import tr


class SampleVector(SampleAlgorithm):
    """Sample patch positions from a vector layer."""

    NAME = "samplevector"
    TITLE = "Sample positions from polygons"
    GROUP = "sampling"
    TAGS = "patch,sample,training,polygons,split,OTBTF,PatchesSelection"
    HELP = (
        "Chooses random pixels inside your labelled polygons, lines or points. Each is the centre of a patch, the "
        "small image that a network learns from. The positions are divided into three splits: <i>train</i> for "
        "learning, <i>valid</i> for choosing the best state of the network, <i>test</i> for judging it.\n"
        "Neighbouring patches look alike, so by default whole square blocks of the image go to one split, and patches "
        "of different splits share no pixel. Where labels are too few for that, whole polygons go to one split: "
        "patches may then overlap, but a patch carries the labels of its own split only. Positions may lie anywhere in "
        "the image. Where polygons overlap, the later feature counts.\n"
        "The layer may be in any CRS.\n"
        "Next step: Export patches and labels as TFRecords."
    )

    def declare(self):
        self.add_parameters(
            source(),
            described(
                QgsProcessingParameterFeatureSource(
                    "INPUT", tr("Labelled polygons, lines or points"), [QgsProcessing.SourceType.TypeVectorAnyGeometry]
                ),
                tr(
                    "Examples of each class. A handful of polygons per class is enough to begin with; spread them over "
                    "the image."
                ),
            ),
            class_field("INPUT"),
            patch_size(),
        )
        self.add_strategy()
        self.add_split(options.SPLIT_WAYS)
        self.add_parameters(
            described(
                QgsProcessingParameterField(
                    "SPLIT_FIELD",
                    tr("Split field"),
                    parentLayerParameterName="INPUT",
                    type=QgsProcessingParameterField.DataType.String,
                    optional=True,
                ),
                tr(
                    "For the split 'by field': a text field with the values train, valid or test. Features without a "
                    "value are left out."
                ),
                advanced=True,
            ),
            one_class(),
        )
        self.add_min_distance()
        self.add_further_sources()
        self.add_reject_nodata()
        self.add_edges()
        self.add_outputs()
        self.addOutput(QgsProcessingOutputNumber("COUNT_OVERLAP", tr("Pixels in several features")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_vector import SampleVector as Job

        features = self.features(parameters, "INPUT", context)
        fields = {**self.fields(parameters, context), "class_field": chosen_class_field(self, parameters, context)}
        return Job(input=features.path, input_name=features.name, **fields)

    def results(self, found, feedback):
        return {**super().results(found, feedback), "COUNT_OVERLAP": found["count_overlap"]}
