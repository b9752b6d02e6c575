"""The worker: a process of its own that runs jobs, since TensorFlow cannot live in QGIS's.

=================  ======================================================================
``server``         the worker's side: a job in, progress and results out, line by line
``traces``         what a job leaves in the worker, which the next one must not find
``client``         the caller's side: starts the worker, listens to it, and ends it
``keeper``         keeps a worker for the caller's next job
=================  ======================================================================

It may use `runtime` and `systems`; what a job does is none of its business.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Protocol

from ..runtime.reporter import Reporter

KEEP = "keep"  # beside a job: seconds that the worker waits for another one
KEPT = "kept"  # beside a result: the worker does so


class WorkerJob(Protocol):
    """What the two sides know of a job.

    Attributes:
        NEEDS_TENSORFLOW: TensorFlow is loaded before it runs.
    """

    NEEDS_TENSORFLOW: ClassVar[bool]

    def to_json(self) -> str:
        """The job as one line of JSON."""

    def outputs(self) -> list[Path]:
        """The files and folders that it makes."""

    def grace(self) -> float:
        """Seconds in which it ends when it is told to stop; then it is ended by force."""

    def spoils_process(self) -> bool:
        """Whether it changes its process for good, so that no other job may follow in it."""

    def variables(self) -> dict[str, str]:
        """Variables of the environment that its process has, unless they are set, before it loads TensorFlow."""

    def run(self, reporter: Reporter) -> dict[str, Any]:
        """Do the work; results are JSON values."""
