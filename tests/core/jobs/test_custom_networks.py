"""Networks from files of the user's own, from the training to the map."""

import json
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.custom import MODULE_NAME, load_model_file
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.models.loading import open_model
from geodl_plugin.training import fitting

from ..conftest import Silent

FILE = """
import keras
from geodl_plugin import StandardizedModel

{before}
class Mine(StandardizedModel):
    def __init__(self, head, **kwargs):
        self.head = head
        super().__init__(**kwargs)

    def get_outputs(self, normalized_inputs):
        (net,) = normalized_inputs.values()
        net = keras.layers.Conv2D(8, 3, padding="same", activation="relu")(net)
        {body}
        return {{"predictions": self.head(keras.layers.Conv2D(self.head.outputs, 1)(net))}}
"""
LAYER = """
@keras.saving.register_keras_serializable("mine")
class Twice(keras.layers.Layer):
    def call(self, inputs, training=None):
        return 2 * inputs
"""
NETWORKS = {
    "squeeze and excitation": {
        "body": "net = net * keras.layers.Dense(8, 'sigmoid')(keras.layers.GlobalAveragePooling2D(keepdims=True)(net))"
    },
    "lambda": {"body": "net = keras.layers.Lambda(lambda one: one + keras.ops.roll(one, 1, axis=-1))(net)"},
    "own layer": {"before": LAYER, "body": "net = Twice()(net)"},
}


def model_file(folder, before="", body="pass"):
    """Write a model file."""
    path = folder / "my model.py"
    path.write_text(FILE.format(before=before, body=body), encoding="utf-8")
    return path


def about_network(reporter):
    """The warnings, without those of classes: that few polygons judge them, or that an epoch is too little for them."""
    of_classes = ("hardly finds", "The split ", "A polygon of ")
    return [warning for warning in reporter.warnings if not any(words in warning for words in of_classes)]


@pytest.fixture(autouse=True)
def _short_epochs(monkeypatch):
    monkeypatch.setattr(fitting, "MIN_STEPS", 1)


@pytest.fixture(autouse=True)
def _no_model_file():
    """Another process does not know the layers of a model file."""
    yield
    sys.modules.pop(MODULE_NAME, None)
    keras.saving.get_custom_objects().pop("mine>Twice", None)


@pytest.fixture
def fit(dataset_folder, tmp_path, reporter):
    """Train a network of a model file for one epoch."""

    def run(file, output="model", **options):
        parameters = {"architecture": "custom", "model_file": str(file), "epochs": 1, "batch_size": 16, "crops": [16]}
        parameters["pixel_classifier"] = "none"
        return TrainModel(str(dataset_folder), str(tmp_path / output), **{**parameters, **options}).run(reporter)

    return run


@pytest.fixture(scope="module", params=NETWORKS)
def trained(request, dataset_folder, tmp_path_factory):
    """Each network, trained: name, model folder and model file."""
    folder = tmp_path_factory.mktemp("custom")
    file = model_file(folder, **NETWORKS[request.param])
    job = TrainModel(
        str(dataset_folder),
        str(folder / "model"),
        architecture="custom",
        model_file=str(file),
        epochs=1,
        crops=[16],
        pixel_classifier="none",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "MIN_STEPS", 1)
        job.run(Silent())
    sys.modules.pop(MODULE_NAME, None)
    keras.saving.get_custom_objects().pop("mine>Twice", None)
    return request.param, folder / "model", file


