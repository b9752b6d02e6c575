"""Scores of maps on the pixels of a reference, and the random forest that they are compared with."""

import numpy as np
from osgeo import gdal
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, f1_score

from geodl_plugin.accuracy.reliability import Reliability

TREES = 200


def read(path):
    """The values of a raster, [band, y, x]."""
    values = gdal.Open(str(path)).ReadAsArray()
    return values if values.ndim == 3 else values[None]


def score(mapped, folder, names):
    """Overall accuracy, mean F1, and F1 by class of a map [y, x] on the pixels of the reference in a folder.

    Classes of which nothing was drawn do not count.
    """
    reference = read(folder / "reference.tif")[0]
    learned = np.unique(read(folder / "labels.tif"))
    known = np.isin(reference, learned[learned > 0])
    classes = np.unique(reference[known])
    figures = f1_score(reference[known], mapped[known], labels=classes, average=None, zero_division=0)
    return {
        "accuracy": float(accuracy_score(reference[known], mapped[known])),
        "mean_f1": float(figures.mean()),
        "f1": {names[code]: float(figure) for code, figure in zip(classes.tolist(), figures)},
    }


def fit_forest(folders, seed):
    """A random forest on all labelled pixels of one scene or several."""
    pixels, classes = [], []
    for folder in folders:
        labels = read(folder / "labels.tif")[0]
        pixels.append(read(folder / "image.tif")[:, labels > 0].T)
        classes.append(labels[labels > 0])
    trees = RandomForestClassifier(TREES, n_jobs=-1, random_state=seed)
    return trees.fit(np.concatenate(pixels), np.concatenate(classes))


def forest_map(trees, folder):
    """The class that a forest gives to each pixel of the reference, 0 elsewhere, [y, x]."""
    reference = read(folder / "reference.tif")[0]
    mapped = np.zeros_like(reference)
    mapped[reference > 0] = trees.predict(read(folder / "image.tif")[:, reference > 0].T)
    return mapped


def calibration_error(folder):
    """The expected calibration error of map.tif with confidence.tif on the pixels of the reference."""
    mapped, reference, confidence = (read(folder / f"{name}.tif")[0] for name in ("map", "reference", "confidence"))
    known = (reference > 0) & np.isfinite(confidence) & (confidence >= 0)
    reliability = Reliability()
    reliability.add(confidence[known], (mapped == reference)[known])
    return reliability.expected_error
