"""The scene of the tutorial in the project: an image and polygons to begin with."""

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsContrastEnhancement,
    QgsCoordinateTransform,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..base import ROOT
from ..translation import tr

FOLDER = ROOT / "resources" / "demo"
_IMAGE = FOLDER / "gewata_l7_6band_uint16.tif"
_POLYGONS = FOLDER / "gewata_training_polygons.gpkg"
_REFERENCE = FOLDER / "gewata_lulc_polygons.gpkg"
_NATURAL_COLOURS = (3, 2, 1)
_COLOURS = {
    "forest": "#117733",
    "cropland": "#ddcc77",
    "wetland": "#44aa99",
    "bamboo": "#999933",
    "bare soil": "#cc6677",
    "coffee plantation": "#882255",
}


def is_there():
    """Whether the scene is part of this copy of the plugin."""
    return _IMAGE.is_file() and _POLYGONS.is_file()


def open_demo(iface):
    """Add the scene to the project, as a group, and show it.

    Args:
        iface: of QGIS.

    Returns:
        The layers: image, polygons to train with, polygons to judge a map by.
    """
    image = QgsRasterLayer(str(_IMAGE), tr("Landsat image"))
    polygons = QgsVectorLayer(str(_POLYGONS), tr("Training polygons"))
    reference = QgsVectorLayer(str(_REFERENCE), tr("Reference polygons"))
    _stretch(image)
    _colour(polygons)
    _colour(reference)
    project = QgsProject.instance()
    group = project.layerTreeRoot().insertGroup(0, tr("GeoDL demo"))
    for layer in (polygons, reference, image):
        project.addMapLayer(layer, False)
        group.addLayer(layer).setItemVisibilityChecked(layer is not reference)
    iface.setActiveLayer(image)
    canvas = iface.mapCanvas()
    crs = canvas.mapSettings().destinationCrs()
    canvas.setExtent(QgsCoordinateTransform(image.crs(), crs, project).transformBoundingBox(image.extent()))
    canvas.refresh()
    return image, polygons, reference


def _stretch(image):
    """Show an image in natural colours, without its darkest and its brightest pixels."""
    renderer = QgsMultiBandColorRenderer(image.dataProvider(), *_NATURAL_COLOURS)
    image.setRenderer(renderer)
    stretch = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
    image.setContrastEnhancement(stretch, QgsRasterMinMaxOrigin.Limits.CumulativeCut)


def _colour(layer):
    """Give each class of a layer its colour."""
    field = "class_name"
    categories = []
    for name in sorted(layer.uniqueValues(layer.fields().indexOf(field))):
        symbol = QgsSymbol.defaultSymbol(layer.geometryType())
        symbol.setColor(QColor(_COLOURS.get(name, "#888888")))
        categories.append(QgsRendererCategory(name, symbol, name))
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))
