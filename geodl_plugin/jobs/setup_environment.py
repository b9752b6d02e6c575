"""Make or repair the environment that has TensorFlow."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from ..diagnosis.why import lacks_avx
from ..environment import Probe, build_environment, chosen_build, probe
from ..errors import EnvironmentProblem
from ..language import tr
from ..runtime.companions import discard
from ..runtime.reporter import Reporter
from ..systems.processor import instructions, is_translated
from . import Job
from .check_environment import PAGE, raise_problem, tried, write_page

_TRIAL = 0.95  # of the progress: where the trial begins


@dataclass
class SetupEnvironment(Job):
    """Make the environment, go on where it was interrupted, repair it, or find that nothing is to be done.

    Args:
        folder: where the environment is kept.
        base_python: QGIS's own interpreter.
        build: one of `environment.BUILDS`.
        wheels: folder of wheels to install from without network; empty: the package index.
        proxy: URL of the proxy, empty for the system's own.
        gdal_of_qgis: file of the module ``osgeo`` in QGIS; empty: there is no QGIS.
        qgis: version of QGIS.
    """

    NAME: ClassVar = "setupenvironment"
    NEEDS_TENSORFLOW: ClassVar = False

    folder: str
    base_python: str
    build: str = "automatic"
    wheels: str = ""
    proxy: str = field(default="", repr=False)  # may hold a password
    gdal_of_qgis: str = ""
    qgis: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        base = probe(self.base_python)
        lacking = lacks_avx(base.machine, instructions(), rosetta=is_translated())
        if lacking:
            raise EnvironmentProblem(lacking.problem, remedy=lacking.remedy)
        build = chosen_build(self.build, base.system, base.machine)
        reporter.info(
            tr("Environment: {folder}, build: {build}, from {base_python}").format(
                folder=self.folder, build=build, base_python=self.base_python
            )
        )

        def trial(found: Probe) -> None:
            """Try the environment as jobs will use it; what is found is written beside the log."""
            page = Path(self.folder).absolute() / PAGE
            discard(page)
            diagnosis = tried(found, self.gdal_of_qgis, self.qgis, reporter.part(_TRIAL, 1))
            if not diagnosis.works:
                write_page(page, diagnosis)
            raise_problem(diagnosis, page)

        made = build_environment(
            self.folder, self.base_python, build, reporter, wheels=self.wheels, proxy=self.proxy, trial=trial
        )
        packages = made.probe.packages
        told = (
            tr("The environment {folder} was there already and works: TensorFlow {tensorflow}, Keras {keras}.")
            if made.reused
            else tr("The environment {folder} is ready: TensorFlow {tensorflow}, Keras {keras}.")
        )
        text = told.format(folder=made.folder, tensorflow=packages["tensorflow"], keras=packages["keras"])
        reporter.info(text)
        return {
            "folder": str(made.folder),
            "python": str(made.python),
            "log": str(made.log),
            "text": text,
            "reused": made.reused,
        }
