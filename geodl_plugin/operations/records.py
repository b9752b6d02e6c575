"""Records of what outputs were made from, so that the same run does not make them again.

They lie in a folder beside the first output.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..runtime import files
from .inputs import files_behind
from .paths import is_file_name

_FOLDER = "made_from"


@dataclass(frozen=True)
class Record:
    """Tells what outputs were made from, and what came of it.

    Args:
        made_from: JSON values; outputs that were made from others are made again.
        outputs: the files and folders; the record is beside the first.
    """

    made_from: dict[str, Any]
    outputs: list[Path]

    def results(self) -> dict[str, Any] | None:
        """What `write` was given; None if the outputs are to be made, since they are not as they were then."""
        try:
            content = json.loads(self._path().read_text(encoding="utf-8"))
            found = content.pop("results")
            return dict(found) if content == self._content() else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def write(self, results: dict[str, Any]) -> None:
        """Keep that the outputs were made.

        Args:
            results: JSON values.

        Raises:
            InputError: the file cannot be written.
        """
        files.write_text(self._path(), json.dumps({**self._content(), "results": results}, indent=1))

    def _path(self) -> Path:
        return self.outputs[0].parent / _FOLDER / f"{self.outputs[0].name}.json"

    def _content(self) -> dict[str, Any]:
        return {"made from": self.made_from, "outputs": [_state(path) for path in _files(self.outputs)]}


def input_states(inputs: Iterable[str]) -> list[list[Any]]:
    """Name, size and time of the last change of all files that inputs consist of.

    Args:
        inputs: files, folders and rasters, as requests name them.  Of those that are no files, only the name is given.

    Returns:
        JSON values, a list for each file.
    """
    found: list[list[Any]] = []
    for given in inputs:
        found.append([given])  # with the options and the CRS of a raster
        if is_file_name(given):
            found += [_state(path) for path in _files(files_behind(given)) if path.exists()]
    return found


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files among paths, and those in folders."""
    return [
        file
        for path in paths
        for file in (sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path])
    ]


def _state(path: Path) -> list[Any]:
    found = os.stat(path)
    return [str(path.absolute()), found.st_size, found.st_mtime_ns]
