"""Environment variables for programs that are not QGIS.

QGIS's launchers set variables for the Python inside QGIS; another interpreter breaks on them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .probing import Probe

# PYTHONEXECUTABLE, which OSGeo4W sets, makes a venv's interpreter forget that it is in a venv.
_PYTHON = ("PYTHONHOME", "PYTHONPATH", "PYTHONEXECUTABLE", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
_LIBRARIES = ("GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA", "LD_LIBRARY_PATH")
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


def for_python(*, own_gdal: bool) -> dict[str, str]:
    """For another interpreter.

    Args:
        own_gdal: it loads the same GDAL as QGIS, which then also needs the same GDAL variables.
    """
    dropped = _PYTHON if own_gdal else _PYTHON + _LIBRARIES
    return {name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("PIP_")}


def for_worker(found: Probe, gdal_of_qgis: str) -> dict[str, str]:
    """For the worker.

    Args:
        found: its interpreter.
        gdal_of_qgis: file of the module ``osgeo`` in QGIS; empty: there is no QGIS.
    """
    return for_python(own_gdal=bool(found.osgeo) and found.osgeo == gdal_of_qgis)


def for_pip(temporary: Path, proxy: str) -> dict[str, str]:
    """For pip, whose own settings (index, certificates, proxy) stay as the user has them.

    Args:
        temporary: where pip downloads to: the usual place is often too small for TensorFlow.
        proxy: URL with user and password, empty for the system's own.
    """
    variables = {
        **{name: value for name, value in os.environ.items() if name not in (*_PYTHON, *_DISTURB_PIP)},
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
