"""How long it takes from qgis_process to the first block of a map, and how much of that the steps of a model share.

    build/environment/bin/python benchmarks/start_up.py chain [--turns 3] [--before FOLDER [--fewer]]
    build/environment/bin/python benchmarks/start_up.py map [--turns 5] [--before FOLDER]

``chain`` runs the shipped model (sample, export, train for one epoch, map, evaluate) on the demo data, with a worker
for each job and with one that is kept, in turns.  Start-up is what its jobs wait for: the time from the first worker's
start to the last job's end, without the jobs themselves.  ``map`` applies the network to 200 × 200 pixels and prints
the time of each step.  FOLDER is another checkout, such as that of an earlier revision, which is measured as well.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from osgeo import gdal

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "resources" / "demo"
HOOK = Path(__file__).with_name("start_up_hook.py")
IMAGE, POLYGONS = DEMO / "gewata_l7_6band_uint16.tif", DEMO / "gewata_training_polygons.gpkg"
CHAIN = {
    "image": IMAGE, "polygons": POLYGONS, "class_field": "class_name", "patch_size": 16, "epochs": 1,
    "reference": DEMO / "gewata_lulc_polygons.gpkg", "reference_field": "class_name",
}  # fmt: skip
STEPS = {  # what ends with an event
    "facts.py": "QGIS's start, the plugin", "probed": "probe of the interpreter", "geodl_plugin": "start of the worker",
    "job begins": "TensorFlow and Keras", "job ends": "the map's end", "end": "QGIS's end",
}  # fmt: skip
CHAIN_OUTPUTS = {
    "trainmodel:Model": "model", "applymodel:Map": "chain.tif", "evaluatemap:Accuracy report": "r.html",
}  # fmt: skip


class Checkout:
    """A checkout as the plugin of qgis_process, in a profile of its own, with a worker that notes when it does what."""

    def __init__(self, root, folder, minutes):
        self.folder, self.log = folder, folder / "log"
        settings = folder / "profile" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[Processing]\nConfiguration\\GEODL_KEEP_WORKER={minutes}\n[PythonPlugins]\ngeodl=true\n")
        (folder / "plugins").mkdir()
        (folder / "plugins" / "geodl").symlink_to(root)
        python = folder / "python"
        python.write_text(
            f'#!/bin/sh\necho "[\\"$(basename "$1")\\", $(date +%s.%N)]" >> {self.log}\n'
            f'[ -d "$1" ] && exec {sys.executable} {HOOK} "$@"\n{sys.executable} "$@"\n'
            f'echo "[\\"probed\\", $(date +%s.%N)]" >> {self.log}\n'
        )
        python.chmod(0o755)
        self.variables = {
            **os.environ,
            **{"QT_QPA_PLATFORM": "offscreen", "GEODL_PYTHON": str(python), "START_UP_LOG": str(self.log)},
            **{"QGIS_PLUGINPATH": str(folder / "plugins"), "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile")},
        }

    def run(self, algorithm, **parameters):
        """Run an algorithm; gives the events [name, time], and the processor's seconds that it took."""
        self.log.unlink(missing_ok=True)
        words = [f"{name}={value}" for name, value in parameters.items()]
        begun, before = time.time(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [os.environ.get("QGIS_PROCESS", "qgis_process.bin"), "run", algorithm, "--", *words]
        done = subprocess.run(command, env=self.variables, capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        events = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [["start", begun], *events, ["end", time.time()]], seconds


def chain(checkout):
    """Seconds of start-up in a chain, and those of the processor for all of it."""
    outputs = {name: checkout.folder / file for name, file in CHAIN_OUTPUTS.items()}
    events, processor = checkout.run("geodl:map_land_cover_from_polygons", **CHAIN, **outputs)
    first = next(at for name, at in events if name == "facts.py")
    begins = [at for name, at in events if name == "job begins"]
    ends = [at for name, at in events if name == "job ends"]
    jobs = sum(end - begin for begin, end in zip(begins, ends))
    return {"jobs": jobs, "start-up in all": max(ends) - first - jobs, "processor's time of the chain": processor}


def one_map(checkout):
    """Seconds of each step of a map."""
    model = checkout.folder / "model"
    if not model.exists():
        chain(checkout)
    small = str(checkout.folder / "small.tif")
    gdal.Translate(small, str(IMAGE), srcWin=[0, 0, 200, 200])
    output = checkout.folder / "map.tif"
    events, processor = checkout.run("geodl:applymodel", MODEL=model, SOURCE1=small, OUTPUT=output)
    steps = defaultdict(float)
    for (_, sooner), (name, later) in zip(events, events[1:]):
        steps[STEPS.get(name, name)] += later - sooner
    return {**steps, "from the start to the end": events[-1][1] - events[0][1], "processor's time": processor}


def main():
    """Measure in turns and print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["chain", "map"])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--fewer", action="store_true", help="with --before: leave out a worker for each job")
    options = parser.parse_args()
    gdal.UseExceptions()
    measure = {"chain": chain, "map": one_map}[options.what]
    roots = {"a worker for each job": (ROOT, 0), "one worker is kept": (ROOT, 5)}
    if options.before:
        roots = {"before": (options.before.resolve(), 0), **roots}
    if options.before and options.fewer:
        del roots["a worker for each job"]
    with tempfile.TemporaryDirectory(prefix="start_up_") as name:
        checkouts = {}
        for number, (text, (root, minutes)) in enumerate(roots.items()):
            folder = Path(name) / str(number)
            folder.mkdir()
            checkouts[text] = Checkout(root, folder, minutes)
        found = {text: defaultdict(list) for text in checkouts}
        for _ in range(options.turns):
            for text, checkout in checkouts.items():
                for step, seconds in measure(checkout).items():
                    found[text][step].append(seconds)
    print(" " * 30, *(f"{text:>24}" for text in found))
    for step in next(iter(found.values())):
        values = [found[text][step] or [0.0] for text in found]
        cells = (f"{statistics.median(one):.2f} ({min(one):.2f}–{max(one):.2f})" for one in values)
        print(f"{step:30}", *(f"{cell:>24}" for cell in cells))


main()
