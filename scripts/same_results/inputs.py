"""What the jobs read: a part of the bundled demo data, small enough to train on in seconds, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal, ogr

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
_WINDOW = [690, 344, 496, 384]  # column, row, width, height: training polygons of all classes lie in it
_SPLITS = ("train", "train", "valid", "test")


def make_inputs(folder: Path) -> None:
    """Write all inputs into a folder, which is made.

    - ``image.tif``, ``labels.tif``, ``cover.tif``: part of the demo's image, classes and tree cover;
    - ``coarse.tif``: three of the image's bands at twice the pixel size;
    - ``gaps.tif``: the image with no data in a square;
    - ``polygons.gpkg``, ``reference.gpkg``: the demo's polygons;
    - ``degrees.gpkg``: the training polygons in longitude and latitude, with a field ``part`` of splits;
    - ``points.gpkg``: points with a real number, the tree cover, and a split.
    """
    folder.mkdir(parents=True)
    for name, source in (("image", "l7_6band_uint16"), ("labels", "lulc_label"), ("cover", "vcf_treecover")):
        gdal.Translate(str(folder / f"{name}.tif"), str(DEMO / f"gewata_{source}.tif"), srcWin=_WINDOW)
    image = str(folder / "image.tif")
    gdal.Translate(str(folder / "coarse.tif"), image, bandList=[4, 5, 6], xRes=60, yRes=60, resampleAlg="average")
    gaps = gdal.Translate(str(folder / "gaps.tif"), image, noData=0)
    for number in range(1, gaps.RasterCount + 1):
        gaps.GetRasterBand(number).WriteArray(np.zeros((40, 60), np.uint16), 120, 150)
    gaps = None  # closes the file
    for name, source in (("polygons", "training"), ("reference", "lulc")):
        gdal.VectorTranslate(str(folder / f"{name}.gpkg"), str(DEMO / f"gewata_{source}_polygons.gpkg"))
    _make_degrees(folder)
    _make_points(folder)


def _make_degrees(folder: Path) -> None:
    path = str(folder / "degrees.gpkg")
    gdal.VectorTranslate(path, str(folder / "polygons.gpkg"), dstSRS="EPSG:4326", reproject=True)
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    layer = dataset.GetLayer()
    layer.CreateField(ogr.FieldDefn("part", ogr.OFTString))
    for number, feature in enumerate(list(layer)):
        feature["part"] = _SPLITS[number % len(_SPLITS)]
        layer.SetFeature(feature)


def _make_points(folder: Path) -> None:
    cover = gdal.Open(str(folder / "cover.tif"))
    values, (left, dx, _, top, _, dy) = cover.ReadAsArray(), cover.GetGeoTransform()
    dataset = gdal.GetDriverByName("GPKG").Create(str(folder / "points.gpkg"), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("points", cover.GetSpatialRef(), ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("cover", ogr.OFTReal))
    layer.CreateField(ogr.FieldDefn("split", ogr.OFTString))
    places = [(row, col) for row in range(20, 370, 30) for col in range(20, 480, 30) if values[row, col] <= 100]
    for number, (row, col) in enumerate(places):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["cover"] = int(values[row, col]) / 3
        feature["split"] = _SPLITS[number % len(_SPLITS)]
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({left + (col + 0.5) * dx} {top + (row + 0.5) * dy})"))
        layer.CreateFeature(feature)
