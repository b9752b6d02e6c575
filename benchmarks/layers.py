"""Where the time of a network goes: the core time of each layer, as Keras computes it and as maps do.

    build/environment/bin/python -W ignore benchmarks/layers.py [--networks fcnn unet] [--side 1056]

Each layer is compiled by itself, with its variables as constants, and runs on what the layers before it give for a
block of 4 bands.  So the sum is more than the network takes as a whole, since TensorFlow joins layers.  Then what is
made of the scores of 3, 7 and 20 classes: softmax and argmax by TensorFlow, and the choice of maps.
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

use_memory_pool()

import keras
import numpy as np
import tensorflow as tf
from untrained import model_folder

from geodl_plugin.inference.predictions import highest_channel
from geodl_plugin.models.equivalents import equivalent
from geodl_plugin.models.internals import calls_by_depth
from geodl_plugin.runtime.devices import hardware

TURNS = 5


def core_milliseconds(run, pixels):
    """The median for a million pixels; the first call, which compiles, does not count."""
    spent = []
    for _ in range(TURNS + 1):
        started = time.process_time()
        run()
        spent.append((time.process_time() - started) * 1e9 / pixels)
    return statistics.median(spent[1:])


def compiled(layer, function, inputs):
    """The function as a graph, with the layer's variables as constants."""
    variables = [(variable, tf.constant(variable.numpy())) for variable in layer.variables]

    def run(*tensors):
        with keras.StatelessScope(variables):
            return function(*tensors)

    specs = [tf.TensorSpec(tensor.shape, tensor.dtype) for tensor in inputs]
    graph = tf.function(run, autograph=False).get_concrete_function(*specs)
    return lambda: graph(*inputs)


def layers(name, side, folder):
    """Print a line for each layer of a network."""
    model = model_folder(folder / name, name)
    block = tf.constant(np.random.default_rng(0).integers(300, 700, (1, side, side, 4)), tf.float32)
    values, complete, sums = {id(model.inputs[0]): block}, tf.constant(True), [0.0, 0.0]
    for call in (call for depth in calls_by_depth(model) for call in depth if call.inputs):
        layer, inputs = call.operation, [values[id(tensor)] for tensor in call.inputs]
        as_keras = compiled(layer, lambda *given: layer(list(given) if len(given) > 1 else given[0]), inputs)  # noqa: B023
        fast = equivalent(layer, complete)
        as_maps = compiled(layer, fast, inputs) if fast else as_keras
        values[id(call.outputs[0])] = as_keras()
        spent = [core_milliseconds(run, side * side) for run in (as_keras, as_maps)]
        sums = [total + one for total, one in zip(sums, spent)]
        shown = [f"{one:.1f}" for one in (spent[0], spent[1] if fast else spent[0])]
        print(f"| {name} | {layer.name} | {type(layer).__name__} | {' | '.join(shown)} |")
    print(f"| {name} | all | | {sums[0]:.0f} | {sums[1]:.0f} |", flush=True)


def classes(side):
    """Print a line for each number of classes."""
    print("\n| classes | softmax | argmax | choice of maps |\n|---|---|---|---|")
    for count in (3, 7, 20):
        scores = tf.random.normal([side, side, count])
        softmax, argmax = tf.function(tf.nn.softmax), tf.function(lambda values: tf.argmax(values, -1))
        runs = (lambda: softmax(scores), lambda: argmax(scores), lambda: highest_channel(np.asarray(scores)))  # noqa: B023
        spent = [f"{core_milliseconds(run, side * side):.1f}" for run in runs]
        print(f"| {count} | {' | '.join(spent)} |", flush=True)


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", nargs="+", default=["fcnn", "unet"])
    parser.add_argument("--side", type=int, default=1056)
    arguments = parser.parse_args()
    print(f"{hardware()}; core-ms/MPix\n\n| network | layer | type | Keras | maps |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments.networks:
            layers(name, arguments.side, Path(folder))
    classes(arguments.side)


main()
