"""Memory of large maps, and what a killed map costs.

    build/environment/bin/python -W ignore benchmarks/long_runs.py [--sides 6000 60000] [--killed 6000]

Memory: the peak of the whole process that maps a raster whose content is in 1 % of its blocks, with `unet`.
Killed: a map is killed when half of its blocks are done, and run again; the second run against one without a stop.
"""

import argparse
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
from geodl_plugin.process import with_huge_pages

with_huge_pages()  # as all our processes do

import numpy as np
from osgeo import gdal
from untrained import BANDS, finish, model_folder, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel

PART, EVERY = 1024, 10  # one of 10 × 10 parts of so many pixels has content


def sparse_raster(path, side):
    """Write a raster that is empty but for some parts."""
    options = ["TILED=YES", "COMPRESS=DEFLATE", "INTERLEAVE=PIXEL", "SPARSE_OK=TRUE", "BIGTIFF=YES"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), side, side, len(BANDS), gdal.GDT_UInt16, options)
    for number, name in enumerate(BANDS, start=1):
        raster.GetRasterBand(number).SetDescription(name)
        raster.GetRasterBand(number).SetNoDataValue(0)
    content = np.random.default_rng(0).integers(300, 700, (len(BANDS), PART, PART), np.uint16)
    for row in range(0, side - PART + 1, PART * EVERY):
        for col in range(0, side - PART + 1, PART * EVERY):
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
    print("| raster | blocks with content | peak MB | s |\n|---|---|---|---|")
    for side in sides:
        image = sparse_raster(folder / "sparse.tif", side)
        started = time.perf_counter()
        peak = finish(start(ApplyModel(str(folder / "unet"), [image], str(folder / "map.tif")), folder))
        parts = (-(-(side - PART + 1) // (PART * EVERY))) ** 2
        print(f"| {side}² | {parts} | {peak:.0f} | {time.perf_counter() - started:.0f} |", flush=True)


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
