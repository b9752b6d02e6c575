"""Polygons as a person would draw them, on a raster whose classes are known."""

import numpy as np
from osgeo import gdal, ogr, osr
from scipy import ndimage

LEAST_OBJECT = 60  # pixels of an object that somebody would outline


def draw(truth, count, sides, rng, objects=()):
    """Some rectangles of each class, the first of them at the border of the image where the class reaches it.

    Args:
        truth: class of each pixel, 0: unknown, [y, x].
        count: rectangles of a class.
        sides: smallest and largest side of a rectangle in pixels; smaller where the class has no room.
        rng: random number generator.
        objects: classes of which whole objects are outlined instead.

    Returns:
        Number of the feature from 1, 0: none, [y, x].
    """
    drawn = np.zeros(truth.shape, np.int32)
    for code in np.unique(truth[truth > 0]):
        if code in objects:
            _outline(truth == code, count, drawn, rng)
        else:
            for number in range(count):
                _rectangle(
                    (truth == code) & (drawn == 0), rng.integers(sides[0], sides[1] + 1, 2), drawn, rng, not number
                )
    return drawn


def _outline(mask, count, drawn, rng):
    """Number some connected parts of a mask in `drawn`."""
    parts, _ = ndimage.label(mask)
    large = np.flatnonzero(np.bincount(parts.ravel())[1:] >= LEAST_OBJECT) + 1
    for part in rng.permutation(large)[:count]:
        drawn[parts == part] = drawn.max() + 1


def _rectangle(free, size, drawn, rng, at_border):
    """Number a rectangle within a mask in `drawn`; none if the mask is empty."""
    places = _places(free, size)
    while not len(places) and max(size) > 1:
        size = np.maximum(size - 1, 1)
        places = _places(free, size)
    if at_border:
        touching = places[((places == 0) | (places + size == free.shape)).any(axis=1)]
        places = touching if len(touching) else places
    if len(places):
        row, col = places[rng.integers(len(places))]
        drawn[row : row + size[0], col : col + size[1]] = drawn.max() + 1


def _places(free, size):
    """Upper left corners of the rectangles that lie wholly in a mask, [place, 2]."""
    if (np.array(free.shape) < size).any():
        return np.empty((0, 2), int)
    height, width = size
    sums = np.pad(free.astype(np.int64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    inside = sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    return np.argwhere(inside == height * width)


def choose(drawn, truth, count, rng):
    """Keep some features of each class; `count` is a number, or a function of the number that there is."""
    kept = np.zeros_like(drawn)
    numbers = np.unique(drawn[drawn > 0])
    classes = np.array([truth[drawn == number][0] for number in numbers])
    for code in np.unique(classes):
        of_class = numbers[classes == code]
        wanted = count(len(of_class)) if callable(count) else count
        for number in rng.permutation(of_class)[:wanted]:
            kept[drawn == number] = number
    return kept


def burn(layer, grid, field=""):
    """The numbers of the features from 1, or the values of a field, of the pixels whose centre they hold, [y, x].

    Args:
        layer: OGR layer in the CRS of the grid.
        grid: dataset of GDAL.
        field: of whole numbers; empty: the features are numbered in their order.
    """
    memory = gdal.GetDriverByName("MEM").Create("", grid.RasterXSize, grid.RasterYSize, 1, gdal.GDT_Int32)
    memory.SetGeoTransform(grid.GetGeoTransform())
    memory.SetProjection(layer.GetSpatialRef().ExportToWkt())
    file = ogr.GetDriverByName("Memory").CreateDataSource("")  # it must outlive its layer
    copy = file.CreateLayer("", layer.GetSpatialRef())
    copy.CreateField(ogr.FieldDefn("value", ogr.OFTInteger))
    for number, feature in enumerate(layer, 1):
        labelled = ogr.Feature(copy.GetLayerDefn())
        labelled.SetGeometry(feature.geometry())
        labelled["value"] = int(feature[field]) if field else number
        copy.CreateFeature(labelled)
    gdal.RasterizeLayer(memory, [1], copy, options=["ATTRIBUTE=value"])
    return memory.ReadAsArray()


def write_polygons(path, drawn, truth, names, transform, crs):
    """A GeoPackage of the features, with the fields `class_id` and `class_name`; each is one feature.

    Args:
        path: of the file.
        drawn: number of the feature, 0: none, [y, x].
        truth: class of each pixel, [y, x].
        names: of the classes, by class.
        transform: geotransform of the pixels.
        crs: as text.
    """
    memory = gdal.GetDriverByName("MEM").Create("", *drawn.shape[::-1], 1, gdal.GDT_Int32)
    memory.SetGeoTransform(transform)
    memory.GetRasterBand(1).WriteArray(drawn)
    reference = osr.SpatialReference()
    reference.ImportFromWkt(crs)
    cut = ogr.GetDriverByName("Memory").CreateDataSource("")  # it must outlive its layer
    parts = cut.CreateLayer("", reference, ogr.wkbPolygon)
    parts.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
    gdal.Polygonize(memory.GetRasterBand(1), memory.GetRasterBand(1), parts, 0)
    geometries = {}
    for part in parts:
        geometries.setdefault(part["number"], ogr.Geometry(ogr.wkbMultiPolygon)).AddGeometry(part.geometry())
    file = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = file.CreateLayer("polygons", reference, ogr.wkbMultiPolygon)
    layer.CreateField(ogr.FieldDefn("class_id", ogr.OFTInteger))
    layer.CreateField(ogr.FieldDefn("class_name", ogr.OFTString))
    for number, geometry in sorted(geometries.items()):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(geometry)
        code = int(truth[drawn == number][0])
        feature["class_id"], feature["class_name"] = code, names[code]
        layer.CreateFeature(feature)
