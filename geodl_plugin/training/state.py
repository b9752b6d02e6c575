"""The state of a training in a folder, after each epoch: to come back to its best epoch, and to resume it.

Each epoch leaves ``<epoch>.weights.h5``, weights and optimizer, and adds its figures to ``history.json``, which is
replaced as a whole: whenever the process is killed, the folder holds all of the last finished epoch.  Only that
epoch and the best one are kept.  (Keras' BackupAndRestore writes over its one file of weights, and before the number
of the epoch, so a kill between the two makes an epoch count twice.)
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np

from ..errors import InputError
from ..runtime import files
from ..runtime.companions import discard
from ..systems.sharing import replace

_HISTORY, _SETUP = "history.json", "setup.json"
_WEIGHT, _HEADER = 4, 2048  # bytes of a weight, and of what HDF5 says about a variable
Setup = dict[str, Any]
History = dict[str, list[float]]


class State:
    """A training's state.

    Args:
        folder: where it is kept; made when a training begins.
        writes: False if another process writes it.

    Raises:
        InputError: it is damaged.
    """

    def __init__(self, folder: Path, *, writes: bool = True) -> None:
        self._folder, self._writes = folder, writes
        self.history: History = {}
        if (folder / _HISTORY).is_file():
            with self._whole():
                self.history = json.loads((folder / _HISTORY).read_text(encoding="utf-8"))
                lengths = {len([float(value) for value in values]) for values in self.history.values()}
                if len(lengths) != 1 or "loss" not in self.history:
                    raise ValueError(f"figures of {sorted(lengths)} epochs in {_HISTORY}")

    @property
    def epochs(self) -> int:
        """Finished epochs."""
        return len(self.history.get("loss", []))

    @property
    def best_epoch(self) -> int:
        """The epoch with the least valid loss, the last one without valid split; counted from 1, 0: none."""
        losses = self.history.get("val_loss")
        return int(np.argmin(losses)) + 1 if losses else self.epochs

    @property
    def logs(self) -> Path:
        """Where TensorBoard's logs are written."""
        return self._folder / "logs"

    def is_over(self, patience: int) -> bool:
        """Whether the valid loss has not become less for so many epochs; with the patience 0 never."""
        return 0 < patience <= self.epochs - self.best_epoch

    def check(self, setup: Setup) -> None:
        """Remember what is trained and how.

        Raises:
            InputError: what is resumed was begun otherwise; the message names what differs.
        """
        path = self._folder / _SETUP
        given = json.loads(json.dumps(setup))
        if self.epochs:
            with self._whole():
                found = dict(json.loads(path.read_text(encoding="utf-8")))
            other = [name for name in {**found, **given} if found.get(name) != given.get(name)]
            if other:
                raise InputError(
                    "The training cannot be resumed, since it was begun with other parameters or another dataset.",
                    expected=", ".join(f"{name} = {found.get(name)}" for name in other),
                    received=", ".join(f"{name} = {given.get(name)}" for name in other),
                    remedy=f"Use the same again, or delete the folder {self._folder} to begin anew.",
                )
        elif self._writes:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(path, given)

    def save(self, model: keras.Model, figures: dict[str, float]) -> None:
        """Add an epoch.

        Raises:
            InputError: the disk is full, or another fault of writing.
        """
        for name, value in figures.items():
            self.history.setdefault(name, []).append(float(value))
        if not self._writes:
            return
        part = self._folder / "part.weights.h5"
        try:
            files.reserve(part, _size(model))  # HDF5 ends the process if it finds no room
            model.save_weights(part)
            replace(part, self._weights(self.epochs))
            _write(self._folder / _HISTORY, self.history)
            kept = {self._weights(self.epochs), self._weights(self.best_epoch)}
            for old in set(self._folder.glob("*.weights.h5")) - kept:
                discard(old)
        except OSError as error:
            raise InputError(
                f"The state of the training cannot be kept in {self._folder}.",
                received=error.strerror or str(error),
                remedy="Make room on the disk, and train again.",
            ) from error

    def load(self, model: keras.Model, epoch: int) -> None:
        """Weights, and the optimizer's state, as they were after the last epoch or the best one.

        Raises:
            InputError: they are damaged.
        """
        with self._whole():
            model.load_weights(self._weights(epoch))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Errors of any kind, which Keras and HDF5 raise for damaged files, become one that says what to do."""
        try:
            yield
        except Exception as error:
            raise InputError(
                "The training cannot be resumed: its state is damaged.",
                received=" ".join(f"{type(error).__name__}: {error}".split())[:300],
                remedy=f"Delete the folder {self._folder} to begin anew.",
            ) from error

    def remove(self) -> None:
        """Forget all."""
        if self._writes:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _weights(self, epoch: int) -> Path:
        return self._folder / f"{epoch}.weights.h5"


def resumable(output: Path) -> Path:
    """The folder beside a model folder that holds the state of its training."""
    return output.with_name(f".{output.name}.training")


def _size(model: keras.Model) -> int:
    """Bytes that the weights and the optimizer's state take in a file, about; rather more."""
    optimizer = getattr(model, "optimizer", None)
    variables = [*model.variables, *(optimizer.variables if optimizer else ())]
    return sum(_HEADER + _WEIGHT * int(np.prod(one.shape)) for one in variables)


def _write(path: Path, content: Any) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content), encoding="utf-8")
    replace(part, path)
