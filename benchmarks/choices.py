"""What was chosen for maps, against the other ways: sizes of blocks, blocks at once, threads, oneDNN's operations.

    build/environment/bin/python -W ignore benchmarks/choices.py [--networks fcnn unet] [--turns 3]

Each way maps the demo's scene, repeated, 4 bands UInt16 without compression, in a process of its own; the ways take
turns.  Those with other blocks get 4,000 MB of memory, so that it does not limit them.  The table has the speed from
the third block on, and against that of the way that maps take by themselves.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()

SIDE = 6144
AT_ONCE = 3  # blocks, at most: as many are begun before the first one is done
MAPPING = 0.98  # of the progress
WAYS = {
    "as chosen": {},
    "EFIELD 256": {"efield": 256},
    "EFIELD 512": {"efield": 512},
    "EFIELD 1536": {"efield": 1536},
    "EFIELD 2048": {"efield": 2048},
    "1 block at once": {"at_once": 1},
    "2 blocks at once": {"at_once": 2},
    "3 blocks at once": {"at_once": 3},
    "1 thread for an operation": {"threads": 1},
    "without oneDNN": {"onednn": "0"},
}


def run_way(network, image, folder, way):
    """The speed of one way in MPix/s; called in a process of its own."""
    import tensorflow as tf
    from untrained import Clock

    from geodl_plugin.inference import tiling
    from geodl_plugin.jobs.apply_model import ApplyModel
    from geodl_plugin.options import MAP_MEMORY

    if "threads" in way:
        tf.config.threading.set_intra_op_parallelism_threads(way["threads"])
    if "at_once" in way:
        tiling.blocks_at_once = lambda *_: way["at_once"]
    megabytes = 4000 if "efield" in way or "at_once" in way else MAP_MEMORY
    clock, mapped = Clock(), str(Path(folder) / "map.tif")
    job = ApplyModel(network, [image], mapped, efield=way.get("efield", 0), memory=megabytes)
    job.run(clock)
    first, last = clock.blocks[AT_ONCE - 1], clock.blocks[-1]
    return (last[1] - first[1]) / MAPPING * SIDE**2 / 1e6 / (last[0] - first[0])


def speed(network, image, folder, way):
    """The same, from outside."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__, "--way", json.dumps([str(network), image, str(folder), way])],
        env={**os.environ, "TF_ENABLE_ONEDNN_OPTS": way.get("onednn", "1")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", nargs="+", default=["fcnn", "unet"])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--way", type=json.loads, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        print(run_way(*arguments.way))
        return
    from untrained import model_folder, scene_raster

    from geodl_plugin.runtime.devices import hardware

    print(f"{hardware()}; {SIDE}² pixels; medians of {arguments.turns} turns, MPix/s\n")
    print("| network | way | MPix/s | against as chosen |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        image = scene_raster(folder / "image.tif", SIDE, "NONE")
        for network in arguments.networks:
            model_folder(folder / network, network)
            found = {title: [] for title in WAYS}
            for _ in range(arguments.turns):
                for title, way in WAYS.items():
                    found[title].append(speed(folder / network, image, folder, way))
            chosen = found["as chosen"]
            for title, speeds in found.items():
                ratio = statistics.median(one / other for one, other in zip(speeds, chosen))
                print(f"| {network} | {title} | {statistics.median(speeds):.2f} | {ratio:.2f} |", flush=True)


main()
