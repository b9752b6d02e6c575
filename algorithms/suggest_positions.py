"""geodl:suggestpositions"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
)

from ..geodl_plugin import options
from .declaring import choice, described, integer
from .labelling import LabellingAlgorithm
from .layers import raster_path
from .parameters import class_map
from .translation import tr
from .values import field_values


class SuggestPositions(LabellingAlgorithm):
    """Suggest where to label next."""

    NAME = "suggestpositions"
    TITLE = "Suggest where to label next"
    GROUP = "sampling"
    TAGS = "active learning,uncertainty,confidence,entropy,labels,training,annotation,suggest"
    HELP = (
        "Shows where further labels would help a network most: where its map is uncertain, in all of its classes "
        "(rare ones get more than their share), spread over the image and away from what is labelled already.\n"
        "Open the layer for editing and choose in its form the class of each place; delete those that you cannot tell, "
        "or that show several classes. Then train again with the old labels and these (Merge vector layers): features "
        "without a class are left out. It helps most once each class has a dozen labels or more; with very few, random "
        "places are nearly as good.\n"
        "These places are the hard ones: do not judge the map by them. Draw a sample to judge a map is for that.\n"
        "Next step: Sample positions from polygons."
    )

    def declare(self):
        self.add_parameters(
            class_map(),
            described(
                QgsProcessingParameterRasterLayer("CONFIDENCE", tr("Confidence")),
                tr("The raster of confidence that was made with the map."),
            ),
            described(
                QgsProcessingParameterRasterLayer("UNFAMILIARITY", tr("Unfamiliarity"), optional=True),
                tr(
                    "The raster of unfamiliarity that was made with the map: places that the network has never seen "
                    "the like of are suggested as well, however certain it is."
                ),
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    "LABELS",
                    tr("Existing labels"),
                    [QgsProcessing.SourceType.TypeVectorAnyGeometry],
                    optional=True,
                ),
                tr("What is labelled already, in any CRS. Suggestions lie elsewhere."),
            ),
            integer("COUNT", tr("Number of places"), 50, 1, tr("As many as you want to label now.")),
            choice(
                "SHAPE",
                tr("Shape of the places"),
                options.SUGGESTED_SHAPES,
                options.SUGGESTED_SHAPES[0],
                tr("What you will label at each place."),
                {
                    "squares": tr(
                        "small polygons, which label all of their pixels and can be merged with other polygons; change "
                        "their outline where it does not fit."
                    ),
                    "points": tr("of one pixel each."),
                },
            ),
            integer("SIZE", tr("Side of the squares (pixels)"), 5, 1, tr("For 'squares'."), advanced=True),
            integer(
                "MIN_DISTANCE",
                tr("Minimum distance between places (pixels, 0 = automatic)"),
                0,
                0,
                tr("As far as there is room. Automatic: half the distance of as many places on a regular grid."),
                advanced=True,
            ),
        )
        self.add_output(tr("Places to label"))
        self.addOutput(QgsProcessingOutputNumber("PLACES", tr("Number of places")))
        self.addOutput(QgsProcessingOutputNumber("UNCERTAINTY", tr("Mean uncertainty of the places")))
        self.addOutput(QgsProcessingOutputNumber("UNCERTAINTY_OF_MAP", tr("Mean uncertainty of the map")))
        self.addOutput(QgsProcessingOutputString("PLACES_BY_CLASS", tr("Places of each class of the map")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.suggest_positions import SuggestPositions as Job

        labels = self.features(parameters, "LABELS", context)
        rasters = ("MAP", "CONFIDENCE", "UNFAMILIARITY")
        return Job(
            **{name.lower(): raster_path(self, parameters, name, context) for name in rasters},
            labels=labels.path,
            labels_name=labels.name,
            output="",
            **field_values(self, parameters, context),
        )

    def figures(self, found, by_class):
        return {
            "PLACES": sum(found["counts"].values()),
            "UNCERTAINTY": found["mean_uncertainty"],
            "UNCERTAINTY_OF_MAP": found["mean_uncertainty_of_map"],
            "PLACES_BY_CLASS": by_class,
        }

    def style(self, results, context):
        from .label_forms import style_suggestions

        style_suggestions(results["OUTPUT"], self._classes, context)
