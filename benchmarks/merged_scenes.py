"""A network of two merged scenes against each of them alone, on a third scene that none has seen.

    build/environment/bin/python -W ignore benchmarks/merged_scenes.py [--seeds 0 1 2] [--polygons 4]

The scenes are three windows of the bundled Landsat scene, 300 pixels a side, with the polygons of a class that a seed
draws on the land use map.  Each is the unseen one in turn, and is scored as in `scenes.py`, as is the random forest,
which sees the pixels of both.  All with the defaults, and scenes that count the same.
"""

import argparse
import itertools
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import numpy as np
from demo_data import Quiet
from scene_list import land_use
from scene_scores import fit_forest, forest_map, read, score

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.merge_datasets import MergeDatasets
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel

SIDE = 300
CORNERS = {"west": (275, 525), "middle": (700, 400), "south": (650, 875)}
CLASSES = (1, 5, 6)  # that all three have


def make(folder, corner, polygons, seed):
    """Write a scene and its dataset folder."""
    rng = np.random.default_rng(seed)
    scene = land_use(None, polygons, rng, (*corner, SIDE, SIDE), (6, 14), polygons, CLASSES)
    folder.mkdir()
    scene.write(folder, rng)
    image, drawn, positions = [str(folder / "image.tif")], str(folder / "polygons.gpkg"), str(folder / "positions.gpkg")
    SampleVector(image, drawn, positions, class_field="class_id", seed=seed).run(Quiet())
    labels = {"labels_vector": drawn, "class_field": "class_id"}
    ExportTFRecords(image, positions, str(folder / "dataset"), seed=seed, **labels).run(Quiet())
    return scene.names


def scored(model, folder, names, mapped):
    """The scores of a network on a scene."""
    ApplyModel(str(model), [str(folder / "image.tif")], str(mapped)).run(Quiet())
    return score(read(mapped)[0], folder, names)


def measure(root, polygons, seed):
    """Print the rows of a seed."""
    for number, (name, corner) in enumerate(CORNERS.items()):
        names = make(root / name, corner, polygons, seed + 100 * number)
        TrainModel(str(root / name / "dataset"), str(root / f"{name} alone"), seed=seed).run(Quiet())
    for first, second in itertools.combinations(CORNERS, 2):
        (unseen,) = set(CORNERS) - {first, second}
        pair, dataset = root / f"{first} and {second}", root / f"dataset of {first} and {second}"
        datasets = [str(root / name / "dataset") for name in (first, second)]
        MergeDatasets(datasets, str(dataset), names=[first, second], weighting="equally", seed=seed).run(Quiet())
        TrainModel(str(dataset), str(pair), seed=seed).run(Quiet())
        folder = root / unseen
        models = [*(root / f"{name} alone" for name in (first, second)), pair]
        figures = [scored(model, folder, names, root / f"{model.name} on {unseen}.tif") for model in models]
        trees = fit_forest([root / first, root / second], seed)
        figures.append(score(forest_map(trees, folder), folder, names))
        cells = [f"{one['accuracy']:.3f} / {one['mean_f1']:.3f}" for one in figures]
        print(f"| {seed} | {unseen} | {first}, {second} | {' | '.join(cells)} |", flush=True)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--polygons", type=int, default=4, help="of a class and scene")
    arguments = parser.parse_args()
    print("Overall accuracy / mean F1 of the unseen scene.\n")
    print(f"| seed | unseen | trained with | first alone | second alone | merged | forest of both |\n{'|---' * 7}|")
    for seed in arguments.seeds:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), arguments.polygons, seed)


main()
