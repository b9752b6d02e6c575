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

from ..geodl_plugin.class_raster import read_classes

VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")
_ENDS = (0.02, 0.98)  # of the values, as QGIS stretches rasters
_SAMPLE = 250000  # pixels


class _Styler(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style that lies beside its file: what Processing loads comes without."""

    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()
        layer.triggerRepaint()


_STYLER = _Styler()  # Processing keeps no reference to it


def style_map(path, context):
    """Write a .qml beside a map and use it if the map is to be loaded.

    A map that names classes gets these only; one of continuous values gets a colour ramp, unless there is but one.
    """
    layer = QgsRasterLayer(path)
    classes = [
        QgsPalettedRasterRenderer.Class(one.value, QColor(one.color), one.name) for one in read_classes(path).classes
    ]
    provider = layer.dataProvider()
    renderer = QgsPalettedRasterRenderer(provider, 1, classes) if classes else _ramp(provider)
    if renderer is None:
        return
    layer.setRenderer(renderer)
    layer.saveNamedStyle(str(Path(path).with_suffix(".qml")))
    if context.willLoadLayerOnCompletion(path):
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(_STYLER)


def _ramp(provider):
    """Colours from dark for low to bright for high values; those beyond the ends have the colours of the ends."""
    low, high = provider.cumulativeCut(1, *_ENDS, provider.extent(), _SAMPLE)
    if not low < high:
        return None
    stops = [QgsGradientStop(number / (len(VIRIDIS) - 1), QColor(color)) for number, color in enumerate(VIRIDIS)]
    ramp = QgsGradientColorRamp(stops[0].color, stops[-1].color, False, stops[1:-1])
    renderer = QgsSingleBandPseudoColorRenderer(provider, 1)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    renderer.createShader(ramp, QgsColorRampShader.Type.Interpolated, QgsColorRampShader.ClassificationMode.Continuous)
    return renderer
