"""Any model as one thing."""

import json
import zipfile

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.loading import ModelTensor, open_model


class Otbtf(tf.Module):
    """Stands for a network of OTBTF's: its outputs are named after layers, its input holds integers."""

    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.ones([3, 3, 2, 5]) / 18)

    @tf.function
    def serve(self, input_xs):
        out = tf.nn.conv2d(tf.cast(input_xs, tf.float32), self.kernel, 1, "SAME")
        return {"softmax_tensor": out, "softmax_tensor_crop4": out[:, 4:-4, 4:-4], "softmax_tensor_crop16": out}

    @tf.function
    def mean(self, b, a):
        return {"mean": tf.reduce_mean(tf.cast(a, tf.float32), [1, 2]) + b}


IMAGE = tf.TensorSpec([None, None, None, 2], tf.uint16, "input_xs")
SCALAR = tf.TensorSpec([None], tf.float32, "b")
PATCH = tf.TensorSpec([None, 16, 16, 2], tf.uint16, "a")


@pytest.fixture(scope="module")
def otbtf(tmp_path_factory):
    """A SavedModel that knows nothing of GeoDL."""
    folder, module = tmp_path_factory.mktemp("models") / "otbtf model", Otbtf()
    signatures = {
        "other": module.mean.get_concrete_function(SCALAR, PATCH),
        "serving_default": module.serve.get_concrete_function(IMAGE),
    }
    tf.saved_model.save(module, str(folder), signatures)
    return folder


@pytest.fixture(scope="module")
def keras_file(tmp_path_factory):
    """A Keras file with two inputs and a list of outputs."""
    path = tmp_path_factory.mktemp("models") / "two.keras"
    image, other = keras.Input((None, None, 2), name="z"), keras.Input((None, None, 2), name="y", dtype="uint8")
    total = image + keras.ops.cast(other, "float32")
    conv = keras.layers.Conv2D(3, 3, padding="same", name="conv")(total)
    keras.Model([image, other], [keras.layers.Softmax(name="soft")(conv), conv]).save(path)
    return path


def test_a_saved_model_tells_what_goes_in_and_what_comes_out(otbtf):
    model = open_model(otbtf)
    assert model.kind == "SavedModel"
    assert model.inputs == (ModelTensor("input_xs", "uint16", (None, None, None, 2)),)
    assert [one.name for one in model.outputs] == ["softmax_tensor", "softmax_tensor_crop16", "softmax_tensor_crop4"]
    assert (model.description, model.keras_model) == (None, None)
    assert model.weights == 3 * 3 * 2 * 5


def test_a_saved_model_runs_with_any_numbers(otbtf):
    result = open_model(otbtf)({"input_xs": np.full((1, 12, 12, 2), 3.0)})
    np.testing.assert_allclose(result["softmax_tensor"][0, 5, 5], [3.0] * 5, rtol=1e-5)
    assert result["softmax_tensor_crop4"].shape == (1, 4, 4, 5)


def test_the_file_of_a_saved_model_stands_for_its_folder(otbtf):
    assert open_model(otbtf / "saved_model.pb").path == otbtf


def test_crops_are_known_by_name(otbtf):
    model = open_model(otbtf)
    assert model.crops("softmax_tensor") == [4, 16]
    cropped = model.output("softmax_tensor_crop16")
    assert (cropped.crop, cropped.whole_name) == (16, "softmax_tensor")
    assert (model.output().crop, model.output().whole_name) == (0, "softmax_tensor")


def test_without_a_name_the_first_output_of_the_alphabet_is_taken(otbtf):
    assert open_model(otbtf).output().name == "softmax_tensor"


def test_an_unknown_output_is_refused(otbtf):
    with pytest.raises(InputError, match=r"no output crop.*one of softmax_tensor, "):
        open_model(otbtf).output("crop")


def test_without_serving_default_the_first_signature_is_taken(tmp_path):
    module = Otbtf()
    tf.saved_model.save(module, str(tmp_path), {"mine": module.mean.get_concrete_function(SCALAR, PATCH)})
    model = open_model(tmp_path)
    assert [one.name for one in model.inputs] == ["a", "b"]
    assert [one.name for one in model.images] == ["a"]
    assert (model.inputs[0].image_size, model.inputs[0].has_free_size) == ((16, 16), False)
    result = model({"a": np.full((3, 16, 16, 2), 7), "b": [1]})["mean"]
    np.testing.assert_array_equal(result, np.full((3, 2), 8))


def test_a_saved_model_without_signature_is_refused(tmp_path):
    tf.saved_model.save(Otbtf(), str(tmp_path))
    with pytest.raises(InputError, match="no signature"):
        open_model(tmp_path)


