"""Training from TFRecords with augmentation against the same steps on batches that are in memory already.

    build/environment/bin/python -W ignore benchmarks/training.py [--architectures unet fcnn] [--steps 40] [--runs 5]

The bundled demo's patches, default augmentation and batch size.  Both ways train the same network in turns; the best
of all runs counts.  A ratio below 1 is what reading, decoding and augmentation take from the network.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import keras
import tensorflow as tf

from geodl_plugin import options as choices
from geodl_plugin.datasets.manifest import Dataset
from geodl_plugin.devices import hardware
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.reporter import Reporter
from geodl_plugin.training.augmentation import augmentations
from geodl_plugin.training.data import Batches
from geodl_plugin.training.losses import loss_of_classes
from geodl_plugin.training.networks import Design
from geodl_plugin.training.options import Options

DEMO = ROOT / "resources" / "demo"
IMAGE = [str(DEMO / "gewata_l7_6band_uint16.tif")]
POLYGONS = str(DEMO / "gewata_training_polygons.gpkg")


def exported(folder):
    """The demo's patches as a dataset folder."""
    positions, dataset = str(folder / "positions.gpkg"), folder / "dataset"
    SampleVector(IMAGE, POLYGONS, positions, class_field="class_name").run(Reporter())
    ExportTFRecords(IMAGE, positions, str(dataset), labels_vector=POLYGONS, class_field="class_name").run(Reporter())
    return dataset


def measure(folder, architecture, steps, runs):
    """Seconds a step: from the files, and from memory."""
    dataset = Dataset.read(folder)
    design = Design(Options(architecture=architecture), dataset)
    means = {name: figures["mean"] for name, figures in design.statistics.items()}
    batches = Batches(folder, dataset, means, design.label_kind)
    network = design.network(batches.element_spec, ())
    network.compile(keras.optimizers.AdamW(), {PREDICTIONS: loss_of_classes("automatic", None)})
    layers = augmentations(choices.AUGMENT, dataset)
    stream = batches.stream(choices.BATCH_SIZE, steps, range(2 * runs + 2), seed=0, layers=layers)
    kept = list(stream.take(steps))
    in_memory = tf.data.Dataset.from_tensor_slices(tf.nest.map_structure(lambda *parts: tf.stack(parts), *kept))
    from_files = iter(stream)
    ways = {"files": lambda: from_files, "memory": lambda: in_memory}
    best = dict.fromkeys(ways, float("inf"))
    for number in range(runs + 1):  # the first one builds the network
        for way, data in ways.items():
            started = time.perf_counter()
            network.fit(data(), epochs=1, steps_per_epoch=steps, shuffle=False, verbose=0)
            if number:
                best[way] = min(best[way], (time.perf_counter() - started) / steps)
    return best["files"], best["memory"]


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--architectures", nargs="+", default=["unet", "fcnn"])
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{hardware()}; batches of {choices.BATCH_SIZE} patches; load {os.getloadavg()[0]:.1f}\n")
    print("| architecture | from TFRecords, patches/s | from memory, patches/s | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = exported(Path(name))
        for architecture in arguments.architectures:
            files, memory = measure(folder, architecture, arguments.steps, arguments.runs)
            rates = [choices.BATCH_SIZE / seconds for seconds in (files, memory)]
            print(f"| {architecture} | {rates[0]:.1f} | {rates[1]:.1f} | {memory / files:.3f} |", flush=True)


main()
