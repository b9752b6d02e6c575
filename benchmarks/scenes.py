"""The defaults against a random forest on the same labels, on real scenes with few polygons and small images.

    build/environment/bin/python -W ignore benchmarks/scenes.py [--scenes carolina carolina:2 …] [--seeds 0 1 2]
        [--before FOLDER] [--effort quick standard thorough] [--architecture NAME …] [--data FOLDER] [--eo-learn FOLDER]

It needs scikit-learn (`benchmarks/requirements.txt`).  `scene_list.py` tells the scenes; `carolina:2` has two polygons
a class.  A seed draws the polygons, and is that of the sampling, the shards, the training and the forest.  The forest
has 200 trees, and sees the pixels of the polygons.  Both maps are scored on 50,000 pixels of the reference
outside the polygons.  With `--before` the code of another checkout runs on the same polygons, too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np
from scene_list import SCENES, Sources, missing
from scene_scores import calibration_error, fit_forest, forest_map, read, score

TITLES = ("scene", "seed", "way", "overall accuracy", "mean F1", "F1 of the worst class", "calibration error")
TITLES += ("positions train/valid/test", "classes without train", "without valid", "best epoch", "training s", "all s")


def run(checkout, folder, seed, chosen):
    """What `scene_run.py` tells, and all that it printed."""
    command = [sys.executable, "-W", "ignore", str(ROOT / "benchmarks" / "scene_run.py"), str(checkout), str(folder)]
    done = subprocess.run([*command, str(seed), *chosen], capture_output=True, text=True, check=False)
    lines = done.stdout.strip().splitlines()
    told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {"error": done.stderr[-2000:]}
    return {**told, "log": lines[:-1]}


def cells_of(told):
    """What a row says of a run, after the scene, the seed and the way."""
    if "accuracy" not in told:
        return [told["error"].splitlines()[0] if told["error"] else "failed", *["–"] * 9]
    worst = min(told["f1"], key=told["f1"].get)
    cells = [f"{told['accuracy']:.3f}", f"{told['mean_f1']:.3f}", f"{told['f1'][worst]:.3f} {worst}"]
    if "positions" not in told:
        return [*cells, *["–"] * 6, f"{told['seconds']:.0f}"]
    positions = np.array(list(told["positions"].values()))
    without = [told["classes"] - int((positions[:, split] > 0).sum()) for split in (0, 1)]
    cells += [f"{told['calibration']:.3f}", "/".join(str(count) for count in positions.sum(axis=0))]
    cells += [*map(str, without), str(told["trained"].get("best_epoch", "–"))]
    return [*cells, f"{told['training_seconds']:.0f}", f"{told['seconds']:.0f}"]


def measure(spec, seed, ways, sources):
    """Print the rows of a scene and a seed, and give what they are made of."""
    name, _, count = spec.partition(":")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rng = np.random.default_rng(seed)
        scene = SCENES[name](sources, int(count or 0), rng)
        scene.write(folder, rng)
        started = time.monotonic()
        figures = score(forest_map(fit_forest([folder], seed), folder), folder, scene.names)
        told = [{"way": "random forest", **figures, "seconds": time.monotonic() - started}]
        print_row(spec, seed, told[0])
        for way, checkout, chosen in ways:
            part = folder / way.replace(" ", "_")
            part.mkdir()
            for file in ("image.tif", "polygons.gpkg", "reference.tif", "labels.tif"):
                (part / file).symlink_to(folder / file)
            classes = len(np.unique(read(folder / "labels.tif"))) - 1
            result = {"way": way, "classes": classes, **run(checkout, part, seed, chosen)}
            if "error" not in result:
                figures = score(read(part / "map.tif")[0], part, scene.names)
                result.update(figures, calibration=calibration_error(part))
            print_row(spec, seed, result)
            told.append(result)
    return [{"scene": spec, "seed": seed, **one} for one in told]


def print_row(spec, seed, told):
    """Print one row of the table."""
    print(f"| {' | '.join((spec, str(seed), told['way'], *cells_of(told)))} |", flush=True)


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", nargs="+", default=list(SCENES), metavar="NAME[:POLYGONS A CLASS]")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--effort", nargs="+", default=[], choices=["quick", "standard", "thorough"])
    parser.add_argument("--architecture", nargs="+", default=[], help="instead of the default")
    parser.add_argument("--before", type=Path, help="folder of another checkout")
    parser.add_argument("--data", type=Path, help="folder of further data")
    parser.add_argument("--eo-learn", type=Path, help="checkout of eo-learn")
    parser.add_argument("--json", type=Path, help="file to add what was measured to, a line for each row")
    arguments = parser.parse_args()
    cache = ROOT / "build" / "scenes"
    cache.mkdir(parents=True, exist_ok=True)
    sources = Sources(cache, arguments.data, arguments.eo_learn)
    ways = [("before", arguments.before, [])] if arguments.before else []
    choices = [f"effort={one}" for one in arguments.effort] + [f"architecture={one}" for one in arguments.architecture]
    ways += [(choice.partition("=")[2], ROOT, [choice]) for choice in choices] or [("GeoDL", ROOT, [])]
    print(f"load {os.getloadavg()[0]:.1f}\n\n| {' | '.join(TITLES)} |\n{'|---' * len(TITLES)}|", flush=True)
    for spec in arguments.scenes:
        reason = missing(spec.partition(":")[0], sources)
        if reason:
            print(f"{spec} {reason}", file=sys.stderr)
            continue
        for seed in arguments.seeds:
            for told in measure(spec, seed, ways, sources):
                if arguments.json:
                    with arguments.json.open("a") as file:
                        file.write(json.dumps(told) + "\n")


main()
