"""How results look when they are opened."""

from pathlib import Path

from qgis.core import QgsPalettedRasterRenderer, QgsRasterLayer
from qgis.PyQt.QtGui import QColor

from ..geodl_plugin.class_raster import read_classes


def save_class_style(path):
    """Write a .qml beside a class map, with its own classes only; QGIS applies it whenever the map is opened."""
    layer = QgsRasterLayer(path)
    classes = [
        QgsPalettedRasterRenderer.Class(one.value, QColor(one.color), one.name) for one in read_classes(path).classes
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    layer.saveNamedStyle(str(Path(path).with_suffix(".qml")))
