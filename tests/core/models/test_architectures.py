"""The networks that ship, and what they end in."""

from fractions import Fraction

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin import options
from geodl_plugin.errors import InputError
from geodl_plugin.models.architectures import ARCHITECTURES, architecture
from geodl_plugin.models.architectures.fcnn import FCNN
from geodl_plugin.models.architectures.pixel import BINS
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.runtime.registry import choices

BANDS = {"mean": [500.0, 20.0], "stddev": [100.0, 4.0], "nodata": [0, None]}
SMALL = {"width": 2, "depth": 1}


def with_option(option):
    """The networks that have an option."""
    return [name for name, kind in ARCHITECTURES.items() if option in kind.OPTIONS]


def spec(sizes=None):
    """Inputs of so many pixels."""
    return (
        {name: tf.TensorSpec([None, side, side, 2], tf.float32) for name, side in (sizes or {"image": 32}).items()},
        {},
    )


def network(kind, head=None, sizes=None, ratios=None, **options):
    """A network for three classes."""
    keras.utils.set_random_seed(0)
    element_spec = spec(sizes)
    statistics = dict.fromkeys(element_spec[0], BANDS)
    small = {name: value for name, value in SMALL.items() if name in architecture(kind).OPTIONS}
    return architecture(kind)(
        head or Head.of_classes(3), statistics, element_spec, (16,), ratios, **{**small, **options}
    )


def images(sizes):
    """A batch of two images for each input."""
    rng = np.random.default_rng(0)
    return {name: rng.normal((500, 20), (100, 4), (2, *side, 2)).astype(np.float32) for name, side in sizes.items()}


def expected_shape(kind, side, channels):
    """Of the predictions for two images."""
    return (2, channels) if architecture(kind).label_kind == "patch" else (2, *side, channels)


def test_architectures_are_offered_in_the_order_of_their_ranks():
    known = ("unet", "resunet", "fcnn", "pixel", "patchcnn", "backbone", "custom")
    assert tuple(name for name in options.ARCHITECTURES if name in known) == known
    assert (options.ARCHITECTURES[0], options.ARCHITECTURES[-1]) == ("unet", "custom")
    assert options.ARCHITECTURES[:-1] == tuple(ARCHITECTURES)
    assert tuple(ARCHITECTURES["backbone"].BACKBONES) == options.BACKBONES


@pytest.mark.parametrize(("name", "kind"), ARCHITECTURES.items())
def test_an_architecture_is_called_what_its_class_says(name, kind):
    found = choices("models.architectures")[name]
    assert (name, found.help, found.rank) == (kind.NAME, kind.HELP, kind.RANK)
    assert found.help.endswith(".") and len(found.help) > 40  # what it is and when to choose it


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_classes_come_as_probabilities(kind):
    side = (32, 32) if architecture(kind).label_kind == "patch" else (32, 48)
    output = network(kind).model(images({"image": side}))[PREDICTIONS].numpy()
    assert output.shape == expected_shape(kind, side, 3)
    assert output.dtype == np.float32
    np.testing.assert_allclose(output.sum(axis=-1), 1, rtol=1e-5)


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_values_come_in_the_units_of_the_labels(kind):
    model = network(kind, Head.of_values(70, 5)).model
    output = model(images({"image": (32, 32)}))[PREDICTIONS].numpy()
    assert output.shape == expected_shape(kind, (32, 32), 1)
    last = keras.Model(model.inputs, model.get_layer(PREDICTIONS).input)
    np.testing.assert_allclose(output, 70 + 5 * last(images({"image": (32, 32)})).numpy(), rtol=1e-5)


def dropouts(kind, head):
    """Number of dropout layers of a network."""
    return sum("dropout" in type(layer).__name__.lower() for layer in network(kind, head).model.layers)


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_networks_of_values_drop_nothing(kind):
    assert dropouts(kind, Head.of_values(70, 5)) == 0


