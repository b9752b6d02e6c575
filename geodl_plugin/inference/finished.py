"""Blocks that are finished outlive a run that was killed, so that the next one goes on from there.

They lie in a folder beside the map, one file a block, written under another name, flushed to the disk and then
renamed: what is there is whole.  A fingerprint says what they were computed from; blocks of anything else are
refused.  It also says how the raster was cut, so that the next run cuts it alike, whatever memory it has.

All rasters are written anew from the blocks in their order, which takes little time and makes the result the same as
that of a run that was never stopped, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..rasters.connections import file_behind
from ..rasters.grid import Window
from ..systems.sharing import replace

_NAME = "run.json"
_SOURCE, _CUT = "computed from", "cut"  # what it says
_IN_MEMORY = "/vsimem/"
_CHUNK = 1 << 20


def folder_of(output: Path) -> Path:
    """Where the finished blocks of a map lie."""
    return output.with_name(f".{output.name}.blocks")


class Finished:
    """The finished blocks of one map.

    Args:
        folder: where they lie; made if it is not there.
        fingerprint: what they are computed from, by name: JSON values.

    Attributes:
        count: how many there were at the start.
        cut: how the earlier run cut the raster, by name; empty if there was none.

    Raises:
        InputError: those that are there were computed from something else, or the folder cannot be written.
    """

    def __init__(self, folder: Path, fingerprint: Mapping[str, Any]) -> None:
        self._folder, self._about = folder, folder / _NAME
        self._fingerprint = json.loads(json.dumps(fingerprint))
        self.cut: dict[str, int] = {}
        if self._about.is_file():
            before = _read(self._about)
            self._compare(before.get(_SOURCE, {}), self._fingerprint)
            self.cut = before[_CUT]
        self.count = sum(1 for _ in folder.glob("*.npz"))

    def begin(self, cut: Mapping[str, int]) -> None:
        """Say how the raster is cut now, before any block is asked for.

        Raises:
            InputError: it is cut in another way than by the earlier run, or the folder cannot be written.
        """
        if self.cut:
            self._compare(self.cut, dict(cut))
            return
        content = json.dumps({_SOURCE: self._fingerprint, _CUT: dict(cut)}, indent=1).encode()
        _write(self._about, lambda file: file.write(content))

    def _compare(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
        if changed:
            raise InputError(
                "The earlier run cannot be continued: it was of something else.",
                expected="the same model, images and parameters as in the earlier run",
                received=f"changed: {', '.join(changed)}",
                remedy=f"Set them as they were, or delete the folder {self._folder} to start anew.",
            )

    def __contains__(self, block: Window) -> bool:
        return self._path(block).is_file()

    def load(self, block: Window) -> list[NDArray] | None:
        """The results of a block; None if it is not finished, or damaged."""
        try:
            with self._path(block).open("rb") as file, np.load(file, allow_pickle=False) as content:
                return [content[name] for name in content.files]
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, block: Window, results: list[NDArray]) -> None:
        """Keep the results of a block.

        Raises:
            InputError: the disk is full, or another fault of writing.
        """

        def fill(file: IO[bytes]) -> None:
            # As np.savez does, which leaves an archive behind that nobody closes if the disk is full.
            with zipfile.ZipFile(file, "w") as archive:
                for number, values in enumerate(results):
                    with archive.open(f"arr_{number}.npy", "w", force_zip64=True) as member:
                        np.lib.format.write_array(member, values, allow_pickle=False)

        _write(self._path(block), fill)

    def _path(self, block: Window) -> Path:
        return self._folder / f"{block.row}_{block.col}.npz"


def content_hash(paths: Iterable[Path]) -> str:
    """A hash of the content of files and folders, whatever they are called themselves."""
    digest = hashlib.sha256()
    for path in paths:
        for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if one.is_file():
                digest.update(f"{one.relative_to(path)} {one.stat().st_size}\n".encode())
                with one.open("rb") as file:
                    for chunk in iter(lambda: file.read(_CHUNK), b""):
                        digest.update(chunk)
    return digest.hexdigest()


def file_states(paths: Iterable[str]) -> list[list[Any]]:
    """Name, size and time of change of rasters, or of the archives that hold them.

    Only the name of what is no file; nothing of what is in memory.
    """
    found: list[list[Any]] = []
    for path in paths:
        if path.startswith(_IN_MEMORY):  # of this process alone, such as a source that is resampled
            continue
        file = file_behind(path)
        found.append([str(file.absolute()), file.stat().st_size, file.stat().st_mtime_ns] if file else [path])
    return found


def _write(path: Path, fill: Any) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(exist_ok=True)
        with part.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        replace(part, path)
    except OSError as error:
        raise InputError(
            f"A finished block cannot be kept in {path.parent}.",
            received=error.strerror or str(error),
            remedy="Make room on the disk and run again with RESUME: it goes on from the finished blocks.",
        ) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "The earlier run cannot be continued.", received=str(error), remedy=f"Delete the folder {path.parent}."
        ) from error
    return dict(content)
