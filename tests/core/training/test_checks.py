"""The checks of a training before TensorFlow is started."""

import dataclasses
import re

import pytest

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SplitInfo
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.options import LOSSES, losses_for
from geodl_plugin.training.checks import check_dataset, check_parameters
from geodl_plugin.training.request import TrainRequest


def request(**changes):
    """A request for a training."""
    return TrainRequest("dataset", "model", **changes)


@pytest.fixture
def dataset(dataset_folder):
    """A dataset of field, forest and water."""
    return DatasetDescription.read(dataset_folder)


@pytest.fixture
def values(dataset):
    """A dataset of continuous values."""
    return dataclasses.replace(dataset, classes=ClassList(()), values=RegressionTarget("cover", 40.0, 20.0, 0.0, 100.0))


def test_the_defaults_fit_classes_and_values(dataset, values):
    check_parameters(request())
    check_dataset(request(), dataset)
    check_dataset(request(), values)


@pytest.mark.parametrize(
    "wrong",
    [
        {"architecture": "alexnet"},
        {"epochs": -1},
        {"effort": "slow"},
        {"pixel_classifier": "perhaps"},
        {"batch_size": 0},
        {"learning_rate": -1.0},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"learning_rate": 1.5},
        {"epochs": 10**20},
        {"seed": -1},
        {"seed": 2**32},
        {"weight_decay": -0.1},
        {"patience": -1},
        {"width": -1},
        {"depth": -1},
        {"crops": [-16]},
        {"loss": "hinge"},
        {"augment": ["noise", "mosaic"]},
        {"class_weights": "some"},
        {"precision": "float64"},
        {"device": "tpu"},
    ],
    ids=str,
)
def test_values_out_of_range_are_refused(wrong):
    ((_, value),) = wrong.items()
    received = value[-1] if isinstance(value, list) else value
    with pytest.raises(InputError, match=rf"Expected: .*Received: {received}\."):
        check_parameters(request(**wrong))


def test_a_custom_network_needs_its_file():
    with pytest.raises(InputError, match="MODEL_FILE"):
        check_parameters(request(architecture="custom"))
    check_parameters(request(architecture="custom", model_file="network.py"))
    check_parameters(request(architecture="custom", init_model="folder"))


def test_class_weights_that_are_not_used_are_refused():
    with pytest.raises(InputError, match="CLASS_WEIGHTS 'given'"):
        check_parameters(request(class_weight_values="water=2"))


def test_losses_are_for_one_task(dataset, values):
    for name in LOSSES:
        for description, task in ((dataset, "classification"), (values, "regression")):
            if name in losses_for(task):
                check_dataset(request(loss=name), description)
            else:
                with pytest.raises(InputError, match=rf"Invalid loss for.*automatic.*Received: {re.escape(name)}"):
                    check_dataset(request(loss=name), description)


def test_class_weights_are_those_of_the_dataset(dataset, values):
    with pytest.raises(InputError, match="wetland"):
        check_dataset(request(class_weights="given", class_weight_values="wetland=2"), dataset)
    with pytest.raises(InputError, match="need a dataset of classes"):
        check_dataset(request(class_weights="balanced"), values)


def test_values_that_are_all_the_same_teach_nothing(values):
    same = dataclasses.replace(values, values=RegressionTarget("cover", 40.0, 0.0, 40.0, 40.0))
    with pytest.raises(InputError, match=r"nothing to learn.*40"):
        check_dataset(request(), same)


def test_a_class_without_training_pixels_is_refused_by_name(dataset):
    with pytest.raises(InputError, match="no labelled pixels of forest"):
        check_dataset(request(), dataclasses.replace(dataset, splits={"train": SplitInfo(5, 1, [10, 0, 10])}))


def test_a_single_class_is_refused(dataset):
    with pytest.raises(InputError, match=r"two classes or more. Received: ice"):
        check_dataset(request(), dataclasses.replace(dataset, classes=ClassList.from_values(["ice"])))


def test_class_values_that_no_map_holds_are_refused_before_training(dataset):
    """Versions before 0.2 made such datasets."""
    huge = dataclasses.replace(dataset.classes.classes[0], value=10**12)
    classes = dataclasses.replace(dataset.classes, classes=(huge, *dataset.classes.classes[1:]))
    with pytest.raises(InputError, match="Invalid class values for a class map"):
        check_dataset(request(), dataclasses.replace(dataset, classes=classes))


@pytest.mark.parametrize("splits", [{"valid": SplitInfo(5, 1, [1, 1, 1])}, {"train": SplitInfo(0, 0, [0, 0, 0])}, {}])
def test_a_dataset_without_train_split_is_refused(dataset, splits):
    with pytest.raises(InputError, match="no split train"):
        check_dataset(request(), dataclasses.replace(dataset, splits=splits))
