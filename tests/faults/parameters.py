"""Parameters of every job at and beyond their limits: a result, or one error of ours, and nothing half-written."""

import dataclasses
import importlib
import json
import math
import shutil
import time
import traceback
import warnings

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from geodl_plugin import jobs, options
from geodl_plugin.errors import GeodlError
from geodl_plugin.runtime.reporter import ConsoleReporter

from .checks import LONGEST
from .scenarios import STEPS

_SLOWEST = 300.0  # seconds; these jobs take less than ten, and the machine may be busy
_WHOLE = (
    -(2**63),
    -(2**31),
    -16,
    -1,
    0,
    1,
    2,
    3,
    15,
    16,
    17,
    31,
    64,
    157,
    203,
    204,
    10**6,
    2**31,
    2**32,
    2**63,
    10**30,
)
_REAL = (-math.inf, -1e30, -1.0, -1e-9, 0.0, 1e-9, 0.2, 0.5, 0.8, 1.0, 1.0000001, 2.0, 1e9, 1e300, math.inf, math.nan)
_TEXT = ("", " ", "class", "no such", "a/b", "ünd 影像", "nan", "1e400", "-1", "0", "x" * 300, "\x00", "a\nb", "%s{}")
_FILES = ("in/image.tif", "in/polygons.gpkg", "in/positions.gpkg", "in/dataset", "in/model", "in/model/model.keras")
_OTHER_FILES = (
    "",
    "in",
    "in/nothing.tif",
    "in/dataset/train/0.records",
    "in/empty",
    "\x00",
    "in/image.tif/x",
    "in/" + "n" * 300,
)
_OUTPUTS = ("", "out", "out/deep/er/result", "in/image.tif/x", "out/result.xyz", "out/" + "n" * 300, "out/\x00")
# What would take hours, or more memory than there is, is kept small; it is no fault to be asked for much.
_POOLS = {
    "epochs": (-1, 0, 1, 2),
    "batch_size": (-(2**63), -1, 0, 1, 2, 16, 10**6),
    "width": (-1, 0, 1, 2, 8),
    "depth": (-1, 0, 1, 2, 3, 20),
    "backbone": ("", "no such"),
    "backbone_weights": ("", "no such", "none"),
    "creation_options": ("", "COMPRESS=ZSTD", "COMPRESS=no such", "=", "TILED", "NBITS=1", "COMPRESS=JPEG", "A=B|C"),
    "user_inputs": ([], [""], ["a"], ["a=1"], ["=1"], ["a=nan", "a=2"]),
    "extent": ([], [0.0], [math.nan] * 4, [500300.0, 501000.0, 3999000.0, 3999600.0], [1e300, -1e300, 0.0, 0.0]),
    "crops": ([], [16], [0], [-1], [16, 16], [10**9], [2**63]),
    "output_names": ([], ["no such"], ["classes"], [""]),
    "names": ([], ["xs"], ["xs", "xs"], ["labels"], [""], ["1 2"], ["ünd"]),
    "augment": ([], ["automatic"], ["no such"], list(options.AUGMENTATIONS)),
    "class_weight_values": ("", "field=2", "field=2, forest=-1, water=nan", "field", "=,=", "no such=1"),
}
_CHOICES = {
    "strategy": (*options.STRATEGIES, *options.GRID_STRATEGIES),
    "split": (*options.SPLIT_WAYS, *options.EVALUATED_SPLITS, *options.SCENE_SPLITS),
    "weighting": options.SCENE_WEIGHTINGS,
    "label_mode": options.LABEL_MODES,
    "compression": options.COMPRESSIONS,
    "architecture": ("unet", "fcnn", "patchcnn", "custom"),
    "loss": options.LOSSES,
    "class_weights": options.CLASS_WEIGHTS,
    "precision": (*options.PRECISIONS, *options.MAP_PRECISIONS),
    "device": options.DEVICES,
    "output_type": options.OUTPUT_TYPES,
    "mode": options.MODES,
    "edges": options.EDGES,
}
_MADE = ("output", "report", "confidence", "confusion", "matrix")
_IMAGE = {"source1": ["in/image.tif"]}
BASES = {
    **{STEPS[name].job: STEPS[name].parameters for name in ("sample", "export", "train", "apply", "evaluate")},
    "mapsheet": {**STEPS["apply"].parameters, "window": [64, 32, 64, 64]},
    "mergedatasets": {"datasets": ["in/dataset"], "output": "out/dataset"},
    "inspectdataset": STEPS["inspect the dataset"].parameters,
    "inspectmodel": {"model": "in/model", "report": "out/report.html"},
    "classstatistics": {"source": "in/image.tif", "input": "in/polygons.gpkg", "class_field": "class"},
    "samplelabelraster": {**_IMAGE, "input": "in/map.tif", "patch_size": 16, "count": 50, "output": "out/points.gpkg"},
    "samplegrid": {**_IMAGE, "patch_size": 16, "output": "out/points.gpkg"},
    "extractpatches": {**_IMAGE, "positions": "in/positions.gpkg", "patch_size": 16, "output": "out/patches.tif"},
    "patchestotfrecords": {"source1": ["in/patches.tif"], "labels": ["in/labels.tif"], "output": "out/dataset"},
    "evaluatemap": {"map": "in/map.tif", "reference": "in/polygons.gpkg", "class_field": "class"},
    "checkenvironment": {},
    "tryenvironment": {},
}


