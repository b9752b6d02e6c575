"""The callbacks of the training loop.

Those of Keras do less than is needed: ``TerminateOnNaN`` sees the loss only, ``EarlyStopping`` starts its count again
when a training is resumed, ``ModelCheckpoint`` saves no history, and ``BackupAndRestore`` is not safe against being
killed (see `checkpoints`).
"""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np

from ..errors import InputError
from ..language import mark, tr
from ..runtime.reporter import Reporter
from .checkpoints import Checkpoints

_SEED_STATE = "seed_generator_state"  # how Keras names the variable of a layer's random generator
_SHOWN = {
    "loss": mark("loss"),
    "val_loss": mark("validation loss"),
    "val_calibrated_loss": mark("calibrated"),
    "val_f1": mark("validation F1"),
    "val_mae": mark("validation MAE"),
}
Logs = dict[str, Any]


class ReportProgress(keras.callbacks.Callback):
    """Reports each step and the metrics of each epoch; the reporter can cancel between two steps.

    Args:
        reporter: receives progress and messages.
        epochs: number of epochs.
        steps: batches per epoch.
    """

    def __init__(self, reporter: Reporter, epochs: int, steps: int) -> None:
        super().__init__()
        self._reporter, self._epochs, self._steps = reporter, epochs, steps
        self._epoch = 0

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self._reporter.new_pace()

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        done = self._epoch + (batch + 1) / self._steps
        self._reporter.progress(
            done / self._epochs,
            tr("Training: epoch {epoch} of {epochs}").format(epoch=self._epoch + 1, epochs=self._epochs),
        )

    def on_test_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        self._reporter.check_cancelled()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        metrics = logs or {}
        shown = ", ".join(f"{tr(text)} {metrics[name]:.3f}" for name, text in _SHOWN.items() if name in metrics)
        self._reporter.info(tr("Epoch {epoch}: {shown}").format(epoch=epoch + 1, shown=shown))


class ReseedDropout(keras.callbacks.Callback):
    """Seeds the random generators of layers such as Dropout anew in each epoch, so that a training can be resumed.

    Args:
        seed: the seed of the training; that of a layer follows from it, the epoch and the layer's number.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        variables = self.model.non_trainable_variables
        states = [variable for variable in variables if variable.path.endswith(_SEED_STATE)]
        for number, state in enumerate(states):
            seeds = np.random.SeedSequence([self._seed, epoch, number]).generate_state(2)
            state.assign(seeds.astype(state.dtype))


class RaiseOnDivergence(keras.callbacks.Callback):
    """Raises `InputError` after an epoch if the loss or the weights are not finite, or no step changed the weights.

    The loss alone is not enough, as ``keras.callbacks.TerminateOnNaN`` has it: the ReLU of some processors turns NaN
    into 0, and the loss stays finite.  NaN reaches the weights all the same; or with mixed float16, which skips such
    steps, no step is made at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._steps = self._steps_made()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        losses = {name: value for name, value in (logs or {}).items() if name.endswith("loss")}
        if not all(map(math.isfinite, losses.values())):
            received = ", ".join(f"{name} = {value}" for name, value in losses.items())
            raise _divergence(
                tr("The training has diverged: its loss is not a finite number any more."), epoch, received
            )
        wrong = [variable.path for variable in self._variables() if not _is_finite(variable)]
        if wrong:
            received = ", ".join(wrong[:3]) + (", …" if len(wrong) > 3 else "")
            raise _divergence(
                tr("The training has diverged: some weights are not finite numbers any more."), epoch, received
            )
        if self._steps_made() == self._steps:
            raise _divergence(
                tr("The training has diverged: its gradients are not finite numbers any more."),
                epoch,
                tr("no step that changes the weights"),
            )

    def _steps_made(self) -> int:
        return int(keras.ops.convert_to_numpy(self.model.optimizer.iterations))

    def _variables(self) -> list[Any]:
        variables = [*self.model.variables, *self.model.optimizer.variables]
        return [variable for variable in variables if keras.backend.is_float_dtype(variable.dtype)]


def _is_finite(variable: Any) -> bool:
    return bool(keras.ops.convert_to_numpy(keras.ops.all(keras.ops.isfinite(variable))))


def _divergence(what: str, epoch: int, received: str) -> InputError:
    return InputError(
        what,
        received=tr("epoch {epoch}: {received}").format(epoch=epoch + 1, received=received),
        remedy=tr("Choose a lower learning rate, or the precision float32."),
    )


class SaveCheckpoints(keras.callbacks.Callback):
    """Saves a checkpoint of each epoch, and stops the training when the validation loss no longer decreases.

    Args:
        checkpoints: where the epochs are saved.
        patience: epochs without improvement after which to stop; 0: never.
    """

    def __init__(self, checkpoints: Checkpoints, patience: int) -> None:
        super().__init__()
        self._checkpoints, self._patience = checkpoints, patience

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        self._checkpoints.save(self.model, {**(logs or {}), "learning_rate": rate})
        if self._checkpoints.is_over(self._patience):
            self.model.stop_training = True
