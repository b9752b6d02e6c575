"""Training and evaluation on the datasets of several scenes."""

import json
import tempfile
from pathlib import Path

import pytest

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs import from_json
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.training.checks import check_request
from geodl_plugin.training.request import TrainRequest

from ..conftest import Silent


def scratch():
    """What is in the temporary folder, but for what TensorFlow makes there."""
    return set(Path(tempfile.gettempdir()).glob("geodl_*"))


@pytest.fixture(scope="module")
def other_dataset(session_scene, write_vector, tmp_path_factory):
    """A dataset of the same image with other classes: water, which the first has, and urban."""
    from conftest import box

    folder = tmp_path_factory.mktemp("other")
    names = ("water", "urban")
    places = [(col, row) for row in range(4) for col in range(4)]
    polygons = write_vector(
        folder, [(box(col * 50 + 6, row * 40 + 5, 36, 28), names[(row + col) % 2]) for col, row in places]
    )
    image, positions, output = [session_scene["image"]], str(folder / "positions.gpkg"), folder / "other place"
    SampleVector(image, polygons, positions, class_field="class", patch_size=32, count=30, block_size=48).run(Silent())
    ExportTFRecords(image, positions, str(output), 32, labels_vector=polygons, class_field="class").run(Silent())
    return output


@pytest.fixture(scope="module")
def trained(dataset_folder, other_dataset, tmp_path_factory):
    """The results of a training on both, with one held out."""
    output = tmp_path_factory.mktemp("scenes") / "model"
    before = scratch()
    job = TrainModel(
        str(dataset_folder),
        str(output),
        str(output.with_name("report.html")),
        architecture="fcnn",
        epochs=1,
        batch_size=8,
        crops=[16],
        further_datasets=[str(other_dataset)],
        weighting="equally",
    )
    result = from_json(job.to_json()).run(Silent())
    assert scratch() == before
    return result


def test_one_network_learns_all_classes(trained, dataset_folder, other_dataset):
    model = ModelDescription.read(trained["output"])
    assert model.classes.names == ["field", "forest", "water", "urban"]
    scenes = model.training["dataset"]["scenes"]
    assert [scene["name"] for scene in scenes] == [dataset_folder.name, other_dataset.name]
    train = [sum(part["samples"] for part in scene["splits"]["train"]) for scene in scenes]
    assert train[0] == train[1] == DatasetDescription.read(dataset_folder).splits["train"].samples
    assert set(trained) >= {"best_epoch", "valid_f1", "test_f1"}


def test_the_report_names_the_scenes(trained, dataset_folder, other_dataset):
    report = Path(trained["report"]).read_text(encoding="utf-8")
    assert dataset_folder.name in report
    assert other_dataset.name in report
    assert tempfile.gettempdir() not in report


def test_a_model_is_evaluated_on_all(trained, dataset_folder, other_dataset, tmp_path, reporter):
    report = tmp_path / "report.html"
    datasets = [dataset_folder, other_dataset]
    found = EvaluateModel(
        trained["output"],
        str(datasets[0]),
        "valid",
        further_datasets=[str(datasets[1])],
        report=str(report),
        confusion=str(tmp_path / "matrix.csv"),
    ).run(reporter)
    assert found["samples"] == sum(DatasetDescription.read(folder).splits["valid"].samples for folder in datasets)
    assert f"{dataset_folder.name} + {other_dataset.name}" in report.read_text(encoding="utf-8")
    assert (tmp_path / "matrix.csv").read_text(encoding="utf-8").count("\n") == 5  # four classes and their names


def test_scenes_that_do_not_fit_are_refused_before_tensorflow_starts(dataset_folder, other_dataset, tmp_path):
    def check(**options):
        return check_request(TrainRequest(str(dataset_folder), "model", **options))

    found = check(further_datasets=[str(other_dataset)])
    assert found.counts["train"] > DatasetDescription.read(dataset_folder).counts["train"]
    for options, said in (
        ({"split": "by scene", "valid_scenes": ["1"]}, "No scene is left"),
        ({"valid_scenes": ["2"], "further_datasets": [str(other_dataset)]}, "keep their own splits"),
        ({"further_datasets": [str(dataset_folder)]}, "more than once"),
        ({"further_datasets": [str(tmp_path)]}, "not a dataset folder"),
        ({"weighting": "by area"}, "one of by patches, equally"),
    ):
        with pytest.raises(InputError, match=said):
            check(**options)


@pytest.mark.parametrize(("held_out", "missing"), [("1", "field, forest"), ("other place", "urban")])
def test_classes_of_held_out_scenes_are_needed_in_training(dataset_folder, other_dataset, held_out, missing):
    request = TrainRequest(str(dataset_folder), "model", further_datasets=[str(other_dataset)])
    request.split, request.valid_scenes = "by scene", [held_out]
    with pytest.raises(InputError, match=f"no labelled pixels of {missing}"):
        check_request(request)


def test_nothing_is_left_of_a_cancelled_training(dataset_folder, other_dataset, tmp_path, reporter):
    before = scratch()
    reporter.cancel_at = 2
    with pytest.raises(Cancelled):
        TrainModel(str(dataset_folder), str(tmp_path / "model"), further_datasets=[str(other_dataset)]).run(reporter)
    assert not [path for path in tmp_path.iterdir() if not path.name.endswith(".lock")]
    assert scratch() == before


def test_the_model_tells_what_it_was_trained_with(trained, dataset_folder, other_dataset):
    text = (Path(trained["output"]) / "model.json").read_text(encoding="utf-8")
    parameters = json.loads(text)["properties"]["geodl:training"]["parameters"]
    assert (parameters["dataset"], parameters["further_datasets"]) == (str(dataset_folder), [str(other_dataset)])
    assert parameters["weighting"] == "equally"
