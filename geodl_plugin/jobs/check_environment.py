"""Tell what the environment has and whether it does what jobs need."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..diagnosis import Diagnosis, diagnose
from ..environment import Probe, probe
from ..environment.variables import for_worker
from ..errors import Cancelled, EnvironmentProblem, GeodlError, WorkerCrash
from ..language import mark, tr
from ..operations import InputPath, OutputPath
from ..runtime import files
from ..runtime.reporter import Reporter, duration_text
from ..systems.folders import data_folder
from ..systems.libraries import numbered
from ..trial import journal
from ..trial.steps import STEPS
from ..worker import client
from . import Job
from .try_environment import TryEnvironment

_PATIENCE = 600.0  # seconds that a step may take: an antivirus program may look at each file for the first time
_LONGEST_LOOK = 1.0  # seconds from one look to the next; more was a computer that slept
_SET_UP = mark("Run the algorithm Set up the environment (geodl:setupenvironment) once.")
PAGE = "geodl-diagnosis.html"


@dataclass
class CheckEnvironment(Job):
    """Try an interpreter in a worker, as jobs use it, and make a diagnosis.

    Args:
        python: the interpreter; empty: the one that runs this.
        report: HTML file to make, also where something fails; empty: only then, in the folder of GeoDL's data.
        gdal_of_qgis: file of the module ``osgeo`` in QGIS; empty: there is no QGIS.
        qgis: version of QGIS.
        problem: why there is no interpreter; empty: there is one.
        must_work: whether the job fails if something does not work; if not, its results say so.
    """

    NAME: ClassVar = "checkenvironment"
    NEEDS_TENSORFLOW: ClassVar = False  # it starts the worker itself

    python: InputPath = ""
    report: OutputPath = ""
    gdal_of_qgis: str = ""
    qgis: str = ""
    problem: str = ""
    must_work: bool = True

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        found = Probe("", self.problem) if self.problem else probe(self.python or sys.executable)
        diagnosis = tried(found, self.gdal_of_qgis, self.qgis, reporter)
        fails = self.must_work and not diagnosis.works
        reporter.info(diagnosis.text if fails else diagnosis.summary)
        page = Path(self.report) if self.report else data_folder() / "geodl" / PAGE
        if self.report or not diagnosis.works:
            page.parent.mkdir(parents=True, exist_ok=True)
            write_page(page, diagnosis)
        if fails:
            raise_problem(diagnosis, page)
        reporter.done(tr("Environment checked"))
        return {**diagnosis.content, "python": found.interpreter, "text": diagnosis.text, "report": self.report}


def tried(found: Probe, gdal_of_qgis: str, qgis: str, reporter: Reporter) -> Diagnosis:
    """Run the trial in a worker, with the worker's variables, and make a diagnosis of however it ends.

    Args:
        found: the interpreter.
        gdal_of_qgis: file of the module ``osgeo`` in QGIS; empty: there is no QGIS.
        qgis: version of QGIS.
        reporter: receives the steps; it is asked whether to stop.

    Raises:
        Cancelled: the user asked to stop.
    """
    variables = for_worker(found, gdal_of_qgis)
    folder = Path(tempfile.mkdtemp(prefix="geodl_"))
    failure: GeodlError | None = None
    started = time.perf_counter()
    try:
        if not found.python_version:
            problem = numbered(found.problem).rstrip(".") + "."
            if found.interpreter:
                unusable = tr("The Python {interpreter} cannot be used: {problem}")
                problem = unusable.format(interpreter=found.interpreter, problem=problem)
            raise EnvironmentProblem(problem, remedy=tr(_SET_UP))
        job = TryEnvironment(str(folder / "journal"))
        client.run(job, found.interpreter, variables, _Impatient(reporter))
    except Cancelled:
        raise
    except GeodlError as error:
        failure = error
    except OSError as error:  # the interpreter cannot be started
        failure = EnvironmentProblem(
            tr("The Python {interpreter} cannot be started.").format(interpreter=found.interpreter), received=str(error)
        )
    finally:
        seconds = time.perf_counter() - started
        told = journal.read(folder / "journal")
        shutil.rmtree(folder, ignore_errors=True)
    titles = {step.name: tr(step.title) for step in STEPS}
    return diagnose(told, titles, found, variables, seconds, failure=failure, qgis=qgis)


class _Impatient(Reporter):
    """Tells another reporter, and ends a trial one of whose steps takes too long."""

    def __init__(self, whole: Reporter) -> None:
        super().__init__()
        self._whole = whole
        self._step, self._taken, self._looked = "", 0.0, time.monotonic()

    def info(self, message: str) -> None:
        self._whole.info(message)

    def warning(self, message: str) -> None:
        self._whole.warning(message)

    def is_cancelled(self) -> bool:
        now = time.monotonic()
        self._taken += min(now - self._looked, _LONGEST_LOOK)
        self._looked = now
        if self._taken > _PATIENCE:
            raise WorkerCrash(
                tr("The trial does not get on: a step has taken {duration}.").format(
                    duration=duration_text(self._taken)
                ),
                remedy=tr("Let the antivirus program leave out the environment's folder, then run this again."),
                step=self._step,
            )
        return self._whole.is_cancelled()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self._step, self._taken = message, 0.0
        self._whole.show(fraction, message, remaining)


def write_page(page: Path, diagnosis: Diagnosis) -> None:
    """Write the page of a diagnosis."""
    from ..reports.diagnosis import diagnosis_page

    files.write_text(page, diagnosis_page(diagnosis))


def raise_problem(diagnosis: Diagnosis, page: Path) -> None:
    """Raise `EnvironmentProblem` if not everything works; the message names the page of the diagnosis."""
    if diagnosis.cause:
        problem, remedy = diagnosis.cause
        raise EnvironmentProblem(
            problem,
            remedy=tr("{remedy} The diagnosis, to be copied into an issue, is {page}.").format(
                remedy=remedy, page=page
            ),
        )
