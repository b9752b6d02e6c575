"""How results look when they are opened."""

from pathlib import Path

from qgis.core import QgsPalettedRasterRenderer, QgsProcessingLayerPostProcessorInterface, QgsRasterLayer
from qgis.PyQt.QtGui import QColor

from ..geodl_plugin.class_raster import read_classes


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
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    layer.saveNamedStyle(str(Path(path).with_suffix(".qml")))
    if context.willLoadLayerOnCompletion(path):
        context.layerToLoadOnCompletionDetails(path).setPostProcessor(_STYLER)
