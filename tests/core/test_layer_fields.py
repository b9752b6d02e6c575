"""Fields of networks, against what the networks do."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.fields import Fields
from geodl_plugin.models.architectures import FCNN, UNet
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import fields_of

STATISTICS = {"image": {"mean": [0.5] * 2, "stddev": [0.3] * 2, "nodata": [None] * 2}}
LINEAR = Head.of_values(0, 1)  # probabilities would hide differences
SPEC = ({"image": tf.TensorSpec([None, 64, 64, 2], tf.float32)}, {})
C, T, D = keras.layers.Conv2D, keras.layers.Conv2DTranspose, keras.layers.DepthwiseConv2D
MAX, MEAN, UP = keras.layers.MaxPooling2D, keras.layers.AveragePooling2D, keras.layers.UpSampling2D

STACKS = {
    "pointwise": lambda: [C(3, 1)],
    "one convolution": lambda: [C(3, 3, padding="same")],
    "even kernel": lambda: [C(3, 4, padding="same")],
    "large kernel": lambda: [C(3, 7, padding="same")],
    "dilated": lambda: [C(3, 3, dilation_rate=3, padding="same")],
    "depthwise": lambda: [D(5, padding="same")],
    "separable": lambda: [keras.layers.SeparableConv2D(3, 3, padding="same")],
    "down and up": lambda: [C(3, 3, 2, padding="same"), T(3, 3, 2, padding="same")],
    "down 5 and up 4": lambda: [C(3, 5, 2, padding="same"), T(3, 4, 2, padding="same")],
    "down and up by 3": lambda: [C(3, 3, 3, padding="same"), T(3, 5, 3, padding="same")],
    "down and up by 4 at once": lambda: [C(3, 7, 4, padding="same"), T(3, 8, 4, padding="same")],
    "tiny kernel up": lambda: [C(3, 3, 2, padding="same"), T(3, 1, 2, padding="same"), C(3, 3, padding="same")],
    "patch embedding": lambda: [C(3, 4, 4), C(3, 3, padding="same"), T(3, 4, 4)],
    "pooled": lambda: [MAX(2), C(3, 3, padding="same"), UP(2)],
    "averaged with overlap": lambda: [MEAN(3, 2, padding="same"), UP(2)],
    "averaged in place": lambda: [MEAN(3, 1, padding="same")],
    "bilinear": lambda: [MAX(2), UP(2, interpolation="bilinear"), C(3, 3, padding="same")],
    "bilinear by 4": lambda: [MAX(4), UP(4, interpolation="bilinear")],
    "two levels": lambda: [MAX(2), C(3, 3, padding="same"), MAX(2), C(3, 3, padding="same"), UP(2), UP(2)],
    "coarser output": lambda: [C(3, 3, padding="same"), MAX(2), C(3, 3, padding="same")],
    "half of it coarser": lambda: [C(3, 3, 2, padding="same"), C(3, 3, 2, padding="same"), T(3, 3, 2, padding="same")],
}


def stacked(layers):
    """A network of layers one after the other."""
    tensor = image = keras.Input((None, None, 2), name="image")
    for layer in layers:
        tensor = layer(tensor)
    return keras.Model({"image": image}, {PREDICTIONS: tensor})


def with_skip():
    """Two branches of different reach."""
    image = keras.Input((None, None, 2), name="image")
    deep = C(3, 5, 2, padding="same")(image)
    deep = T(3, 3, 2, padding="same")(C(3, 3, padding="same")(deep))
    wide = C(3, 3, dilation_rate=6, padding="same")(image)
    return keras.Model({"image": image}, {PREDICTIONS: keras.layers.concatenate([deep, wide])})


def randomised(model):
    """The same network with weights that hide nothing: all positive, strongest where kernels reach farthest."""
    rng = np.random.default_rng(0)
    for variable in model.trainable_variables:
        if len(variable.shape) == 4:
            weights = rng.uniform(0.01, 0.03, variable.shape)
            height, width, channels, _ = weights.shape
            weights[:: max(1, height - 1), :: max(1, width - 1)] *= 50
            variable.assign(weights / channels / min(4, height * width))
    return model


NETWORKS = {
    **{name: lambda make=make: stacked(make()) for name, make in STACKS.items()},
    "branches": with_skip,
    "fcnn": lambda: FCNN(head=LINEAR, statistics=STATISTICS, dataset_element_spec=SPEC).model,
    "unet": lambda: UNet(head=LINEAR, width=2, statistics=STATISTICS, dataset_element_spec=SPEC).model,
    "unet of depth 1": lambda: (
        UNet(head=LINEAR, width=2, depth=1, statistics=STATISTICS, dataset_element_spec=SPEC).model
    ),
}


@pytest.fixture(scope="module", params=NETWORKS)
def network(request):
    """Each network with its fields."""
    keras.utils.set_random_seed(1)
    model = randomised(NETWORKS[request.param]())
    return model, fields_of(model, PREDICTIONS)


def predict(model, image):
    """The output for one image."""
    return model({"image": tf.constant(image[None])}, training=False)[PREDICTIONS][0].numpy().astype(np.float64)


def apart(network, offset):
    """How far the output of a block is from the same part of the whole, by ring from its border; and the noise."""
    model, fields = network
    stride, scale = fields.total_stride, fields.scale
    side = stride * (2 + -(-2 * (fields.valid_margin + 2) * scale // stride))
    before = stride * (-(-(fields.valid_margin + 2) * scale // stride)) + offset
    image = np.random.default_rng(2).uniform(0, 1, (side + 2 * before, side + 2 * before, 2)).astype(np.float32)
    image = image[: -(-image.shape[0] // stride) * stride, : -(-image.shape[1] // stride) * stride]
    pad = -image.shape[0] % stride
    image = np.pad(image, ((0, pad), (0, pad), (0, 0)), mode="reflect")
    block = predict(model, image[before : before + side, before : before + side])
    first, count = before // scale, side // scale
    whole = predict(model, image)[first : first + count, first : first + count]
    difference = np.abs(block - whole).max(axis=-1)
    rows, cols = np.mgrid[:count, :count]
    ring = np.minimum(np.minimum(rows, cols), np.minimum(count - 1 - rows, count - 1 - cols))
    return [difference[ring == number].max() for number in range(fields.valid_margin + 2)], np.abs(whole).max()


def test_inside_the_margin_a_block_equals_the_whole(network):
    differences, size = apart(network, 0)
    assert max(differences[network[1].valid_margin :]) <= 2e-6 * size


def test_the_margin_is_not_larger_than_needed(network):
    margin = network[1].valid_margin
    differences, size = apart(network, 0)
    if margin:
        assert differences[margin - 1] > 1e-7 * size


def test_a_block_off_the_stride_differs(network):
    _, fields = network
    differences, size = apart(network, fields.total_stride // 2 // fields.scale * fields.scale or fields.scale)
    if fields.total_stride > fields.scale:
        assert max(differences[fields.valid_margin :]) > 1e-6 * size


@pytest.mark.parametrize(
    ("name", "fields"), [("fcnn", Fields(16, 16)), ("unet", Fields(4, 22)), ("pointwise", Fields(1, 0))]
)
def test_fields_of_known_networks(name, fields):
    assert fields_of(NETWORKS[name](), PREDICTIONS) == fields


def test_the_scale_of_a_coarser_output():
    assert fields_of(NETWORKS["coarser output"](), PREDICTIONS).scale == 2


@pytest.mark.parametrize(("stride", "margin", "crop"), [(16, 16, 16), (16, 17, 32), (4, 18, 20), (1, 5, 5), (8, 0, 0)])
def test_the_crop_is_the_next_multiple_of_the_stride(stride, margin, crop):
    assert Fields(stride, margin).crop == crop


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (lambda: [C(3, 3)], "2 pixels too small"),
        (lambda: [keras.layers.LayerNormalization(axis=(1, 2, 3))], "not known"),
        (lambda: [C(3, 3, (1, 2), padding="same")], "rows and columns"),
        (lambda: [UP(2)], "finer than its input"),
        (lambda: [UP(2, interpolation="bicubic")], "bicubic"),
        (lambda: [MAX((16, 1)), keras.layers.Reshape((2, 32, 2))], "not known"),
        (lambda: [lambda tensor: keras.layers.concatenate([tensor, tensor], axis=1), MAX((2, 1))], "not known"),
        (lambda: [lambda tensor: keras.ops.max(tensor, axis=1, keepdims=True)], "not known"),
        (lambda: [lambda tensor: tensor[:, 1:]], "not known"),
        (lambda: [keras.layers.GlobalAveragePooling2D()], "no end"),
    ],
)
def test_a_layer_without_known_reach_is_refused(layers, message):
    image = keras.Input((32, 32, 2), name="image")
    tensor = image
    for layer in layers():
        tensor = layer(tensor)
    with pytest.raises(InputError, match=message):
        fields_of(keras.Model({"image": image}, {PREDICTIONS: tensor}), PREDICTIONS)
