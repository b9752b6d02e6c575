"""What happens beside the training's steps."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np

from ..errors import InputError
from ..runtime.reporter import Reporter
from .state import State

_SEED_STATE = "seed_generator_state"
Figures = dict[str, Any]


class Progress(keras.callbacks.Callback):
    """Tells a reporter, and lets it cancel between two steps."""

    def __init__(self, reporter: Reporter, epochs: int, steps: int) -> None:
        super().__init__()
        self._reporter, self._epochs, self._steps = reporter, epochs, steps
        self._epoch = 0

    def on_train_begin(self, logs: Figures | None = None) -> None:
        self._reporter.new_pace()

    def on_epoch_begin(self, epoch: int, logs: Figures | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Figures | None = None) -> None:
        done = self._epoch + (batch + 1) / self._steps
        self._reporter.progress(done / self._epochs, f"Training: epoch {self._epoch + 1} of {self._epochs}")

    def on_test_batch_end(self, batch: int, logs: Figures | None = None) -> None:
        self._reporter.check_cancelled()

    def on_epoch_end(self, epoch: int, logs: Figures | None = None) -> None:
        figures = logs or {}
        names = {"loss": "loss", "val_loss": "valid loss", "val_f1": "valid F1", "val_mae": "valid mean error"}
        shown = ", ".join(f"{text} {figures[key]:.3f}" for key, text in names.items() if key in figures)
        self._reporter.info(f"Epoch {epoch + 1}: {shown}")


class Chance(keras.callbacks.Callback):
    """Draws the chance of layers such as Dropout from the seed and the epoch, so that epochs can be resumed."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed

    def on_epoch_begin(self, epoch: int, logs: Figures | None = None) -> None:
        states = [one for one in self.model.non_trainable_variables if one.path.endswith(_SEED_STATE)]
        for number, state in enumerate(states):
            drawn = np.random.SeedSequence([self._seed, epoch, number]).generate_state(2)
            state.assign(drawn.astype(state.dtype))


class Divergence(keras.callbacks.Callback):
    """Ends a training whose numbers are no numbers any more: nothing comes after that.

    The loss alone does not tell: some processors' ReLU turns NaN into 0, and the loss stays a number.  NaN reaches the
    weights all the same, or with mixed float16, which leaves such steps out, no step is made at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0

    def on_epoch_begin(self, epoch: int, logs: Figures | None = None) -> None:
        self._steps = self._steps_made()

    def on_epoch_end(self, epoch: int, logs: Figures | None = None) -> None:
        losses = {name: value for name, value in (logs or {}).items() if name in ("loss", "val_loss")}
        if not all(map(math.isfinite, losses.values())):
            raise _diverged("its loss is", epoch, ", ".join(f"{name} = {value}" for name, value in losses.items()))
        wrong = [one.path for one in self._variables() if not _is_finite(one)]
        if wrong:
            raise _diverged("some weights are", epoch, ", ".join(wrong[:3]) + (", …" if len(wrong) > 3 else ""))
        if self._steps_made() == self._steps:
            raise _diverged("the gradients of all steps are", epoch, "no step that changes the weights")

    def _steps_made(self) -> int:
        return int(keras.ops.convert_to_numpy(self.model.optimizer.iterations))

    def _variables(self) -> list[Any]:
        every = [*self.model.variables, *self.model.optimizer.variables]
        return [one for one in every if keras.backend.is_float_dtype(one.dtype)]


def _is_finite(variable: Any) -> bool:
    return bool(keras.ops.convert_to_numpy(keras.ops.all(keras.ops.isfinite(variable))))


def _diverged(what: str, epoch: int, received: str) -> InputError:
    return InputError(
        f"The training has diverged: {what} no finite number{'s' * what.endswith('are')} any more.",
        received=f"epoch {epoch + 1}: {received}",
        remedy="Choose a lower learning rate, or the precision float32.",
    )


class Keep(keras.callbacks.Callback):
    """Keeps the state of each epoch, and stops when it gets no better.

    Args:
        state: where it is kept.
        patience: epochs without improvement after which to stop; 0: never.
    """

    def __init__(self, state: State, patience: int) -> None:
        super().__init__()
        self._state, self._patience = state, patience

    def on_epoch_end(self, epoch: int, logs: Figures | None = None) -> None:
        rate = float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate))
        self._state.save(self.model, {**(logs or {}), "learning_rate": rate})
        if self._state.is_over(self._patience):
            self.model.stop_training = True
