"""Finished blocks that are kept on disk, so that a run that was stopped can be resumed.

They lie in a folder beside the map, one file for each block, written under another name, flushed to the disk and then
renamed: a file that is there is complete.  ``run.json`` says what they were computed from, and blocks that were
computed from anything else are refused.  It also has the sizes of the blocks, so that the next run uses the same,
whatever memory it has.

A resumed run writes all rasters anew from the blocks in their order.  That takes little time and makes the result the
same as that of a run that was never stopped, byte for byte.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from ..rasters.grid import Window
from ..systems.sharing import replace

_NAME = "run.json"
_SOURCE, _TILING = "computed from", "cut"  # keys of the file


def checkpoint_folder(output: Path) -> Path:
    """The folder of the finished blocks of a map."""
    return output.with_name(f".{output.name}.blocks")


class Checkpoint:
    """The finished blocks of one map.

    Args:
        folder: where they are; made by the first that is kept.
        fingerprint: what they are computed from, by name: JSON values.

    Attributes:
        count: number of finished blocks at the start.
        tiling: sizes of the blocks of the earlier run, by name; empty if there was none.

    Raises:
        InputError: the earlier run computed them from something else, or its file cannot be read.
    """

    def __init__(self, folder: Path, fingerprint: Mapping[str, Any]) -> None:
        self._folder, self._file = folder, folder / _NAME
        self._fingerprint = json.loads(json.dumps(fingerprint))
        self.tiling: dict[str, int] = {}
        if self._file.is_file():
            before = _read(self._file)
            self._compare(before.get(_SOURCE, {}), self._fingerprint)
            self.tiling = before[_TILING]
        self.count = sum(1 for _ in folder.glob("*.npz"))

    def start(self, tiling: Mapping[str, int]) -> None:
        """Note the sizes of the blocks, before the first is loaded or saved.

        Args:
            tiling: JSON values by name.

        Raises:
            InputError: they are not those of the earlier run, or the folder cannot be written.
        """
        if self.tiling:
            self._compare(self.tiling, dict(tiling))
            return
        content = json.dumps({_SOURCE: self._fingerprint, _TILING: dict(tiling)}, indent=1).encode()
        _write(self._file, lambda file: file.write(content))

    def _compare(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
        if changed:
            raise InputError(
                tr("The earlier run cannot be resumed: its inputs or parameters were different."),
                expected=tr("the same model, images and parameters as in the earlier run"),
                received=tr("changed: {changed}").format(changed=", ".join(changed)),
                remedy=tr("Set them as they were, or delete the folder {folder} to start anew.").format(
                    folder=self._folder
                ),
            )

    def __contains__(self, block: Window) -> bool:
        return self._path(block).is_file()

    def load(self, block: Window) -> list[NDArray] | None:
        """The results of a block, one array for each raster; None if it is not finished, or damaged."""
        try:
            with self._path(block).open("rb") as file, np.load(file, allow_pickle=False) as content:
                return [content[name] for name in content.files]
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, block: Window, results: list[NDArray]) -> None:
        """Keep the results of a block.

        Args:
            block: its pixels of the map.
            results: one array for each raster, [y, x] or [y, x, bands].

        Raises:
            InputError: they cannot be written, for instance since the disk is full.
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


def _write(path: Path, fill: Callable[[IO[bytes]], Any]) -> None:
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
            tr("A finished block cannot be kept in {parent}.").format(parent=path.parent),
            received=error.strerror or str(error),
            remedy=tr("Make room on the disk and run again with RESUME: it goes on from the finished blocks."),
        ) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            tr("The earlier run cannot be resumed."),
            received=str(error),
            remedy=tr("Delete the folder {parent}.").format(parent=path.parent),
        ) from error
    return dict(content)
