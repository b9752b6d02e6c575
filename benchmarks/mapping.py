"""Mapping a raster against the bare network on data in memory.

    build/environment/bin/python -W ignore benchmarks/mapping.py [--maps fcnn:12000 unet:6000]

The bare network is compiled, and runs on blocks in memory, of the size that the map's blocks have without their
margins; it is measured before and after the map, and the mean counts.  The map is measured from its second block
on, and as a whole process with its start.  The last column compares the time left, as the map told it after the first
tenth, with the time it took, and gives the worst of all blocks as a share of the time from the second block on.

With ``--before`` the whole process is also run with the code of another checkout, in turn, and the last column is its
time divided by that of this one: the median of five pairs.

The raster: the demo's scene, repeated, 4 bands UInt16, tiled; output: classes, compressed.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

import tensorflow as tf
from untrained import Clock, finish, model_folder, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.runtime.devices import hardware

LEAST_SECONDS = 8  # that the bare network is measured for
PAIRS = 5  # of whole processes


def bare_speed(model, side):
    """Pixels a second of the compiled network on a block in memory."""
    compute = tf.function(lambda block: tf.argmax(model({"source1": block}, training=False)[PREDICTIONS], -1))
    block = tf.random.normal([1, side, side, 4], 500, 100)
    compute(block)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < LEAST_SECONDS:
        compute(block).numpy()
        count += 1
    return count * side * side / (time.perf_counter() - started)


def whole_process(root, job_file):
    """Seconds and peak of memory in megabytes of a job in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, str(root / "geodl_plugin"), "run", str(job_file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = finish(process)
    return time.perf_counter() - started, peak


def measure(name, side, compression, folder, before):
    """Print one line of the table."""
    model = model_folder(folder / name, name)
    image, mapped = scene_raster(folder / "image.tif", side, compression), str(folder / "map.tif")
    job, clock = ApplyModel(str(folder / name), [image], mapped), Clock()
    first = bare_speed(model, 1024)
    efield = job.run(clock)["efield"]
    after_start = (side * side - min(efield, side) ** 2) / clock.seconds
    bare = (first + bare_speed(model, efield)) / 2
    file = folder / "job.json"
    file.write_text(job.to_json())
    seconds, peak = whole_process(ROOT, file)
    whole = side * side / seconds
    speeds = [f"{speed / 1e6:.2f}" for speed in (bare, after_start, whole)]
    ratios = [f"{speed / bare:.2f}" for speed in (after_start, whole)]
    cells = [name, f"{side}²", compression, str(efield), *speeds, *ratios, f"{peak:.0f}"]
    cells.append(f"{100 * clock.worst_estimate():.0f} %")
    if before:
        pairs = [whole_process(before, file)[0] / whole_process(ROOT, file)[0] for _ in range(PAIRS)]
        cells.append(f"{statistics.median(pairs):.2f} ({min(pairs):.2f} to {max(pairs):.2f})")
    print(f"| {' | '.join(cells)} |", flush=True)
    print(f"  {clock.said}", file=sys.stderr, flush=True)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--maps", nargs="+", default=["fcnn:12000", "unet:6000"], help="architecture:side of the raster"
    )
    parser.add_argument("--compressions", nargs="+", default=["NONE", "DEFLATE"], help="of the raster")
    parser.add_argument("--before", type=Path, help="folder of another checkout")
    arguments = parser.parse_args()
    print(f"{hardware()}; load {os.getloadavg()[0]:.1f}; MPix/s\n")
    titles = ["network", "raster", "compression", "EFIELD", "bare network", "map", "whole process"]
    titles += ["ratio", "ratio, whole", "peak MB", "end foretold wrongly by"]
    titles += ["whole process, times as fast as before"] if arguments.before else []
    print(f"| {' | '.join(titles)} |")
    print("|" + "---|" * len(titles))
    for one, compression in itertools.product(arguments.maps, arguments.compressions):
        name, side = one.split(":")
        with tempfile.TemporaryDirectory() as folder:
            measure(name, int(side), compression, Path(folder), arguments.before)


main()
