"""The colours that a layer's own style gives classes."""

import shutil

import pytest
from geodl.algorithms.class_colors import raster_colors, vector_colors
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

COLORS = {"forest": "#123456", "water": "#abcdef"}


@pytest.fixture
def export(plugin):
    """The algorithm, whose parameters the layers are."""
    return plugin.provider.algorithm("exporttfrecords").create()


@pytest.fixture
def polygons(scene, tmp_path):
    """A layer with a style of its own."""
    layer = QgsVectorLayer(scene["polygons"], "my polygons")
    categories = [
        QgsRendererCategory(value, QgsFillSymbol.createSimple({"color": color}), value)
        for value, color in COLORS.items()
    ]
    other = QgsRendererCategory(None, QgsFillSymbol.createSimple({"color": "red"}), "other")
    layer.setRenderer(QgsCategorizedSymbolRenderer("class", [*categories, other]))
    return layer


EXPECTED = [f"{name}={color}" for name, color in COLORS.items()]


def test_a_layer_of_the_project_gives_the_colours_that_the_user_sees(export, polygons):
    project = QgsProject()
    project.addMapLayer(polygons)
    context = QgsProcessingContext()
    context.setProject(project)
    parameters = {"LABELS_VECTOR": polygons.id()}
    assert vector_colors(export, parameters, "LABELS_VECTOR", "class", context) == EXPECTED
    assert vector_colors(export, parameters, "LABELS_VECTOR", "other", context) == []
    assert vector_colors(export, {}, "LABELS_VECTOR", "class", context) == []


@pytest.mark.filterwarnings("ignore:QgsMapLayer.saveStyleToDatabase")  # QGIS 3.22 has nothing else
@pytest.mark.parametrize("where", ["beside", "inside"])
def test_a_file_gives_the_colours_that_are_saved_with_it(export, polygons, scene, where):
    parameters = {"LABELS_VECTOR": scene["polygons"]}
    assert vector_colors(export, parameters, "LABELS_VECTOR", "class", QgsProcessingContext()) == []
    if where == "beside":
        polygons.saveNamedStyle(scene["polygons"].replace(".gpkg", ".qml"))
    else:
        assert polygons.saveStyleToDatabase("mine", "", True, "") == ""
    assert vector_colors(export, parameters, "LABELS_VECTOR", "class", QgsProcessingContext()) == EXPECTED


def test_a_raster_gives_the_colours_of_its_classes(export, scene, tmp_path):
    path = str(tmp_path / "labels.tif")
    shutil.copy(scene["truth"], path)
    layer = QgsRasterLayer(path)
    classes = [QgsPalettedRasterRenderer.Class(2, QColor("#123456"), "forest")]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    layer.saveNamedStyle(str(tmp_path / "labels.qml"))
    assert raster_colors(export, {"LABELS_RASTER": path}, "LABELS_RASTER", QgsProcessingContext()) == ["2=#123456"]
    assert raster_colors(export, {}, "LABELS_RASTER", QgsProcessingContext()) == []
