"""Jobs as JSON."""

import dataclasses
import importlib
import inspect
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from osgeo import ogr

from geodl_plugin.errors import InputError
from geodl_plugin.jobs import JOBS, from_json
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.check_environment import CheckEnvironment
from geodl_plugin.jobs.class_statistics import ClassStatistics
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.jobs.map_sheet import MapSheet
from geodl_plugin.jobs.merge_datasets import MergeDatasets
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.jobs.sample_map import SampleMap
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.suggest_positions import SuggestPositions
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.jobs.try_environment import TryEnvironment
from geodl_plugin.runtime import files
from geodl_plugin.runtime.json_values import strict_json

EXAMPLES = [
    SampleVector(["a b.tif", "影像.tif"], "ö.gpkg", "out.gpkg", count=5, valid_fraction=0.25),
    ClassStatistics("a.tif", "p.gpkg", report="r.html", class_colors=["Wald=#228833"]),
    SampleLabelRaster(["a.tif"], "l.tif", "out.gpkg", source3=["b.tif"], split_buffer=90),
    SampleGrid(["a.tif"], "out.gpkg", step=5, mask_raster="m.tif"),
    SampleMap("map.tif", "out.gpkg", standard_error=0.02, extent=[0, 1, 2, 3]),
    SuggestPositions("map.tif", "c.tif", "out.gpkg", labels="l.gpkg", shape="points"),
    ExportTFRecords(["a.tif"], "p.gpkg", "out", labels_vector='with "quotes"', class_field="class"),
    MergeDatasets(["a", "b"], "both", split="by scene", test_scenes=["b"]),
    TrainModel("data", "model", augment=[], crops=[16], further_datasets=["more"], weighting="equally"),
    InspectModel("model", "r.html", input_size=128, output_name="predictions_crop16"),
    ApplyModel("model", ["a.tif"], "map.tif", confidence="c.tif", rfield=64),
    MapSheet("model", ["a.tif"], "map.tif", window=[0, 64, 32, 32], sizes=[64, 32, 16, 0], fingerprint=["mask=0"]),
    EvaluateMap("map.tif", "r.gpkg", "class"),
    CheckEnvironment("python", report="d.html", gdal_of_qgis="g", qgis="3.40"),
    TryEnvironment("journal"),
]
NEEDED = {"model": "m", "source1": ["a.tif"], "output": "map.tif"}


def job_class(name):
    """The class of a job."""
    module, cls = JOBS[name].split(".")
    return getattr(importlib.import_module(f"geodl_plugin.jobs.{module}"), cls)


def fields_of(name):
    """The names of a job's parameters."""
    return {field.name for field in dataclasses.fields(job_class(name))}


def test_the_names_of_jobs_are_kept():
    """They stand in job files.  Setting up the environment is no job for the worker, which runs in that environment."""
    assert set(JOBS) == {
        *("classstatistics", "samplevector", "samplelabelraster", "samplegrid", "suggestpositions"),
        *("extractpatches", "exporttfrecords", "patchestotfrecords", "mergedatasets", "inspectdataset"),
        *("trainmodel", "inspectmodel", "applymodel", "applymodeltoimages", "mapsheet"),
        *("evaluatemodel", "samplemap", "evaluatemap"),
        *("checkenvironment", "tryenvironment"),
    }


@pytest.mark.parametrize("job", EXAMPLES, ids=lambda job: job.NAME)
def test_a_job_comes_back_from_json(job):
    assert from_json(job.to_json()) == job


@pytest.mark.parametrize("job", EXAMPLES, ids=lambda job: job.NAME)
def test_a_job_is_one_line(job):
    assert "\n" not in job.to_json()


@pytest.mark.parametrize("job", EXAMPLES, ids=lambda job: job.NAME)
def test_a_job_has_the_name_under_which_it_is_found(job):
    module, cls = JOBS[job.NAME].split(".")
    assert getattr(importlib.import_module(f"geodl_plugin.jobs.{module}"), cls) is type(job)


@pytest.mark.parametrize("job", EXAMPLES, ids=lambda job: job.NAME)
def test_each_parameter_is_documented(job):
    documentation = "\n".join(inspect.getdoc(cls) for cls in type(job).__mro__)
    for field in dataclasses.fields(job):
        assert f"\n    {field.name}: " in documentation


