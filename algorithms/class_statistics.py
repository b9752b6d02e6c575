"""geodl:classstatistics"""

from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterRasterLayer,
)

from .base import GeodlAlgorithm
from .class_colors import raster_colors, vector_colors
from .declaring import described, report
from .layers import raster_name, raster_path
from .parameters import chosen_class_field, features_or_raster, one_class
from .translation import tr


class ClassStatistics(GeodlAlgorithm):
    """Count the labels of each class."""

    NAME = "classstatistics"
    TITLE = "Class statistics"
    GROUP = "sampling"
    STEP = "inspection"
    TAGS = "classes,polygons,pixels,balance,statistics,OTB,PolygonClassStatistics"
    HELP = (
        "Counts the features and the pixels of each class, to see whether the classes are balanced and whether "
        "features overlap or are too small.\n"
        "The labels are polygons, lines or points in any CRS, or a raster of classes.\n"
        "Next step: Sample positions from polygons."
    )

    def declare(self):
        self.add_parameters(
            described(
                QgsProcessingParameterRasterLayer("SOURCE", tr("Image")), tr("The raster whose pixels are counted.")
            ),
            *features_or_raster(
                "INPUT",
                tr("Labelled polygons, lines or points"),
                "INPUT_RASTER",
                tr("Or a label raster"),
                tr("Examples of each class, in any CRS."),
            ),
            one_class(),
            report(tr("Class statistics report"), tr("A page with the features and the pixels of each class.")),
        )
        self.add_numbers(
            CLASSES=tr("Classes"),
            PIXELS=tr("Labelled pixels"),
            PIXELS_OF_SMALLEST_CLASS=tr("Pixels of the smallest class"),
            OVERLAP=tr("Pixels in several features"),
        )
        self.addOutput(QgsProcessingOutputString("TEXT", tr("Table of the classes")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.class_statistics import ClassStatistics as Job

        features = self.features(parameters, "INPUT", context)
        class_field = chosen_class_field(self, parameters, context)
        colors = vector_colors(self, parameters, "INPUT", class_field, context)
        return Job(
            source=raster_path(self, parameters, "SOURCE", context),
            source_name=raster_name(self, parameters, "SOURCE", context),
            input=features.path,
            input_name=features.name or raster_name(self, parameters, "INPUT_RASTER", context),
            class_field=class_field,
            input_raster=raster_path(self, parameters, "INPUT_RASTER", context),
            one_class=self.parameterAsBool(parameters, "ONE_CLASS", context),
            class_colors=colors or raster_colors(self, parameters, "INPUT_RASTER", context),
        )

    def results(self, found, feedback):
        return {name.upper(): value for name, value in found.items() if value != ""}