@pytest.mark.parametrize("kind", ["unet", "resunet", "patchcnn", "backbone"])
def test_networks_of_classes_drop_channels_in_training(kind):
    assert dropouts(kind, Head.of_classes(3)) > 0


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_sources_of_three_resolutions(kind):
    ratios = {"image": Fraction(1), "coarse": Fraction(2), "fine": Fraction(1, 2)}
    sizes = {"image": 32, "coarse": 16, "fine": 64}
    model = network(kind, sizes=sizes, ratios=ratios).model
    batch = images({name: (side, side) for name, side in sizes.items()})
    whole = model(batch)[PREDICTIONS].numpy()
    assert whole.shape == expected_shape(kind, (32, 32), 3)
    for name in sizes:
        changed = model({**batch, name: batch[name][::-1]})[PREDICTIONS].numpy()
        assert np.abs(changed - whole).max() > 0, name


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_the_output_is_float32_under_mixed_precision(kind):
    before = keras.mixed_precision.dtype_policy()
    keras.mixed_precision.set_dtype_policy("mixed_bfloat16")
    try:
        model = network(kind).model
    finally:
        keras.mixed_precision.set_dtype_policy(before)
    output = model(images({"image": (32, 32)}))[PREDICTIONS]
    assert output.dtype == tf.float32
    assert np.isfinite(output.numpy()).all()


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_networks_learn_and_come_back_from_a_file(kind, tmp_path):
    one = network(kind)
    batch = images({"image": (32, 32)})
    shape = expected_shape(kind, (32, 32), 3)
    target = {PREDICTIONS: np.eye(3, dtype=np.float32)[np.zeros(shape[:-1], int)]}
    one.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
    losses = [float(one.train_on_batch(batch, target)) for _ in range(20)]
    assert losses[-1] < losses[0]
    one.model.save(tmp_path / "m.keras")
    again = keras.models.load_model(tmp_path / "m.keras", safe_mode=True)
    np.testing.assert_array_equal(again(batch)[PREDICTIONS], one.model(batch)[PREDICTIONS])


@pytest.mark.parametrize("kind", ARCHITECTURES)
def test_moving_averages_follow_within_few_steps(kind):
    layers = [layer for layer in network(kind).model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    assert {layer.momentum for layer in layers} <= {0.9}


@pytest.mark.parametrize("kind", with_option("width"))
def test_a_wider_network_has_more_weights(kind):
    assert network(kind, width=4).count_params() > network(kind, width=2).count_params()


@pytest.mark.parametrize("kind", with_option("depth"))
def test_a_deeper_network_has_more_layers(kind):
    assert len(network(kind, depth=3).model.layers) > len(network(kind, depth=1).model.layers)


def test_an_option_that_is_none_is_the_network_own_choice():
    default = FCNN(Head.of_classes(3), {"image": BANDS}, spec(), width=None, depth=None)
    assert default.get_layer("conv1").filters == 16


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("fcnn", {"depth": 3}, "FCNN has no option depth.*Expected: width.*depth = 3"),
        ("unet", {"weights": "imagenet"}, "no option weights"),
        ("unet", {"width": 0}, r"Invalid width of the network\. Expected: 1 or more\. Received: 0"),
        ("patchcnn", {"depth": 6}, "Invalid depth for patches of 32 pixels.*Expected: 5 or less.*Received: depth = 6"),
        ("backbone", {"depth": 6}, "Invalid depth for the backbone MobileNetV2.*Expected: 5 or less.*depth = 6"),
        ("backbone", {"backbone": "EfficientNetB0"}, "Invalid backbone.*MobileNetV2.*EfficientNetB0"),
        ("backbone", {"weights": "no such file.h5"}, "weights of MobileNetV2 cannot be loaded.*no such file"),
    ],
)
def test_options_that_a_network_does_not_have_are_refused(kind, options, message):
    with pytest.raises(InputError, match=message):
        network(kind, **options)


def test_grids_that_do_not_nest_are_refused():
    ratios = {"coarse": Fraction(3, 2)}
    with pytest.raises(InputError, match=r"source coarse does not nest.*pixel size × 3/2"):
        network("unet", sizes={"image": 48, "coarse": 32}, ratios=ratios)


def test_an_unknown_architecture_is_refused():
    with pytest.raises(InputError, match=r"Invalid architecture.*unet.*Received: vgg"):
        architecture("vgg")


def test_the_number_of_weights_of_the_tutorial_network():
    def weights(kernel, channels, filters):
        return kernel * kernel * channels * filters + filters

    pairs = ((2, 16), (16, 32), (32, 64), (64, 64), (64, 64), (64, 32), (32, 16), (16, 3))
    assert network("fcnn", width=16).count_params() == sum(weights(3, *pair) for pair in pairs)


def test_the_last_transposed_convolution_begins_without_a_grid_of_dots():
    layer = network("fcnn").model.get_layer("last_tconv")
    even = layer(np.ones((1, 8, 8, layer.kernel.shape[-1]), np.float32)).numpy()[0, 1:-1, 1:-1]
    np.testing.assert_allclose(even, np.broadcast_to(even[0, 0], even.shape), atol=1e-6)
    assert np.ptp(even[0, 0]) > 0


@pytest.mark.parametrize("size", [1, 2, 5, 9, 16, 33])
def test_patches_of_any_size(size):
    one = network("patchcnn", sizes={"image": size}, depth=None)
    assert one.model(images({"image": (size, size)}))[PREDICTIONS].shape == (2, 3)
    assert one.inputs["image"].shape == (None, size, size, 2)


