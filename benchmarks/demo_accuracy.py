"""Accuracy of the demo for several seeds and architectures, with default parameters but for the epochs.

    build/environment/bin/python -W ignore benchmarks/demo_accuracy.py [--seeds 0 1 2] [--architectures unet:8 fcnn:12]
                                                                       [--learning-rate 0.001]

It does what scripts/demo.sh does, without QGIS: samples, exports, trains, maps and scores on the bundled Gewata scene.
The seed is that of the sampling, the shards and the training.
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

from demo_data import IMAGE, POLYGONS, REFERENCE, Quiet

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel


def run(architecture, epochs, rate, seed, folder):
    """Train and score once; gives accuracy, mean F1, best epoch, and seconds of training and of mapping."""
    reporter = Quiet()
    positions, dataset, model, mapped = (str(folder / name) for name in ("p.gpkg", "dataset", "model", "map.tif"))
    SampleVector(IMAGE, POLYGONS, positions, class_field="class_name", seed=seed).run(reporter)
    ExportTFRecords(IMAGE, positions, dataset, labels_vector=POLYGONS, class_field="class_name", seed=seed).run(
        reporter
    )
    started = time.monotonic()
    trained = TrainModel(dataset, model, architecture=architecture, epochs=epochs, learning_rate=rate, seed=seed).run(
        reporter
    )
    after_training = time.monotonic()
    ApplyModel(model, IMAGE, mapped).run(reporter)
    after_mapping = time.monotonic()
    scored = EvaluateMap(mapped, REFERENCE, "class_name", exclude=POLYGONS).run(reporter)
    return (
        scored["overall_accuracy_of_known_classes"],
        scored["mean_f1_of_known_classes"],
        trained["best_epoch"],
        after_training - started,
        after_mapping - after_training,
    )


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--architectures", nargs="+", default=["unet:8", "fcnn:12"], help="name:epochs")
    parser.add_argument("--learning-rate", type=float, default=0.0, help="0: automatic")
    arguments = parser.parse_args()
    print("| architecture | epochs | seed | overall accuracy | mean F1 | best epoch | training s | mapping s |")
    print("|---|---|---|---|---|---|---|---|")
    for entry in arguments.architectures:
        name, epochs = entry.split(":")
        for seed in arguments.seeds:
            with tempfile.TemporaryDirectory() as folder:
                accuracy, f1, best, training, mapping = run(
                    name, int(epochs), arguments.learning_rate, seed, Path(folder)
                )
            row = (
                f"| {name} | {epochs} | {seed} | {accuracy:.3f} | {f1:.3f} | {best} | {training:.0f} | {mapping:.0f} |"
            )
            print(row, flush=True)


main()
