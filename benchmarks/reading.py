"""Reading TFRecords with shuffling: ours against OTBTF's scheme, on the same files in one run.

    python benchmarks/reading.py [--samples 10000] [--runs 3]

OTBTF's scheme is TFRecordDataset → map(parse one) → shuffle → batch.  Ours reads several files at a time, shuffles
records before they are decoded, and decodes a batch at once.  Samples are patches of 64 × 64 × 4 UInt16 with a label
patch.  Beside samples a second it tells the processor's time for one, which other programs disturb less.
"""

import argparse
import os
import sys
import tempfile
import time
import warnings
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
warnings.filterwarnings("ignore")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import tensorflow as tf

from geodl_plugin.datasets import RecordsWriter, TFRecords
from geodl_plugin.runtime.numbers import ceil_div

BATCH, BUFFER, PER_FILE = 32, 1000, 100


def write(folder, count):
    """Records of noise."""
    chance = np.random.default_rng(0)
    with RecordsWriter(folder, ceil_div(count, PER_FILE)) as writer:
        writer.describe({"xs": "uint16", "labels": "uint8"}, {"xs": (64, 64, 4), "labels": (64, 64, 1)})
        for number in range(count):
            sample = {
                "xs": chance.integers(0, 3000, (64, 64, 4), np.uint16),
                "labels": chance.integers(0, 9, (64, 64, 1), np.uint8),
            }
            writer.write(number // PER_FILE, sample)


def ours(folder):
    """Our reading."""
    return TFRecords(folder).read(BATCH, ["labels"], shuffle_buffer_size=BUFFER)


def scheme_of_otbtf(folder):
    """One record after the other is decoded, then shuffled."""
    features = {name: tf.io.FixedLenFeature([], tf.string) for name in ("xs", "labels")}

    def parse(record):
        example = tf.io.parse_single_example(record, features)
        images = tf.ensure_shape(tf.io.parse_tensor(example["xs"], tf.uint16), (64, 64, 4))
        return {"xs": images}, {"labels": tf.ensure_shape(tf.io.parse_tensor(example["labels"], tf.uint8), (64, 64, 1))}

    records = tf.data.TFRecordDataset([str(file) for file in TFRecords(folder).files])
    return records.map(parse, num_parallel_calls=tf.data.AUTOTUNE).shuffle(BUFFER).batch(BATCH).prefetch(-1)


def speed(data, count):
    """Samples a second, and core-microseconds for one."""
    started, used = time.perf_counter(), time.process_time()
    for _ in data:
        pass
    return count / (time.perf_counter() - started), (time.process_time() - used) / count * 1e6


parser = argparse.ArgumentParser()
parser.add_argument("--samples", type=int, default=10000)
parser.add_argument("--runs", type=int, default=5)
arguments = parser.parse_args()
with tempfile.TemporaryDirectory() as name:
    folder = Path(name) / "records"
    write(folder, arguments.samples)
    runs = {ours: [], scheme_of_otbtf: []}
    for _ in range(arguments.runs):  # in turns, since a busy machine changes
        for way, found in runs.items():
            found.append(speed(way(folder), arguments.samples))
    print(f"{arguments.samples} samples, {arguments.runs} runs; load {os.getloadavg()[0]:.1f}")
    for way, found in runs.items():
        rates, costs = zip(*found)
        print(f"  {way.__name__:16} {max(rates):8.0f} samples/s, {min(costs):5.0f} core-µs a sample (best)")
    (rates, costs), (rates_of_otbtf, costs_of_otbtf) = (zip(*found) for found in runs.values())
    ratios = [a / b for a, b in zip(rates, rates_of_otbtf)]
    costs = [b / a for a, b in zip(costs, costs_of_otbtf)]
    for what, values in (("samples/s", ratios), ("core-µs, inverted", costs)):
        print(f"  ours : OTBTF's scheme, {what}: {', '.join(f'{ratio:.2f}' for ratio in values)}")
    print(f"  best : best = {max(rates) / max(rates_of_otbtf):.2f}")
