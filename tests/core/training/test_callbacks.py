"""The callbacks of the training loop."""

import math

import keras
import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.training.callbacks import RaiseOnDivergence


class Diverging:
    """A model of one weight whose training may go wrong in one way."""

    def __init__(self):
        keras.utils.set_random_seed(0)
        self.model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1), keras.layers.BatchNormalization()])
        self.model.compile(keras.optimizers.AdamW(use_ema=True), "mse")
        self.model.optimizer.build(self.model.trainable_variables)
        self.callback = RaiseOnDivergence()
        self.callback.set_model(self.model)
        self.callback.on_epoch_begin(0)

    def end(self, steps=1, **logs):
        self.model.optimizer.iterations.assign_add(steps)
        self.callback.on_epoch_end(0, {"loss": 1.0, "val_loss": 1.0, **logs})


def test_a_training_that_goes_well_continues():
    Diverging().end()


@pytest.mark.parametrize("name", ["kernel", "moving_variance", "momentum", "average"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_all_weights_and_states_of_the_optimizer_are_checked(name, value):
    training = Diverging()
    variables = [*training.model.variables, *training.model.optimizer.variables]
    spoilt = next(variable for variable in variables if name in variable.path)
    spoilt.assign(np.full(spoilt.shape, value))
    with pytest.raises(InputError, match=rf"diverged: some weights are not finite numbers.*epoch 1: .*{name}"):
        training.end()


@pytest.mark.parametrize("metric", [{"loss": math.nan}, {"val_loss": math.inf}])
def test_both_losses_are_checked(metric):
    with pytest.raises(InputError, match="diverged: its loss is not a finite number any more"):
        Diverging().end(**metric)


def test_an_epoch_without_any_step_is_noticed():
    with pytest.raises(InputError, match="diverged: its gradients are not finite"):
        Diverging().end(steps=0)
