"""Finds the Python that the worker runs in."""

import importlib.util
import os
import shutil
from pathlib import Path

import osgeo
from qgis.core import QgsSettings

from ..geodl_plugin.environment import probe, python_of, usual_folder
from ..geodl_plugin.environment.folder import STAMP
from ..geodl_plugin.environment.variables import for_worker
from ..geodl_plugin.errors import EnvironmentProblem
from ..geodl_plugin.systems.folders import own_pythons
from .settings import chosen_interpreter
from .translation import tr

VARIABLE = "GEODL_PYTHON"
SETTING = "geodl/python"

_usable = {}  # (path, time of change): probe


def find_interpreter(feedback):
    """The first interpreter that can run our jobs: named by the user, made by us, or QGIS's own.

    Args:
        feedback: is warned if an interpreter that the user named cannot be used.

    Raises:
        EnvironmentProblem: there is none.
    """
    failures = []
    for origin, path, named in _candidates():
        found = _probed(path)
        if found.usable:
            return path
        text = tr("{path} ({origin}): {problem}")
        failures.append(text.format(path=path, origin=origin, problem=found.problem))
        if named:
            text = tr("The Python {path}, named by {origin}, cannot be used: {problem}.")
            feedback.pushWarning(text.format(path=path, origin=origin, problem=found.problem))
    raise EnvironmentProblem(
        tr("No Python with TensorFlow was found."),
        received="; ".join(failures),
        remedy=tr("Run the algorithm Set up the environment (geodl:setupenvironment) once."),
    )


def is_set_up():
    """Whether there may be an interpreter that can run our jobs, as far as files tell: nothing is started."""
    if any(found.usable for found in _usable.values()):
        return True
    if os.environ.get(VARIABLE) or chosen_interpreter() or QgsSettings().value(SETTING, "", str):
        return True  # if it cannot be used, it is the user's choice that has to be changed
    made = (own_folder() / STAMP).is_file() and python_of(own_folder()).is_file()
    return made or importlib.util.find_spec("tensorflow") is not None


def clean_environment(interpreter):
    """Environment variables for a worker in an interpreter."""
    return for_worker(_probed(interpreter), osgeo.__file__)


def own_folder():
    """The folder of the environment of this QGIS, unless the user chose another one."""
    return usual_folder(own_python())


def own_python():
    """QGIS's own interpreter."""
    places = own_pythons()
    return str(next((path for path in places if path.is_file()), places[0]))


def _candidates():
    """Origin, path, and whether the user named it."""
    variable, setting = os.environ.get(VARIABLE), QgsSettings().value(SETTING, "", str)
    if variable:
        yield tr("the variable {variable}").format(variable=VARIABLE), _interpreter(variable), True
    if chosen_interpreter():
        yield tr("GeoDL's options"), _interpreter(chosen_interpreter()), True
    if setting:
        yield tr("the setting {setting}").format(setting=SETTING), _interpreter(setting), True
    yield tr("GeoDL's own environment"), str(python_of(own_folder())), False
    yield tr("QGIS's own Python"), own_python(), False


def _interpreter(text):
    """The interpreter that a user means: a program, by path or name, or the folder of an environment."""
    path = Path(text).expanduser()
    if path.is_dir():
        places = [python_of(path), path / "python.exe"]  # the second is conda's place on Windows
        return str(next((place for place in places if place.is_file()), places[0]))
    return shutil.which(str(path)) or str(path)


def _probed(path):
    """The probe of an interpreter; that of a usable one is kept."""
    try:
        key = path, Path(path).stat().st_mtime_ns
    except OSError:
        key = path, None
    if key not in _usable:
        found = probe(path)
        if not found.usable:
            return found
        _usable[key] = found
    return _usable[key]