def test_parameters_that_are_not_given_have_their_default():
    assert from_json(json.dumps({"job": "applymodel", "parameters": NEEDED})) == ApplyModel("m", ["a.tif"], "map.tif")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "nothing",
        "null",
        "[]",
        "1",
        '"applymodel"',
        "{}",
        '{"job": "applymodel"}',
        '{"job": "nosuchjob", "parameters": {}}',
        '{"job": ["applymodel"], "parameters": {}}',
        '{"job": null, "parameters": {}}',
    ],
)
def test_text_that_is_no_job_is_refused(text):
    with pytest.raises(InputError, match="not a GeoDL job"):
        from_json(text)


@pytest.mark.parametrize("parameters", [5, None, [], "text", [["model"]]])
def test_parameters_that_are_no_object_are_refused(parameters):
    with pytest.raises(InputError):
        from_json(json.dumps({"job": "applymodel", "parameters": parameters}))


def test_unknown_parameters_are_named():
    with pytest.raises(InputError, match="unknown: eField, outptu; missing: none"):
        from_json(json.dumps({"job": "applymodel", "parameters": {**NEEDED, "outptu": "x", "eField": 1}}))


def test_missing_parameters_are_named():
    with pytest.raises(InputError, match="unknown: none; missing: output, source1"):
        from_json(json.dumps({"job": "applymodel", "parameters": {"model": "m"}}))


