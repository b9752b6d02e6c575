"""Speed of maps in 16 bits against one in 32, and how many pixels keep their class.

    build/environment/bin/python -W ignore benchmarks/precision.py [--map MODEL IMAGE ...] [--side 4000] [--turns 5]

Without `--map`, the model is that of `make demo`, which has to be run before, on the demo's scene; others are trained
with the algorithms or the library.  Speed: of the demo's scene, repeated, from the second block on, in turns.  Ratios
are of maps in one turn: the median, the smallest and the largest.  Precisions that are another one on this machine are
left out.  Same class: of the pixels of the image, against float32.  Changed by EFIELD: the pixels of another class in
blocks of 192 than in blocks of 512 pixels.
"""

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path
from statistics import median

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

from demo_data import SCENE
from osgeo import gdal
from untrained import Clock, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.options import MAP_PRECISIONS
from geodl_plugin.runtime.devices import hardware

BASE = "float32"
EFIELDS = (192, 512)


def mapped(model, image, precision, folder, efield=0):
    """Map an image; gives the classes, pixels a second, and the precision that was used."""
    path, clock = str(folder / "map.tif"), Clock()
    block = ApplyModel(str(model), [str(image)], path, precision=precision, efield=efield).run(clock)["efield"]
    classes = gdal.Open(path).ReadAsArray()
    speed = (classes.size - block**2) / clock.seconds if len(clock.blocks) > 1 else None
    return classes, speed, re.search(r"in (\w+) on", clock.said)[1]


def usable(model, image, folder):
    """The precisions that are not the same as another one on this machine."""
    used = {precision: mapped(model, image, precision, folder, EFIELDS[0])[2] for precision in MAP_PRECISIONS}
    return [precision for precision in MAP_PRECISIONS if precision == used[precision]]


def measure(model, image, side, turns):
    """Print the lines of a model."""
    bands = ModelDescription.read(Path(model)).inputs[0].bands
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        precisions = usable(model, image, folder)
        large = scene_raster(folder / "large.tif", side, "NONE", bands)
        speeds = {precision: [] for precision in precisions}
        for _ in range(turns):
            for precision in precisions:
                speeds[precision].append(mapped(model, large, precision, folder)[1])
        expected = mapped(model, image, BASE, folder)[0]
        for precision in precisions:
            ratios = sorted(one / usual for one, usual in zip(speeds[precision], speeds[BASE]))
            same = 100 * (mapped(model, image, precision, folder)[0] == expected).mean()
            small, large_blocks = (mapped(model, image, precision, folder, efield)[0] for efield in EFIELDS)
            print(
                f"| {Path(model).name} | {precision} | {median(speeds[precision]) / 1e6:.2f} "
                f"| {median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}) | {same:.3f} % "
                f"| {(small != large_blocks).sum()} of {small.size} |",
                flush=True,
            )


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--map", nargs=2, action="append", metavar=("MODEL", "IMAGE"), help="what to map, and with what"
    )
    parser.add_argument("--side", type=int, default=4000, help="of the raster whose mapping is timed")
    parser.add_argument("--turns", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{hardware()}; load {os.getloadavg()[0]:.1f}\n")
    print("| model | precision | MPix/s | ratio | same class | changed by EFIELD |\n|---|---|---|---|---|---|")
    for model, image in arguments.map or [(ROOT / "build" / "demo" / "model", SCENE)]:
        measure(model, image, arguments.side, arguments.turns)


main()
