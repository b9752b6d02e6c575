"""Optimizer, loss and metrics of a training."""

import dataclasses

import pytest

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget
from geodl_plugin.training.compilation import maximum_learning_rate
from geodl_plugin.training.request import TrainRequest


@pytest.mark.parametrize(
    ("options", "of_values", "rate"),
    [
        ({}, False, 0.002),
        ({}, True, 0.01),
        ({"learning_rate": 0.5}, True, 0.5),
        ({"init_model": "folder"}, False, 0.001),
        ({"architecture": "backbone", "backbone_weights": "imagenet"}, True, 0.001),
        ({"architecture": "backbone"}, False, 0.002),
    ],
)
def test_the_learning_rate_depends_on_the_task(dataset_folder, options, of_values, rate):
    dataset = DatasetDescription.read(dataset_folder)
    values = RegressionTarget("cover", 40.0, 20.0, 0.0, 100.0) if of_values else None
    request = TrainRequest("dataset", "model", **options)
    assert maximum_learning_rate(request, dataclasses.replace(dataset, values=values)) == rate
