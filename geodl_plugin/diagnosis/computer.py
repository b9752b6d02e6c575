"""The computer: system, processor, memory, disk, GPUs, and the variables that programs heed."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..language import tr
from ..systems import nvidia
from ..systems.memory import installed
from ..systems.processor import instructions, is_translated, processor, threads
from .privacy import without_secrets

_HEEDED = (
    *("GDAL_", "OGR_", "CPL_", "PROJ_", "PYTHON", "TF_", "CUDA", "NVIDIA_", "XLA_", "KERAS_", "HDF5_", "GEODL_"),
    *("LD_", "DYLD_", "OMP_", "KMP_", "MKL_", "OPENBLAS_", "OSGEO4W_", "QGIS_", "CONDA_", "VIRTUAL_ENV", "SSL_"),
    *("PROTOCOL_BUFFERS_", "MPL", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "TMP", "TEMP", "FLATPAK_", "LANG", "LC_"),
)


def computer(folder: Path) -> dict[str, Any]:
    """What computes, for a diagnosis.

    Args:
        folder: of the environment; the free space of its disk is told.
    """
    return {
        "system": system(),
        "machine": platform.machine(),
        "processor": processor(),
        "threads": threads(),
        "instructions": instructions(),
        "rosetta": is_translated(),
        "memory_gb": round(installed() / 1e9, 1),
        "free_disk_gb": _free(folder),
        "gpus": _gpus(),
    }


def system() -> str:
    """The system with its version, as its users call it."""
    names = [platform.platform()]
    if platform.mac_ver()[0]:
        names.append(f"macOS {platform.mac_ver()[0]}")
    elif platform.win32_ver()[0]:
        names.append(" ".join(("Windows", *platform.win32_ver()[:2], platform.win32_edition() or "")).strip())
    else:
        names.append(_distribution())
    return ", ".join(name for name in names if name)


def heeded(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables that GDAL, Python, TensorFlow and the like heed, without secrets."""
    return {
        name: without_secrets(name, value)
        for name, value in sorted(variables.items())
        if name.upper().startswith(_HEEDED)
    }


def search_path(variables: Mapping[str, str]) -> list[str]:
    """The folders in which programs, and on Windows libraries, are looked for."""
    found = next((value for name, value in variables.items() if name.upper() == "PATH"), "")
    return [entry for entry in found.split(os.pathsep) if entry]


def _distribution() -> str:
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split("=", 1)[1].strip("\"'") for line in lines if line.startswith("PRETTY_NAME=")), "")


def _free(folder: Path) -> float | None:
    for place in (folder, *folder.parents):
        try:
            return round(shutil.disk_usage(place).free / 1e9, 1)
        except OSError:
            continue
    return None


def _gpus() -> list[str]:
    """Name, memory and driver of each GPU that the NVIDIA driver knows."""
    try:
        return nvidia.ask("name", "memory.total", "driver_version")
    except (OSError, subprocess.SubprocessError) as error:
        return [tr("NVIDIA's driver does not answer ({error})").format(error=type(error).__name__)]
