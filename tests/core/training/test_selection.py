"""Which network a training gives."""

import dataclasses
import json
import types

import numpy as np
import pytest

from geodl_plugin.accuracy.confusion import ConfusionMatrix
from geodl_plugin.accuracy.patch_errors import PatchErrors
from geodl_plugin.accuracy.reliability import Reliability
from geodl_plugin.accuracy.results import ClassEvaluation
from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import Cancelled
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.training import fitting, selection, verdicts
from geodl_plugin.training.candidates import Candidate, smaller
from geodl_plugin.training.checkpoints import Checkpoints
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.selection import select
from geodl_plugin.training.strategy import select_devices

PATCHES, SIZE = 6, 8


def evaluation(wrong, matrix=((300, 0), (0, 84))):
    """An evaluation of patches with so many wrong pixels each, some with one more and some with one less."""
    errors = PatchErrors()
    for number in range(PATCHES):
        image = np.random.default_rng(number).random((SIZE, SIZE, 2))
        labelled = np.ones((SIZE, SIZE), bool)
        errors.add(image, labelled, np.arange(SIZE**2).reshape(SIZE, SIZE) < wrong + number % 2)
    classes = ClassList.from_values(["field", "water"])
    return ClassEvaluation(
        "valid", PATCHES, [], [], errors, classes, ConfusionMatrix(np.array(matrix), classes.names), Reliability()
    )


class Trainer:
    """Instead of training networks, gives them evaluations by what they are called."""

    def __init__(self, description, found):
        self.description, self._found, self.requests, self.taught = description, found, {}, {}

    def _candidate(self, name, request, teacher=None):
        self.requests[name] = request
        builder = types.SimpleNamespace(architecture=request.architecture, label_kind="image", ratios={})
        trained = types.SimpleNamespace(builder=builder, cancelled=False, best_epoch=3)
        return Candidate(
            name, request, trained, None, {"valid": self._found[name]} if self._found.get(name) else {}, teacher
        )

    def train(self, name, request, effort, part, splits, reporter, teacher=None):
        self.taught[name] = teacher and teacher.name
        return self._candidate(name, request, teacher)

    def train_pixels(self, request, reporter):
        if "single pixels" not in self._found:
            raise Cancelled
        return self._candidate("single pixels", dataclasses.replace(request, architecture="pixel"))


@pytest.fixture
def choose(dataset_folder, tmp_path, reporter, monkeypatch):
    """Select among networks with given evaluations; gives the selection and the trainer."""
    description = DatasetDescription.read(dataset_folder)

    def run(found, description=description, **options):
        trainer = Trainer(description, found)
        monkeypatch.setattr(selection, "CandidateTrainer", lambda *_: trainer)
        request = TrainRequest(str(dataset_folder), "model", **options)
        chosen = select(request, description, select_devices("cpu"), Checkpoints(tmp_path), reporter)
        return chosen, trainer

    return run


NETWORK, PIXELS, SMALLER, LARGER = (
    "the network",
    "single pixels",
    "a smaller network",
    "a larger network, trained for longer",
)


def test_a_network_that_is_better_than_single_pixels_is_kept(choose, reporter):
    found, _ = choose({NETWORK: evaluation(4), PIXELS: evaluation(20)})
    assert found.chosen.name == NETWORK and not found.is_doubtful and reporter.warnings == []
    assert "better than single pixels" in found.verdict[0] and "texture" in found.verdict[0]


def test_a_class_that_is_not_found_is_told(choose, reporter):
    found, _ = choose({NETWORK: evaluation(4, ((300, 0), (84, 1))), PIXELS: evaluation(20, ((290, 10), (84, 0)))})
    assert found.chosen.name == NETWORK and found.is_doubtful
    assert "hardly finds water" in found.verdict[-1] and "field" not in found.verdict[-1]
    assert found.verdict[-1] in reporter.warnings[-1]


def test_few_places_to_judge_by_are_told(choose):
    network, pixels = evaluation(4), evaluation(20)
    found, _ = choose({NETWORK: network, PIXELS: pixels})
    assert verdicts.FEW_PLACES not in found.verdict
    for given in (network, pixels):
        given.patch_errors._marks = [np.zeros(1, np.uint64)] * PATCHES
    found, _ = choose({NETWORK: network, PIXELS: pixels})
    assert found.verdict[-1] == verdicts.FEW_PLACES