def test_a_patch_network_knows_where_things_lie():
    one = network("patchcnn")
    batch = images({"image": (32, 32)})["image"]
    assert (
        np.abs(one.model({"image": batch})[PREDICTIONS] - one.model({"image": batch[:, ::-1]})[PREDICTIONS]).max() > 0
    )


@pytest.mark.parametrize("name", ["MobileNetV2", "ResNet50V2"])
def test_weights_from_a_file_are_taken(name, tmp_path):
    make = getattr(keras.applications, name)
    keras.utils.set_random_seed(7)
    learnt = make(include_top=False, weights=None, input_shape=(64, 64, 3))
    learnt.save_weights(tmp_path / "w.weights.h5")
    own = network("backbone", backbone=name, depth=1, weights=str(tmp_path / "w.weights.h5"))
    first = next(layer for layer in learnt.layers if isinstance(layer, keras.layers.Conv2D))
    theirs, ours = first.get_weights()[0], own.get_layer(first.name).get_weights()[0]
    assert ours.shape[2] == 2
    np.testing.assert_allclose(ours, np.repeat(theirs.mean(axis=2, keepdims=True), 2, axis=2) * 1.5, rtol=1e-6)
    # An image whose bands are alike is seen as the same image of three colours.
    image = np.random.default_rng(0).normal(0, 1, (1, 64, 64, 1)).astype(np.float32)
    seen = keras.Model(learnt.input, learnt.get_layer(first.name).output)(np.repeat(image, 3, axis=-1))
    raw = np.repeat(image, 2, axis=-1) * [100, 4] + [500, 20]
    np.testing.assert_allclose(
        keras.Model(own.model.inputs, own.get_layer(first.name).output)([raw.astype(np.float32)]), seen, atol=1e-3
    )


def test_weights_of_three_bands_are_taken_as_they_are(tmp_path):
    keras.utils.set_random_seed(7)
    learnt = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(64, 64, 3))
    learnt.save_weights(tmp_path / "w.weights.h5")
    bands = {"mean": [0.0] * 3, "stddev": [1.0] * 3, "nodata": [None] * 3}
    element_spec = ({"image": tf.TensorSpec([None, 32, 32, 3], tf.float32)}, {})
    own = architecture("backbone")(
        Head.of_classes(2), {"image": bands}, element_spec, depth=2, weights=str(tmp_path / "w.weights.h5")
    )
    for name in ("Conv1", "bn_Conv1", "block_2_project"):
        for ours, theirs in zip(own.get_layer(name).get_weights(), learnt.get_layer(name).get_weights()):
            np.testing.assert_array_equal(ours, theirs)


def test_without_the_internet_there_are_no_imagenet_weights(monkeypatch):
    def refuse(*_, **__):
        raise Exception("URL fetch failure on https://storage.googleapis.com")

    monkeypatch.setattr("keras.src.applications.mobilenet_v2.file_utils.get_file", refuse)
    with pytest.raises(InputError, match=r"imagenet \(needs the internet\).*URL fetch failure"):
        network("backbone", weights="imagenet")


def test_labels_that_are_all_alike_do_not_stop_the_network():
    assert Head.of_values(3, 0).stddev == 1


def test_a_unet_is_the_default_of_its_options():
    assert ARCHITECTURES["unet"].OPTIONS == {"width": 16, "depth": 3}


def filled_bins(pixels, values):
    """How far a pixel of these values in two bands fills the bins of a network of single pixels, [band, bin]."""
    encoded = keras.Model(pixels.model.inputs, pixels.model.get_layer("image_encoded").output)
    channels = encoded({"image": np.array(values, np.float32)[None, None, None]}).numpy().ravel()
    standardized = (np.array(values) - BANDS["mean"]) / BANDS["stddev"]
    np.testing.assert_allclose(channels[:2], standardized, rtol=1e-5)
    return channels[2:].reshape(2, BINS)


def test_single_pixels_fill_bins_that_can_be_set():
    pixels = network("pixel")
    half = filled_bins(pixels, BANDS["mean"])  # the middle of a normal distribution
    np.testing.assert_allclose(half, [[1, 1, 1, 1, 0, 0, 0, 0]] * 2, atol=1e-5)
    edges = np.array([[100, 200, 300, 400, 500, 600, 700, 800, 900], [10, 10, 12, 12, 12, 14, 18, 20, 30]], float)
    pixels.set_bins({"image": edges})
    found = filled_bins(pixels, [350, 12])
    np.testing.assert_allclose(found[0], [1, 1, 0.5, 0, 0, 0, 0, 0], atol=1e-5)
    np.testing.assert_allclose(found[1], [1, 1, 0, 0, 0, 0, 0, 0], atol=1e-4)  # bins without a width are steps
    assert all("bins" not in weight.path for weight in pixels.model.trainable_weights)