def test_the_map_is_that_of_the_saved_model(trained, session_scene, tmp_path, reporter):
    name, folder, _ = trained
    given = {"rfield": 64, "efield": 64} if name == "squeeze and excitation" else {"memory": 512}
    path = tmp_path / "map.tif"
    job = ApplyModel(
        str(folder), [session_scene["image"]], str(path), output_type="probabilities", edges="zero", **given
    )
    job.run(reporter)
    found = gdal.Open(str(path)).ReadAsArray().transpose(1, 2, 0)
    image = gdal.Open(session_scene["image"]).ReadAsArray().transpose(1, 2, 0).astype(np.float32)
    if given.get("rfield"):
        image, found = image[:64, :64], found[:64, :64]
    network = tf.saved_model.load(str(folder)).signatures["serving_default"]
    whole = network(source1=tf.constant(image[None]))["predictions"][0].numpy()
    inner = slice(2, -2)
    np.testing.assert_allclose(found[inner, inner], whole[inner, inner], atol=1e-5)
    assert bool(about_network(reporter)) == (name == "squeeze and excitation")


def test_the_field_is_known_or_said_to_be_none(trained):
    name, folder, _ = trained
    fields = ModelDescription.read(folder).fields
    if name == "squeeze and excitation":
        assert fields is None
        assert json.loads((folder / "model.json").read_text())["properties"]["geodl:fields"] is None
        assert "will have seams between blocks" in (folder / "report.html").read_text(encoding="utf-8")
    else:
        assert (fields.total_stride, fields.valid_margin) == (1, 1)


def test_all_are_inspected_and_evaluated(trained, dataset_folder, tmp_path, reporter):
    name, folder, _ = trained
    found = InspectModel(str(folder), str(tmp_path / "inspected.html")).run(reporter)
    assert found.get("valid_margin") == (None if name == "squeeze and excitation" else 1)
    assert len(about_network(reporter)) == (name == "squeeze and excitation")
    assert 0 < EvaluateModel(str(folder), str(dataset_folder), "valid").run(reporter)["accuracy"] <= 1


def test_a_layer_graph_that_cannot_be_loaded_is_none(trained):
    name, folder, _ = trained
    assert (open_model(folder).keras_model is None) == (name != "squeeze and excitation")


def test_training_goes_on_from_it(trained, fit):
    name, folder, file = trained
    if name == "lambda":
        with pytest.raises(InputError, match="contains a Lambda layer: program code"):
            fit(file, init_model=str(folder))
    else:
        assert fit(file, init_model=str(folder))["best_epoch"] == 1


def test_training_goes_on_from_it_with_its_file_only(trained, fit):
    with pytest.raises(InputError, match=r"only its Python file can build.*Expected: this file as MODEL_FILE"):
        fit("", init_model=str(trained[1]))


def test_a_network_without_finite_field_is_told_of_once(fit, tmp_path, reporter):
    fit(model_file(tmp_path, **NETWORKS["squeeze and excitation"]))
    (warning,) = about_network(reporter)
    assert "global_average_pooling2d" in warning and "will have seams between blocks" in warning
    assert "RFIELD = 32" in warning and "RFIELD, EFIELD, CROP" in warning


def test_fields_of_layers_that_are_not_known_are_measured(fit, tmp_path, reporter):
    body = "net = keras.layers.Lambda(lambda one: keras.ops.average_pool(one, 5, 1, 'same'))(net)"
    fit(model_file(tmp_path, body=body))
    fields = ModelDescription.read(tmp_path / "model").fields
    assert (fields.total_stride, fields.valid_margin) == (1, 3)
    assert about_network(reporter) == []


def test_a_network_that_takes_the_whole_patch_is_mapped_in_its_size(fit, tmp_path, reporter, session_scene):
    before = (
        "class Fixed(StandardizedModel):\n    def get_inputs(self):\n"
        "        return {'source1': keras.Input((32, 32, 4), name='source1')}\n"
        "    def get_outputs(self, inputs):\n        raise NotImplementedError\n"
    )
    file = model_file(tmp_path, before=before, body="net = keras.layers.UnitNormalization(axis=1)(net)")
    file.write_text(
        file.read_text()
        .replace("class Mine(StandardizedModel)", "class Mine(Fixed)")
        .replace(
            "    def get_outputs(self, inputs):\n        raise NotImplementedError\n", "    __abstractmethods__ = {1}\n"
        )
    )
    fit(file)
    assert ModelDescription.read(tmp_path / "model").fields is None
    ApplyModel(str(tmp_path / "model"), [session_scene["image"]], str(tmp_path / "map.tif"), rfield=32, efield=32).run(
        reporter
    )
    assert (tmp_path / "map.tif").is_file()