@pytest.fixture
def few_labels(dataset_folder):
    """The description of a dataset whose features were split as a whole."""
    return dataclasses.replace(DatasetDescription.read(dataset_folder), split={"way": "features"})


def test_where_labels_are_few_networks_learn_from_single_pixels(choose, few_labels):
    worse = {NETWORK: evaluation(30), PIXELS: evaluation(10), SMALLER: evaluation(20)}
    found, trainer = choose(worse, few_labels)
    assert trainer.taught == {NETWORK: PIXELS, SMALLER: PIXELS}
    assert found.verdict[0] == verdicts.TAUGHT and found.chosen.name == PIXELS
    for unlabelled, description in (("nothing", few_labels), ("automatic", None)):
        found, trainer = choose(worse, *filter(None, [description]), unlabelled=unlabelled)
        assert set(trainer.taught.values()) == {None} and verdicts.TAUGHT not in found.verdict
    _, trainer = choose(worse, few_labels, pixel_classifier="none")
    assert trainer.taught == {NETWORK: None}
    _, trainer = choose(worse, unlabelled="as single pixels")
    assert trainer.taught[NETWORK] == PIXELS


def test_few_places_do_not_replace_a_network_that_has_learned_from_single_pixels(choose, few_labels):
    network, pixels = evaluation(30), evaluation(10)
    for given in (network, pixels):
        given.patch_errors._marks = [np.zeros(1, np.uint64)] * PATCHES
    found, _ = choose({NETWORK: network, PIXELS: pixels}, few_labels)
    assert found.chosen.name == NETWORK and not found.is_doubtful
    assert "cannot decide" in found.verdict[1]
    found, _ = choose({NETWORK: network, PIXELS: pixels, SMALLER: network}, few_labels, unlabelled="nothing")
    assert found.chosen.name == PIXELS


def test_a_class_that_is_lost_where_labels_are_few_is_told_but_decides_nothing(choose, few_labels):
    lost = evaluation(2, [[300, 0], [84, 0]])
    given = {NETWORK: lost, PIXELS: evaluation(20), SMALLER: lost}
    found, _ = choose(given, few_labels)
    assert found.chosen.name == NETWORK and found.is_doubtful
    assert "does not find water, which single pixels find" in found.verdict[1]
    found, _ = choose({**given, NETWORK: evaluation(30, [[300, 0], [84, 0]])}, few_labels)
    assert found.chosen.name == PIXELS
    found, _ = choose(given, few_labels, unlabelled="nothing")
    assert found.chosen.name == PIXELS


def test_a_network_as_good_as_single_pixels_is_kept_and_that_is_said(choose):
    found, _ = choose({NETWORK: evaluation(4), PIXELS: evaluation(4)})
    assert found.chosen.name == NETWORK and not found.is_doubtful
    assert "as good as single pixels" in found.verdict[0]


def test_a_smaller_network_takes_the_place_of_one_that_is_worse(choose, reporter):
    found, trainer = choose({NETWORK: evaluation(30), PIXELS: evaluation(10), SMALLER: evaluation(8)})
    assert found.chosen.name == SMALLER and found.is_doubtful
    assert (trainer.requests[SMALLER].width, trainer.requests[SMALLER].depth) == (8, 2)
    assert trainer.requests[SMALLER].weight_decay > trainer.requests[NETWORK].weight_decay
    assert len(reporter.warnings) == 1 and "worse than single pixels" in reporter.warnings[0]


def test_single_pixels_take_the_place_of_two_networks_that_are_worse(choose, reporter):
    found, _ = choose({NETWORK: evaluation(30), PIXELS: evaluation(10), SMALLER: evaluation(20)})
    assert found.chosen.name == PIXELS
    assert verdicts.PIXELS_KEPT in reporter.warnings[0]


def test_a_network_that_loses_a_class_is_replaced(choose):
    lost = evaluation(2, [[300, 0], [84, 0]])
    found, _ = choose({NETWORK: lost, PIXELS: evaluation(20), SMALLER: lost})
    assert found.chosen.name == PIXELS
    assert "does not find water" in found.verdict[0]


