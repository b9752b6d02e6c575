"""Make or repair the environment that has TensorFlow."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from ..environment import Probe, build_environment, chosen_build, probe
from ..environment.variables import for_worker
from ..errors import EnvironmentProblem
from ..reporter import Reporter
from ..systems.processes import quiet
from . import Job

_TRIAL = "import tensorflow, keras"


@dataclass
class SetupEnvironment(Job):
    """Make the environment, go on where it was interrupted, repair it, or find that nothing is to be done.

    Args:
        folder: where the environment is kept.
        base_python: QGIS's own interpreter.
        build: one of `environment.BUILDS`.
        wheels: folder of wheels to install from without network; empty: the package index.
        proxy: URL of the proxy, empty for the system's own.
    """

    NAME: ClassVar = "setupenvironment"
    NEEDS_TENSORFLOW: ClassVar = False

    folder: str
    base_python: str
    build: str = "automatic"
    wheels: str = ""
    proxy: str = field(default="", repr=False)  # may hold a password

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        base = probe(self.base_python)
        build = chosen_build(self.build, base.system, base.machine)
        reporter.info(f"Environment: {self.folder}, build: {build}, from {self.base_python}")
        made = build_environment(
            self.folder,
            self.base_python,
            build,
            reporter,
            wheels=self.wheels,
            proxy=self.proxy,
            trial=partial(_try, gdal_of_qgis=base.osgeo),
        )
        packages = made.probe.packages
        state = "was there already and works" if made.reused else "is ready"
        text = f"The environment {made.folder} {state}: TensorFlow {packages['tensorflow']}, Keras {packages['keras']}."
        reporter.info(text)
        return {
            "folder": str(made.folder),
            "python": str(made.python),
            "log": str(made.log),
            "text": text,
            "reused": made.reused,
        }


def _try(found: Probe, gdal_of_qgis: str) -> None:
    answer = subprocess.run(  # noqa: S603 (the environment's interpreter, no shell)
        [found.interpreter, "-c", _TRIAL],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        env=for_worker(found, gdal_of_qgis),
        **quiet(),
    )
    if answer.returncode:
        last = (answer.stderr.strip() or "no message").splitlines()[-1]
        raise EnvironmentProblem("TensorFlow cannot be loaded.", received=last)
