"""geodl:samplemap"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
)

from ..geodl_plugin import options
from .declaring import choice, described, fraction, integer, text
from .labelling import LabellingAlgorithm
from .layers import layer_extent, raster_name, raster_path
from .parameters import class_map
from .translation import tr
from .values import field_values


class SampleMap(LabellingAlgorithm):
    """Draw a sample to judge a map by."""

    NAME = "samplemap"
    TITLE = "Draw a sample to judge a map"
    GROUP = "inference"
    STEP = "evaluation"
    TAGS = "accuracy,validation,stratified,random,sample,area,points,reference,Olofsson,good practice"
    HELP = (
        "Draws random points of each class of a map, which you then label from better images or in the field. From "
        "them, Evaluate a map tells the accuracy and the area of each class in the whole map, with 95 % intervals "
        "that hold (Olofsson et al. 2014). Polygons that were drawn by hand cannot do that.\n"
        "Open the layer for editing and choose in its form, point by point, the class that you see at the central "
        "pixel. The form and the table do not show what the map says there: who knows it tends to agree with it. "
        "(It is in the field map_class, for Evaluate a map.) The points are in random order, so that you may stop "
        "after any number of them and evaluate what you have.\n"
        "Do not choose other points instead of hard ones, and do not train with these points.\n"
        "Next step: Evaluate a map, with this layer as the reference."
    )

    def declare(self):
        self.add_parameters(
            class_map(),
            fraction(
                "STANDARD_ERROR",
                tr("Standard error of the overall accuracy"),
                0.01,
                tr(
                    "How precisely you want to know the overall accuracy: its 95 % interval is about ± twice that. "
                    "Half the standard error takes four times as many points: for a map with 90 % correct pixels, "
                    "about 900 for 0.01, 225 for 0.02 and 100 for 0.03, and more where there are rare classes. The log "
                    "tells."
                ),
                maximum=0.5,
                decimals=3,
            ),
            fraction(
                "USERS_ACCURACY",
                tr("Expected user's accuracy"),
                0.9,
                tr(
                    "Your guess how many of the pixels of each class of the map are correct. A guess that is too high "
                    "gives too few points."
                ),
                decimals=2,
            ),
            text(
                "USERS_ACCURACIES",
                tr("Expected user's accuracies of single classes"),
                tr(
                    "Guesses for classes that are better or worse than the others, by name or value, such as "
                    "'forest=0.95, wetland=0.7'."
                ),
                advanced=True,
            ),
            integer(
                "COUNT",
                tr("Number of points (0 = by the standard error)"),
                0,
                0,
                tr(
                    "How many points to draw, if you know how many you can label. The log tells how precise the "
                    "accuracy will be."
                ),
                advanced=True,
            ),
            choice(
                "ALLOCATION",
                tr("Points of each class"),
                options.ALLOCATIONS,
                options.ALLOCATIONS[0],
                tr("How the points are shared among the classes."),
                {
                    "mixed": tr(
                        "in proportion to the areas, but rare classes get the minimum, so that something can be said "
                        "about each; as Olofsson et al. advise."
                    ),
                    "proportional": tr("in proportion to the areas."),
                    "equal": tr("the same number of each class."),
                },
                advanced=True,
            ),
            integer(
                "MINIMUM",
                tr("Points of a rare class"),
                50,
                0,
                tr(
                    "For 'mixed': what classes get that are too small for as many in proportion to their area. 50 to "
                    "100 are usual."
                ),
                advanced=True,
            ),
        )
        mask = QgsProcessingParameterFeatureSource(
            "MASK", tr("Mask"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
        )
        use = tr("Points lie inside these polygons, and the accuracy is that of the map inside them.")
        self.add_parameters(
            described(mask, use, advanced=True),
            described(
                QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
                tr("Points lie inside this extent, and the accuracy is that of the map inside it."),
                advanced=True,
            ),
        )
        self.add_output(tr("Sample to label"))
        self.addOutput(QgsProcessingOutputNumber("POINTS", tr("Number of points")))
        self.addOutput(QgsProcessingOutputNumber("EXPECTED_STANDARD_ERROR", tr("Standard error to expect")))
        self.addOutput(QgsProcessingOutputString("POINTS_BY_CLASS", tr("Points of each class")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.sample_map import SampleMap as Job

        mask = self.features(parameters, "MASK", context)
        return Job(
            map=raster_path(self, parameters, "MAP", context),
            map_name=raster_name(self, parameters, "MAP", context),
            mask=mask.path,
            mask_name=mask.name,
            extent=layer_extent(self, parameters, "EXTENT", "MAP", context),
            output="",
            **field_values(self, parameters, context),
        )

    def figures(self, found, by_class):
        return {
            "POINTS": found["count"],
            "EXPECTED_STANDARD_ERROR": found["expected_standard_error"],
            "POINTS_BY_CLASS": by_class,
        }

    def style(self, results, context):
        from .label_forms import style_sample

        style_sample(results["OUTPUT"], self._classes, context)