def test_a_model_folder_has_its_description_and_layers(trained_folder):
    model = open_model(trained_folder)
    assert model.kind == "GeoDL model folder"
    assert [one.name for one in model.inputs] == ["source1"]
    assert model.output().name == model.description.output == "predictions"
    assert model.crops("predictions") == [16, 32]
    assert model.keras_model.count_params() > 1000


def test_a_model_folder_with_other_inputs_than_it_names_is_refused(untrained, tmp_path):
    folder, network = untrained("fcnn")
    network.save(tmp_path)
    described = json.loads((folder / "model.json").read_text())
    described["properties"]["geodl:inputs"][0]["name"] = "other"
    (tmp_path / "model.json").write_text(json.dumps(described))
    with pytest.raises(InputError, match=r"are not those in its model.json.*Expected: other.*Received: source1"):
        open_model(tmp_path)


def test_a_keras_file(keras_file):
    model = open_model(keras_file)
    assert model.kind == "Keras file"
    assert model.inputs == (
        ModelTensor("y", "uint8", (None,) * 3 + (2,)),
        ModelTensor("z", "float32", (None,) * 3 + (2,)),
    )
    assert [one.name for one in model.outputs] == ["conv", "soft"]
    result = model({"z": np.ones((1, 6, 6, 2)), "y": np.ones((1, 6, 6, 2), np.int64)})
    direct = model.keras_model([tf.ones((1, 6, 6, 2)), tf.ones((1, 6, 6, 2), tf.uint8)])
    np.testing.assert_allclose(result["soft"], direct[0], rtol=1e-6)
    np.testing.assert_allclose(result["conv"], direct[1], rtol=1e-6)


def test_a_keras_file_with_our_layers(trained_folder, tmp_path):
    path = tmp_path / "fcnn.keras"
    path.write_bytes((trained_folder / "model.keras").read_bytes())
    assert [one.name for one in open_model(path).outputs] == ["predictions", "unfamiliarity"]


def test_program_code_in_a_keras_file_is_not_run(tmp_path):
    image = keras.Input((None, None, 2))
    path = tmp_path / "lambda.keras"
    keras.Model(image, keras.layers.Lambda(lambda tensor: tensor + 1)(image)).save(path)
    with pytest.raises(InputError, match="Lambda layer: program code"):
        open_model(path)


def test_a_keras_file_with_unknown_layers_is_refused(keras_file, tmp_path):
    path = tmp_path / "unknown.keras"
    with zipfile.ZipFile(keras_file) as source, zipfile.ZipFile(path, "w") as changed:
        for name in source.namelist():
            changed.writestr(
                name, source.read(name).replace(b'"Conv2D"', b'"Unheard"').replace(b"keras.layers", b"mine")
            )
    with pytest.raises(InputError, match="cannot be loaded"):
        open_model(path)


def test_a_damaged_keras_file_is_refused(tmp_path):
    path = tmp_path / "damaged.keras"
    path.write_bytes(b"damaged")
    with pytest.raises(InputError, match="cannot be loaded"):
        open_model(path)


def test_a_damaged_saved_model_is_refused(tmp_path):
    (tmp_path / "saved_model.pb").write_bytes(b"damaged")
    with pytest.raises(InputError, match="cannot be loaded"):
        open_model(tmp_path)


@pytest.mark.parametrize(
    ("names", "chosen", "received"),
    [
        ([], "", "an empty folder"),
        (["dataset.json", "train"], "", "a folder with dataset.json, train"),
        (["model.h5"], "model.h5", r"a file \.h5.*save it as a \.keras file"),
        ([], "nowhere", "no such file or folder"),
        ([], "n" * 300, "no such file or folder"),
    ],
)
def test_what_is_no_model_is_refused(tmp_path, names, chosen, received):
    for name in names:
        (tmp_path / name).write_text("")
    with pytest.raises(InputError, match=f"is not a model.*{received}"):
        open_model(tmp_path / chosen)


@pytest.mark.parametrize(
    ("shape", "rank", "bands", "text"),
    [
        ((None, None, None, 4), 4, 4, "[any, any, any, 4]"),
        ((None, 8, 8), 3, 1, "[any, 8, 8]"),
        ((None, 5), 2, 5, "[any, 5]"),
        ((None,), 1, 1, "[any]"),
        (None, None, None, "of unknown shape"),
    ],
)
def test_bands_of_outputs_of_any_rank(shape, rank, bands, text):
    tensor = ModelTensor("out", "float32", shape)
    assert (tensor.rank, tensor.bands, tensor.shape_text) == (rank, bands, text)
    assert not (shape is None and tensor.is_image)
