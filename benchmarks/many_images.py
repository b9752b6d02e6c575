"""Mapping many small images: one process for all, against a process for each.

    build/environment/bin/python -W ignore benchmarks/many_images.py

The images are crops of the demo's scene, 4 bands UInt16; the networks have random weights.  A batch is run in turn with
the single processes, which are run one after the other; each map of the batch must equal that of a process of its own,
byte for byte.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from demo_data import SCENE
from osgeo import gdal
from untrained import BANDS, model_folder

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.job_file import write_job
from geodl_plugin.runtime.devices import hardware


def crops(folder, count, side):
    """Crops of the scene, side by side from its upper left corner."""
    folder.mkdir()
    scene = gdal.Open(SCENE)
    per_row = scene.RasterXSize // side
    for number in range(count):
        window = [number % per_row * side, number // per_row * side, side, side]
        path, bands = str(folder / f"crop {number:02}.tif"), list(range(1, len(BANDS) + 1))
        crop = gdal.Translate(path, scene, srcWin=window, bandList=bands)
        for band, name in enumerate(BANDS, start=1):
            crop.GetRasterBand(band).SetDescription(name)
        crop = None
        yield path


def seconds_of(*arguments):
    """How long the command takes."""
    command = [sys.executable, "-W", "ignore", str(ROOT / "geodl_plugin"), "run", *map(str, arguments)]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def measure(name, folder, images):
    """Print one line of the table."""
    model_folder(folder / name, name)
    alone, together = folder / f"{name} alone", folder / f"{name} together"
    job = folder / f"{name}.json"
    single = 0.0
    for image in images:
        output = alone / Path(image).name
        write_job(ApplyModel(str(folder / name), [image], str(output)), job)
        single += seconds_of(job)
    batch = seconds_of(job, "--images", folder / "images" / "*.tif", "--folder", together)
    again = seconds_of(job, "--images", folder / "images" / "*.tif", "--folder", together)
    equal = all(
        (alone / Path(image).name).read_bytes() == (together / Path(image).name).read_bytes() for image in images
    )
    print(
        f"| `{name}` | {single:.0f} s | {batch:.1f} s | {single / batch:.1f} × | {again:.1f} s "
        f"| {'yes' if equal else 'no'} |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", nargs="+", default=["fcnn", "unet"])
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--side", type=int, default=256)
    arguments = parser.parse_args()
    gdal.UseExceptions()
    print(f"{hardware()}; {arguments.count} images of {arguments.side} × {arguments.side} pixels\n")
    print("| network | a process for each | one batch | faster | batch run again | same files |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="geodl_") as folder:
        images = list(crops(Path(folder) / "images", arguments.count, arguments.side))
        for name in arguments.networks:
            measure(name, Path(folder), images)


if __name__ == "__main__":
    main()
