"""The table of OTBTF's tutorial, and the formulas behind it."""

from fractions import Fraction

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.errors import InputError
from geodl_plugin.models.layer_fields import receptive_field_of
from geodl_plugin.models.layer_table import layer_table

C, T = keras.layers.Conv2D, keras.layers.Conv2DTranspose
# As in OTBTF's tutorial: name, type, kernel, stride, output size, valid output size.
TUTORIAL = """
input      /                 / / 64 64
conv1      Conv2D            3 2 32 31
conv2      Conv2D            3 2 16 15
conv3      Conv2D            3 2 8 7
conv4      Conv2D            3 2 4 3
tconv1     Transposed Conv2D 3 2 8 5
tconv2     Transposed Conv2D 3 2 16 9
tconv3     Transposed Conv2D 3 2 32 17
classifier Transposed Conv2D 3 2 64 33
"""


def tutorial_network():
    """The network of OTBTF's tutorial."""

    def down(tensor, depth, name):
        return C(depth, 3, 2, activation="relu", padding="same", name=name)(tensor)

    def up(tensor, depth, name, activation="relu"):
        return T(depth, 3, 2, activation=activation, padding="same", name=name)(tensor)

    image = keras.Input((None, None, 4), name="input")
    conv1 = down(keras.layers.Rescaling(0.0001)(image), 16, "conv1")
    conv2 = down(conv1, 32, "conv2")
    conv3 = down(conv2, 64, "conv3")
    conv4 = down(conv3, 64, "conv4")
    tconv1 = up(conv4, 64, "tconv1") + conv3
    tconv2 = up(tconv1, 32, "tconv2") + conv2
    tconv3 = up(tconv2, 16, "tconv3") + conv1
    return keras.Model({"input": image}, {"predictions": up(tconv3, 2, "classifier", "softmax")})


def stacked(*layers):
    """A network of layers one after the other."""
    tensor = image = keras.Input((None, None, 1), name="image")
    for layer in layers:
        tensor = layer(tensor)
    return keras.Model({"image": image}, {"out": tensor})


def line(row):
    """A row as one line of the tutorial's table."""
    sizes = (row.kernel, row.stride, row.output_size, row.valid_size)
    assert all(size is None or size[0] == size[1] for size in sizes)
    return " ".join([row.name, row.type or "/", *("/" if size is None else str(size[0]) for size in sizes)])


def valid_size(*layers, size=64):
    """Valid output size behind the last of some layers."""
    return layer_table(stacked(*layers), "out", size)[-1].valid_size[0]


def test_the_tutorials_table_line_by_line():
    expected = [" ".join(words.split()) for words in TUTORIAL.strip().splitlines()]
    assert [line(row) for row in layer_table(tutorial_network(), "predictions", 64)] == expected


def test_the_tutorials_crop():
    field = receptive_field_of(tutorial_network(), "predictions")
    assert field.valid_size(64) == 33
    assert (field.before, field.after) == (15, 16)
    assert field.fields.crop == 16


@pytest.mark.parametrize("size", [16, 32, 48, 128, 512])
def test_the_table_agrees_with_the_margins_for_each_size(size):
    network = tutorial_network()
    assert layer_table(network, "predictions", size)[-1].valid_size[0] == receptive_field_of(
        network, "predictions"
    ).valid_size(size)


@given(st.integers(1, 9), st.integers(1, 5), st.integers(9, 80))
def test_valid_pixels_of_a_convolution(kernel, stride, size):
    assert valid_size(C(1, kernel, stride), size=size) == (size - kernel) // stride + 1


@given(st.integers(1, 9), st.integers(1, 5), st.integers(12, 80), st.sampled_from(["same", "valid"]))
def test_valid_pixels_of_a_transposed_convolution(kernel, stride, size, padding):
    before = C(1, 3, padding="same")  # leaves valid pixels that do not touch the border
    valid = size - 2
    expected = min((valid + 1) * stride - kernel, size * stride)
    assert valid_size(before, T(1, kernel, stride, padding=padding), size=size) == expected


@given(st.integers(2, 4), st.integers(2, 5), st.integers(20, 60))
def test_dilation_spreads_the_kernel(dilation, kernel, size):
    layer = C(1, kernel, dilation_rate=dilation, padding="same")
    assert valid_size(layer, size=size) == size - (kernel - 1) * dilation


def test_other_layers_are_listed_with_what_they_do():
    network = stacked(
        keras.layers.ZeroPadding2D(2, name="pad"),
        keras.layers.DepthwiseConv2D((3, 5), padding="valid", name="depth"),
        keras.layers.ReLU(),
        keras.layers.MaxPooling2D(2, name="pool"),
        keras.layers.UpSampling2D(2, name="up"),
    )
    rows = {row.name: row for row in layer_table(network, "out", 32)}
    assert list(rows) == ["image", "pad", "depth", "pool", "up"]
    assert (rows["pad"].kernel, rows["pad"].stride, rows["pad"].output_size) == (None, None, (36, 36))
    assert (rows["depth"].kernel, rows["depth"].output_size, rows["depth"].valid_size) == ((3, 5), (34, 32), (30, 28))
    assert (rows["pool"].kernel, rows["pool"].stride, rows["pool"].valid_size) == ((2, 2), (2, 2), (15, 14))
    assert (rows["up"].stride, rows["up"].output_size, rows["up"].valid_size) == ((2, 2), (34, 32), (30, 28))


def test_layers_inside_a_model_that_is_a_layer_are_listed():
    inner = keras.Sequential([keras.Input((None, None, 1)), C(1, 3, padding="same", name="inner")])
    rows = layer_table(stacked(inner, C(1, 5, padding="same", name="outer")), "out", 32)
    assert [row.name for row in rows] == ["image", "inner", "outer"]
    assert rows[-1].valid_size == (26, 26)


def test_layers_inside_a_model_that_is_called_twice_have_the_size_of_each_call():
    fine, coarse = (keras.Input((None, None, 1), name=name) for name in ("fine", "coarse"))
    network = keras.Sequential([keras.Input((None, None, 1)), C(1, 3, padding="same", name="inner")])
    out = keras.layers.concatenate([network(fine), keras.layers.UpSampling2D(4, name="up")(network(coarse))])
    rows = layer_table(keras.Model({"fine": fine, "coarse": coarse}, {"out": out}), "out", 32, {"coarse": Fraction(4)})
    assert sorted(row.output_size for row in rows if row.name == "inner") == [(8, 8), (32, 32)]


def test_inputs_of_other_resolution_have_their_own_size():
    fine, coarse = (keras.Input((None, None, 1), name=name) for name in ("fine", "coarse"))
    out = keras.layers.concatenate([fine, keras.layers.UpSampling2D(4, name="up")(coarse)])
    network = keras.Model({"fine": fine, "coarse": coarse}, {"out": out})
    rows = layer_table(network, "out", 32, {"coarse": Fraction(4)})
    assert {row.name: row.output_size for row in rows} == {"fine": (32, 32), "coarse": (8, 8), "up": (32, 32)}


def test_nothing_of_a_small_image_is_valid():
    assert valid_size(C(1, 9, padding="same"), size=6) == 0


def test_an_image_that_nothing_is_left_of_is_refused():
    with pytest.raises(InputError, match=r"too small for the network.*4 pixels"):
        layer_table(stacked(C(1, 9)), "out", 4)
