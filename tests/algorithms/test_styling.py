"""How maps look when they are opened."""

import numpy as np
from geodl.algorithms.styling import VIRIDIS, style_class_map, style_value_map
from geodl.geodl_plugin.labels.class_raster import write_classes
from geodl.geodl_plugin.labels.classes import ClassList
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsRasterLayer


def test_map_is_loaded_with_its_own_classes_only(qgis_app, make_raster):
    path = make_raster(np.array([[1, 2], [3, 0]], np.uint8), name="map.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["field", "forest", "water"]))
    del dataset
    context = QgsProcessingContext()
    details = QgsProcessingContext.LayerDetails("Map", QgsProject.instance())
    context.addLayerToLoadOnCompletion(path, details)

    style_class_map(path, context)

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
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["field", "forest"]))
    del dataset
    style_class_map(path, QgsProcessingContext())
    assert len(QgsRasterLayer(path).renderer().classes()) == 2


def test_map_of_values_has_a_colour_ramp(qgis_app, make_raster, tmp_path):
    path = make_raster(np.linspace(20, 60, 2500, dtype=np.float32).reshape(50, 50), name="cover.tif", nodata=np.nan)
    style_value_map(path, 5.0, 75.0, QgsProcessingContext())
    assert not any("Hist" in one.read_text() for one in tmp_path.glob("*.aux.xml"))
    layer = QgsRasterLayer(path)
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    assert [item.color.name() for item in items] == list(VIRIDIS)
    assert [item.value for item in items] == [5.0, 22.5, 40.0, 57.5, 75.0]
