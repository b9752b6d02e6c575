"""Checkpoints of a training in a folder: to return to its best epoch, and to resume it.

Each epoch writes ``<epoch>.weights.h5``, weights and optimizer, and adds its metrics to ``history.json``, which is
replaced as a whole: whenever the process is killed, the folder holds all of the last finished epoch.  Only that epoch
and the best one are kept.  (``keras.callbacks.BackupAndRestore`` overwrites its only file of weights before the number
of the epoch, so that an epoch counts twice if the process is killed in between.)
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np

from ..errors import InputError
from ..language import tr
from ..runtime import files
from ..runtime.companions import discard
from ..systems.sharing import replace

_HISTORY, _SETUP = "history.json", "setup.json"
_WEIGHT, _HEADER = 4, 2048  # bytes of a weight, and of what HDF5 says about a variable
Setup = dict[str, Any]
History = dict[str, list[float]]


class Checkpoints:
    """The checkpoints of a training.

    Args:
        folder: where they are saved; made when a training begins.
        writes: False if another process writes them.

    Attributes:
        history: metrics by name, one value per finished epoch.

    Raises:
        InputError: they are damaged.
    """

    def __init__(self, folder: Path, *, writes: bool = True) -> None:
        self._folder, self._writes = folder, writes
        self.history: History = {}
        if (folder / _HISTORY).is_file():
            with self._explained_damage():
                self.history = json.loads((folder / _HISTORY).read_text(encoding="utf-8"))
                lengths = {len([float(value) for value in values]) for values in self.history.values()}
                if len(lengths) != 1 or "loss" not in self.history:
                    raise ValueError(
                        tr("metrics of {lengths} epochs in {history}").format(lengths=sorted(lengths), history=_HISTORY)
                    )

    @property
    def epochs(self) -> int:
        """The number of finished epochs."""
        return len(self.history.get("loss", []))

    @property
    def best_epoch(self) -> int:
        """The epoch with the minimum validation loss, the last one without it; counted from 1, 0: there is none.

        Of classes it is the `metrics.CalibratedLoss`.
        """
        losses = self.history.get("val_calibrated_loss") or self.history.get("val_loss")
        return int(np.nanargmin(losses)) + 1 if losses else self.epochs

    def of_part(self, name: str) -> Checkpoints:
        """The checkpoints of another network of the same training, which are removed with these.

        Args:
            name: of the network, as part of a path.
        """
        return Checkpoints(self._folder / name, writes=self._writes)

    @property
    def logs(self) -> Path:
        """The folder for the logs of TensorBoard."""
        return self._folder / "logs"

    def is_over(self, patience: int) -> bool:
        """Whether the validation loss has not decreased for ``patience`` epochs; never with 0."""
        return 0 < patience <= self.epochs - self.best_epoch

    def check_setup(self, setup: Setup, later: Sequence[str] = ()) -> None:
        """Save the setup of a training, or compare it with that of the training to resume.

        Args:
            setup: the parameters that must stay the same, as JSON values by name.
            later: names of those that are not known yet, and are compared when this is called again.

        Raises:
            InputError: the setups differ; the message names the parameters.
        """
        path = self._folder / _SETUP
        given = json.loads(json.dumps(setup))
        if self.epochs:
            found = self._setup()
            # What is missing is a parameter that came with a later version.
            names = [name for name in found if name not in later]
            differing = [name for name in names if found.get(name) != given.get(name)]
            if differing:
                raise InputError(
                    tr("The training cannot be resumed: it was started with other parameters or another dataset."),
                    expected=", ".join(f"{name} = {found.get(name)}" for name in differing),
                    received=", ".join(f"{name} = {given.get(name)}" for name in differing),
                    remedy=tr(
                        "Use the same parameters and dataset, or delete the folder {folder} to start again."
                    ).format(folder=self._folder),
                )
        elif self._writes:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(path, given)

    def started_with(self, name: str) -> Any:
        """A parameter of the training to resume; None if there is none.

        Args:
            name: of the parameter.

        Raises:
            InputError: the checkpoints are damaged.
        """
        return self._setup().get(name) if self.epochs else None

    def save(self, model: keras.Model, metrics: dict[str, float]) -> None:
        """Add an epoch.

        Args:
            model: the model with its optimizer.
            metrics: of this epoch, by name.

        Raises:
            InputError: the disk is full, or cannot be written to.
        """
        finished = self.epochs
        for name, value in metrics.items():  # one that came with a later version is not known of the first epochs
            self.history.setdefault(name, [math.nan] * finished).append(float(value))
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
                tr("The checkpoint of the training cannot be saved in {folder}.").format(folder=self._folder),
                received=error.strerror or str(error),
                remedy=tr("Make room on the disk, and train again."),
            ) from error

    def load(self, model: keras.Model, epoch: int) -> None:
        """Load the weights and the optimizer's state of an epoch.

        Args:
            model: a model with the same layers and optimizer.
            epoch: the last or the best one, counted from 1; others are not kept.

        Raises:
            InputError: they are damaged.
        """
        with self._explained_damage():
            model.load_weights(self._weights(epoch))

    def _setup(self) -> Setup:
        with self._explained_damage():
            return dict(json.loads((self._folder / _SETUP).read_text(encoding="utf-8")))

    @contextmanager
    def _explained_damage(self) -> Iterator[None]:
        """Turn any error, as Keras and HDF5 raise for damaged files, into one that says what to do."""
        try:
            yield
        except Exception as error:
            raise InputError(
                tr("The training cannot be resumed: its checkpoints are damaged."),
                received=" ".join(f"{type(error).__name__}: {error}".split())[:300],
                remedy=tr("Delete the folder {folder} to start again.").format(folder=self._folder),
            ) from error

    def remove(self) -> None:
        """Remove all checkpoints."""
        if self._writes:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _weights(self, epoch: int) -> Path:
        return self._folder / f"{epoch}.weights.h5"


def resumable_folder(output: Path) -> Path:
    """The folder beside a model folder that holds the checkpoints of its training."""
    return output.with_name(f".{output.name}.training")


def _size(model: keras.Model) -> int:
    """An upper estimate of the bytes that the weights and the optimizer's state take in a file."""
    optimizer = getattr(model, "optimizer", None)
    variables = [*model.variables, *(optimizer.variables if optimizer else ())]
    return sum(_HEADER + _WEIGHT * int(np.prod(variable.shape)) for variable in variables)


def _write(path: Path, content: Any) -> None:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(content), encoding="utf-8")
    replace(part, path)