@pytest.mark.parametrize(
    ("job", "wrong", "message"),
    [
        ("applymodel", {**NEEDED, "source1": "a.tif"}, "source1"),
        ("applymodel", {**NEEDED, "efield": "large"}, "efield"),
        ("trainmodel", {"dataset": "d", "output": "o", "epochs": None}, "epochs"),
        ("applymodel", {**NEEDED, "output_type": "classess"}, "classess"),
        ("samplevector", {"source1": ["a"], "input": "i", "output": "o", "strategy": "balansed"}, "balansed"),
        ("samplevector", {"source1": ["a"], "input": "i", "output": "o", "split": "random blocks"}, "random blocks"),
        ("exporttfrecords", {"source1": ["a"], "positions": "p", "output": "o", "label_mode": "polygon"}, "polygon"),
        ("trainmodel", {"dataset": "d", "output": "o", "class_weights": "balansed"}, "balansed"),
        ("trainmodel", {"dataset": "d", "output": "o", "architecture": "u-net"}, "u-net"),
        ("trainmodel", {"dataset": "d", "output": "o", "augment": ["flips"]}, "flips"),
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_is_refused_before_the_work(job, wrong, message, reporter, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=message):
        from_json(json.dumps({"job": job, "parameters": wrong})).run(reporter)
    assert list(tmp_path.iterdir()) == []


TRAIN = {"dataset": "d", "output": "o"}


@pytest.mark.parametrize(
    ("job", "parameters"),
    [
        ("trainmodel", {**TRAIN, "crops": ["16"]}),
        ("trainmodel", {**TRAIN, "crops": [16.0]}),
        ("trainmodel", {**TRAIN, "crops": [True]}),
        ("trainmodel", {**TRAIN, "crops": [[16]]}),
        ("trainmodel", {**TRAIN, "epochs": True}),
        ("trainmodel", {**TRAIN, "epochs": 1e400}),
        ("trainmodel", {**TRAIN, "epochs": 10**30}),
        ("trainmodel", {**TRAIN, "learning_rate": float("nan")}),
        ("trainmodel", {**TRAIN, "learning_rate": 10**400}),
        ("trainmodel", {**TRAIN, "learning_rate": False}),
        ("trainmodel", {**TRAIN, "resume": 1}),
        ("trainmodel", {**TRAIN, "augment": [5]}),
        ("trainmodel", {**TRAIN, "output": "a\0b"}),
        ("trainmodel", {**TRAIN, "output": "\ud800"}),
        ("applymodel", {**NEEDED, "extent": ["0", "1", "2", "3"]}),
        ("applymodel", {**NEEDED, "extent": [0, 1, 2, float("nan")]}),
        ("applymodel", {**NEEDED, "extent": [0, 1, 2, float("inf")]}),
        ("applymodel", {**NEEDED, "source1": ["a.tif", None]}),
        ("applymodel", {**NEEDED, "source1": [["a.tif"]]}),
    ],
    ids=lambda value: str(value)[:60],
)
def test_each_value_has_the_type_of_its_field(job, parameters):
    with pytest.raises(InputError, match=r"Invalid parameter \w+ of the job \w+\. Expected: a value of type "):
        from_json(json.dumps({"job": job, "parameters": parameters}))


def test_whole_numbers_are_numbers():
    job = from_json(json.dumps({"job": "applymodel", "parameters": {**NEEDED, "extent": [0, 1.5, 2, 3]}}))
    assert job.extent == [0, 1.5, 2, 3]


def test_text_that_is_nested_too_deep_is_refused():
    with pytest.raises(InputError, match="not a GeoDL job"):
        from_json("[" * 100_000)


@pytest.mark.parametrize("seed", [-1, 2**32])
@pytest.mark.parametrize("name", [name for name in JOBS if "seed" in fields_of(name)])
def test_a_seed_that_chance_cannot_take_is_refused(name, seed, reporter, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cls = job_class(name)
    needed = [field for field in dataclasses.fields(cls) if field.default is field.default_factory]
    job = cls(*(["a"] if field.type.startswith("list") else "a" for field in needed), seed=seed)
    expected = "0 or more" if seed < 0 else "0 to 4294967295"
    with pytest.raises(InputError, match=f"Invalid seed. Expected: {expected}. Received: {seed}"):
        job.run(reporter)


@pytest.mark.parametrize("name", [name for name in JOBS if "output" in fields_of(name)])
def test_an_output_without_a_name_is_refused(name, reporter, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cls = job_class(name)
    needed = [field for field in dataclasses.fields(cls) if field.default is field.default_factory]
    given = {field.name: ["a"] if field.type.startswith("list") else "a" for field in needed}
    with pytest.raises(InputError, match="The output is missing"):
        cls(**{**given, "output": ""}).run(reporter)
    assert not list(tmp_path.iterdir())


def test_numbers_that_are_none_are_null_in_json():
    found = {"a": float("nan"), "b": [1.5, float("-inf")], "c": {"d": (np.float64("nan"), 2)}, "e": "NaN"}
    assert json.loads(strict_json(found), parse_constant=pytest.fail) == {
        "a": None,
        "b": [1.5, None],
        "c": {"d": [None, 2]},
        "e": "NaN",
    }


def test_outputs_that_are_not_wanted_are_not_listed():
    assert [path.name for path in ApplyModel("m", ["a.tif"], "map.tif").outputs()] == ["map.tif"]


def test_all_outputs_are_listed():
    outputs = ApplyModel("m", ["a.tif"], "map.tif", confidence="c.tif").outputs()
    assert [path.name for path in outputs] == ["map.tif", "c.tif"]


def test_a_job_claims_its_outputs_before_it_begins(scene, tmp_path, reporter):
    """The error comes before the work: the source is not even looked for."""
    job = SampleGrid(["nothing.tif"], str(tmp_path / "p.gpkg"))
    with ThreadPoolExecutor() as pool, files.unfinished(tmp_path / "p.gpkg") as part:
        part.touch()
        with pytest.raises(InputError, match=r"Another run is writing .*p\.gpkg"):
            pool.submit(job.run, reporter).result()
        assert part.exists()


def test_two_jobs_to_one_output_give_one_result(scene, tmp_path, reporter):
    def run(patch_size):
        job = SampleGrid([scene["image"]], str(tmp_path / "p.gpkg"), patch_size=patch_size, strategy="all")
        try:
            return job.run(reporter)["counts"]["train"]
        except InputError as error:
            return str(error)

    with ThreadPoolExecutor() as pool:
        found = list(pool.map(run, [16, 20] * 4))
    counts = [one for one in found if isinstance(one, int)]
    assert counts and all("Another run is writing" in one for one in found if one not in counts)
    assert ogr.Open(str(tmp_path / "p.gpkg")).GetLayer(0).GetFeatureCount() in counts
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_process_that_does_not_write_claims_nothing(tmp_path, reporter, monkeypatch):
    monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": {"worker": ["a:1", "b:1"]}, "task": {"index": 1}}))
    job = TrainModel(str(tmp_path / "no dataset"), str(tmp_path / "model"))
    with files.claimed([(tmp_path / "model", "model.json")]), ThreadPoolExecutor() as pool:
        refused = pool.submit(job.run, reporter).exception()
    assert "no dataset" in str(refused) and "Another run" not in str(refused)
