"""Accuracy of networks on time series with clouds: trained on one half of a small scene, scored on the other.

    build/environment/bin/python -W ignore benchmarks/time_series.py [--scene synthetic] [--seeds 0 1 2]
                                                                     [--architectures timeseries unet]
    build/environment/bin/python -W ignore benchmarks/time_series.py --scene FOLDER

The scene ``synthetic`` is made up, with a seed: 100 × 101 pixels, NDVI of 68 dates in three years, and four classes of
fields with a course of the year each, which differs from field to field; noise, clouds that are marked as no-data, and
some that are not.  FOLDER holds a real one, ``sentinel2_cube_subset_romania_10m.nc`` and
``tree_cover_density_2018_romania.tif`` of the package nrt 0.2.1 (EUPL 1.2): four bands of Sentinel-2, 100 × 100
pixels, of which the 68 clearest dates are taken, clouds as its classification has them, and two classes of tree cover.

Labels left of the middle train, those right of it test; 8 pixels between them belong to neither.  The random forest
(200 trees, scikit-learn, which this benchmark alone needs) learns from all pixels that are labelled for training, and
knows missing values itself.
"""

import argparse
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

from demo_data import Quiet
from scipy.ndimage import gaussian_filter

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.jobs.train_model import TrainModel

DATES, GAP, PATCH = 68, 8, 16
CLEAR = (4, 5, 7)  # vegetation, bare soil, unclassified
TREE_COVER = (70,)  # percent, between the classes
COURSES = ((0.75, 0.1, 190, 80), (0.45, 0.3, 160, 60), (0.25, 0.55, 125, 35), (0.25, 0.5, 215, 35))  # of the classes


