"""How maps look when they are opened."""

import numpy as np
import pytest
from geodl.algorithms.styling import VIRIDIS, style_map
from geodl.geodl_plugin.class_raster import write_classes
from geodl.geodl_plugin.classes import ClassMap
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsRasterLayer


def test_map_is_loaded_with_its_own_classes_only(qgis_app, make_raster):
    path = make_raster(np.array([[1, 2], [3, 0]], np.uint8), name="map.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassMap.from_values(["field", "forest", "water"]))
    del dataset
    context = QgsProcessingContext()
    details = QgsProcessingContext.LayerDetails("Map", QgsProject.instance())
    context.addLayerToLoadOnCompletion(path, details)

    style_map(path, context)

    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False  # as Processing loads its results
    layer = QgsRasterLayer(path, "Map", "gdal", options)
    context.layerToLoadOnCompletionDetails(path).postProcessor().postProcessLayer(
        layer, context, QgsProcessingFeedback()
    )
    assert [one.label for one in layer.renderer().classes()] == ["field", "forest", "water"]


def test_map_that_is_not_loaded_has_its_style_beside_it(qgis_app, make_raster):
    path = make_raster(np.array([[1, 2]], np.uint8), name="map.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassMap.from_values(["field", "forest"]))
    del dataset
    style_map(path, QgsProcessingContext())
    assert len(QgsRasterLayer(path).renderer().classes()) == 2


def test_map_of_values_has_a_colour_ramp(qgis_app, make_raster):
    values = np.linspace(20, 60, 2500, dtype=np.float32).reshape(50, 50)
    values[0] = np.nan
    path = make_raster(values, name="cover.tif", nodata=np.nan)
    style_map(path, QgsProcessingContext())
    layer = QgsRasterLayer(path)
    renderer = layer.renderer()
    low, high = renderer.classificationMin(), renderer.classificationMax()
    assert (round(low), round(high)) == (22, 59)
    items = renderer.shader().rasterShaderFunction().colorRampItemList()
    assert (items[0].color.name(), items[-1].color.name()) == (VIRIDIS[0], VIRIDIS[-1])
    assert [items[0].value, items[-1].value] == pytest.approx([low, high])


@pytest.mark.parametrize("value", [7, np.nan])
def test_map_of_one_value_is_left_to_qgis(qgis_app, make_raster, tmp_path, value):
    path = make_raster(np.full((5, 5), value, np.float32), name="flat.tif")
    style_map(path, QgsProcessingContext())
    assert not (tmp_path / "flat.qml").exists()
