"""The operation that maps a raster, called as a function."""

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.map_raster import map_raster
from geodl_plugin.inference.request import MapRequest, MapResult
from geodl_plugin.jobs.apply_model import ApplyModel

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def request_of(untrained, session_scene, tmp_path):
    """A request to map the scene, with other parameters where they are given."""

    def make(**parameters):
        given = {"output": str(tmp_path / "map.tif"), **parameters}
        return MapRequest(model=str(untrained("fcnn")[0]), source1=[session_scene["image"]], **given)

    return make


def test_it_needs_no_reporter_and_says_what_it_made(request_of, tmp_path):
    confidence = str(tmp_path / "confidence.tif")
    found = map_raster(request_of(confidence=confidence, efield=32))
    classes = {"1": "field", "2": "forest", "3": "water"}
    assert found == MapResult(str(tmp_path / "map.tif"), confidence, rfield=64, efield=32, crop=16, classes=classes)
    assert sorted(path.name for path in tmp_path.glob("*.tif")) == ["confidence.tif", "map.tif"]


def test_the_job_gives_the_same_bytes_and_its_result_as_a_dictionary(request_of, tmp_path, reporter):
    request = request_of(efield=48)
    found = map_raster(request)
    job = ApplyModel(**{**dataclasses.asdict(request), "output": str(tmp_path / "other.tif")})
    assert job.run(reporter) == {**dataclasses.asdict(found), "output": job.output}
    assert Path(job.output).read_bytes() == Path(request.output).read_bytes()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"output_type": "map"}, r"Invalid output type\. Expected: one of classes"),
        ({"mode": "whole"}, "Invalid mode"),
        ({"edges": "mirror"}, "Invalid treatment of edges"),
        ({"precision": "float8"}, "Invalid precision"),
        ({"memory": 0}, r"Invalid memory\. Expected: 1 or more"),
        ({"nodata": "none"}, r"Invalid no-data value\. Expected: a number"),
        ({"extent": [1.0, 2.0]}, r"Invalid extent\. Expected: four numbers"),
        ({"scale": 1.5}, r"Invalid scale\. Expected: a whole number"),
        ({"creation_options": "COMPRES=LZW"}, "Invalid creation options"),
        ({"user_inputs": ["k"]}, "Invalid user input"),
        ({"output_nodata": "none"}, "Invalid no-data value of the map"),
        ({"output": ""}, "The output is missing"),
    ],
)
def test_invalid_parameters_are_named_and_leave_nothing(request_of, tmp_path, parameters, message):
    with pytest.raises(InputError, match=message):
        map_raster(request_of(**parameters))
    assert list(tmp_path.iterdir()) == []


def test_requests_can_be_made_without_tensorflow():
    program = "import geodl_plugin.inference.map_raster, sys; sys.exit(str({'tensorflow', 'keras'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip().splitlines()[-1] == "set()"
