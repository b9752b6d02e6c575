"""What an interpreter has.

TensorFlow takes seconds to import; here packages are only looked for, which takes a tenth of a second.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from ..systems.processes import quiet
from .variables import for_python

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
    """

    interpreter: str
    problem: str
    python_version: tuple[int, ...] = ()
    system: str = ""
    machine: str = ""
    packages: dict[str, str] = field(default_factory=dict)
    osgeo: str = ""
    site: str = ""

    @property
    def usable(self) -> bool:
        """Whether it can run our jobs."""
        return not self.problem

    def version(self, module: str) -> tuple[int, ...]:
        """The version of a module as numbers, ``(0,)`` if it is not there."""
        return _numbers(self.packages.get(module, "0"))


def probe(python: str | Path) -> Probe:
    """Learn what an interpreter has."""
    interpreter = str(python)
    try:
        answer = subprocess.run(  # noqa: S603 (an interpreter that the user or we chose, no shell)
            [interpreter, _FACTS],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            env=for_python(own_gdal=False),
            **quiet(),
        )
        facts = json.loads(answer.stdout)
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
    return Probe(interpreter, _problem(facts["packages"]), **facts)


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
