"""The copies of layers that a run reads: they go with it, however it ends, and are closed by then."""

import gc
import os
import tempfile
from pathlib import Path

import pytest
from geodl.algorithms import base
from geodl.algorithms.sample_vector import SampleVector
from geodl.geodl_plugin.errors import InputError
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback


def open_below(folder):
    """The files in a folder that this process has open."""
    links = [f"/proc/self/fd/{one}" for one in os.listdir("/proc/self/fd")]
    return [os.readlink(one) for one in links if os.path.lexists(one) and os.readlink(one).startswith(f"{folder}/")]


@pytest.fixture
def discarded(plugin, tmp_path, monkeypatch):
    """What was open in the folders of copies when they were removed: one list for each folder."""
    found, discard = [], base.discard

    def look(folder):
        found.append(open_below(folder))
        discard(folder)

    monkeypatch.setattr(base, "discard", look)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield found
    assert list(tmp_path.glob("geodl_*")) == []


@pytest.fixture
def parameters(scene, tmp_path):
    """Of a good run."""
    return {
        "SOURCE1": [scene["image"]],
        "INPUT": scene["polygons"],
        "CLASS_FIELD": "class",
        "PATCH_SIZE": 16,
        "OUTPUT": str(tmp_path / "points.gpkg"),
    }


def sampling():
    return QgsApplication.processingRegistry().createAlgorithmById("geodl:samplevector")


def run(parameters, feedback=None):
    """Run in this thread; an error is raised."""
    return sampling().run(parameters, QgsProcessingContext(), feedback or QgsProcessingFeedback(), {}, False)


def test_of_a_run(discarded, parameters):
    assert run(parameters)[1]
    assert discarded == [[]]


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ([("POLYGON((1 1,2 1,2 2,1 2,1 1))", "field"), ("POLYGON((3 3,4 3,4 4,3 4,3 3))", "forest")], "do not overlap"),
        ([("POLYGON((500010 3999990,500900 3999990,500900 3999000,500010 3999990))", "field")], "has one class only"),
    ],
)
def test_of_a_run_with_wrong_features(discarded, parameters, make_vector, features, message):
    """What is said is what is wrong, not that a file cannot be removed."""
    with pytest.raises(QgsProcessingException, match=message):
        run({**parameters, "INPUT": make_vector(features, name="wrong.gpkg")})
    assert discarded == [[]]


def test_of_a_run_that_is_cancelled(discarded, parameters):
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        run(parameters, feedback)
    assert discarded == [[]]


def test_of_a_run_that_cannot_be_prepared(discarded, parameters, monkeypatch):
    def job(self, parameters, context):
        raise InputError("wrong")

    monkeypatch.setattr(SampleVector, "job", job)
    algorithm = SampleVector()
    algorithm.initAlgorithm()
    with pytest.raises(QgsProcessingException, match="wrong"):
        algorithm.prepareAlgorithm(parameters, QgsProcessingContext(), QgsProcessingFeedback())
    del algorithm
    gc.collect()
    assert discarded == [[]]


def test_of_a_run_that_never_began(discarded, parameters, tmp_path):
    algorithm = sampling()
    assert algorithm.prepare(parameters, QgsProcessingContext(), QgsProcessingFeedback())
    assert len(list(tmp_path.glob("geodl_*"))) == 1
    del algorithm
    gc.collect()
    assert discarded == [[]]


def test_what_cannot_be_removed_hides_no_error(plugin, parameters, tmp_path, make_vector, box, monkeypatch):
    from geodl.geodl_plugin.runtime import companions

    kept = Path(tempfile.mkdtemp(dir=tmp_path))
    monkeypatch.setattr(companions, "_PAUSE", 0)
    monkeypatch.setattr(companions, "removed", lambda path: False)
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    with pytest.raises(QgsProcessingException, match="has one class only"):
        run({**parameters, "INPUT": make_vector([(box(9, 9, 60, 60), "field")], name="single.gpkg")})