@pytest.mark.parametrize(
    "options",
    [{"pixel_classifier": "compare"}, {"init_model": "m"}, {"architecture": "custom", "model_file": "n.py"}],
    ids=["compare", "fine-tuning", "custom"],
)
def test_a_network_of_the_users_own_is_kept_with_a_warning(choose, reporter, options):
    found, _ = choose({NETWORK: evaluation(30), PIXELS: evaluation(10)}, **options)
    assert found.chosen.name == NETWORK and found.is_doubtful
    assert verdicts.KEPT in reporter.warnings[0]


@pytest.mark.parametrize("wrong", [2, 20], ids=["better", "worse"])
def test_thorough_keeps_the_better_of_two_networks(choose, wrong):
    found, _ = choose({NETWORK: evaluation(10), LARGER: evaluation(wrong), PIXELS: evaluation(40)}, effort="thorough")
    assert found.chosen.name == (LARGER if wrong < 10 else NETWORK)
    assert [candidate.name for candidate in found.candidates] == [NETWORK, LARGER, PIXELS]
    assert ("is kept (" if wrong < 10 else "is not better") in found.verdict[0]


def test_without_labels_to_judge_by_that_is_said(choose, dataset_folder, reporter):
    description = DatasetDescription.read(dataset_folder)
    alone = dataclasses.replace(description, splits={"train": description.splits["train"]})
    for effort in ("standard", "thorough"):
        found, _ = choose({}, alone, effort=effort)
        assert found.chosen.name == NETWORK and found.verdict == [verdicts.NO_LABELS]


def test_nothing_is_compared_where_that_is_not_wanted(choose):
    found, trainer = choose({NETWORK: evaluation(30)}, pixel_classifier="none")
    assert found.verdict == [] and [*trainer.requests] == [NETWORK]
    found, trainer = choose({NETWORK: evaluation(30)}, architecture="pixel")
    assert found.verdict == [] and [*trainer.requests] == [NETWORK]


def test_a_comparison_that_is_cancelled_keeps_the_network_only_if_that_is_wanted(choose):
    found, _ = choose({NETWORK: evaluation(30)}, keep_best=True)
    assert found.chosen.name == NETWORK and found.is_cancelled
    with pytest.raises(Cancelled):
        choose({NETWORK: evaluation(30)})


def test_the_selection_is_json(choose):
    found, _ = choose({NETWORK: evaluation(30), PIXELS: evaluation(10), SMALLER: evaluation(8)})
    content = json.loads(json.dumps(found.to_json()))
    assert [candidate["name"] for candidate in content["candidates"] if candidate["chosen"]] == [SMALLER]
    assert content["candidates"][2]["width"] == 8 and 0 < content["candidates"][0]["valid_accuracy"] <= 1


def test_the_size_that_a_user_chose_is_halved():
    request = smaller(TrainRequest("d", "m", architecture="resunet", width=10, depth=1, weight_decay=0.1))
    assert (request.width, request.depth, request.weight_decay) == (5, 1, 0.1)
    assert smaller(TrainRequest("d", "m", architecture="fcnn")).depth == 0
    assert smaller(TrainRequest("d", "m", architecture="backbone")) is None


def test_a_network_that_learned_nothing_is_replaced_by_single_pixels(dataset_folder, tmp_path, reporter, monkeypatch):
    monkeypatch.setattr(fitting, "MIN_STEPS", 8)
    monkeypatch.setattr(selection, "smaller", lambda request: None)
    request = TrainRequest(
        str(dataset_folder), "model", architecture="fcnn", epochs=1, learning_rate=1e-7, batch_size=8
    )
    description = DatasetDescription.read(dataset_folder)
    found = select(request, description, select_devices("cpu"), Checkpoints(tmp_path / "state"), reporter)
    assert found.chosen.trained.builder.architecture == "pixel"
    assert found.chosen.evaluations["valid"].confusion.overall_accuracy > 0.8
    assert {*found.chosen.evaluations} == {"valid", "test"}
    assert found.chosen.trained.fields.total_stride == 1 and found.chosen.trained.fields.valid_margin == 0
    bins = found.chosen.trained.network.model.get_layer("source1_bins").get_weights()
    untouched = found.chosen.trained.builder.build(found.chosen.pipeline.element_spec, ())
    assert (bins[0] != untouched.model.get_layer("source1_bins").get_weights()[0]).any()  # set by the data
    assert reporter.warnings
