"""Speed of maps in 16 bits against one in 32, and how many pixels keep their class.

    build/environment/bin/python -W ignore benchmarks/precision.py [--side 4000]

The model is that of `make demo`, which has to be run before.  Speed: of the demo's scene, repeated, from the second
block on; precisions that no device has units for are left out.  Classes: those of the scene.  The last line tells how
many would keep theirs with convolutions that round weights, inputs and outputs to bfloat16, as such units do.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import keras
import numpy as np
from demo_data import IMAGE
from osgeo import gdal
from untrained import Clock, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.loading import open_model
from geodl_plugin.options import MAP_PRECISIONS
from geodl_plugin.runtime.devices import hardware

MODEL = str(ROOT / "build" / "demo" / "model")


def mapped(image, precision, folder):
    """Map an image; gives the classes, pixels a second, and the precision that was used."""
    path, clock = str(folder / "map.tif"), Clock()
    block = ApplyModel(MODEL, image, path, precision=precision).run(clock)["efield"]
    classes = gdal.Open(path).ReadAsArray()
    speed = (classes.size - block**2) / clock.seconds if len(clock.blocks) > 1 else None
    return classes, speed, re.search(r"in (\w+) on", clock.said)[1]


def rounded(network):
    """The network with convolutions that compute with numbers of bfloat16."""
    described = json.loads(network.to_json())
    for layer in described["config"]["layers"]:
        if layer["class_name"].startswith("Conv2D"):
            layer["config"]["dtype"]["config"]["name"] = "mixed_bfloat16"
    other = keras.models.model_from_json(json.dumps(described))
    other.set_weights(network.get_weights())
    return other


def classes_of(network, image):
    """What a network gives for a whole image."""
    stride = 64  # a multiple of the total stride of any network of ours
    rows, cols = (size // stride * stride for size in image.shape[:2])
    probabilities = network({"source1": image[np.newaxis, :rows, :cols]}, training=False)[PREDICTIONS]
    return probabilities.numpy().argmax(-1)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=4000, help="of the raster whose mapping is timed")
    side = parser.parse_args().side
    print(f"{hardware()}\n\n| precision | MPix/s | ratio | same class |\n|---|---|---|---|")
    scene = gdal.Open(IMAGE[0])
    bands = [scene.GetRasterBand(number).GetDescription() for number in range(1, scene.RasterCount + 1)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = [scene_raster(folder / "large.tif", side, "NONE", bands)]
        expected, _, _ = mapped(IMAGE, "float32", folder)
        _, usual, _ = mapped(large, "float32", folder)
        print(f"| float32 | {usual / 1e6:.2f} | 1.00 | 100 % |", flush=True)
        for precision in MAP_PRECISIONS[1:]:
            found, _, used = mapped(IMAGE, precision, folder)
            if used == precision:
                _, speed, _ = mapped(large, precision, folder)
                same = 100 * (found == expected).mean()
                print(f"| {precision} | {speed / 1e6:.2f} | {speed / usual:.2f} | {same:.3f} % |", flush=True)
    network, image = open_model(MODEL).keras_model, scene.ReadAsArray().transpose(1, 2, 0).astype(np.float32)
    same = 100 * (classes_of(network, image) == classes_of(rounded(network), image)).mean()
    print(f"\nConvolutions rounded to bfloat16, on any device: {same:.3f} % of the pixels keep their class")


main()
