"""How results look when they are opened."""

from pathlib import Path

from qgis.core import (
    QgsColorRampShader,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsPalettedRasterRenderer,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor

from ..geodl_plugin.labels.class_raster import read_classes

VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")


class _Styler(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style that lies beside its file: what Processing loads comes without."""

    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()
        layer.triggerRepaint()


_STYLER = _Styler()  # Processing keeps no reference to it


def style_class_map(path, context):
    """Write a .qml beside a class map, with its own classes only, and use it if the map is to be loaded."""
    layer = QgsRasterLayer(path)
    classes = [
        QgsPalettedRasterRenderer.Class(one.value, QColor(one.color), one.name) for one in read_classes(path).classes
    ]
    _use(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes), layer, path, context)


def style_value_map(path, low, high, context):
    """Write a .qml beside a map of continuous values, dark for low to bright for high, and use it likewise.

    The range is given, rather than taken from the map, so that maps of one network have the same colours.
    """
    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False  # for it QGIS would put a large histogram beside the file
    layer = QgsRasterLayer(path, "", "gdal", options)
    stops = [QgsGradientStop(number / (len(VIRIDIS) - 1), QColor(color)) for number, color in enumerate(VIRIDIS)]
    ramp = QgsGradientColorRamp(stops[0].color, stops[-1].color, False, stops[1:-1])
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    renderer.createShader(ramp, QgsColorRampShader.Type.Interpolated, QgsColorRampShader.ClassificationMode.Continuous)
    _use(renderer, layer, path, context)


def _use(renderer, layer, path, context):
    layer.setRenderer(renderer)
    layer.saveNamedStyle(str(Path(path).with_suffix(".qml")))
    if context.willLoadLayerOnCompletion(path):
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(_STYLER)
