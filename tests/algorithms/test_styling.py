"""How class maps look when they are opened."""

import numpy as np
from geodl.algorithms.styling import style_class_map
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
    write_classes(dataset.GetRasterBand(1), ClassMap.from_values(["field", "forest"]))
    del dataset
    style_class_map(path, QgsProcessingContext())
    assert len(QgsRasterLayer(path).renderer().classes()) == 2
