"""What an interpreter has.

TensorFlow takes seconds to import; here packages are only looked for, which takes a tenth of a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..language import tr
from ..systems.folders import home_beside, same_place
from ..systems.processes import quiet
from .interpreter import Probe, version_numbers
from .variables import for_probe

_FACTS = str(Path(__file__).with_name("facts.py"))
_PATIENCE = 30  # seconds; the first start from a network drive is slow
_NEEDED: dict[str, tuple[int, ...]] = {  # module: oldest version that will do
    "tensorflow": (2, 16),  # the first with Keras 3
    "keras": (3,),
    "numpy": (),
    "osgeo": (),
    "pystac": (1, 10),  # the last for Python 3.9
    "matplotlib": (),
    "jinja2": (),
}


def probe(python: str | Path) -> Probe:
    """Learn what an interpreter has, and which variables it needs."""
    interpreter = str(python)
    found = _ask(interpreter, {})
    home = home_beside(python)
    if not found.python_version and home:  # the bundle's Python for macOS, or an environment that was made from it
        found = _ask(interpreter, {"PYTHONHOME": home})
    path = os.environ.get("PYTHONPATH", "")
    if path and "osgeo" not in found.packages and same_place(found.base_prefix, sys.base_prefix):
        with_path = _ask(interpreter, {**found.needs, "PYTHONPATH": path})  # NixOS gives QGIS its packages by this
        found = with_path if "osgeo" in with_path.packages else found
    return found


def _ask(interpreter: str, needs: dict[str, str]) -> Probe:
    try:
        answer = subprocess.run(  # noqa: S603 (an interpreter that the user or we chose, no shell)  # nosec B603
            [interpreter, _FACTS],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            env={**for_probe(interpreter), **needs},
            **quiet(),
        )
        facts: dict[str, Any] = json.loads(answer.stdout)
    except FileNotFoundError:
        return Probe(interpreter, tr("it does not exist"))
    except OSError as error:
        return Probe(interpreter, tr("it cannot be started ({error})").format(error=error.strerror))
    except subprocess.TimeoutExpired:
        return Probe(interpreter, tr("it gives no answer within {patience} s").format(patience=_PATIENCE))
    except ValueError:
        last = (answer.stderr.strip() or tr("no message")).splitlines()[-1]
        return Probe(
            interpreter,
            tr("it does not run (status {status}: {last})").format(status=answer.returncode, last=last),
        )
    facts["python_version"] = tuple(facts["python_version"])
    return Probe(interpreter, _problem(facts["packages"]), needs=needs, **facts)


def _problem(packages: dict[str, str]) -> str:
    missing = [module for module in _NEEDED if module not in packages]
    if missing:
        return tr("it has no {missing}").format(missing=", ".join(missing))
    old = [
        tr("{module} {version} ({oldest} or newer is needed)").format(
            module=module, version=packages[module], oldest=".".join(map(str, oldest))
        )
        for module, oldest in _NEEDED.items()
        if packages[module] != "unknown" and version_numbers(packages[module]) < oldest
    ]
    return tr("it is too old: {old}").format(old=", ".join(old)) if old else ""