def synthetic(seed):
    """Images [date, band, y, x], NaN under clouds, their dates, and classes from 1 [y, x]."""
    rng = np.random.default_rng(seed)
    height, width, fields = 100, 101, 120
    centres = rng.uniform((0, 0), (height, width), (fields, 2))
    rows, cols = np.mgrid[:height, :width]
    field = np.argmin((rows[..., None] - centres[:, 0]) ** 2 + (cols[..., None] - centres[:, 1]) ** 2, axis=-1)
    kind = rng.choice(4, fields, p=(0.3, 0.3, 0.2, 0.2))
    base, height_of, peak, length = (np.array(COURSES)[kind, number] for number in range(4))
    base, height_of = base + rng.normal(0, 0.06, fields), height_of * rng.uniform(0.7, 1.3, fields)
    peak, length = peak + rng.normal(0, 15, fields), length * rng.uniform(0.8, 1.2, fields)
    days = np.sort(rng.choice(3 * 365 // 5, DATES, replace=False) * 5)
    images = np.empty((DATES, 1, height, width), np.float32)
    for number, day in enumerate(days):
        course = base + height_of * np.exp(-(((day % 365) - peak) ** 2) / (2 * length**2)) + rng.normal(0, 0.05, fields)
        image = course[field] + rng.normal(0, 0.1, (height, width))
        cloud = gaussian_filter(rng.normal(size=(height, width)), 12)
        is_cloudy = cloud > np.quantile(cloud, 1 - rng.uniform(0, 0.8))
        is_seen = rng.random() < 0.85  # by whoever masked the clouds
        images[number, 0] = np.where(is_cloudy, np.nan if is_seen else rng.normal(0.1, 0.05), image)
    first = date(2016, 1, 1)
    return images, [(first + timedelta(days=int(day))).isoformat() for day in days], kind[field].astype(np.uint8) + 1


def romania(folder):
    """The same of the real scene."""
    name = folder / "sentinel2_cube_subset_romania_10m.nc"
    bands = [gdal.Open(f'NETCDF:"{name}":{band}') for band in ("B2", "B3", "B4", "B8", "SCL")]
    clear = np.isin(bands[-1].ReadAsArray(), CLEAR)
    chosen = np.sort(np.argsort(-clear.mean(axis=(1, 2)), kind="stable")[:DATES])
    images = np.stack([band.ReadAsArray() for band in bands[:-1]], axis=1)[chosen].astype(np.float32)
    images[~np.broadcast_to(clear[chosen, None], images.shape)] = np.nan
    days = bands[0].GetMetadataItem("NETCDF_DIM_time_VALUES").strip("{}").split(",")
    since = date.fromisoformat(bands[0].GetMetadataItem("time#units").split()[2])
    cover = gdal.Open(str(folder / "tree_cover_density_2018_romania.tif")).ReadAsArray().repeat(2, 0).repeat(2, 1)
    dates = [(since + timedelta(days=int(days[number]))).isoformat() for number in chosen]
    return images, dates, np.digitize(cover, TREE_COVER).astype(np.uint8) + 1


def write(path, values, nodata, names=()):
    """Write [band, y, x] as a GeoTIFF with bands of these names."""
    kind = gdal.GDT_Float32 if values.dtype.kind == "f" else gdal.GDT_Byte
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[2], values.shape[1], len(values), kind)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(3035)
    dataset.SetGeoTransform((5271980, 10, 0, 2533000, 0, -10))
    dataset.SetProjection(crs.ExportToWkt())
    for number, band in enumerate(values, start=1):
        dataset.GetRasterBand(number).SetNoDataValue(nodata)
        dataset.GetRasterBand(number).WriteArray(band)
        if names:
            dataset.GetRasterBand(number).SetDescription(names[number - 1])
    return str(path)


def halves(classes):
    """The classes left and right of the middle, 0 elsewhere."""
    middle = classes.shape[1] // 2
    left, right = classes.copy(), classes.copy()
    left[:, middle - GAP // 2 :] = 0
    right[:, : middle + GAP // 2] = 0
    return left, right


def forest(images, train, seed):
    """A map by a random forest on single pixels."""
    from sklearn.ensemble import RandomForestClassifier

    pixels = images.reshape(-1, *train.shape).transpose(1, 2, 0)
    trees = RandomForestClassifier(200, n_jobs=2, random_state=seed).fit(pixels[train > 0], train[train > 0])
    return trees.predict(pixels.reshape(-1, pixels.shape[-1])).reshape(train.shape)


def network(architecture, images, dates, train, seed, folder, epochs):
    """A map by a network with default parameters, but for the size of patches, and the seconds of its training."""
    names = [f"{day} band {number + 1}" for day in dates for number in range(images.shape[1])]
    image = [write(folder / "image.tif", images.reshape(-1, *train.shape), np.nan, names)]
    labels = write(folder / "labels.tif", train[None], 0)
    positions, dataset, model, mapped = (
        str(folder / name) for name in ("positions.gpkg", "dataset", "model", "map.tif")
    )
    SampleLabelRaster(image, labels, positions, patch_size=PATCH, test_fraction=0, count=300, seed=seed).run(Quiet())
    ExportTFRecords(
        image, positions, dataset, patch_size=PATCH, label_mode="raster", labels_raster=labels, seed=seed
    ).run(Quiet())
    started = time.monotonic()
    extra = {"epochs": epochs} if epochs else {}
    TrainModel(dataset, model, architecture=architecture, seed=seed, **extra).run(Quiet())
    seconds = time.monotonic() - started
    ApplyModel(model, image, mapped).run(Quiet())
    return gdal.Open(mapped).ReadAsArray(), seconds


def scores(mapped, reference):
    """Overall accuracy, and the lowest F1 of a class."""
    known = reference > 0
    found, true = mapped[known], reference[known]
    f1 = [
        2 * ((found == kind) & (true == kind)).sum() / max(1, (found == kind).sum() + (true == kind).sum())
        for kind in np.unique(true)
    ]
    return (found == true).mean(), min(f1)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scene", default="synthetic", help="'synthetic', or the folder of the real one")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--architectures", nargs="+", default=["timeseries", "unet"])
    parser.add_argument("--epochs", type=int, default=0, help="0: the default")
    parser.add_argument("--no-forest", action="store_true")
    arguments = parser.parse_args()
    gdal.UseExceptions()
    print(
        "| network | seed | overall accuracy | lowest F1 of a class | training s |\n|---|---|---|---|---|", flush=True
    )
    for seed in arguments.seeds:
        images, dates, classes = synthetic(seed) if arguments.scene == "synthetic" else romania(Path(arguments.scene))
        train, test = halves(classes)
        if not arguments.no_forest:
            found = scores(forest(images, train, seed), test)
            print(f"| random forest | {seed} | {found[0]:.3f} | {found[1]:.3f} | |", flush=True)
        for architecture in arguments.architectures:
            with tempfile.TemporaryDirectory() as folder:
                mapped, seconds = network(architecture, images, dates, train, seed, Path(folder), arguments.epochs)
            found = scores(mapped, test)
            print(f"| {architecture} | {seed} | {found[0]:.3f} | {found[1]:.3f} | {seconds:.0f} |", flush=True)


main()
