"""The base of networks, and their SavedModels."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.architectures.fcnn import FCNN
from geodl_plugin.models.base import SIGNATURE, ModelBase, cropped_tensor_name
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layers import Argmax, DilatedMask, ScalarsTile

STATISTICS = {"image": {"mean": [500.0, 20.0], "stddev": [100.0, 4.0], "nodata": [0, None]}}
SPEC = ({"image": tf.TensorSpec([None, 32, 32, 2], tf.float32)}, {})


def network(statistics=STATISTICS):
    """A small network of three classes."""
    keras.utils.set_random_seed(0)
    return FCNN(Head.of_classes(3), statistics, SPEC, inference_cropping=(16, 32))


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A network, its folder and its signature."""
    folder = tmp_path_factory.mktemp("models") / "saved model"
    one = network()
    one.save(folder)
    loaded = tf.saved_model.load(str(folder))
    signature = loaded.signatures[SIGNATURE]
    signature.owner = loaded  # the signature does not keep its variables alive
    return one, folder, signature


def image(height=64, width=64):
    """A batch of one image."""
    return np.random.default_rng(0).normal((500, 20), (100, 4), (1, height, width, 2)).astype(np.float32)


def test_values_are_brought_to_mean_zero_and_deviation_one():
    one = network()
    values = one.model.get_layer("image_normalized").output
    probe = keras.Model(one.model.inputs, values)
    np.testing.assert_allclose(probe([np.array([[[[600.0, 16.0]]]])])[0, 0, 0], [1, -1], rtol=1e-5)


@pytest.mark.parametrize("missing", [0.0, np.nan])
def test_missing_values_are_brought_to_zero(missing):
    one = network()
    probe = keras.Model(one.model.inputs, one.model.get_layer("image_normalized").output)
    assert float(probe([np.array([[[[missing, 20.0]]]])])[0, 0, 0, 0]) == pytest.approx(0, abs=1e-5)


def test_a_constant_band_is_not_blown_up():
    flat = {"image": {"mean": [500.0, 20.0], "stddev": [0.0, 4.0], "nodata": [None, None]}}
    one = network(statistics=flat)
    probe = keras.Model(one.model.inputs, one.model.get_layer("image_normalized").output)
    assert float(probe([np.array([[[[501.0, 20.0]]]])])[0, 0, 0, 0]) == pytest.approx(1)


def test_the_saved_model_gives_what_the_network_gives(saved):
    one, _, signature = saved
    expected = one.model({"image": image()}, training=False)[PREDICTIONS].numpy()
    np.testing.assert_allclose(signature(image=tf.constant(image()))[PREDICTIONS].numpy(), expected, atol=1e-6)


def test_the_saved_model_takes_its_input_by_name(saved):
    assert list(saved[2].structured_input_signature[1]) == ["image"]


@pytest.mark.parametrize("crop", [16, 32])
def test_outputs_come_cropped_as_well(saved, crop):
    results = saved[2](image=tf.constant(image(96, 80)))
    cropped = results[f"{PREDICTIONS}_crop{crop}"].numpy()
    np.testing.assert_array_equal(cropped, results[PREDICTIONS].numpy()[:, crop:-crop, crop:-crop])


@pytest.mark.parametrize("side", [16, 32, 48])
def test_a_crop_that_leaves_nothing_is_empty_and_no_error(saved, side):
    results = saved[2](image=tf.constant(image(side, side)))
    assert results[f"{PREDICTIONS}_crop32"].shape == (1, 0, 0, 3)
    assert results[f"{PREDICTIONS}_crop16"].shape[1] == max(0, side - 32)


def test_a_batch_of_several_images(saved):
    batch = np.concatenate([image(), image() + 10])
    assert saved[2](image=tf.constant(batch))[PREDICTIONS].shape == (2, 64, 64, 3)


def test_the_keras_file_gives_the_same_in_safe_mode(saved, tmp_path):
    one = saved[0]
    one.model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras", safe_mode=True)
    np.testing.assert_array_equal(again({"image": image()})[PREDICTIONS], one.model({"image": image()})[PREDICTIONS])


def test_only_chosen_inputs_are_taken():
    class Identity(ModelBase):
        def get_outputs(self, normalized_inputs):
            return {"out": keras.layers.Activation("linear")(normalized_inputs["b"])}

    spec = ({name: tf.TensorSpec([None, 32, 32, 2], tf.float32) for name in ("a", "b")}, {})
    assert list(Identity(spec, input_keys=["b"]).inputs) == ["b"]


def test_outputs_that_are_no_images_are_not_cropped(tmp_path):
    class Pooled(ModelBase):
        def get_outputs(self, normalized_inputs):
            return {"out": keras.layers.GlobalAveragePooling2D()(normalized_inputs["image"])}

    Pooled(SPEC).save(tmp_path / "m")
    signature = tf.saved_model.load(str(tmp_path / "m")).signatures[SIGNATURE]
    assert list(signature.structured_outputs) == ["out"]


