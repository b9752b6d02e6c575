"""Which packages an environment gets."""

import re

import pytest

from geodl_plugin.environment import chosen_build, pins, requirements
from geodl_plugin.errors import EnvironmentProblem

PYTHONS = [(3, 9), (3, 10), (3, 11), (3, 12), (3, 13)]


@pytest.mark.parametrize("python", [(3, 10), (3, 11), (3, 12), (3, 13)])
@pytest.mark.parametrize(
    ("system", "machine", "kind", "package"),
    [
        ("Linux", "x86_64", "processor", "tensorflow-cpu"),
        ("Linux", "x86_64", "gpu", "tensorflow[and-cuda]"),
        ("Linux", "aarch64", "processor", "tensorflow"),
        ("Windows", "AMD64", "processor", "tensorflow"),
        ("Darwin", "arm64", "processor", "tensorflow"),
    ],
)
def test_everything_is_pinned(python, system, machine, kind, package):
    wanted = requirements(python, system, machine, kind, 2)
    assert wanted[0] == f"{package}==2.21.0"
    expected = ["keras", "pystac", "matplotlib", "jinja2", "tensorboard"]
    if system == "Windows":
        expected += ["h5py", "msvc-runtime"]
    assert [name.split("==")[0] for name in wanted[1:]] == expected
    assert all(re.fullmatch(r"[\w\[\]-]+==\d+(\.\d+)+", name) for name in wanted)


@pytest.mark.parametrize(("numpy_major", "expected"), [(0, []), (1, ["numpy==1.26.4"]), (2, [])])
def test_numpy_stays_what_qgis_was_built_for(numpy_major, expected):
    wanted = requirements((3, 11), "Linux", "x86_64", "processor", numpy_major)
    assert [name for name in wanted if name.startswith("numpy")] == expected


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("numpy_major", [1, 2])
def test_windows_gets_an_hdf5_that_qgis_has_and_the_runtime_of_tensorflow(python, numpy_major):
    wanted = requirements(python, "Windows", "AMD64", "processor", numpy_major)
    assert {"h5py==3.12.1", "msvc-runtime==14.42.34433"} < set(wanted)
    for system, machine in (("Linux", "x86_64"), ("Linux", "aarch64"), ("Darwin", "arm64")):
        others = requirements(python, system, machine, "processor", numpy_major)
        assert not [name for name in others if name.startswith(("h5py", "msvc"))]


def test_intel_macs_get_the_last_release_for_them():
    wanted = requirements((3, 12), "Darwin", "x86_64", "processor", 1)
    assert {"tensorflow==2.16.2", "tensorboard==2.16.2"} < set(wanted)


@pytest.mark.parametrize(
    ("python", "system", "machine", "kind", "message"),
    [
        ((3, 8), "Linux", "x86_64", "processor", r"Expected: Python 3\.9, .*3\.13\. Received: Python 3\.8\."),
        ((3, 14), "Linux", "x86_64", "processor", r"GEODL_PYTHON\. .*Received: Python 3\.14\."),
        ((3, 13), "Darwin", "x86_64", "processor", r"Expected: Python 3\.9, 3\.10, 3\.11, 3\.12\."),
        ((3, 12), "Linux", "i686", "processor", r"kind of computer.*Received: Linux \(i686\)"),
        ((3, 12), "FreeBSD", "amd64", "processor", r"kind of computer"),
        ((3, 12), "Windows", "AMD64", "gpu", r"no TensorFlow with CUDA.*'processor'"),
        ((3, 12), "Darwin", "arm64", "gpu", r"no TensorFlow with CUDA"),
    ],
)
def test_what_tensorflow_does_not_support_is_said(python, system, machine, kind, message):
    with pytest.raises(EnvironmentProblem, match=message):
        requirements(python, system, machine, kind, 1)


@pytest.mark.parametrize(
    ("asked", "system", "gpus", "expected"),
    [
        ("automatic", "Linux", ["A GPU, 8 GB"], "gpu"),
        ("automatic", "Linux", [], "processor"),
        ("automatic", "Windows", ["A GPU, 8 GB"], "processor"),
        ("processor", "Linux", ["A GPU, 8 GB"], "processor"),
        ("gpu", "Linux", [], "gpu"),
    ],
)
def test_the_automatic_build_follows_the_driver(monkeypatch, asked, system, gpus, expected):
    monkeypatch.setattr(pins, "nvidia_gpus", lambda: gpus)
    assert chosen_build(asked, system, "x86_64") == expected
