"""The finished sheets of a map: a folder beside the map, on a disk that all workers reach.

Each attempt to map a sheet writes in a folder of its own, and its files are renamed when all are whole; so two workers
that map the same sheet, since one of them was thought to be lost, do not meet: the later one replaces files by the same
files.  The last file is a record, ``.json``: it says what the sheet was made from and what its files are like.  A sheet
counts as finished as long as they are so.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InputError
from ..language import tr
from ..systems.sharing import replace

NOTE = "run.json"  # says what all sheets are made from; written by `Checkpoint`
_OUTPUTS = ("sheet", "confidence", "unfamiliarity")


def folder_of(output: Path) -> Path:
    """The folder of the sheets of a map."""
    return output.with_name(f"{output.stem}_sheets")


class SheetFolder:
    """The sheets of one map.

    Args:
        path: the folder.
        mark: a text that tells the sheets of this map from those of others.
    """

    def __init__(self, path: Path, mark: str) -> None:
        self.path, self.mark = path, mark

    def check_own(self) -> None:
        """Raise `InputError` if the folder holds anything but sheets."""
        if self.path.is_dir() and any(self.path.iterdir()) and not (self.path / NOTE).is_file():
            raise InputError(
                tr("The folder {path} cannot be used for the sheets of the map.").format(path=self.path),
                expected=tr("a new folder, an empty one, or one made by GeoDL (it holds {note})").format(note=NOTE),
                received=tr("a folder with other files in it"),
                remedy=tr("Choose another output, or move the folder."),
            )

    def check_reached(self) -> None:
        """Raise `InputError` if this computer does not reach the folder."""
        if not (self.path / NOTE).is_file():
            raise InputError(
                tr("This computer does not reach the folder of the sheets."),
                expected=tr("the output on a disk that all workers reach under the same name"),
                received=tr("no file {path}").format(path=self.path / NOTE),
            )

    def file(self, output: int, name: str) -> Path:
        """A file of a sheet.

        Args:
            output: 0: of the map, 1: of the confidence, 2: of the unfamiliarity.
            name: of the sheet.
        """
        return self.path / file_name(output, name)

    def is_finished(self, name: str) -> bool:
        """Whether a sheet is there, made from what this map is made from, and its files are as they were then."""
        try:
            record = json.loads(self._record(name).read_text(encoding="utf-8"))
            files = {file: list(_state(self.path / file)) for file in record["files"]}
        except (OSError, ValueError, TypeError, KeyError):
            return False
        return bool(record.get("mark") == self.mark and record["files"] == files)

    @contextmanager
    def attempt(self, name: str) -> Iterator[Path]:
        """Yield a folder to make the files of a sheet in; they become the sheet if the block ends well.

        Args:
            name: of the sheet.
        """
        folder = self.path / f".{name}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            yield folder
            files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
            states = {path.name: list(_state(path)) for path in files}
            record = folder / self._record(name).name
            record.write_text(json.dumps({"mark": self.mark, "files": states}), encoding="utf-8")
            for path in (*files, record):
                replace(path, self.path / path.name)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def tidy(self) -> None:
        """Remove what attempts left whose worker was killed; to be called when none goes on."""
        for folder in self.path.glob(".*-*"):
            shutil.rmtree(folder, ignore_errors=True)

    def remove(self) -> None:
        """Remove all sheets; the note goes first, so that no worker that is late takes the folder for its own."""
        (self.path / NOTE).unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def _record(self, name: str) -> Path:
        return self.path / f"{_OUTPUTS[0]}_{name}.json"


def file_name(output: int, name: str) -> str:
    """The name of a file of a sheet, as for `SheetFolder.file`."""
    return f"{_OUTPUTS[output]}_{name}.tif"


def _state(path: Path) -> tuple[int, int]:
    """Size and time of the last change."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns
