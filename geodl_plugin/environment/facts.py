"""Run by an interpreter that is being judged: prints what it has as JSON.  Needs the standard library only."""

from __future__ import annotations

import json
import os
import platform
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

PACKAGES = {  # module: names under which its package is known
    "tensorflow": (
        "tensorflow",
        "tensorflow-cpu",
        "tensorflow-intel",
        "tensorflow-macos",
        "tensorflow-rocm",
        "tf-nightly",
    ),
    "keras": ("keras", "keras-nightly"),
    "numpy": ("numpy",),
    "osgeo": ("GDAL",),
    "pystac": ("pystac",),
    "matplotlib": ("matplotlib",),
    "jinja2": ("Jinja2",),
    "pip": ("pip",),
    "venv": (),
    "ensurepip": (),
}


def package_version(names: tuple[str, ...]) -> str:
    """The version of the first package that is installed."""
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            pass
    return "unknown"


def facts() -> dict[str, object]:
    """What this interpreter is and has."""
    specs = {module: find_spec(module) for module in PACKAGES}
    return {
        "python_version": list(sys.version_info[:3]),
        "system": platform.system(),
        "machine": platform.machine(),
        "packages": {module: package_version(PACKAGES[module]) for module, spec in specs.items() if spec},
        "osgeo": specs["osgeo"].origin if specs["osgeo"] else "",
        "site": sysconfig.get_path("purelib"),
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "home": os.path.dirname(sys._base_executable),  # type: ignore[attr-defined]  # as venv does
    }


if __name__ == "__main__":
    sys.path.pop(0)  # this folder
    print(json.dumps(facts()))
