"""Where to label next, for many seeds in a minute: suggested places against random ones, with a tiny network.

    build/environment/bin/python -W ignore benchmarks/suggestions_quick.py [--seeds 20] [--begin 5] [--more 60]

As benchmarks/suggestions.py, but of the bundled scene only every third pixel in both directions is used, and the
network is a perceptron in numpy with one layer of 64, which sees a pixel and the mean of the 5 × 5 around it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np
from demo_data import LABELS, SCENE, Quiet
from osgeo import gdal

from geodl_plugin.fieldwork import SuggestPositionsRequest, suggest_positions
from geodl_plugin.fieldwork.label_layer import write_layer
from geodl_plugin.rasters.raster import Source

gdal.UseExceptions()
STEP, CLASSES, SIZE, HIDDEN = 3, 6, 3, 64
TRUTH = gdal.Open(str(LABELS)).ReadAsArray()[::STEP, ::STEP]


def surroundings(band, reach=2):
    """The mean of the pixels around each."""
    width = 2 * reach + 1
    sums = np.pad(np.pad(band.astype(float), reach, "reflect").cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    return (sums[width:, width:] - sums[:-width, width:] - sums[width:, :-width] + sums[:-width, :-width]) / width**2


def features():
    """What the perceptron sees, [pixel, feature], standardised."""
    bands = gdal.Open(SCENE).ReadAsArray()[:, ::STEP, ::STEP]
    found = np.array([*bands, *(surroundings(band) for band in bands)], float).reshape(2 * len(bands), -1).T
    return ((found - found.mean(0)) / found.std(0)).astype(np.float32)


def softmax(scores):
    """Probabilities."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def probabilities(seen, labels, seed):
    """Train a perceptron on labelled pixels (0: none), with Adam, and apply it to all; [pixel, class]."""
    rng, labels = np.random.default_rng(seed), labels.ravel()
    known, truth = seen[labels > 0], np.eye(CLASSES, dtype=np.float32)[labels[labels > 0].astype(int) - 1]
    count = seen.shape[1]
    shapes = (count, HIDDEN), (HIDDEN,), (HIDDEN, CLASSES), (CLASSES,)
    scales = (2 / count) ** 0.5, 0, (1 / HIDDEN) ** 0.5, 0
    weights = [(scale * rng.normal(size=shape)).astype(np.float32) for scale, shape in zip(scales, shapes)]
    means, squares = [0 * one for one in weights], [0 * one for one in weights]
    for step in range(1, 151):
        given = known + rng.normal(0, 0.1, known.shape).astype(np.float32)
        inner = np.maximum(given @ weights[0] + weights[1], 0)
        error = (softmax(inner @ weights[2] + weights[3]) - truth) / len(known)
        back = (error @ weights[2].T) * (inner > 0)
        changes = given.T @ back + 1e-3 * weights[0], back.sum(0), inner.T @ error + 1e-3 * weights[2], error.sum(0)
        for index, change in enumerate(changes):
            means[index] = 0.9 * means[index] + 0.1 * change
            squares[index] = 0.99 * squares[index] + 0.01 * change**2
            scale = np.sqrt(squares[index] / (1 - 0.99**step)) + 1e-8
            weights[index] -= 0.01 * means[index] / (1 - 0.9**step) / scale
    return softmax(np.maximum(seen @ weights[0] + weights[1], 0) @ weights[2] + weights[3])


def painted(cols, rows):
    """Squares with the class of their central pixel, [y, x]; 0: no label."""
    labels = np.zeros_like(TRUTH)
    for col, row in zip(cols.tolist(), rows.tolist()):
        reach = SIZE // 2
        labels[max(0, row - reach) : row + reach + 1, max(0, col - reach) : col + reach + 1] = TRUTH[row, col]
    return labels


