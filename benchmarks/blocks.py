"""What a block of a map costs: its margins, what is done against them, and reading it.

    build/environment/bin/python -W ignore benchmarks/blocks.py [--architectures fcnn unet resunet] [--efield 1024]

Core time for a million pixels of the map, the median of several turns in each of which everything is done once:
the compiled network on a block in memory without margins; on one with them; as maps compute it, with margins,
trimmed and with its variables as constants; and reading such blocks from rasters that lie in the system's cache.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import numpy as np
import tensorflow as tf
from untrained import model_folder, scene_raster

from geodl_plugin.inference.block_function import block_function
from geodl_plugin.inference.blocks import BlockSizes, ReferenceSize, lay_out
from geodl_plugin.inference.predictions import PredictionSpec
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.loading import open_model
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source, small_cache

TURNS, SIDE = 9, 4096


def core_milliseconds(cases, pixels):
    """The median core time of each case for a million pixels."""
    spent = {name: [] for name in cases}
    for turn in range(TURNS + 1):
        for name, run in cases.items():
            started = time.process_time()
            run()
            if turn:  # the first one compiles
                spent[name].append((time.process_time() - started) * 1e9 / pixels)
    return [statistics.median(times) for times in spent.values()]


def computing(folder, efield):
    """The three ways to compute a block of a network."""
    model = open_model(folder)
    layout = lay_out(ReferenceSize(12000, 12000), model.description.fields, BlockSizes(efield=efield))
    spec = PredictionSpec((PREDICTIONS,), "classes", model.description.classes, False, {})
    network = model.keras_model
    bare = tf.function(lambda block: tf.argmax(network({"source1": block}, training=False)[PREDICTIONS], -1))
    rng = np.random.default_rng(0)
    inner, whole = (rng.integers(300, 700, (side, side, 4)).astype(np.uint16) for side in (efield, layout.rfield))
    mapped = block_function(model, spec, layout, [1])
    inner_floats, whole_floats = (tf.constant(one[np.newaxis], tf.float32) for one in (inner, whole))
    cases = {
        "bare": lambda: bare(inner_floats).numpy(),
        "with margins": lambda: bare(whole_floats).numpy(),
        "as in maps": lambda: mapped([whole], True),
    }
    return core_milliseconds(cases, efield**2)


def reading(path, efield):
    """Reading all blocks of a raster, one after the other."""
    source = Source("image", [path])
    blocks = [
        Window(col, row, efield, efield)
        for row in range(0, SIDE - efield + 1, efield)
        for col in range(0, SIDE - efield + 1, efield)
    ]

    def read():
        for block in blocks:
            source.read(block)

    with small_cache():  # smaller than the raster
        return core_milliseconds({"read": read}, len(blocks) * efield**2)[0]


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--architectures", nargs="+", default=["fcnn", "unet", "resunet"])
    parser.add_argument("--efield", type=int, default=1024)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| network | bare, core-ms/MPix | with margins | as in maps | ratio |\n|---|---|---|---|---|")
        for one in arguments.architectures:
            model_folder(folder / one, one)
            bare, margins, mapped = computing(folder / one, arguments.efield)
            print(f"| {one} | {bare:.0f} | {margins:.0f} | {mapped:.0f} | {mapped / bare:.2f} |", flush=True)
        for compression in ("NONE", "DEFLATE"):
            path = scene_raster(folder / f"{compression}.tif", SIDE, compression)
            print(f"\nReading, {compression}: {reading(path, arguments.efield):.1f} core-ms/MPix")


main()
