"""The most memory that a map takes, with every network that ships, and what a process takes before its first block.

    build/environment/bin/python -W ignore benchmarks/memory.py [--networks unet fcnn] [--onednn 0 1] [--budgets 1200]

Each line is a process of its own that maps a part of the demo's scene, repeated, as a worker does, with MEMORY as
given: with 4 and with 6 bands, plainly, and with no-data in the image and a raster of confidence.  oneDNN are the
operations that TensorFlow has for processors of Intel and AMD (TF_ENABLE_ONEDNN_OPTS).
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from untrained import BANDS, SIX_BANDS, finish, model_folder, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.options import MAP_MEMORY
from geodl_plugin.runtime.devices import hardware

NODATA = 65535


def peak(job, folder, onednn):
    """Megabytes of the process that does a job, at most."""
    file = folder / "job.json"
    file.write_text(job.to_json())
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(ROOT / "geodl_plugin"), "run", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TF_ENABLE_ONEDNN_OPTS": str(onednn)},
    )
    return finish(process)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", nargs="+", default=["unet", "fcnn", "resunet", "backbone"])
    parser.add_argument("--onednn", nargs="+", type=int, default=[0, 1])
    parser.add_argument("--budgets", nargs="+", type=int, default=[MAP_MEMORY])
    parser.add_argument("--side", type=int, default=3000, help="of the raster, in pixels")
    arguments = parser.parse_args()
    print(f"{hardware()}; {arguments.side}² pixels\n")
    print("| network | oneDNN | bands | no-data, confidence | MEMORY | peak MB | s |\n" + "|---" * 7 + "|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        images = {
            (len(bands), more): scene_raster(
                folder / f"{len(bands)} {more}.tif", arguments.side, bands=bands, nodata=NODATA if more else None
            )
            for bands, more in itertools.product((BANDS, SIX_BANDS), (False, True))
        }
        for network, bands in itertools.product(arguments.networks, (BANDS, SIX_BANDS)):
            model = folder / f"{network} {len(bands)}"
            model_folder(model, network, bands=bands)
            for more, budget, onednn in itertools.product((False, True), arguments.budgets, arguments.onednn):
                confidence = str(folder / "confidence.tif") if more else ""
                image, mapped = images[len(bands), more], str(folder / "map.tif")
                job = ApplyModel(str(model), [image], mapped, confidence=confidence, memory=budget)
                started = time.perf_counter()
                most = peak(job, folder, onednn)
                cells = [network, "on" if onednn else "off", len(bands), "yes" if more else "no", budget]
                seconds = time.perf_counter() - started
                print(f"| {' | '.join(map(str, cells))} | {most:.0f} | {seconds:.0f} |", flush=True)


main()
