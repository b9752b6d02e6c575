"""Training from TFRecords with augmentation against the same steps on batches that are in memory already.

    build/environment/bin/python -W ignore benchmarks/training.py [--architectures unet fcnn] [--steps 20] [--turns 6]

The bundled demo's patches, default augmentation and batch size.  Both ways train the same network, in turns; the best
epoch of each counts, but for the first one of a turn, which fills buffers.  A ratio below 1 is what reading, decoding
and augmentation take from the network.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import keras
import tensorflow as tf
from demo_data import IMAGE, POLYGONS, Quiet

from geodl_plugin import options as choices
from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.runtime.devices import hardware
from geodl_plugin.training.augmentation import augmentation_layers
from geodl_plugin.training.input_pipeline import InputPipeline
from geodl_plugin.training.losses import classification_loss
from geodl_plugin.training.network_builder import NetworkBuilder
from geodl_plugin.training.request import TrainRequest

EPOCHS = 3  # of a turn


def exported(folder):
    """The demo's patches as a dataset folder."""
    positions, dataset = str(folder / "positions.gpkg"), folder / "dataset"
    SampleVector(IMAGE, POLYGONS, positions, class_field="class_name").run(Quiet())
    ExportTFRecords(IMAGE, positions, str(dataset), labels_vector=POLYGONS, class_field="class_name").run(Quiet())
    return dataset


class Clock(keras.callbacks.Callback):
    """Seconds of each epoch."""

    def on_epoch_begin(self, epoch, logs=None):
        self.started = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds[epoch] = time.perf_counter() - self.started

    def on_train_begin(self, logs=None):
        self.seconds = {}


def measure(folder, architecture, steps, turns):
    """Seconds a step: from the files, and from memory."""
    dataset = DatasetDescription.read(folder)
    builder = NetworkBuilder(TrainRequest(str(folder), "", architecture=architecture), dataset)
    pipeline = InputPipeline(folder, dataset, builder.means, builder.label_kind)
    network = builder.build(pipeline.element_spec, ())
    network.compile(keras.optimizers.AdamW(), {PREDICTIONS: classification_loss("automatic")})
    layers = augmentation_layers(choices.AUGMENT, dataset)
    from_files = pipeline.training(choices.BATCH_SIZE, steps, range(EPOCHS), seed=0, layers=layers)
    kept = list(from_files.take(steps))
    in_memory = tf.data.Dataset.from_tensor_slices(tf.nest.map_structure(lambda *parts: tf.stack(parts), *kept))
    best = dict.fromkeys(("files", "memory"), float("inf"))
    for _ in range(turns):
        for way, data in (("files", from_files), ("memory", in_memory.repeat())):
            clock = Clock()
            network.fit(data, epochs=EPOCHS, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=[clock])
            best[way] = min(best[way], *(clock.seconds[epoch] / steps for epoch in range(1, EPOCHS)))
    return best["files"], best["memory"]


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--architectures", nargs="+", default=["unet", "fcnn"])
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--turns", type=int, default=6)
    arguments = parser.parse_args()
    print(f"{hardware()}; batches of {choices.BATCH_SIZE} patches; load {os.getloadavg()[0]:.1f}\n")
    print("| architecture | from TFRecords, patches/s | from memory, patches/s | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = exported(Path(name))
        for architecture in arguments.architectures:
            files, memory = measure(folder, architecture, arguments.steps, arguments.turns)
            rates = [choices.BATCH_SIZE / seconds for seconds in (files, memory)]
            print(f"| {architecture} | {rates[0]:.1f} | {rates[1]:.1f} | {memory / files:.3f} |", flush=True)


main()
