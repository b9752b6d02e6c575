"""Model folders whose files were changed after the training: by accident, or on purpose."""

import json
import shutil

import keras
import numpy as np
import pytest

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.checksums import changed_files, checksum, checksums
from geodl_plugin.models.folder import FILE_NAME, ModelDescription
from geodl_plugin.models.loading import load_keras_file, open_model

DATA, INDEX = "variables/variables.data-00000-of-00001", "variables/variables.index"


@pytest.fixture
def folder(trained_folder, tmp_path):
    """A copy of a model folder."""
    return shutil.copytree(trained_folder, tmp_path / "model")


@pytest.fixture
def trained_further(folder):
    """A model folder whose Keras file somebody has trained further, without our help."""
    network = load_keras_file(folder / "model.keras")
    network.trainable_variables[0].assign_add(keras.ops.ones_like(network.trainable_variables[0]))
    network.save(folder / "model.keras")
    return folder


@pytest.fixture
def exported_anew(folder, untrained):
    """A model folder with the SavedModel of another network."""
    other, _ = untrained("fcnn")
    shutil.copy(other / "saved_model.pb", folder)
    shutil.copytree(other / "variables", folder / "variables", dirs_exist_ok=True)
    return folder


def test_a_checksum_is_that_of_the_whole_file(tmp_path):
    (tmp_path / "large").write_bytes(bytes(3_000_001))
    # as sha256sum prints it
    assert checksum(tmp_path / "large") == "4f3c36cc4ec3bc4ac4c40dfc33a9c5505a31fd01c106a5277fdcc63239a8f34d"


def test_a_training_writes_the_checksums_of_its_files(trained_folder):
    found = ModelDescription.read(trained_folder).checksums
    assert set(found) == {"saved_model.pb", DATA, INDEX, "model.keras"}
    assert found == checksums(trained_folder)
    assert open_model(trained_folder).changed == ()


@pytest.mark.parametrize("name", ["saved_model.pb", DATA, "model.keras"])
def test_a_changed_file_is_named(name, folder):
    known = checksums(folder)
    with (folder / name).open("ab") as file:
        file.write(b"x")
    assert changed_files(folder, known) == (name,)


def test_a_network_that_was_exported_anew_is_opened(exported_anew, untrained):
    model = open_model(exported_anew)
    assert {"saved_model.pb", DATA} <= {*model.changed}
    patch = {"source1": np.ones((1, 32, 32, 4), np.float32)}
    expected = open_model(untrained("fcnn")[0])(patch)["predictions"]
    np.testing.assert_array_equal(model(patch)["predictions"], expected)


def test_a_graph_that_does_not_belong_to_its_variables_is_an_error(exported_anew, trained_folder):
    shutil.copytree(trained_folder / "variables", exported_anew / "variables", dirs_exist_ok=True)
    with pytest.raises(InputError, match=r"is damaged: saved_model\.pb was changed after the training"):
        open_model(exported_anew)


def test_jobs_warn_of_a_changed_model(trained_further, dataset_folder, session_scene, tmp_path, reporter):
    model = str(trained_further)
    jobs = [
        ApplyModel(model, [session_scene["image"]], str(tmp_path / "map.tif")),
        EvaluateModel(model, str(dataset_folder), "valid"),
        InspectModel(model, str(tmp_path / "report.html")),
    ]
    for job in jobs:
        reporter.warnings.clear()
        job.run(reporter)
        (warning,) = (one for one in reporter.warnings if "was changed after its training" in one)
        assert f"{model} was changed after its training (model.keras)" in warning


def test_a_training_warns_of_a_changed_model_before_it_begins(trained_further, dataset_folder, tmp_path, reporter):
    reporter.cancel_at = 2
    with pytest.raises(Cancelled):
        TrainModel(str(dataset_folder), str(tmp_path / "new"), init_model=str(trained_further), epochs=1).run(reporter)
    assert any("was changed after its training (model.keras)" in one for one in reporter.warnings)


def test_nothing_is_known_of_models_of_earlier_versions(trained_further):
    item = json.loads((trained_further / FILE_NAME).read_text(encoding="utf-8"))
    del item["properties"]["geodl:checksums"]
    (trained_further / FILE_NAME).write_text(json.dumps(item), encoding="utf-8")
    assert open_model(trained_further).changed == ()


def test_a_model_without_its_keras_file_is_whole(folder):
    (folder / "model.keras").unlink()
    assert open_model(folder).changed == ()
