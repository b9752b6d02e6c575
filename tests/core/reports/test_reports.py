"""The reports on trainings and evaluations."""

import csv
import dataclasses
import re

import keras
import numpy as np
import pytest

from geodl_plugin.accuracy.confusion import ConfusionMatrix
from geodl_plugin.accuracy.evaluation import evaluate, keras_predictor
from geodl_plugin.accuracy.patch_errors import PatchErrors
from geodl_plugin.accuracy.ranking import PatchResult
from geodl_plugin.accuracy.regression import RegressionErrors
from geodl_plugin.accuracy.reliability import Reliability
from geodl_plugin.accuracy.results import ClassEvaluation, RegressionEvaluation
from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.reports import plus_minus
from geodl_plugin.reports.evaluation import evaluation_report, evaluation_section
from geodl_plugin.reports.evaluation_charts import reliability_diagram
from geodl_plugin.reports.facts import named_facts
from geodl_plugin.reports.training import training_report
from geodl_plugin.reports.training_charts import training_curves


@pytest.fixture(scope="module")
def trained(trained_folder, dataset_folder):
    """Description, network and history of the trained model."""
    with (trained_folder / "history.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    history = {name: [float(row[name]) for row in rows] for name in rows[0] if name != "epoch"}
    model = keras.models.load_model(trained_folder / "model.keras", safe_mode=True, compile=False)
    return ModelDescription.read(trained_folder), model, history


@pytest.fixture
def make_training_report(trained, dataset_folder, reporter):
    """The report on the training, with other arguments."""
    description, model, history = trained
    dataset = DatasetDescription.read(dataset_folder)

    def make(**changes):
        splits = ("valid", "test")
        arguments = {
            "description": description,
            "model": model,
            "dataset": dataset,
            "history": history,
            "best_epoch": 2,
            "evaluations": {
                split: evaluate(keras_predictor(model), dataset_folder, dataset, split, reporter) for split in splits
            },
            "parameters": {"epochs": 2, "learning_rate": 0.001, "augment": ["noise"], "output": "/a/b/model"},
            "seconds": 200,
            "device": "Some processor, 2 threads",
        }
        return training_report(**{**arguments, **changes})

    return make


def test_the_training_report_tells_all(make_training_report, trained, dataset_folder):
    html = make_training_report()
    dataset = DatasetDescription.read(dataset_folder)
    for text in (
        *dataset.classes.names,
        *dataset.sources[0].bands,
        "split test",
        "split valid",
        "Confusion matrix",
        "Expected calibration error",
        "Best patches",
        "Total stride",
        "3 min 20 s",
        "Some processor, 2 threads",
        "0.001",
        "noise",
        'class="network"',
    ):
        assert text in html
    assert html.index("split test") < html.index("split valid")
    assert "/a/b/model" not in html


def test_a_report_needs_nothing_from_elsewhere(make_training_report):
    html = make_training_report()
    links = re.findall(r'(?:src|href|url)\s*[=(]\s*["\']?([^"\')\s>]+)', html)
    assert all(link.startswith(("data:image/", "#")) for link in links)
    assert "<script" not in html
    assert len(html) < 1_500_000


def test_names_are_escaped(make_training_report):
    assert "<b>x" not in make_training_report(parameters={"name": "<b>x"})


def test_a_network_without_a_finite_field_is_said_to_be_so(make_training_report, trained):
    html = make_training_report(description=dataclasses.replace(trained[0], fields=None))
    assert "unlimited or unknown" in html and "Total stride" not in html


def test_warnings_are_shown(make_training_report):
    assert "Mind the gap." in make_training_report(warnings=["Mind the gap."])


def test_a_training_without_valid_split_is_reported(make_training_report):
    html = make_training_report(history={"loss": [1.0, 0.5]}, evaluations={})
    assert "the last epoch is kept" in html


def test_every_figure_has_its_curve():
    history = {
        "rmse": [1.0, 2.0],
        "loss": [1.0, 2.0],
        "learning_rate": [0.1, 0.0],
        "val_loss": [1.0, 1.5],
        "odd_one": [0.0, 1.0],
    }
    one, two = training_curves({"loss": [1.0]}, 1), training_curves(history, 2)
    assert one.count('id="axes_') == 1
    assert two.count('id="axes_') == 4
    assert 'height="' not in two[: two.index(">")]


def result(labels, predicted, labelled=None, bands=4):
    """A patch with its result."""
    labels, predicted = np.asarray(labels), np.asarray(predicted)
    known = np.ones(labels.shape, bool) if labelled is None else labelled
    image = np.random.default_rng(0).random((*labels.shape, bands)).astype(np.float32)
    return PatchResult(0.5, image, labels, known, predicted, np.full(labels.shape, 0.7, np.float32))


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ([0.75] * 8, "reliable."),
        ([0.95] * 8, "overconfident"),
        ([0.6] * 8, "underconfident"),
        ([0.99] * 2 + [0.67] * 6, "not at every confidence"),
    ],
)
def test_the_probabilities_are_judged(dataset_folder, confidence, words):
    dataset = DatasetDescription.read(dataset_folder)
    reliability = Reliability()
    reliability.add(np.array(confidence), np.arange(8) > 1)
    confusion = ConfusionMatrix(np.array([[6, 2, 0], [0, 0, 0], [0, 0, 0]]), dataset.classes.names)
    patch = result(np.zeros((4, 4), int), np.ones((4, 4), int))
    evaluation = ClassEvaluation("test", 1, [patch], [], PatchErrors(), dataset.classes, confusion, reliability)
    assert words in evaluation_section(evaluation, dataset).verdict


