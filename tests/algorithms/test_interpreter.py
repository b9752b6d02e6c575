"""Which Python the worker runs in."""

import json
import os
import sys

import osgeo
import pytest
from geodl.algorithms import interpreter, settings
from geodl.geodl_plugin.environment import python_of
from geodl.geodl_plugin.errors import EnvironmentProblem
from qgis.core import QgsProcessingFeedback, QgsSettings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="fake interpreters are shell scripts")
PACKAGES = {
    "tensorflow": "2.21.0",
    "keras": "3.15.1",
    "numpy": "1.26.4",
    "osgeo": "3.6.2",
    "pystac": "1.15.2",
    "matplotlib": "3.11.2",
    "jinja2": "3.1.6",
}


def fake(path, packages=PACKAGES, gdal="/elsewhere/osgeo/__init__.py"):
    """A program that answers the probe; each answer adds a line to a file beside it."""
    facts = {
        "python_version": [3, 11, 2],
        "system": "Linux",
        "machine": "x86_64",
        "packages": packages,
        "osgeo": gdal,
        "site": "/elsewhere",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho asked >> '{path}.log'\necho '{json.dumps(facts)}'\n")
    path.chmod(0o755)
    return str(path)


class Feedback(QgsProcessingFeedback):
    """Remembers warnings."""

    def __init__(self):
        super().__init__(False)
        self.warnings = []

    def pushWarning(self, text):
        self.warnings.append(text)


@pytest.fixture
def feedback():
    return Feedback()


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The four places, in their order; nothing is there yet."""
    monkeypatch.setattr(interpreter, "own_folder", lambda: tmp_path / "made")
    monkeypatch.setattr(interpreter, "own_python", lambda: str(tmp_path / "own" / "python"))
    monkeypatch.setattr(interpreter, "_usable", {})
    monkeypatch.setenv(interpreter.VARIABLE, str(tmp_path / "variable" / "python"))
    settings = QgsSettings()
    settings.setValue(interpreter.SETTING, str(tmp_path / "setting" / "python"))
    yield {
        "variable": tmp_path / "variable" / "python",
        "setting": tmp_path / "setting" / "python",
        "made": python_of(tmp_path / "made"),
        "own": tmp_path / "own" / "python",
    }
    settings.remove(interpreter.SETTING)


@pytest.mark.parametrize(("first", "warnings"), [("variable", 0), ("setting", 1), ("made", 2), ("own", 2)], ids=str)
def test_the_first_that_works_is_taken(places, feedback, first, warnings):
    names = list(places)
    for name in names[names.index(first) :]:
        fake(places[name])
    assert interpreter.find_interpreter(feedback) == str(places[first])
    assert len(feedback.warnings) == warnings


def test_a_named_one_that_does_not_work_is_warned_about(places, feedback):
    fake(places["variable"], {name: version for name, version in PACKAGES.items() if name != "keras"})
    fake(places["setting"])
    assert interpreter.find_interpreter(feedback) == str(places["setting"])
    assert feedback.warnings == [
        f"The Python {places['variable']}, named by the variable GEODL_PYTHON, cannot be used: it has no keras."
    ]


def test_if_none_works_all_are_named_with_what_to_do(places, feedback):
    fake(places["own"], {"numpy": "1.24.2", "osgeo": "3.6.2"})
    with pytest.raises(EnvironmentProblem) as problem:
        interpreter.find_interpreter(feedback)
    text = str(problem.value)
    for path in places.values():
        assert str(path) in text
    assert "it has no tensorflow, keras, pystac, matplotlib, jinja2" in text
    assert "geodl:setupenvironment" in text


def test_the_options_name_one_too(places, feedback, monkeypatch, tmp_path):
    monkeypatch.delenv(interpreter.VARIABLE)
    expected = fake(tmp_path / "options" / "python")
    fake(places["setting"])
    key = f"Processing/Configuration/{settings.INTERPRETER}"
    QgsSettings().setValue(key, expected)
    try:
        assert interpreter.find_interpreter(feedback) == expected
    finally:
        QgsSettings().remove(key)
    assert interpreter.find_interpreter(feedback) == str(places["setting"])


@pytest.mark.parametrize(("value", "expected"), [("2500", 2500), ("-3", 1), ("many", 1000)])
def test_memory_for_maps_is_an_option(monkeypatch, value, expected):
    key = f"Processing/Configuration/{settings.MEMORY}"
    monkeypatch.setattr(settings, "MAP_MEMORY", 1000)
    QgsSettings().setValue(key, value)
    try:
        assert settings.map_memory() == expected
    finally:
        QgsSettings().remove(key)


def test_an_unset_variable_and_setting_are_not_tried(places, feedback, monkeypatch):
    monkeypatch.delenv(interpreter.VARIABLE)
    QgsSettings().remove(interpreter.SETTING)
    with pytest.raises(EnvironmentProblem) as problem:
        interpreter.find_interpreter(feedback)
    assert "the variable" not in str(problem.value)
    assert feedback.warnings == []


def test_the_folder_of_an_environment_is_understood(places, feedback, monkeypatch, tmp_path):
    expected = fake(python_of(tmp_path / "conda"))
    monkeypatch.setenv(interpreter.VARIABLE, str(tmp_path / "conda"))
    assert interpreter.find_interpreter(feedback) == expected


def test_the_name_of_a_program_is_understood(places, feedback, monkeypatch, tmp_path):
    expected = fake(tmp_path / "bin" / "python-of-mine")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.setenv(interpreter.VARIABLE, "python-of-mine")
    assert interpreter.find_interpreter(feedback) == expected


def test_an_interpreter_is_asked_once_until_it_changes(places, feedback):
    path = fake(places["variable"])
    for _ in range(3):
        interpreter.find_interpreter(feedback)
    log = places["variable"].with_name("python.log")
    assert log.read_text() == "asked\n"
    os.utime(path, (1, 1))
    interpreter.find_interpreter(feedback)
    assert log.read_text() == "asked\nasked\n"


def test_what_does_not_work_is_asked_again(places, feedback):
    with pytest.raises(EnvironmentProblem):
        interpreter.find_interpreter(feedback)
    fake(places["made"])
    assert interpreter.find_interpreter(feedback) == str(places["made"])


@pytest.mark.parametrize(("gdal", "kept"), [("/elsewhere/osgeo/__init__.py", False), (osgeo.__file__, True)])
def test_variables_of_gdal_are_for_those_who_share_it(places, monkeypatch, gdal, kept):
    monkeypatch.setenv("PROJ_LIB", "QGIS's")
    monkeypatch.setenv("PYTHONHOME", "QGIS's")
    found = interpreter.clean_environment(fake(places["variable"], gdal=gdal))
    assert ("PROJ_LIB" in found) is kept
    assert "PYTHONHOME" not in found


def test_the_folder_of_an_environment_by_conda_on_windows_is_understood(places, feedback, monkeypatch, tmp_path):
    expected = fake(tmp_path / "conda" / "python.exe")
    monkeypatch.setenv(interpreter.VARIABLE, str(tmp_path / "conda"))
    assert interpreter.find_interpreter(feedback) == expected


def test_qgis_own_python_is_found_without_sys_executable(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/usr/bin/qgis")
    found = interpreter.probe(interpreter.own_python())
    assert found.python_version == sys.version_info[:3]


@pytest.mark.parametrize(
    ("platform", "program"),
    [("win32", "prefix/python.exe"), ("darwin", "MacOS/bin/python3"), ("linux", "prefix/bin/python3")],
)
def test_qgis_own_python_is_found_on_each_platform(tmp_path, monkeypatch, platform, program):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "MacOS" / "QGIS"))
    for name in ("exec_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path / "prefix"))
    fake(tmp_path / program)
    assert interpreter.own_python() == str(tmp_path / program)
