"""Which packages an environment gets, and why these versions.

What we import ourselves is pinned exactly: the pins of each Python version were installed and tried together.  What
those packages need in turn is left to pip.
"""

from __future__ import annotations

import subprocess

from ..errors import EnvironmentProblem
from ..language import tr
from ..systems import nvidia

BUILDS = ("automatic", "processor", "gpu")
PIP = "pip==25.3"  # from 24.2 on pip trusts the certificates that the system trusts

_NEWEST = {
    "tensorflow": "2.21.0",
    "keras": "3.15.1",
    "pystac": "1.15.2",
    "matplotlib": "3.11.2",
    "jinja2": "3.1.6",
    "tensorboard": "2.21.0",  # the logs of trainings; TensorFlow itself needs it no more from 2.21 on
}
_PINS = {
    (3, 9): {
        "tensorflow": "2.20.0",
        "keras": "3.10.0",
        "pystac": "1.10.1",
        "matplotlib": "3.9.4",
        "jinja2": "3.1.6",
        "tensorboard": "2.20.0",  # what TensorFlow 2.20 asks for
    },
    (3, 10): {**_NEWEST, "keras": "3.12.4", "matplotlib": "3.10.9"},  # the last of each for this Python
    (3, 11): _NEWEST,
    (3, 12): _NEWEST,
    (3, 13): _NEWEST,
    # 3.14: TensorFlow has had a release candidate only (2.22.0rc0).
}
_LAST_FOR_INTEL_MACS = "2.16.2"  # of TensorFlow and its TensorBoard; no wheels since, and none for Python 3.13
_LAST_NUMPY_1 = "1.26.4"
# Windows finds a library by its name, and the one that is loaded first serves all: QGIS's, unless we come before.
_ON_WINDOWS = {
    "h5py": "3.12.1",  # the last that QGIS's hdf5.dll will do for; newer ones need symbols of HDF5 1.14.4 or later
    # TensorFlow crashes with a msvcp140.dll before 14.40, and QGIS's is older; the newest with wheels for all Pythons.
    "msvc-runtime": "14.42.34433",
}
_MACHINES = {"Linux": ("x86_64", "aarch64"), "Windows": ("amd64",), "Darwin": ("arm64", "x86_64")}  # with wheels


def requirements(python_version: tuple[int, int], system: str, machine: str, build: str, numpy_major: int) -> list[str]:
    """What pip is asked for.

    Args:
        python_version: major and minor, of the interpreter that the environment is made from.
        system: as ``platform.system()`` says: ``Linux``, ``Windows`` or ``Darwin``.
        machine: as ``platform.machine()`` says.
        build: ``processor`` or ``gpu``.
        numpy_major: of the numpy that QGIS's GDAL was compiled for.

    Raises:
        EnvironmentProblem: TensorFlow has no release for this.
    """
    intel_mac = (system, machine) == ("Darwin", "x86_64")
    works = [version for version in _PINS if not (intel_mac and version == (3, 13))]
    if python_version not in works:
        raise EnvironmentProblem(
            tr("TensorFlow has no release for the Python of this QGIS."),
            expected="Python " + ", ".join(f"{major}.{minor}" for major, minor in works),
            received="Python {}.{}".format(*python_version),
            remedy=tr(
                "Make an environment with one of these, TensorFlow and GDAL by other means, for instance conda, and "
                "name its interpreter in the variable GEODL_PYTHON."
            ),
        )
    if machine.lower() not in _MACHINES.get(system, ()):
        raise EnvironmentProblem(
            tr("TensorFlow has no release for this kind of computer."),
            expected="; ".join(f"{name} ({', '.join(machines)})" for name, machines in _MACHINES.items()),
            received=f"{system} ({machine})",
        )
    pins = dict(_PINS[python_version])
    if intel_mac:
        pins["tensorflow"] = pins["tensorboard"] = _LAST_FOR_INTEL_MACS
    if system == "Windows":
        pins.update(_ON_WINDOWS)
    tensorflow = _tensorflow(system, machine, build)
    wanted = [f"{tensorflow}=={pins.pop('tensorflow')}", *(f"{name}=={version}" for name, version in pins.items())]
    if numpy_major == 1:  # numpy 2 cannot load what was compiled for numpy 1: it would break QGIS's GDAL
        wanted.append(f"numpy=={_LAST_NUMPY_1}")
    return wanted


def chosen_build(build: str, system: str, machine: str) -> str:
    """What ``automatic`` means here; the other builds are returned as they are."""
    if build != "automatic":
        return build
    return "gpu" if (system, machine) == ("Linux", "x86_64") and nvidia_gpus() else "processor"


def nvidia_gpus() -> list[str]:
    """Name and memory of each GPU that the NVIDIA driver knows; empty without a driver."""
    try:
        return nvidia.ask("name", "memory.total")
    except (OSError, subprocess.SubprocessError):
        return []


def _tensorflow(system: str, machine: str, build: str) -> str:
    intel_linux = (system, machine) == ("Linux", "x86_64")
    if build == "gpu":
        if not intel_linux:
            raise EnvironmentProblem(
                tr("There is no TensorFlow with CUDA for this system."),
                expected="Linux (x86_64)",
                received=f"{system} ({machine})",
                remedy=tr("Choose the build 'processor', or run QGIS in the Windows Subsystem for Linux."),
            )
        return "tensorflow[and-cuda]"
    # Without CUDA's kernels a third of the size; on other systems `tensorflow` has none either.
    return "tensorflow-cpu" if intel_linux else "tensorflow"
