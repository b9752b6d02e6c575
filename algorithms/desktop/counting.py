"""Counts the features of a layer for the line that tells what an algorithm will do."""

from collections import Counter

from qgis.core import (
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsVectorLayerFeatureSource,
)

from ..translation import tr

_MOST = 20000  # features that are looked at


class Features:
    """The features of a parameter: it is made in the main thread, and what it gives may count in another one.

    Args:
        parameters: what the dialog holds.
        name: of the parameter.
        context: of Processing.

    Attributes:
        layer: of the features; None if none is chosen.
    """

    def __init__(self, parameters, name, context):
        value, self._selected = parameters.get(name), False
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            self._selected = value.selectedFeaturesOnly
            value = value.source.valueAsString(context.expressionContext())[0]
        self.layer = QgsProcessingUtils.mapLayerFromString(str(value), context) if value else None
        self._context = context.transformContext()

    def by_class(self, image, field):
        """A function that counts features and pixels by class, and the features outside an image."""
        source, request = QgsVectorLayerFeatureSource(self.layer), self._request(field)
        column = self.layer.fields().lookupField(field) if field else -1
        to_image = QgsCoordinateTransform(self.layer.crs(), image.crs(), self._context)
        extent, pixel = image.extent(), image.rasterUnitsPerPixelX() * image.rasterUnitsPerPixelY()

        def look():
            counts, pixels, outside = Counter(), Counter(), 0
            for feature in source.getFeatures(request):
                geometry = feature.geometry()
                geometry.transform(to_image)
                if geometry.isNull() or not geometry.boundingBox().intersects(extent):
                    outside += 1
                    continue
                name = str(feature[column]) if column >= 0 else tr("without a class field")
                counts[name] += 1
                pixels[name] += geometry.area() / pixel
            return counts, pixels, outside

        return look

    def by_value(self, field):
        """A function that counts features by the text in a field; by an empty one if the layer lacks the field."""
        source, request = QgsVectorLayerFeatureSource(self.layer), self._request(field)
        request.setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setLimit(-1)
        column = self.layer.fields().lookupField(field)
        return lambda: Counter(str(one[column]) if column >= 0 else "" for one in source.getFeatures(request))

    def _request(self, field):
        request = QgsFeatureRequest().setLimit(_MOST)
        if self._selected:
            request.setFilterFids(self.layer.selectedFeatureIds())
        column = self.layer.fields().lookupField(field) if field else -1
        return request.setSubsetOfAttributes([column] if column >= 0 else [])
