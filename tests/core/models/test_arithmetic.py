"""How much a network computes, and what follows from it."""

from fractions import Fraction

import keras
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models import arithmetic
from geodl_plugin.models.architectures import architecture
from geodl_plugin.models.arithmetic import MANY_MULTIPLY_ADDS, bfloat16_pays, multiply_adds_per_pixel
from geodl_plugin.models.heads import PREDICTIONS, Head


def an_input(name="image"):
    """4 bands of any size."""
    return keras.Input((None, None, 4), name=name)


def counted(inputs, output, ratios=None):
    """Multiply-adds per pixel of a network from its inputs to a tensor."""
    model = keras.Model({one.name: one for one in inputs}, {PREDICTIONS: output})
    return multiply_adds_per_pixel(model, PREDICTIONS, ratios)


def test_a_convolution_applies_its_kernel_to_each_pixel():
    image = an_input()
    assert counted([image], keras.layers.Conv2D(6, 3, padding="same")(image)) == 9 * 4 * 6


def test_strides_and_transposed_convolutions_count_what_they_compute():
    image = an_input()
    half = keras.layers.Conv2D(8, 3, 2, padding="same")(image)  # a quarter of the pixels
    whole = keras.layers.Conv2DTranspose(6, 3, 2, padding="same")(half)  # its kernel is applied to each of these
    assert counted([image], whole) == 9 * 4 * 8 / 4 + 9 * 8 * 6 / 4


def test_channels_by_themselves_do_not_count():
    image = an_input()
    assert counted([image], keras.layers.DepthwiseConv2D(3, padding="same")(image)) == 0


def test_networks_within_and_coarse_inputs_count_at_their_resolution():
    image, coarse, inner = an_input(), an_input("coarse"), an_input("inner")
    within = keras.Model(inner, keras.layers.Conv2D(4, 1)(inner))
    output = keras.layers.add([within(image), keras.layers.UpSampling2D(2)(within(coarse))])
    assert counted([image, coarse], output, {"coarse": Fraction(2)}) == 16 + 16 / 4


def test_what_depends_on_the_whole_image_is_not_counted():
    image = an_input()
    with pytest.raises(InputError, match="whole image"):
        counted([image], keras.layers.GlobalAveragePooling2D()(image))


@pytest.fixture
def device(monkeypatch):
    """Pretend that the processor has units and that TensorFlow uses them, or that something is missing."""
    return lambda missing: monkeypatch.setattr(arithmetic, "why_not_bfloat16", lambda: missing)


@pytest.mark.parametrize(
    ("missing", "multiply_adds", "pays", "reason"),
    [
        ("", MANY_MULTIPLY_ADDS, True, "20,000 multiply-adds per pixel, and this processor has units"),
        ("", MANY_MULTIPLY_ADDS - 1, False, "only 19,999 multiply-adds"),
        ("", None, False, "not known how much"),
        ("no units", MANY_MULTIPLY_ADDS, False, "no units"),
    ],
)
def test_bfloat16_pays_where_there_is_much_to_compute_and_there_are_units(device, missing, multiply_adds, pays, reason):
    device(missing)
    found, why = bfloat16_pays(multiply_adds)
    assert found is pays and reason in why


@pytest.mark.parametrize(("name", "many"), [("fcnn", False), ("unet", True), ("resunet", True), ("backbone", True)])
def test_only_the_small_network_does_little(name, many):
    statistics = {"mean": [0.0] * 4, "stddev": [1.0] * 4, "nodata": [None] * 4}
    network = architecture(name)(
        head=Head.of_classes(3),
        statistics={"image": statistics},
        dataset_element_spec=({"image": tf.TensorSpec([None, 64, 64, 4], tf.float32)}, {}),
    )
    assert (multiply_adds_per_pixel(network.model, PREDICTIONS) >= MANY_MULTIPLY_ADDS) is many