def suggested(found, cols, rows, count, seed, folder):
    """Central pixels of the places that are suggested."""
    height, width = TRUTH.shape
    entropy = -(found * np.log(found + 1e-12)).sum(1) / np.log(CLASSES)
    inside = TRUTH.ravel() > 0  # nobody is asked for the class of a place that the official map does not show
    rasters = {
        "map": (gdal.GDT_Byte, 0, [np.where(inside, found.argmax(1) + 1, 0)]),
        "confidence": (gdal.GDT_Float32, -1, [np.where(inside, one, -1) for one in (found.max(1), entropy)]),
    }
    for name, (kind, nodata, bands) in rasters.items():
        raster = gdal.GetDriverByName("GTiff").Create(str(folder / f"{name}.tif"), width, height, len(bands), kind)
        raster.SetGeoTransform((0, 1, 0, 0, 0, -1))
        for number, band in enumerate(bands, start=1):
            raster.GetRasterBand(number).WriteArray(band.reshape(height, width))
            raster.GetRasterBand(number).SetNoDataValue(nodata)
        raster = None
    mapped, labels, output = (str(folder / name) for name in ("map.tif", "labels.gpkg", "places.gpkg"))
    grid = Source("map", [mapped]).grid
    write_layer(labels, "labels", {}, (cols, rows), grid, side=SIZE, description={})
    request = SuggestPositionsRequest(
        mapped, str(folder / "confidence.tif"), output, "", labels, count=count, seed=seed
    )
    request.shape = "points"
    suggest_positions(request, Quiet())
    dataset = gdal.OpenEx(output, gdal.OF_VECTOR)
    points = [feature.GetGeometryRef().GetPoint_2D() for feature in dataset.GetLayer(0)]
    return grid.pixels(*np.array(points).T)


def scores(found, counts):
    """Overall accuracy and mean F1 where it counts."""
    predicted, truth = (found.argmax(1) + 1)[counts], TRUTH.ravel()[counts]
    both = np.bincount(truth[predicted == truth], minlength=CLASSES + 1)[1:]
    sums = np.bincount(truth, minlength=CLASSES + 1)[1:] + np.bincount(predicted, minlength=CLASSES + 1)[1:]
    return (predicted == truth).mean(), (2 * both / np.maximum(sums, 1)).mean()


def run(seen, seed, begin, more):
    """Scores of the first network, with suggested places and with random ones, [3, (accuracy, F1)]."""
    rng, inside = np.random.default_rng(seed), np.zeros(TRUTH.shape, bool)
    inside[SIZE:-SIZE, SIZE:-SIZE] = TRUTH[SIZE:-SIZE, SIZE:-SIZE] > 0
    values = range(1, CLASSES + 1)
    first = [rng.choice(np.flatnonzero(inside & (value == TRUTH)), begin, replace=False) for value in values]
    rows, cols = np.divmod(np.concatenate(first), TRUTH.shape[1])
    found = [probabilities(seen, painted(cols, rows), seed)]
    with tempfile.TemporaryDirectory() as folder:
        arms = [suggested(found[0], cols, rows, more, seed, Path(folder))]
    arms.append(np.divmod(rng.choice(np.flatnonzero(inside), more, replace=False), TRUTH.shape[1])[::-1])
    labels = [painted(np.append(cols, arm[0]), np.append(rows, arm[1])) for arm in arms]
    found += [probabilities(seen, one, seed) for one in labels]
    counts = (TRUTH > 0) & (labels[0] == 0) & (labels[1] == 0)
    return [scores(one, counts.ravel()) for one in found]


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--begin", type=int, default=5, help="squares of each class to begin with")
    parser.add_argument("--more", type=int, default=60, help="squares that are added")
    arguments = parser.parse_args()
    seen = features()
    found = np.array([run(seen, seed, arguments.begin, arguments.more) for seed in range(arguments.seeds)])
    print("| | before | suggested | random | suggested is better in |\n|---|---|---|---|---|")
    for index, name in enumerate(("overall accuracy", "mean F1")):
        figures = found[..., index]
        better = (figures[:, 1] > figures[:, 2]).sum()
        mean = " | ".join(f"{value:.3f}" for value in figures.mean(0))
        gain = figures[:, 1] - figures[:, 2]
        error = gain.std(ddof=1) / len(gain) ** 0.5
        print(f"| {name} | {mean} | {better} of {len(found)}; {gain.mean():+.3f} ± {error:.3f} |")


main()
