"""What a trial found so far, in a file: it can be read whatever becomes of the process."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ..errors import Cancelled, GeodlError
from ..systems import libraries

_LINES = 30  # of an error: the last ones say what went wrong

DONE, FAILED = "done", "failed"


class Journal:
    """The steps of a trial and what they found.

    Args:
        path: file to write, a line of JSON for each state; empty: none.

    Attributes:
        libraries: those that were loaded before the first step.
        begun: the step that runs.
        steps: those that have ended: name, state, seconds, what they say, the error, libraries that they loaded.
        facts: versions, devices and the like.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._known: set[str] = set()
        self.libraries = self._new_libraries()
        self.begun = ""
        self.steps: list[dict[str, Any]] = []
        self.facts: dict[str, Any] = {"versions": {}, "devices": [], "gpu_note": ""}

    @contextmanager
    def step(self, name: str) -> Iterator[dict[str, Any]]:
        """Write down how a step goes; gives what is written, for it to say more.  Errors end here."""
        entry: dict[str, Any] = {"name": name, "state": DONE, "seconds": 0.0, "text": "", "error": ""}
        self.begun = name
        self._write()
        started = time.perf_counter()
        try:
            yield entry
        except Cancelled:
            raise
        except Exception as error:  # of whatever kind: that is what is to be found out
            lines = "".join(traceback.format_exception(type(error), error, error.__traceback__)).splitlines()
            entry.update(state=FAILED, error=libraries.numbered("\n".join(lines[-_LINES:])))
            if isinstance(error, GeodlError):
                entry.update(problem=error.problem, remedy=error.remedy)
        entry["seconds"] = round(time.perf_counter() - started, 3)
        entry["libraries"] = self._new_libraries()
        self.steps.append(entry)
        self.begun = ""
        self._write()

    def content(self) -> dict[str, Any]:
        """All of it."""
        return {"libraries": self.libraries, "begun": self.begun, "steps": self.steps, "facts": self.facts}

    def _new_libraries(self) -> list[str]:
        paths = [path for path in libraries.loaded() if path not in self._known]
        self._known.update(paths)
        return paths

    def _write(self) -> None:
        if self._path:
            with Path(self._path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(self.content()) + "\n")


def read(path: Path) -> dict[str, Any]:
    """The last whole state that a journal's file holds; that of one that never began if there is none."""
    with suppress(OSError):  # it never began
        for line in reversed(path.read_text(encoding="utf-8", errors="replace").splitlines()):
            with suppress(ValueError):
                content: dict[str, Any] = json.loads(line)
                return content
    return {"libraries": [], "begun": "", "steps": [], "facts": {"versions": {}, "devices": [], "gpu_note": ""}}
