"""Environment variables for programs that are not QGIS.

QGIS's launchers set variables for the Python inside QGIS; another interpreter breaks on them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..systems.folders import same_place
from ..systems.search_path import search_path

if TYPE_CHECKING:
    from .interpreter import Probe

# PYTHONEXECUTABLE, which OSGeo4W sets, makes a venv's interpreter forget that it is in a venv.
_PYTHON = ("PYTHONHOME", "PYTHONPATH", "PYTHONEXECUTABLE", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
# OSGEO4W_ROOT tells the sitecustomize of any OSGeo4W whose DLLs to load.
_LIBRARIES = ("GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA", "LD_LIBRARY_PATH", "OSGEO4W_ROOT")
_DISTURB_PIP = (
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_PYTHON",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_NO_DEPS",
    "PIP_IGNORE_INSTALLED",
    "PIP_DRY_RUN",
    "PIP_REPORT",
    "PIP_QUIET",
    "PIP_VERBOSE",
    "PIP_LOG",
    "PIP_PROGRESS_BAR",
)


def for_probe(interpreter: str) -> dict[str, str]:
    """For an interpreter that nothing is known of, to ask it what it has."""
    return _for_python(interpreter, own_gdal=False)


def for_worker(found: Probe, gdal_of_qgis: str) -> dict[str, str]:
    """For a worker, and for all that is to see what a worker sees.

    Args:
        found: the probe of its interpreter.
        gdal_of_qgis: file of the module osgeo in QGIS.  An interpreter that loads the same GDAL needs QGIS's variables
            for it; one that loads another must not have them.
    """
    own_gdal = same_place(found.osgeo, gdal_of_qgis)
    variables = {**_for_python(found.interpreter, own_gdal=own_gdal), **found.needs}
    root = "" if own_gdal else os.environ.get("OSGEO4W_ROOT", "")
    variables["PATH"] = search_path(variables.get("PATH", ""), found.base_prefix, foreign_root=root)
    return variables


def _for_python(interpreter: str, *, own_gdal: bool) -> dict[str, str]:
    dropped = _PYTHON if own_gdal else _PYTHON + _LIBRARIES
    variables = {
        name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("PIP_")
    }
    if _in_environment(interpreter):
        variables["PYTHONNOUSERSITE"] = "1"  # as pip had it when it installed what the environment lacked
    return variables


def _in_environment(interpreter: str) -> bool:
    """Whether an interpreter is that of a venv, which has packages of its own."""
    return (Path(interpreter).parent.parent / "pyvenv.cfg").is_file()


def for_pip(temporary: Path, proxy: str, needs: Mapping[str, str]) -> dict[str, str]:
    """For pip, whose own settings (index, certificates, proxy) stay as the user has them.

    Args:
        temporary: where pip downloads to: the usual place is often too small for TensorFlow.
        proxy: URL with user and password, empty for the system's own.
        needs: variables that the interpreter needs; see `Probe`.
    """
    variables = {
        **{name: value for name, value in os.environ.items() if name not in (*_PYTHON, *_DISTURB_PIP)},
        **needs,
        "PIP_USER": "0",  # also overrules a configuration file
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONNOUSERSITE": "1",  # what lies in the user's own folder may be gone tomorrow
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
    }
    if proxy:
        # The small letters win over the capitals.  A variable, since arguments are seen by all users of a machine.
        variables.update(http_proxy=proxy, https_proxy=proxy)
    return variables
