"""Do in small what jobs do, and tell how it went."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from ..language import tr
from ..runtime.reporter import Reporter
from ..trial.journal import DONE, Journal
from ..trial.steps import STEPS
from . import Job


@dataclass
class TryEnvironment(Job):
    """Run the steps of the trial; one that fails does not end it, but those that need it are left out.

    It is part of the job `CheckEnvironment`, which makes a diagnosis of what it finds.

    Args:
        journal: file to write, step by step, what was found so far; empty: none.
    """

    NAME: ClassVar = "tryenvironment"
    NEEDS_TENSORFLOW: ClassVar = False  # it loads TensorFlow itself, to tell how that goes

    journal: str = ""

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        journal = Journal(self.journal)
        done: set[str] = set()
        with tempfile.TemporaryDirectory(prefix="geodl_") as folder:
            for number, step in enumerate(STEPS):
                reporter.progress(number / len(STEPS), tr(step.title))
                if not done.issuperset(step.needs):
                    continue
                with journal.step(step.name) as entry:
                    entry["text"] = step.run(Path(folder), journal.facts)
                if entry["state"] == DONE:
                    done.add(step.name)
        reporter.done(tr("Tried"))
        return journal.content()
