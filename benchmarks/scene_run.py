"""One scene with the defaults, from polygons to a map; `scenes.py` starts it in a process of its own.

    build/environment/bin/python benchmarks/scene_run.py CHECKOUT FOLDER SEED [NAME=VALUE …]

CHECKOUT is the folder whose code runs, FOLDER has image.tif and polygons.gpkg and gets all that is made, NAME is that
of a parameter of the training; one that CHECKOUT does not know is left out.  The last line that it prints is JSON.
"""

import json
import os
import sys
import time
from collections import Counter
from dataclasses import fields
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
checkout, folder, seed, *chosen = sys.argv[1:]
sys.path.insert(0, checkout)
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

from osgeo import gdal

from geodl_plugin.errors import GeodlError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.runtime.reporter import ConsoleReporter


class Listening(ConsoleReporter):
    """Keeps warnings, and prints what is said but for progress."""

    def __init__(self):
        super().__init__()
        self.warnings = []

    def warning(self, message):
        self.warnings.append(message)
        print("warning:", message, flush=True)

    def info(self, message):
        print(message, flush=True)

    def show(self, fraction, message, remaining):
        pass


def positions_by_class(path):
    """Number of positions by class and split."""
    file = gdal.OpenEx(path)
    counts = Counter((feature["class"], feature["split"]) for feature in file.GetLayer())
    classes = sorted({name for name, _ in counts})
    return {name: [counts[name, split] for split in ("train", "valid", "test")] for name in classes}


def run(folder, seed, chosen):
    """Sample, export, train and map; gives what there is to tell of it."""
    image, polygons = [str(folder / "image.tif")], str(folder / "polygons.gpkg")
    positions, dataset, model, mapped, confidence = (
        str(folder / name) for name in ("positions.gpkg", "dataset", "model", "map.tif", "confidence.tif")
    )
    reporter, started = Listening(), time.monotonic()
    SampleVector(image, polygons, positions, seed=seed, class_field="class_id").run(reporter)
    told = {"positions": positions_by_class(positions), "warnings": reporter.warnings}
    ExportTFRecords(image, positions, dataset, labels_vector=polygons, class_field="class_id", seed=seed).run(reporter)
    known = {field.name for field in fields(TrainModel)}
    wanted = {name: value for name, value in (one.split("=") for one in chosen) if name in known}
    before_training = time.monotonic()
    trained = TrainModel(dataset, model, seed=seed, **wanted).run(reporter)
    told["training_seconds"] = time.monotonic() - before_training
    told["trained"] = {name: value for name, value in trained.items() if isinstance(value, (int, float, str))}
    ApplyModel(model, image, mapped, confidence=confidence).run(reporter)
    return {**told, "seconds": time.monotonic() - started}


try:
    result = run(Path(folder), int(seed), chosen)
except GeodlError as error:
    result = {"error": str(error)}
print(json.dumps(result))
