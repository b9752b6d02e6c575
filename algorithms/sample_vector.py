"""geodl:samplevector"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterVectorDestination,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm, tr
from .layers import raster_paths
from .parameters import choice, class_field, described, fraction, integer, patch_size, seed, source


class SampleVector(GeodlAlgorithm):
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
        "different splits share a pixel.\n"
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
        self.addParameter(
            choice(
                "STRATEGY",
                tr("How many positions per class"),
                options.STRATEGIES,
                options.STRATEGIES[0],
                "'balanced': the number below, shared equally among the classes. 'per class': that number for each "
                "class. 'proportional': that number, shared by the classes' areas. 'all': every labelled pixel.",
            )
        )
        self.addParameter(
            integer("COUNT", tr("Number of positions"), options.COUNT, 1, "In all, or per class, as chosen above.")
        )
        self.addParameter(
            choice(
                "SPLIT",
                tr("Split"),
                options.SPLIT_WAYS,
                "spatial blocks",
                "'spatial blocks': whole blocks of the image go to train, valid or test. 'none': all to train.",
            )
        )
        self.addParameter(
            fraction("VALID_FRACTION", tr("Share for validation"), 0.2, "Share of the positions in the split valid.")
        )
        self.addParameter(
            fraction("TEST_FRACTION", tr("Share for the test"), 0.1, "Share of the positions in the split test.")
        )
        self.addParameter(
            integer(
                "BLOCK_SIZE",
                tr("Block size (pixels, 0 = automatic)"),
                0,
                0,
                "Side of the spatial blocks. Automatic: three times the patch size.",
                advanced=True,
            )
        )
        self.addParameter(seed())
        self.addParameter(QgsProcessingParameterVectorDestination("OUTPUT", tr("Patch positions")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TRAIN", tr("Positions to train with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_VALID", tr("Positions to validate with")))
        self.addOutput(QgsProcessingOutputNumber("COUNT_TEST", tr("Positions to test with")))
        self.addOutput(
            QgsProcessingOutputNumber("COUNT_REJECTED", tr("Positions that found no room beside another split"))
        )

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_vector import SampleVector as Job

        features = self.features(parameters, "INPUT", context)
        return Job(
            source1=raster_paths(self, parameters, "SOURCE1", context),
            input=features.path,
            input_name=features.name,
            class_field=self.parameterAsString(parameters, "CLASS_FIELD", context),
            patch_size=self.parameterAsInt(parameters, "PATCH_SIZE", context),
            strategy=self.parameterAsString(parameters, "STRATEGY", context),
            count=self.parameterAsInt(parameters, "COUNT", context),
            split=self.parameterAsString(parameters, "SPLIT", context),
            valid_fraction=self.parameterAsDouble(parameters, "VALID_FRACTION", context),
            test_fraction=self.parameterAsDouble(parameters, "TEST_FRACTION", context),
            block_size=self.parameterAsInt(parameters, "BLOCK_SIZE", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
            output="",
        )

    def results(self, found, feedback):
        return {
            "OUTPUT": found["output"],
            "COUNT_TRAIN": found["counts"]["train"],
            "COUNT_VALID": found["counts"]["valid"],
            "COUNT_TEST": found["counts"]["test"],
            "COUNT_REJECTED": found["count_rejected"],
        }
