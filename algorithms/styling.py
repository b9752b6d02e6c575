"""Styles of result layers, written as .qml files beside them."""

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
from qgis.PyQt import sip
from qgis.PyQt.QtGui import QColor

from ..geodl_plugin.labels.class_raster import read_classes

VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")


class _Styler(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style beside its file, which Processing does not load by itself."""

    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()
        layer.triggerRepaint()


_STYLERS = []  # Processing keeps no reference to them, and deletes them with its context


def style_class_map(path, context):
    """Style a class map with its own classes only.

    Args:
        path: the map; the .qml file is written beside it.
        context: of Processing; the style is used if the map is to be loaded.
    """
    layer = QgsRasterLayer(path)
    classes = [
        QgsPalettedRasterRenderer.Class(each.value, QColor(each.color), each.name)
        for each in read_classes(path).classes
    ]
    _use(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes), layer, path, context)


def style_value_map(path, low, high, context):
    """Style a map of continuous values, from dark for low to bright for high.

    The range is given, rather than taken from the map, so that all maps of one network have the same colours.

    Args:
        path: the map; the .qml file is written beside it.
        low: the value of the darkest colour.
        high: the value of the brightest colour.
        context: of Processing; the style is used if the map is to be loaded.
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
    use_beside(layer, path, context)


def use_beside(layer, path, context):
    """Save the style of a layer beside its file, and use it if the file is to be loaded.

    Args:
        layer: has the style.
        path: the file; the .qml file is written beside it.
        context: of Processing.
    """
    layer.saveNamedStyle(str(Path(path).with_suffix(".qml")))
    if context.willLoadLayerOnCompletion(path):
        styler = _Styler()
        _STYLERS[:] = [*(one for one in _STYLERS if not sip.isdeleted(one)), styler]
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(styler)
