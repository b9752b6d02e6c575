"""A tiny scene, the steps of the work on it, and how each of them ends when nothing disturbs it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from dataclasses import dataclass, field

import numpy as np
from osgeo import gdal, gdal_array, ogr, osr

from geodl_plugin.rasters.raster import gdal_exceptions
from geodl_plugin.runtime.numbers import ceil_div

UTM = 32636
NORTH_UP = (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)
HEIGHT, WIDTH = 157, 203
NAMES = ("field", "forest", "water")
BLOCK = 4096  # bytes
PYTHON = os.environ.get("GEODL_PYTHON") or sys.executable  # runs the jobs


@dataclass(frozen=True)
class Step:
    """One step of the work.

    Args:
        name: what the cases call it.
        job: the job's name, which is that of the QGIS algorithm, too.
        inputs: files and folders that it reads, in ``in``.
        output: what it makes, in ``out``.
        parameters: of the job; paths begin with ``in/`` or ``out/``.
        state: what RESUME keeps beside the output until that is whole; empty: no RESUME.
    """

    name: str
    job: str
    inputs: tuple
    output: str
    parameters: dict = field(default_factory=dict)
    state: str = ""

    @property
    def result(self):
        """The name of the step whose result this one has, too: RESUME changes nothing."""
        return self.name.replace(" with RESUME", "")

    def job_file(self):
        """The text of its job file."""
        return json.dumps({"job": self.job, "parameters": self.parameters})

    def words(self, folder):
        """The parameters of the QGIS algorithm, as qgis_process takes them."""
        for name, value in self.parameters.items():
            ones = [",".join(map(str, value))] if name == "crops" else value if isinstance(value, list) else [value]
            for one in ones:
                is_path = str(one).startswith(("in/", "out/"))
                yield f"{name.upper()}={folder / one if is_path else one}"


_SAMPLE = {"source1": ["in/image.tif"], "input": "in/polygons.gpkg", "class_field": "class", "patch_size": 16}
_EXPORT = {
    **{"source1": ["in/image.tif"], "positions": "in/positions.gpkg", "patch_size": 16, "output": "out/dataset"},
    **{"labels_vector": "in/polygons.gpkg", "class_field": "class", "samples_per_shard": 30},
}
_TRAIN = {
    **{"dataset": "in/dataset", "output": "out/model", "architecture": "fcnn", "epochs": 2, "batch_size": 16},
    **{"crops": [16], "augment": ["flips and turns"], "pixel_classifier": "none"},
}
_APPLY = {"model": "in/model", "source1": ["in/image.tif"], "output": "out/map.tif", "efield": 32}
STEPS = {
    step.name: step
    for step in (
        Step(
            *("sample", "samplevector", ("image.tif", "polygons.gpkg"), "positions.gpkg"),
            {**_SAMPLE, "count": 120, "output": "out/positions.gpkg"},
        ),
        Step(*("export", "exporttfrecords", ("image.tif", "polygons.gpkg", "positions.gpkg"), "dataset"), _EXPORT),
        Step("train", "trainmodel", ("dataset",), "model", _TRAIN),
        Step(
            *("train with RESUME", "trainmodel", ("dataset",), "model"),
            {**_TRAIN, "resume": True},
            ".model.training",
        ),
        Step("apply", "applymodel", ("image.tif", "model"), "map.tif", _APPLY),
        Step(
            *("apply with RESUME", "applymodel", ("image.tif", "model"), "map.tif"),
            {**_APPLY, "resume": True},
            ".map.tif.blocks",
        ),
        # Steps that are only given damaged inputs:
        Step(
            *("apply a Keras file", "applymodel", ("image.tif", "model"), "map.tif"),
            {**_APPLY, "model": "in/model/model.keras"},
        ),
        Step(
            *("fine-tune", "trainmodel", ("dataset", "model"), "model"),
            {**_TRAIN, "init_model": "in/model", "architecture": "unet", "epochs": 1},
        ),
        Step(
            *("evaluate", "evaluatemodel", ("dataset", "model"), "report.html"),
            {"model": "in/model", "dataset": "in/dataset", "split": "valid", "report": "out/report.html"},
        ),
        Step(
            *("inspect the dataset", "inspectdataset", ("dataset",), "report.html"),
            {"dataset": "in/dataset", "report": "out/report.html"},
        ),
    )
}
CHAIN = ("sample", "export", "train", "train with RESUME", "apply", "apply with RESUME")


def write_scene(folder):
    """An image of three classes that its first bands tell apart, and polygons on it."""
    rng = np.random.default_rng(1)
    classes = (np.add.outer(np.arange(HEIGHT) // 40, np.arange(WIDTH) // 50) % 3).astype(np.uint8)
    means = np.array([[300, 900, 500, 100], [700, 300, 500, 200], [500, 500, 1200, 300]])
    values = (means[classes] + rng.normal(0, 60, (HEIGHT, WIDTH, 4))).clip(1, 4000).astype(np.uint16)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(UTM)
    image = gdal_array.OpenArray(values.transpose(2, 0, 1))
    image.SetGeoTransform(NORTH_UP)
    image.SetProjection(crs.ExportToWkt())
    gdal.GetDriverByName("GTiff").CreateCopy(str(folder / "image.tif"), image)
    polygons = gdal.GetDriverByName("GPKG").Create(str(folder / "polygons.gpkg"), 0, 0, 0, gdal.GDT_Unknown)
    layer = polygons.CreateLayer("polygons", crs, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTString))
    for row in range(4):
        for col in range(4):
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetField("class", NAMES[(row + col) % 3])
            left, top = NORTH_UP[0] + 500 * col + 60, NORTH_UP[3] - 400 * row - 50
            ring = f"{left} {top},{left + 360} {top},{left + 360} {top - 280},{left} {top - 280},{left} {top}"
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
            layer.CreateFeature(feature)
    del feature, layer, polygons


@dataclass(frozen=True)
class Undisturbed:
    """How a step ends when nothing disturbs it.

    Args:
        content: what its result holds, as `content` tells.
        seconds: how long it ran as a job file.
        begins: seconds after which it wrote its first file.
        size: bytes of its result.
    """

    content: str
    seconds: float
    begins: float
    size: int


class World:
    """The scene in a folder, with all that the steps read, and their undisturbed results.

    Args:
        folder: where it is made.
    """

    def __init__(self, folder):
        self.folder = folder
        self.inputs = folder / "in"
        self.results = folder / "results"
        self._undisturbed = {}
        self._lock = threading.RLock()

    def make(self, names=CHAIN):
        """Make the scene, and run steps of the chain once; each result is an input of the next ones."""
        self.inputs.mkdir(parents=True)
        with gdal_exceptions():
            write_scene(self.inputs)
        for name in names:
            self.undisturbed(name)

    def undisturbed(self, name):
        """How a step ends; it is run for that once."""
        with self._lock:
            if name not in self._undisturbed:
                self._undisturbed[name] = self._measure(STEPS[name])
            return self._undisturbed[name]

    def _measure(self, step):
        from .running import Case

        for needed in step.inputs:
            if not (self.inputs / needed).exists():
                self.undisturbed(next(one.name for one in STEPS.values() if one.output == needed))
        case = Case(self, step, "undisturbed")
        run = case.start()
        while not case.entries() and run.is_running():
            run.pause(0.002)
        begins = run.age()
        if run.finish() != 0:
            raise RuntimeError(f"{step.name} fails without any disturbance:\n{run.said()}")
        made = case.folder / "out" / step.output
        if step.name in CHAIN and not (self.inputs / step.output).exists():
            copy(made, self.inputs / step.output)
            for sidecar in made.parent.glob(f"{step.output}.*"):
                copy(sidecar, self.inputs / sidecar.name)
        copy(case.folder / "out", self.results / step.name)
        found = Undisturbed(content(step, case, run), run.seconds, begins, size(case.folder / "out"))
        case.remove()
        return found


def content(step, case, run):
    """A hash of what a result holds, without times and places; raises whatever a damaged one makes readers raise."""
    made = case.folder / "out" / step.output
    digest = hashlib.sha256()
    with gdal_exceptions():
        for part in _parts(step, made, run):
            digest.update(part)
    return digest.hexdigest()


def _parts(step, made, run):
    if step.output == "positions.gpkg":
        dataset = gdal.OpenEx(str(made), gdal.OF_VECTOR)
        for feature in dataset.GetLayer(0):
            yield json.dumps(feature.items(), sort_keys=True).encode() + bytes(feature.GetGeometryRef().ExportToWkb())
    elif step.output == "dataset":
        about = json.loads((made / "dataset.json").read_text(encoding="utf-8"))
        about.pop("provenance")
        for source in about["sources"]:
            source.pop("rasters")
        yield json.dumps(about, sort_keys=True).encode()
        for path in sorted(made.glob("*/*")):
            yield path.name.encode() + path.read_bytes()
    elif step.output == "model":
        yield (made / "history.csv").read_bytes()
        json.loads((made / "model.json").read_text(encoding="utf-8"))
        (made / "saved_model.pb").read_bytes()
        with zipfile.ZipFile(made / "model.keras") as archive:
            yield archive.read("model.weights.h5")
    elif step.output == "map.tif":
        yield gdal.Open(str(made)).ReadAsArray().tobytes()
        yield made.read_bytes()
    else:
        if not made.read_text(encoding="utf-8").rstrip().endswith("</html>"):
            raise ValueError(f"{made} has no end")
        yield json.dumps(run.results(), sort_keys=True).encode()


def copy(source, target):
    """Copy a file or a folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def size(folder):
    """Bytes that all files in a folder take on a disk."""
    return sum(ceil_div(path.stat().st_size, BLOCK) * BLOCK for path in folder.rglob("*") if path.is_file())


def versions():
    """What the table tells of the machine and its programs."""
    found = subprocess.run(
        [PYTHON, "-c", "import tensorflow as tf, keras; print(tf.__version__, keras.__version__)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return {
        "Python": sys.version.split()[0],
        "TensorFlow": found[0],
        "Keras": found[1],
        "GDAL": gdal.__version__,
        "numpy": np.__version__,
    }
