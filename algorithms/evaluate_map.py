"""geodl:evaluatemap"""

import json

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm
from .declaring import choice, described, report
from .layers import raster_name, raster_path
from .parameters import features_or_raster
from .translation import tr


class EvaluateMap(GeodlAlgorithm):
    """Evaluate a map."""

    NAME = "evaluatemap"
    TITLE = "Evaluate a map"
    GROUP = "inference"
    STEP = "evaluation"
    TAGS = "accuracy,confusion matrix,F1,IoU,precision,recall,validation,area,Olofsson"
    HELP = (
        "Compares a class map with reference polygons, points or a raster, pixel by pixel. The results are the overall "
        "accuracy, the precision, recall, F1 and IoU of each class, and class areas corrected for the map's errors.\n"
        "Compares a map of values, such as tree cover, with a raster of values, or with the values of polygons or "
        "points: R², root mean square error, mean absolute error and bias. Of a polygon, the mean of the map in it "
        "counts.\n"
        "Classes are matched by name if the reference has names, otherwise by value. Pixels of reference classes that "
        "the map does not have count as errors; the accuracy without these classes is given as well.\n"
        "Exclude the training polygons: a network does better on pixels that it was trained on.\n"
        "A layer from Draw a sample to judge a map is recognised: the accuracy and the areas are then those of the "
        "whole map, with 95 % intervals that hold. For polygons drawn by hand, intervals are too narrow."
    )

    def declare(self):
        self.add_parameters(
            described(
                QgsProcessingParameterRasterLayer("MAP", tr("Map")),
                tr(
                    "A raster with one band of class values or of continuous values, such as one made by Apply a model "
                    "to a raster."
                ),
            ),
            *features_or_raster(
                "REFERENCE",
                tr("Reference polygons or points"),
                "REFERENCE_RASTER",
                tr("Or a reference raster"),
                tr(
                    "Features of known class, or with a known value, in any CRS. For a map of values, the class field "
                    "is the field with the values. A labelled sample from Draw a sample to judge a map needs no class "
                    "field."
                ),
                default=None,
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    "EXCLUDE",
                    tr("Areas to exclude"),
                    [QgsProcessing.SourceType.TypeVectorAnyGeometry],
                    optional=True,
                ),
                tr("Pixels in these features are not compared. For example, the training polygons."),
            ),
            choice(
                "KIND",
                tr("What the map holds"),
                options.MAP_KINDS,
                options.MAP_KINDS[0],
                tr("How the numbers of the map are understood."),
                {
                    "automatic": tr(
                        "real numbers are values, integers are classes; many integers without names are refused."
                    ),
                    "classes": tr("integers that stand for classes."),
                    "values": tr("quantities such as tree cover in percent."),
                },
                advanced=True,
            ),
            report(
                tr("Accuracy report"),
                tr("A page with the accuracy of the map and of each class, and with the areas of the classes."),
            ),
            described(
                QgsProcessingParameterFileDestination(
                    "MATRIX", tr("Confusion matrix"), tr("CSV files (*.csv)"), optional=True, createByDefault=False
                ),
                tr(
                    "A table for spreadsheets: the reference pixels of each class in rows, what the map says in "
                    "columns."
                ),
            ),
        )
        self.add_numbers(
            OVERALL_ACCURACY=tr("Overall accuracy"),
            OVERALL_ACCURACY_OF_KNOWN_CLASSES=tr("Overall accuracy of the classes of the map"),
            MEAN_F1=tr("Mean F1"),
            MEAN_F1_OF_KNOWN_CLASSES=tr("Mean F1 of the classes of the map"),
            MEAN_IOU=tr("Mean IoU"),
            R2=tr("R²"),
            RMSE=tr("Root mean square error"),
            MAE=tr("Mean absolute error"),
            BIAS=tr("Bias"),
            PIXELS=tr("Reference pixels"),
            FEATURES=tr("Reference features whose values were compared"),
            PIXELS_OF_UNKNOWN_CLASSES=tr("Reference pixels of classes that the map does not have"),
        )
        self.add_numbers(
            ADJUSTED_ACCURACY=tr("Overall accuracy of the whole map, from a sample"),
            ADJUSTED_ACCURACY_HALF_WIDTH=tr("Half-width of its 95 % interval"),
            LABELLED_POINTS=tr("Labelled points of the sample"),
            UNLABELLED_POINTS=tr("Points of the sample without a label"),
        )
        self.addOutput(QgsProcessingOutputString("CLASS_F1", tr("F1 of each class, as JSON")))
        self.addOutput(QgsProcessingOutputString("TEXT", tr("Accuracy table")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.evaluate_map import EvaluateMap as Job

        features = self.features(parameters, "REFERENCE", context)
        return Job(
            map=raster_path(self, parameters, "MAP", context),
            map_name=raster_name(self, parameters, "MAP", context),
            reference=features.path,
            reference_name=features.name or raster_name(self, parameters, "REFERENCE_RASTER", context),
            class_field=self.parameterAsString(parameters, "CLASS_FIELD", context),
            reference_raster=raster_path(self, parameters, "REFERENCE_RASTER", context),
            kind=self.parameterAsEnumString(parameters, "KIND", context),
            exclude=self.features(parameters, "EXCLUDE", context).path,
        )

    def results(self, found, feedback):
        outputs = {name.upper(): value for name, value in found.items() if value not in ("", None)}
        if "class_f1" not in found:  # a map of values
            return outputs
        # as text: qgis_process prints nothing for a dictionary
        return {**outputs, "CLASS_F1": json.dumps(found["class_f1"], ensure_ascii=False)}
