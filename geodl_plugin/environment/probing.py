"""What an interpreter has.

TensorFlow takes seconds to import; here packages are only looked for, which takes a tenth of a second.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..systems.folders import home_beside, same_place
from ..systems.processes import quiet
from .owner import Base
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


@dataclass(frozen=True)
class Probe:
    """What was learnt of an interpreter.

    Attributes:
        interpreter: the path that was asked about.
        problem: why it cannot run our jobs; empty if it can.
        python_version: major, minor, micro; empty if the interpreter does not run.
        system, machine: what it was made for.
        packages: version by module, of those that are there.
        osgeo: file from which GDAL's Python module is loaded.
        site: folder that pip installs to.
        prefix: folder of the Python, or of the environment.
        base_prefix: folder of the Python that the environment was made from; else the same.
        home: folder of the interpreter that environments made from it are bound to.
        needs: variables without which it does not start, or does not find GDAL.
    """

    interpreter: str
    problem: str
    python_version: tuple[int, ...] = ()
    system: str = ""
    machine: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    osgeo: str = ""
    site: str = ""
    prefix: str = ""
    base_prefix: str = ""
    home: str = ""
    needs: dict[str, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether it can run our jobs."""
        return not self.problem

    @property
    def base(self) -> Base:
        """What environments that are made from it are bound to."""
        major, minor = self.python_version[:2]
        return Base(self.home, (major, minor))

    def version(self, module: str) -> tuple[int, ...]:
        """The version of a module as numbers, ``(0,)`` if it is not there."""
        return _numbers(self.packages.get(module, "0"))


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
        answer = subprocess.run(  # noqa: S603 (an interpreter that the user or we chose, no shell)
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
        return Probe(interpreter, "it does not exist")
    except OSError as error:
        return Probe(interpreter, f"it cannot be started ({error.strerror})")
    except subprocess.TimeoutExpired:
        return Probe(interpreter, f"it gives no answer within {_PATIENCE} s")
    except ValueError:
        last = (answer.stderr.strip() or "no message").splitlines()[-1]
        return Probe(interpreter, f"it does not run (status {answer.returncode}: {last})")
    facts["python_version"] = tuple(facts["python_version"])
    return Probe(interpreter, _problem(facts["packages"]), needs=needs, **facts)


def _problem(packages: dict[str, str]) -> str:
    missing = [module for module in _NEEDED if module not in packages]
    if missing:
        return f"it has no {', '.join(missing)}"
    old = [
        f"{module} {packages[module]} ({'.'.join(map(str, oldest))} or newer is needed)"
        for module, oldest in _NEEDED.items()
        if packages[module] != "unknown" and _numbers(packages[module]) < oldest
    ]
    return f"it is too old: {', '.join(old)}" if old else ""


def _numbers(version: str) -> tuple[int, ...]:
    leading = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, leading.group().split("."))) if leading else (0,)
