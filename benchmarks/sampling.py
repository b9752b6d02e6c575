"""Sampling of a raster that is labelled everywhere, against GDAL alone reading that raster once, in one run.

    build/environment/bin/python benchmarks/sampling.py [--sides 6000 12000] [--runs 3]

1,000 positions per class of seven classes, patches of 64 pixels.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.rasters.grid import Window, tiles
from geodl_plugin.runtime.reporter import ConsoleReporter

FIELD = 40  # side of the fields of one class


class Quiet(ConsoleReporter):
    """Says nothing."""

    def info(self, message):
        pass

    def show(self, fraction, message, remaining):
        pass


def make(path, values):
    """A tiled, compressed raster."""
    options = ["TILED=YES", "COMPRESS=DEFLATE"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[1], values.shape[0], 1, 1, options)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32630)
    dataset.SetProjection(crs.ExportToWkt())
    dataset.SetGeoTransform((500000, 10, 0, 4000000, 0, -10))
    dataset.WriteArray(values)
    return str(path)


def read(path):
    """GDAL alone."""
    dataset = gdal.Open(path)
    for window in tiles(Window(0, 0, dataset.RasterXSize, dataset.RasterYSize), 1024):
        dataset.ReadAsArray(*window)


parser = argparse.ArgumentParser()
parser.add_argument("--sides", type=int, nargs="+", default=[6000, 12000])
parser.add_argument("--runs", type=int, default=3)
arguments = parser.parse_args()
gdal.UseExceptions()
print("| pixels | split | sampling s | GDAL alone s | ratio |")
print("|---|---|---|---|---|")
for side in arguments.sides:
    with tempfile.TemporaryDirectory() as name:
        chance = np.random.default_rng(0)
        fields = chance.integers(1, 8, (side // FIELD, side // FIELD), np.uint8)
        labels = make(Path(name) / "labels.tif", np.kron(fields, np.ones((FIELD, FIELD), np.uint8)))
        ways = {
            split: SampleLabelRaster([labels], labels, str(Path(name) / "p.gpkg"), split=split, strategy="per class")
            for split in ("none", "random", "spatial blocks")
        }
        seconds = dict.fromkeys(["alone", *ways], np.inf)
        for _ in range(arguments.runs):  # in turns, since a busy machine changes; the best of each
            for way in seconds:
                started = time.perf_counter()
                read(labels) if way == "alone" else ways[way].run(Quiet())
                seconds[way] = min(seconds[way], time.perf_counter() - started)
        for split in ways:
            ratio = seconds[split] / seconds["alone"]
            print(f"| {side}² | {split} | {seconds[split]:.1f} | {seconds['alone']:.2f} | {ratio:.1f} |", flush=True)
print(f"load {os.getloadavg()[0]:.1f}")