UNSAVEABLE = """
class Odd(keras.layers.Layer):
    def call(self, inputs):
        return inputs
    def get_config(self):
        raise RuntimeError("no config")
"""
FAILS_IN_TRAINING = """
class Odd(keras.layers.Layer):
    def call(self, inputs, training=False):
        if training:
            raise OSError("not now")
        return inputs
"""
FAILS_IN_CALL = """
class Odd(keras.layers.Layer):
    def call(self, inputs):
        if inputs.shape[1]:
            raise KeyError("broken")
        return inputs
"""


@pytest.mark.parametrize(
    ("before", "body", "message"),
    [
        ("", "net = keras.layers.Conv2D(8, 3)(net)", "area of its input"),
        ("", "net = keras.layers.Lambda(lambda one: one[:, 1:-1, 1:-1])(net)", "a label for each pixel.*30 × 30"),
        ("", "net = net.no_such", "cannot be built.*line 14: AttributeError"),
        ("", "import sys; sys.exit(3)", "cannot be built.*line 14: SystemExit: 3"),
        ("", "return net", "does not name its outputs.*dictionary"),
        (UNSAVEABLE, "net = Odd()(net)", "cannot be saved.*line 10: RuntimeError: no config"),
        (FAILS_IN_TRAINING, "net = Odd()(net)", "does not run on the patches.*line 9: OSError.*not now"),
        (FAILS_IN_CALL, "net = Odd()(net)", "does not run on the patches.*line 9: KeyError.*broken"),
        ("import sys\nsys.exit(1)\n", "pass", "fails.*line 6: SystemExit"),
        ("raise MemoryError('so much')\n", "pass", "fails.*line 5: MemoryError: so much"),
    ],
)  # fmt: skip
def test_a_network_that_fails_is_told_of_before_the_training(fit, tmp_path, before, body, message):
    with pytest.raises(InputError, match=message):
        fit(model_file(tmp_path, before, body))
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"import keras\0\n", "fails"),
        (b"name = '\xe9t\xe9'\n", "fails.*SyntaxError"),
        (b"import helper_of_mine\n", "fails.*line 1"),
        (b"x = 1\n  y = 2\n", "line 2: IndentationError"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_of(fit, tmp_path, monkeypatch, content, message):
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "helper_of_mine.py").write_text("def broken(:\n")
    (tmp_path / "my model.py").write_bytes(content)
    with pytest.raises(InputError, match=message):
        fit(tmp_path / "my model.py")


def test_nothing_is_left_beside_the_file(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "another_helper.py").write_text("one = 1\n")
    load_model_file(model_file(tmp_path, before="import another_helper\n"))
    assert {path.name for path in tmp_path.iterdir()} == {"another_helper.py", "my model.py"}
    assert sys.dont_write_bytecode is False


def test_a_fault_in_an_epoch_names_its_line(fit, tmp_path):
    before = (
        "class Odd(keras.layers.Layer):\n    def call(self, inputs, training=False):\n"
        "        if training and inputs.shape[0] != 2:\n            raise OSError('not now')\n        return inputs\n"
    )
    with pytest.raises(InputError, match=r"The network of the model file fails.*line 8: OSError.*not now"):
        fit(model_file(tmp_path, before, "net = Odd()(net)"))
    assert [path.name for path in tmp_path.iterdir()] == ["my model.py"]


def test_a_patch_size_that_a_measured_network_cannot_halve_is_refused(fit, tmp_path):
    body = "net = keras.layers.UpSampling2D(64)(keras.layers.MaxPooling2D(64)(keras.layers.Identity()(net)))"
    with pytest.raises(InputError, match=r"a multiple of 64 pixels.*Received: 32"):
        fit(model_file(tmp_path, body=body))
