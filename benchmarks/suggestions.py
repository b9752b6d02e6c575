"""Where to label next: suggested places against random ones, on the bundled scene.

    TF_ENABLE_ONEDNN_OPTS=1 nice -n 19 build/environment/bin/python -W ignore benchmarks/suggestions.py
        [--seeds 0 1 2 3 4] [--begin 5] [--more 60] [--size 5]

A network is trained on a few labelled squares of each class of the official land-use map.  Then more squares are
labelled, and a network is trained on all of them: once those that `suggest_positions` gives from the first map, its
confidence and its unfamiliarity; once as many at random.  A square gets the class of its central pixel on the official
map, which a person would see on the ground.  All other pixels of the official map score, in each case without any of
the squares.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import numpy as np
from demo_data import IMAGE, LABELS, Quiet
from osgeo import gdal, ogr

from geodl_plugin.fieldwork import SuggestPositionsRequest, suggest_positions
from geodl_plugin.fieldwork.label_layer import write_layer
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.rasters.raster import Source

gdal.UseExceptions()
TRUTH = gdal.Open(str(LABELS)).ReadAsArray()
GRID = Source("labels", [str(LABELS)]).grid
REPORTER = Quiet()


def squares(path, cols, rows, size):
    """Write squares with the class of their central pixel; those outside the official map are left out."""
    values = TRUTH[rows, cols]
    known = values > 0
    fields = {"class": (int, values[known].tolist())}
    write_layer(path, "labels", fields, (cols[known], rows[known]), GRID, side=size, description={})
    return str(path)


def centres(path):
    """The central pixels of suggested squares."""
    dataset = ogr.Open(path)
    points = [feature.GetGeometryRef().Centroid() for feature in dataset.GetLayer()]
    return GRID.pixels(np.array([point.GetX() for point in points]), np.array([point.GetY() for point in points]))


def map_of(labels, folder, seed):
    """Train on labels and map the scene; gives the map, its confidence and its unfamiliarity."""
    folder.mkdir()
    positions, dataset, model = (str(folder / name) for name in ("p.gpkg", "dataset", "model"))
    outputs = [str(folder / f"{name}.tif") for name in ("map", "confidence", "unfamiliarity")]
    common = {"class_field": "class", "seed": seed}
    SampleVector(IMAGE, labels, positions, count=400, split="features", **common).run(REPORTER)
    ExportTFRecords(IMAGE, positions, dataset, labels_vector=labels, **common).run(REPORTER)
    TrainModel(dataset, model, architecture="unet", effort="quick", seed=seed).run(REPORTER)
    ApplyModel(model, IMAGE, outputs[0], confidence=outputs[1], unfamiliarity=outputs[2]).run(REPORTER)
    return outputs


def run(seed, begin, more, size, folder):
    """Overall accuracy and mean F1 of the first network, with suggested places, and with random ones."""
    rng = np.random.default_rng(seed)
    inside = np.zeros(TRUTH.shape, bool)
    inside[size:-size, size:-size] = TRUTH[size:-size, size:-size] > 0
    first = [rng.choice(np.flatnonzero(inside & (value == TRUTH)), begin, replace=False) for value in range(1, 7)]
    rows, cols = np.unravel_index(np.concatenate(first), TRUTH.shape)
    labels = squares(folder / "first.gpkg", cols, rows, size)
    mapped, confidence, unfamiliarity = map_of(labels, folder / "first", seed)
    # Nobody is asked for the class of a place that the official map does not show.
    raster = gdal.Open(mapped, gdal.GA_Update)
    band = raster.GetRasterBand(1)
    band.WriteArray(np.where(TRUTH > 0, band.ReadAsArray(), band.GetNoDataValue()))
    raster = band = None
    suggestions = str(folder / "suggestions.gpkg")
    request = SuggestPositionsRequest(
        mapped, confidence, suggestions, unfamiliarity, labels, count=more, size=size, seed=seed
    )
    suggest_positions(request, REPORTER)
    arms = {"suggested": centres(suggestions)}
    rows_of_random, cols_of_random = np.unravel_index(
        rng.choice(np.flatnonzero(inside), more, replace=False), TRUTH.shape
    )
    arms["random"] = cols_of_random, rows_of_random
    everything = squares(
        folder / "all.gpkg",
        np.concatenate([cols, *(arm[0] for arm in arms.values())]),
        np.concatenate([rows, *(arm[1] for arm in arms.values())]),
        size,
    )
    maps = {"first": mapped}
    for name, (more_cols, more_rows) in arms.items():
        path = folder / f"{name}.gpkg"
        labels = squares(path, np.concatenate([cols, more_cols]), np.concatenate([rows, more_rows]), size)
        maps[name] = map_of(labels, folder / name, seed)[0]
    found = {
        name: EvaluateMap(path, reference_raster=str(LABELS), exclude=everything).run(REPORTER)
        for name, path in maps.items()
    }
    return {name: (scored["overall_accuracy"], scored["mean_f1"]) for name, scored in found.items()}


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--begin", type=int, default=5, help="squares of each class to begin with")
    parser.add_argument("--more", type=int, default=60, help="squares that are added")
    parser.add_argument("--size", type=int, default=5, help="side of the squares in pixels")
    arguments = parser.parse_args()
    print("| seed | accuracy before | suggested | random | mean F1 before | suggested | random | minutes |")
    print("|---|---|---|---|---|---|---|---|")
    rows = []
    for seed in arguments.seeds:
        started = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found = run(seed, arguments.begin, arguments.more, arguments.size, Path(folder))
        rows.append([found[name][figure] for figure in (0, 1) for name in ("first", "suggested", "random")])
        figures = " | ".join(f"{value:.3f}" for value in rows[-1])
        print(f"| {seed} | {figures} | {(time.monotonic() - started) / 60:.1f} |", flush=True)
    print(f"| mean | {' | '.join(f'{value:.3f}' for value in np.mean(rows, axis=0))} | |")


main()