class Manifold(ModelBase):
    """Two images of different resolution and two scalars; an image and a number."""

    def normalize_inputs(self, inputs):
        return {**inputs, "xs": tf.cast(inputs["xs"], tf.float32) * 0.0001}

    def get_outputs(self, normalized_inputs):
        pan = keras.layers.Conv2D(4, 4, 4)(normalized_inputs["pan"])
        scalars = ScalarsTile()([pan, [normalized_inputs["date"], normalized_inputs["angles"]]])
        net = tf.concat([normalized_inputs["xs"], pan, scalars], axis=-1)
        return {
            "height": keras.layers.Conv2D(1, 3, padding="same", name="any")(net),
            "cover": keras.layers.Dense(1)(keras.layers.GlobalAveragePooling2D()(net)),
        }

    def postprocess_outputs(self, outputs, inputs=None, normalized_inputs=None):
        crops = super().postprocess_outputs(outputs)
        near = DilatedMask(0, 1)(tf.reduce_max(inputs["xs"], axis=-1, keepdims=True))
        return {**crops, "argmax": Argmax()(normalized_inputs["xs"]), "near": near}


MANIFOLD_SPEC = (
    {
        "xs": tf.TensorSpec([None, 16, 16, 3], tf.uint16),
        "pan": tf.TensorSpec([None, 64, 64, 1], tf.uint16),
        "date": tf.TensorSpec([None], tf.float32),
        "angles": tf.TensorSpec([None, 2], tf.float64),
    },
    {},
)


def manifold_batch(side=16):
    """Inputs of `Manifold`."""
    rng = np.random.default_rng(0)
    return {
        "xs": rng.integers(1, 9, (2, side, side, 3)).astype(np.uint16),
        "pan": rng.integers(1, 9, (2, 4 * side, 4 * side, 1)).astype(np.uint16),
        "date": np.array([0.1, 0.2], np.float32),
        "angles": np.array([[1.0, 2.0], [3.0, 4.0]]),
    }


def test_inputs_of_many_kinds_are_trained_and_mapped(tmp_path):
    with tf.distribute.MirroredStrategy().scope():
        one = Manifold(dataset_element_spec=MANIFOLD_SPEC, inference_cropping=[4])
        one.compile(optimizer="adam", loss={"height": "mse", "cover": "mae"})
    batch = manifold_batch()
    targets = {"height": np.zeros((2, 16, 16, 1)), "cover": np.zeros((2, 1))}
    data = tf.data.Dataset.from_tensors((batch, targets))
    one.fit(data, epochs=1, validation_data=data, shuffle=False, verbose=0)
    assert np.isfinite(one.evaluate(data, verbose=0)).all()
    assert one.predict(data, verbose=0)["height"].shape == (2, 16, 16, 1)
    assert list(one.model.output) == ["height", "cover"]
    one.save(str(tmp_path / "m"))
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    floats = {name: tf.constant(values, tf.float32) for name, values in manifold_batch(side=24).items()}
    results = loaded.signatures[SIGNATURE](**floats)
    assert {name: tuple(tensor.shape) for name, tensor in results.items()} == {
        "height": (2, 24, 24, 1),
        "cover": (2, 1),
        "height_crop4": (2, 16, 16, 1),
        "argmax": (2, 24, 24, 1),
        "near": (2, 24, 24, 1),
    }
    np.testing.assert_allclose(results["height"], one.model(floats, training=False)["height"], atol=1e-5)


def test_outputs_may_be_added_to_those_given(tmp_path):
    class Further(ModelBase):
        def get_outputs(self, normalized_inputs):
            return {"out": keras.layers.Conv2D(1, 1)(normalized_inputs["image"])}

        def postprocess_outputs(self, outputs, inputs=None, normalized_inputs=None):
            outputs["twice"] = 2 * outputs["out"]
            return {}

    one = Further(SPEC)
    one.save(tmp_path / "m")
    signature = tf.saved_model.load(str(tmp_path / "m")).signatures[SIGNATURE]
    assert sorted(signature.structured_outputs) == ["out", "twice"]
    assert list(one.model.output) == ["out"]


def test_what_is_keras_own_is_found():
    one = network()
    assert one.get_layer("conv1").filters == 16
    assert one.count_params() == one.model.count_params()
    with pytest.raises(AttributeError, match="fitt"):
        one.fitt  # noqa: B018


def test_an_attribute_that_a_network_forgot_to_set_is_named():
    class Forgetful(ModelBase):
        def get_outputs(self, normalized_inputs):
            return {"out": keras.layers.Conv2D(self.filters, 1)(normalized_inputs["image"])}

    with pytest.raises(AttributeError, match="'Forgetful' object has no attribute 'filters'"):
        Forgetful(SPEC)


def test_the_summary_lists_the_layers(capsys):
    network().summary(strategy=tf.distribute.get_strategy(), line_length=100)
    assert "conv1" in capsys.readouterr().out


def test_crops_are_those_of_the_tutorial_by_default():
    one = FCNN(Head.of_classes(3), STATISTICS, SPEC)
    assert one.inference_cropping == [16, 32, 64, 96, 128]
    assert cropped_tensor_name("predictions", 32) == "predictions_crop32"


def test_an_input_that_the_dataset_does_not_have_is_refused():
    with pytest.raises(InputError, match=r"no input xs.*image"):
        Manifold(SPEC, input_keys=["xs"])
