"""Memory of large maps, and what a killed map costs.

    build/environment/bin/python -W ignore benchmarks/long_runs.py [--sides 6000 60000] [--killed 6000]

Memory: the peak of the whole process that maps a raster, with `unet`.  As many blocks have content in all of them: they
lie beside each other in the smallest one, and far apart in the others.
Killed: a map is killed when half of its blocks are done, and run again; the second run against one without a stop.
"""

import argparse
import itertools
import math
import os
import signal
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

import numpy as np
from osgeo import gdal
from untrained import BANDS, finish, model_folder, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel

PART, ALONG = 832, 5  # parts of so many pixels, as many as a block has, have content, so many along each side


def sparse_raster(path, side):
    """Write a raster that is empty but for some parts."""
    options = ["TILED=YES", "COMPRESS=DEFLATE", "INTERLEAVE=PIXEL", "SPARSE_OK=TRUE", "BIGTIFF=YES"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), side, side, len(BANDS), gdal.GDT_UInt16, options)
    for number, name in enumerate(BANDS, start=1):
        raster.GetRasterBand(number).SetDescription(name)
        raster.GetRasterBand(number).SetNoDataValue(0)
    content = np.random.default_rng(0).integers(300, 700, (len(BANDS), PART, PART), np.uint16)
    places = [number * (side // PART - 1) // (ALONG - 1) * PART for number in range(ALONG)]
    for row, col in itertools.product(places, places):
        raster.WriteArray(content, col, row)
    raster.FlushCache()
    return str(path)


def start(job, folder, told=subprocess.DEVNULL):
    """The process that does a job; ``told`` is where its progress goes."""
    file = folder / "job.json"
    file.write_text(job.to_json())
    return subprocess.Popen(
        [sys.executable, str(ROOT / "geodl_plugin"), "run", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=told,
        text=True,
    )


def memory(sides, folder):
    """Print the peak for each side."""
    print("| raster | blocks with content | all blocks | peak MB | s |\n|---|---|---|---|---|")
    for side in sides:
        image = sparse_raster(folder / "sparse.tif", side)
        started = time.perf_counter()
        peak = finish(start(ApplyModel(str(folder / "unet"), [image], str(folder / "map.tif")), folder))
        seconds, blocks = time.perf_counter() - started, math.ceil(side / PART) ** 2
        print(f"| {side}² | {ALONG**2} | {blocks} | {peak:.0f} | {seconds:.0f} |", flush=True)


def resumed(side, folder):
    """Print how long the second run takes after the first was killed half-way, against a whole one."""
    image = scene_raster(folder / "image.tif", side)
    jobs = [
        ApplyModel(str(folder / "unet"), [image], str(folder / f"{name}.tif"), resume=True)
        for name in ("whole", "killed")
    ]
    started = time.perf_counter()
    finish(start(jobs[0], folder))
    whole = time.perf_counter() - started
    process = start(jobs[1], folder, subprocess.PIPE)
    for line in process.stderr:
        words = line.split()
        if "block" in words and int(words[words.index("block") + 1]) * 2 >= int(words[words.index("of") + 1]):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    started = time.perf_counter()
    finish(start(jobs[1], folder))
    again = time.perf_counter() - started
    same = (folder / "whole.tif").read_bytes() == (folder / "killed.tif").read_bytes()
    print(f"\n{side}², `unet`: whole {whole:.0f} s; killed at 50 %, then {again:.0f} s: {again / whole:.2f} of it")
    print(f"the same bytes: {'yes' if same else 'no'}")


def main():
    """Print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sides", type=int, nargs="*", default=[6000, 60000])
    parser.add_argument("--killed", type=int, default=6000, help="side of the raster whose map is killed; 0: none")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model_folder(folder / "unet", "unet")
        memory(arguments.sides, folder)
        if arguments.killed:
            resumed(arguments.killed, folder)


main()
