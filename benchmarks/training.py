"""Training from TFRecords with augmentation against the same steps on batches that are in memory already, by precision.

    build/environment/bin/python -W ignore benchmarks/training.py [--architectures unet fcnn] [--steps 20] [--turns 5]
                                                                  [--precisions float32 bfloat16]

The bundled demo's patches, default augmentation and batch size.  All ways train in turns; of each turn the best epoch
counts, but for the first one, which fills buffers.  Figures are medians of the turns; ratios are within a turn, with
the smallest and the largest.  Reading: below 1 is what reading, decoding and augmentation take from the network.
Faster: steps in memory against those of the first precision; other programs disturb the processor's time less.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

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
from geodl_plugin.training.fused_normalization import fuse_batch_normalization
from geodl_plugin.training.input_pipeline import InputPipeline
from geodl_plugin.training.losses import classification_loss
from geodl_plugin.training.network_builder import NetworkBuilder
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.strategy import precision_policy, rewritten

EPOCHS = 3  # of a turn


def exported(folder):
    """The demo's patches as a dataset folder."""
    positions, dataset = str(folder / "positions.gpkg"), folder / "dataset"
    SampleVector(IMAGE, POLYGONS, positions, class_field="class_name").run(Quiet())
    ExportTFRecords(IMAGE, positions, str(dataset), labels_vector=POLYGONS, class_field="class_name").run(Quiet())
    return dataset


class Clock(keras.callbacks.Callback):
    """Seconds of each epoch, and of the processor."""

    def on_epoch_begin(self, epoch, logs=None):
        self.started = now()

    def on_epoch_end(self, epoch, logs=None):
        self.epochs.append([after - before for before, after in zip(self.started, now())])

    def on_train_begin(self, logs=None):
        self.epochs = []


def now():
    """The time, and the processor's time of this process, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter(), used.ru_utime + used.ru_stime


def trained_network(folder, architecture, precision):
    """A network that is compiled as for a training, and the pipeline of its data."""
    dataset = DatasetDescription.read(folder)
    builder = NetworkBuilder(TrainRequest(str(folder), "", architecture=architecture), dataset)
    pipeline = InputPipeline(folder, dataset, builder.means, builder.label_kind)
    with precision_policy(precision):
        network = builder.build(pipeline.element_spec, ())
        fuse_batch_normalization(network.model)
        network.compile(keras.optimizers.AdamW(), {PREDICTIONS: classification_loss("automatic")})
    return network, pipeline


def measure(folder, architecture, precisions, steps, turns):
    """By precision and way, the seconds a step of each turn: [of the clock, of the processor]."""
    networks = {precision: trained_network(folder, architecture, precision) for precision in precisions}
    pipeline = networks[precisions[0]][1]
    layers = augmentation_layers(choices.AUGMENT, DatasetDescription.read(folder))
    from_files = pipeline.training(choices.BATCH_SIZE, steps, range(EPOCHS), seed=0, layers=layers)
    kept = list(from_files.take(steps))
    in_memory = tf.data.Dataset.from_tensor_slices(tf.nest.map_structure(lambda *parts: tf.stack(parts), *kept))
    ways = (("files", from_files), ("memory", in_memory.repeat()))
    found = {(precision, way): [] for precision in precisions for way, _ in ways}
    for _ in range(turns):
        for precision, (network, _) in networks.items():
            for way, data in ways:
                clock = Clock()
                with rewritten(precision):
                    network.fit(data, epochs=EPOCHS, steps_per_epoch=steps, shuffle=False, verbose=0, callbacks=[clock])
                found[precision, way].append([min(seconds) / steps for seconds in zip(*clock.epochs[1:])])
    return found


def spread(ratios):
    """The median, the smallest and the largest."""
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def print_line(found, architecture, precision, base):
    """Print a line of the table."""
    files, memory = (found[precision, way] for way in ("files", "memory"))
    rates = [choices.BATCH_SIZE / median(seconds for seconds, _ in turns) for turns in (files, memory)]
    reading = spread([fast / slow for (slow, _), (fast, _) in zip(files, memory)])
    faster = [spread([b[kind] / m[kind] for b, m in zip(found[base, "memory"], memory)]) for kind in (0, 1)]
    cells = [architecture, precision, *(f"{rate:.1f}" for rate in rates), reading, *faster]
    print(f"| {' | '.join(cells)} |", flush=True)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--architectures", nargs="+", default=["unet", "fcnn"])
    parser.add_argument("--precisions", nargs="+", default=["float32", "bfloat16"])
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--turns", type=int, default=5)
    arguments = parser.parse_args()
    precisions = arguments.precisions
    print(f"{hardware()}; batches of {choices.BATCH_SIZE} patches; load {os.getloadavg()[0]:.1f}\n")
    columns = ("architecture", "precision", "from TFRecords, patches/s", "from memory, patches/s", "reading")
    print(f"| {' | '.join((*columns, 'faster', 'faster, processor time'))} |\n{'|---' * 7}|")
    with tempfile.TemporaryDirectory() as name:
        folder = exported(Path(name))
        for architecture in arguments.architectures:
            found = measure(folder, architecture, precisions, arguments.steps, arguments.turns)
            for precision in precisions:
                print_line(found, architecture, precision, precisions[0])


main()
