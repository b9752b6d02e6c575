"""Accuracy on an unseen half of a scene, for several seeds and architectures, with default parameters.

    build/environment/bin/python -W ignore benchmarks/halves.py [--seeds 0 1 2] [--architectures unet resunet fcnn]
                                                                [--values] [--learning-rate 0.001]

The Gewata scene is cut at column 653: labels left of it train, labels right of it test, and 32 pixels between them
belong to neither.  Classes are cropland, forest and wetland; with `--values` the tree cover is learned instead, in
percent.  A random forest on single pixels, trained with the same pixels, reaches 0.871 overall accuracy, 0.712 F1 of
wetland, and an R² of 0.906 of the tree cover.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

from demo_data import IMAGE, LABELS, TREE_COVER, Quiet

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.jobs.train_model import TrainModel

CUT, GAP = 653, 32
CLASSES, NAMES = (1, 5, 6), ("cropland", "forest", "wetland")


def halves(path, folder, kept=None):
    """The left and the right part of a raster, the rest no-data; of classes only the kept ones."""
    whole = gdal.Open(str(path))
    nodata = whole.GetRasterBand(1).GetNoDataValue()
    values = whole.ReadAsArray()
    if kept:
        values[~np.isin(values, kept)] = nodata
    parts = []
    for name, columns in (("left", slice(CUT - GAP // 2, None)), ("right", slice(0, CUT + GAP // 2))):
        part = values.copy()
        part[:, columns] = nodata
        parts.append(str(folder / f"{name}.tif"))
        copy = gdal.GetDriverByName("GTiff").CreateCopy(parts[-1], whole)
        copy.GetRasterBand(1).WriteArray(part)
    return parts


def score_classes(architecture, rate, seed, folder):
    """Train and score once; gives overall accuracy and F1 by class, best epoch, seconds of training."""
    left, right = halves(LABELS, folder, CLASSES)
    positions = str(folder / "positions.gpkg")
    SampleLabelRaster(IMAGE, left, positions, seed=seed).run(Quiet())
    trained, seconds, mapped = train_and_map(architecture, rate, seed, folder, label_mode="raster", labels_raster=left)
    scored = EvaluateMap(mapped, reference_raster=right).run(Quiet())
    return (scored["overall_accuracy"], *scored["class_f1"].values()), trained["best_epoch"], seconds


def score_values(architecture, rate, seed, folder):
    """Train and score once; gives R² and root mean square error, best epoch, seconds of training."""
    left, right = halves(TREE_COVER, folder)
    positions = str(folder / "positions.gpkg")
    SampleGrid(IMAGE, positions, step=32, mask_raster=left, seed=seed).run(Quiet())
    trained, seconds, mapped = train_and_map(architecture, rate, seed, folder, label_mode="values", labels_raster=left)
    reference = gdal.Open(right)
    true, found = reference.ReadAsArray().astype(float), gdal.Open(mapped).ReadAsArray()
    labelled = true != reference.GetRasterBand(1).GetNoDataValue()
    squared = ((found[labelled] - true[labelled]) ** 2).mean()
    return (1 - squared / true[labelled].var(), squared**0.5), trained["best_epoch"], seconds


def train_and_map(architecture, rate, seed, folder, **labels):
    """Export, train and map; gives the training's results, its seconds, and the map."""
    positions, dataset, model, mapped = (
        str(folder / name) for name in ("positions.gpkg", "dataset", "model", "map.tif")
    )
    ExportTFRecords(IMAGE, positions, dataset, seed=seed, **labels).run(Quiet())
    started = time.monotonic()
    trained = TrainModel(dataset, model, architecture=architecture, learning_rate=rate, seed=seed).run(Quiet())
    seconds = time.monotonic() - started
    ApplyModel(model, IMAGE, mapped).run(Quiet())
    return trained, seconds, mapped


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--architectures", nargs="+", default=["unet", "resunet", "fcnn"])
    parser.add_argument("--values", action="store_true", help="learn the tree cover instead of classes")
    parser.add_argument("--learning-rate", type=float, default=0.0, help="0: automatic")
    arguments = parser.parse_args()
    if arguments.values:
        print("| architecture | seed | R² | RMSE | best epoch | training s |", flush=True)
    else:
        names = " | ".join(f"F1 {name}" for name in NAMES)
        print(f"| architecture | seed | overall accuracy | {names} | best epoch | training s |", flush=True)
    print("|" + "---|" * (6 if arguments.values else 5 + len(CLASSES)), flush=True)
    for architecture in arguments.architectures:
        for seed in arguments.seeds:
            with tempfile.TemporaryDirectory() as folder:
                score = score_values if arguments.values else score_classes
                figures, best_epoch, seconds = score(architecture, arguments.learning_rate, seed, Path(folder))
            cells = " | ".join(f"{figure:.3f}" for figure in figures)
            print(f"| {architecture} | {seed} | {cells} | {best_epoch} | {seconds:.0f} |", flush=True)


main()
