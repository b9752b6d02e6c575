"""A small class map and what a network thought of it."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.labels.class_raster import write_classes
from geodl_plugin.labels.classes import ClassList

NAMES = ["field", "forest", "water"]


@pytest.fixture
def class_map(make_raster):
    """A map of 120 × 90 pixels: field (1), forest (2) from column 80 on, 30 pixels of water (3), no data at the top."""
    values = np.ones((90, 120), np.uint8)
    values[:, 80:] = 2
    values[50:55, 10:16] = 3
    values[:5] = 0
    path = make_raster(values, name="map.tif", nodata=0)
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(NAMES))
    dataset = None
    return path


@pytest.fixture
def fields_of_layer():
    """Read a layer: the values of its fields and its geometries."""

    def read(path):
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
        layer = dataset.GetLayer(0)
        return [{**feature.items(), "geometry": feature.GetGeometryRef().Clone()} for feature in layer]

    return read