def test_an_evaluation_without_any_label_is_shown(dataset_folder):
    dataset = DatasetDescription.read(dataset_folder)
    confusion = ConfusionMatrix(np.zeros((3, 3), int), dataset.classes.names)
    evaluation = ClassEvaluation("test", 1, [], [], PatchErrors(), dataset.classes, confusion, Reliability())
    assert evaluation_section(evaluation, dataset).best == []


def test_values_are_reported(trained, dataset_folder):
    values = RegressionTarget("tree cover", 50.0, 20.0, 0.0, 100.0)
    dataset = dataclasses.replace(DatasetDescription.read(dataset_folder), values=values)
    errors = RegressionErrors(-10, 110)
    errors.add(np.array([10.0, 20, 30]), np.array([12.0, 20, 27]))
    labels = np.full((4, 4), np.nan)
    labels[:2] = 50
    patch = result(labels, np.full((4, 4), 60.0), np.isfinite(labels))
    evaluation = RegressionEvaluation("test", 1, [patch], [patch], PatchErrors(), values, errors)
    html = evaluation_report(
        evaluation, model_name="cover model", description=trained[0], dataset_name="elsewhere", dataset=dataset
    )
    for text in ("tree cover", "RMSE", "R²", "Bias", "cover model", "elsewhere", "error"):
        assert text in html
    assert "Confusion matrix" not in html


def test_parameters_that_were_not_given_are_left_out():
    given = {"learning_rate": 0.1, "report": "", "crops": [], "source1": ["a.tif"], "seed": 0, "output": "x"}
    assert named_facts(given, without=("output",)) == [("Learning rate", 0.1), ("Seed", 0)]


def test_the_verdict_stands_on_top_and_words_are_explained(make_training_report):
    html = make_training_report()
    assert html.index('class="verdict') < html.index('class="cards"')
    assert "<abbr title=" in html and "<h2>Words</h2>" in html
    assert "prefers-color-scheme: dark" in html


def test_it_shows_where_the_splits_lie(make_training_report, dataset_folder):
    assert "Where the splits lie" not in make_training_report()
    assert "data:image/jpeg" in make_training_report(folder=dataset_folder)


def test_as_many_good_patches_as_bad_ones_are_shown(dataset_folder):
    dataset = DatasetDescription.read(dataset_folder)
    patch = result(np.zeros((4, 4), int), np.ones((4, 4), int))
    confusion = ConfusionMatrix(np.diag([5, 5, 5]), dataset.classes.names)
    evaluation = ClassEvaluation(
        "test", 1, [patch] * 4, [patch], PatchErrors(), dataset.classes, confusion, Reliability()
    )
    section = evaluation_section(evaluation, dataset)
    assert (len(section.best), len(section.worst)) == (1, 1)
    assert len(evaluation_section(dataclasses.replace(evaluation, worst=[]), dataset).best) == 4
    info = dataset.splits["test"]
    assert section.ground[dataset.classes.names[0]].startswith(str(info.distinct_pixels[0]))


def test_parameters_without_meaning_are_left_out(make_training_report):
    html = make_training_report(
        parameters={"architecture": "unet", "backbone": "MobileNetV2", "weighting": "by patches"}
    )
    assert "MobileNetV2" not in html and "by patches" not in html
    assert "MobileNetV2" in make_training_report(parameters={"architecture": "backbone", "backbone": "MobileNetV2"})


@pytest.mark.parametrize(
    ("value", "half", "text"),
    [(7.4321, 0.0234, "7.43 ± 0.02"), (1234.5, 56.1, "1\u202f234 ± 56"), (7.4321, 0.0, "7.4 (interval unknown)")],
)
def test_intervals_have_the_digits_that_say_something(value, half, text):
    assert plus_minus(value, half) == text


def test_bins_of_a_handful_of_pixels_are_grey():
    reliability = Reliability()
    reliability.add(np.full(5000, 0.95), np.ones(5000, bool))
    assert "too few pixels to tell" not in texts(reliability_diagram(reliability))
    reliability.add(np.full(3, 0.5), np.zeros(3, bool))
    assert "too few pixels to tell" in texts(reliability_diagram(reliability))


def texts(svg):
    """The texts of a chart, which its comments tell."""
    return re.findall("<!-- (.*?) -->", svg)


def test_charts_have_the_color_of_the_text_around_them():
    svg = training_curves({"loss": [1.0]}, 1)
    assert svg.startswith('<svg fill="currentColor"') and "#000000" not in svg and "#ffffff" not in svg