class Quiet(ConsoleReporter):
    """Says nothing."""

    def info(self, message):
        pass

    def warning(self, message):
        pass

    def show(self, fraction, message, remaining):
        pass


def of_job(name):
    """Sets of parameters: those of a good run, of which up to three are others."""
    module, cls = jobs.JOBS[name].split(".")
    fields = dataclasses.fields(getattr(importlib.import_module(f"geodl_plugin.jobs.{module}"), cls))
    one = st.sampled_from(fields).flatmap(lambda field: st.tuples(st.just(field.name), _values(field)))
    others = st.lists(one, max_size=3, unique_by=lambda pair: pair[0]).map(dict) if fields else st.just({})
    return others.map(lambda changed: ({**BASES[name], **changed}, changed))


def _values(field):
    if field.name in _POOLS:
        return st.sampled_from(_POOLS[field.name])
    if field.name in _CHOICES:
        return st.sampled_from((*_CHOICES[field.name], "", "no such"))
    if field.name in _MADE:
        return st.sampled_from(_OUTPUTS)
    files = st.sampled_from((*_FILES, *_OTHER_FILES))
    whole = st.sampled_from(_WHOLE) | st.integers(-20, 300)
    real = st.sampled_from(_REAL) | st.floats(-2, 2)
    by_kind = {
        "bool": st.booleans(),
        "int": whole,
        "float": real,
        "str": st.sampled_from(_TEXT),
        "InputPath": files,
        "OutputPath": st.sampled_from(_TEXT),
        "list[str]": st.lists(st.sampled_from(_TEXT), max_size=3),
        "list[InputPath]": st.lists(files, max_size=3),
        "list[int]": st.lists(whole, max_size=3),
        "list[float]": st.lists(real, max_size=5),
    }
    wrong = st.sampled_from((None, "text", 1, 1.5, True, [], ["text"], {}, [[]], [None]))
    return st.one_of(*[by_kind[field.type]] * 9, wrong)


def try_job(world, name, examples, chance):
    """Run a job with so many sets of parameters.

    Returns:
        How many were tried, how many gave a result, and what went wrong, once a place.
    """
    folder = world.folder / "parameters"
    prepare(world, folder)
    counts, failures = {"tried": 0, "results": 0}, {}

    @seed(chance)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(of_job(name))
    def attempt(pair):
        parameters, changed = pair
        fault = _fault_of(folder, name, parameters, counts)
        shutil.rmtree(folder / "out")
        (folder / "out").mkdir()
        if fault:
            failures.setdefault(fault, f"{fault}: {json.dumps(changed)[:300]}")

    attempt()
    shutil.rmtree(folder)
    return counts["tried"], counts["results"], list(failures.values())


def prepare(world, folder):
    """Copies of the inputs that jobs may spoil, and what only some jobs read."""
    from geodl_plugin.jobs.extract_patches import ExtractPatches

    shutil.copytree(world.inputs, folder / "in")
    (folder / "out").mkdir()
    (folder / "in" / "empty").write_bytes(b"")
    image, points = str(folder / "in/image.tif"), str(folder / "in/positions.gpkg")
    patches, labels = (str(folder / "in" / f"{name}.tif") for name in ("patches", "labels"))
    ExtractPatches([image], points, patches, 16, class_field="class", labels=labels).run(Quiet())


def _fault_of(folder, name, parameters, counts):
    """What is wrong with how a job takes its parameters; empty: nothing."""
    counts["tried"] += 1
    before = _listing(folder / "in")
    started = time.monotonic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            job = jobs.from_json(json.dumps({"job": name, "parameters": _placed(folder, parameters)}))
            results = job.run(Quiet())
        json.dumps(results, allow_nan=False)
        counts["results"] += 1
    except GeodlError as error:
        if len(str(error)) > LONGEST + 2 * len(str(folder)):
            return f"no readable error: it has {len(str(error))} characters: {str(error)[:100]}"
        left = [path for path in _listing(folder / "out") if not path.is_dir()]
        if left:
            return f"left over: {', '.join(path.name for path in left)}"
    except BaseException as error:  # whatever it is, it is none of ours
        ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "geodl_plugin" in frame.filename]
        place = f"{ours[-1].filename.rpartition('geodl_plugin/')[2]}:{ours[-1].lineno}" if ours else "?"
        return f"traceback: {type(error).__name__} at {place}: {str(error)[:150]}"
    hidden = [path.name for path in _listing(folder / "out") if path.name.startswith(".")]
    if _listing(folder / "in") != before:
        hidden.append("among the inputs")
    seconds = time.monotonic() - started
    return f"left over: {', '.join(hidden)}" if hidden else f"hang: {seconds:.0f} s" if seconds > _SLOWEST else ""


def _placed(folder, value):
    """Parameters whose paths begin with the folder."""
    if isinstance(value, dict):
        return {name: _placed(folder, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_placed(folder, one) for one in value]
    if isinstance(value, str) and (value in ("in", "out") or value.startswith(("in/", "out/"))):
        return str(folder / value)
    return value


def _listing(folder):
    return sorted(path for path in folder.rglob("*") if not path.name.endswith((".aux.xml", "-wal", "-shm")))
