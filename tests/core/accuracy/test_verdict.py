"""How good a network is, in words."""

import dataclasses

import numpy as np
import pytest

from geodl_plugin.accuracy.confusion import ConfusionMatrix
from geodl_plugin.accuracy.patch_errors import PatchErrors
from geodl_plugin.accuracy.regression import RegressionErrors
from geodl_plugin.accuracy.reliability import Reliability
from geodl_plugin.accuracy.results import ClassEvaluation, RegressionEvaluation
from geodl_plugin.accuracy.verdict import FAIR, GOOD, POOR, verdict_on
from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SourceInfo, SplitInfo
from geodl_plugin.labels.classes import ClassList

CLASSES = ClassList.from_values(["cropland", "forest", "wetland"])
DATASET = DatasetDescription(
    [SourceInfo("s", ["b"], "uint8", 8, [None], {})], CLASSES, "polygons", 8,
    {"train": SplitInfo(9, 1, [500] * 3), "test": SplitInfo(9, 1, [500] * 3)}, "", (1, 1), {},
)  # fmt: skip


def of(matrix, split="test", places=0):
    """An evaluation with a confusion matrix, on patches of so many separate places."""
    errors = PatchErrors()
    for number in range(places):
        image = np.random.default_rng(number).random((8, 8, 1))
        errors.add(image, np.ones((8, 8), bool), np.full((8, 8), number % 2))
    confusion = ConfusionMatrix(np.array(matrix), CLASSES.names)
    return ClassEvaluation(split, 1, [], [], errors, CLASSES, confusion, Reliability())


def test_a_good_network_is_said_to_be_so():
    verdict = verdict_on(of([[95, 5, 0], [2, 98, 0], [0, 0, 100]]), DATASET)
    assert verdict.level == GOOD
    assert "97.7 % of the labelled pixels of the split test are right" in verdict.headline
    assert verdict.sentences == []


def test_what_is_taken_for_what_is_said_with_the_remedy():
    verdict = verdict_on(of([[95, 5, 0], [2, 98, 0], [38, 0, 62]]), DATASET)
    assert verdict.level == FAIR and "wetland is weak" in verdict.headline
    assert verdict.sentences == [
        "Wetland is taken for cropland (38 % of its pixels): draw more wetland where it looks like cropland, and more "
        "cropland where it looks like wetland."
    ]


def test_a_class_that_is_not_found_makes_it_poor():
    verdict = verdict_on(of([[95, 5, 0], [2, 98, 0], [100, 0, 0]]), DATASET)
    assert verdict.level == POOR and "wetland is poor" in verdict.headline


def test_a_class_without_labels_is_told():
    verdict = verdict_on(of([[95, 5, 0], [2, 98, 0], [0, 0, 0]]), DATASET)
    assert verdict.level == GOOD
    assert verdict.sentences[0].startswith("Nothing is known of wetland")
    assert verdict_on(of(np.zeros((3, 3), int)), DATASET).level == POOR


def test_good_figures_of_few_polygons_are_a_first_impression():
    few = dataclasses.replace(DATASET.splits["test"], distinct_pixels=[90] * 3, features=[1, 4, 4])
    dataset = dataclasses.replace(DATASET, splits={**DATASET.splits, "test": few})
    verdict = verdict_on(of([[95, 5, 0], [2, 98, 0], [0, 0, 100]]), dataset)
    assert verdict.level == FAIR and "first impression" in verdict.headline
    assert "cropland by one polygon" in verdict.sentences[0]


@pytest.mark.parametrize(("places", "words"), [(1, "in 1 separate place only"), (8, "By chance of the 8 places")])
def test_the_uncertainty_is_told(places, words):
    verdict = verdict_on(of([[95, 5, 0], [2, 98, 0], [0, 0, 100]], places=places), DATASET)
    assert words in verdict.sentences[-1]


def test_splits_that_differ_are_told():
    good, bad = [[95, 5, 0], [2, 98, 0], [0, 0, 100]], [[60, 40, 0], [30, 70, 0], [0, 30, 70]]
    sentences = verdict_on(of(bad), DATASET, [of(good, "valid")]).sentences
    assert any("On the split valid the network does much better" in sentence for sentence in sentences)


def test_the_course_of_the_training_is_judged():
    good = of([[95, 5, 0], [2, 98, 0], [0, 0, 100]])
    by_heart = {"accuracy": [0.9, 0.99], "val_accuracy": [0.7, 0.8], "val_loss": [0.5, 0.9]}
    assert "overfitted" in verdict_on(good, DATASET, (), by_heart, 2).sentences[0]
    early = {"accuracy": [0.6, 0.7], "val_accuracy": [0.6, 0.7], "val_loss": [0.9, 0.6]}
    assert "still getting better" in verdict_on(good, DATASET, (), early, 2).sentences[0]
    assert verdict_on(good, DATASET, (), {**early, "val_loss": [0.61, 0.6]}, 2).sentences == []


@pytest.mark.parametrize(("noise", "level"), [(1, GOOD), (20, FAIR), (60, POOR)])
def test_values_are_judged(noise, level):
    values = RegressionTarget("cover", 50.0, 30.0, 0.0, 100.0)
    errors, truth = RegressionErrors(-10, 110), np.linspace(0, 100, 400)
    errors.add(truth, truth + noise * np.random.default_rng(0).choice([-1, 1], 400))
    verdict = verdict_on(RegressionEvaluation("test", 1, [], [], PatchErrors(), values, errors), DATASET)
    assert verdict.level == level and "R²" in verdict.headline


def test_values_that_are_too_high_are_told():
    values = RegressionTarget("cover", 50.0, 30.0, 0.0, 100.0)
    errors, truth = RegressionErrors(-10, 110), np.linspace(0, 100, 400)
    errors.add(truth, truth + 5)
    verdict = verdict_on(RegressionEvaluation("test", 1, [], [], PatchErrors(), values, errors), DATASET)
    assert verdict.sentences[0].startswith("The values are too high by 5 on average")
