"""Fields of networks, against what the networks do."""

from fractions import Fraction

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.models.architectures import ARCHITECTURES, architecture
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import calls_of, fields_of, valid_ranges_of
from geodl_plugin.models.layers import ApplyMask, DilatedMask, ScalarsTile
from geodl_plugin.models.trimming import trimmed
from geodl_plugin.runtime.numbers import ceil_div, round_up

RATIOS = {"image": Fraction(1), "coarse": Fraction(2), "fine": Fraction(1, 2)}
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
    "finer output": lambda: [C(3, 5, padding="same"), UP(2), C(3, 3, padding="same")],
    "four times as fine": lambda: [C(3, 3, 2, padding="same"), T(3, 4, 4, padding="same"), T(3, 3, 2, padding="same")],
    "half of it coarser": lambda: [C(3, 3, 2, padding="same"), C(3, 3, 2, padding="same"), T(3, 3, 2, padding="same")],
}


def built(name, inputs=("image",), **options):
    """A network that ships, for values instead of probabilities, which would hide differences."""
    statistics = {"mean": [0.5] * 2, "stddev": [0.3] * 2, "nodata": [None] * 2}
    return architecture(name)(
        head=Head.of_values(0, 1),
        statistics=dict.fromkeys(inputs, statistics),
        dataset_element_spec=({source: tf.TensorSpec([None, None, None, 2], tf.float32) for source in inputs}, {}),
        ratios=RATIOS,
        **options,
    ).model


def stacked(layers):
    """A network of layers one after the other."""
    tensor = image = keras.Input((None, None, 2), name="image")
    for layer in layers:
        tensor = layer(tensor)
    return keras.Model({"image": image}, {PREDICTIONS: tensor})


def with_flat_pixels():
    """Pixels are four times as wide as high within one branch, and the other one looks farther."""
    image = keras.Input((None, None, 2), name="image")
    flat = MAX((1, 4))(image)
    joined = keras.layers.concatenate([flat, C(3, 9, padding="same")(flat)])
    return keras.Model({"image": image}, {PREDICTIONS: UP((1, 4))(C(3, 3, padding="same")(joined))})


def with_skip():
    """Two branches of different receptive fields."""
    image = keras.Input((None, None, 2), name="image")
    deep = C(3, 5, 2, padding="same")(image)
    deep = T(3, 3, 2, padding="same")(C(3, 3, padding="same")(deep))
    wide = C(3, 3, dilation_rate=6, padding="same")(image)
    return keras.Model({"image": image}, {PREDICTIONS: keras.layers.concatenate([deep, wide])})


def with_mask():
    """No-data blanks what lies near it."""
    image = keras.Input((None, None, 2), name="image")
    mask = DilatedMask(7, 3)(keras.ops.floor(40 * image[..., :1]))
    return keras.Model({"image": image}, {PREDICTIONS: ApplyMask(-1)([mask, C(2, 3, padding="same")(image)])})


def nested():
    """Two layers that are networks themselves."""
    image = keras.Input((None, None, 2), name="image")
    inner = keras.Input((None, None, 2))
    encoder = keras.Model(inner, C(3, 5, 2, padding="same")(inner))
    decoder = keras.Sequential([T(3, 3, 2, padding="same"), C(2, 3, padding="same")])
    return keras.Model({"image": image}, {PREDICTIONS: decoder(encoder(image))})


def shared():
    """The same layers for two inputs, and scalars."""
    image, coarse = keras.Input((None, None, 2), name="image"), keras.Input((None, None, 2), name="coarse")
    date = keras.Input((1,), name="date")
    encoder = C(3, 5, padding="same")
    far = UP(2)(encoder(coarse))
    tiled = ScalarsTile()([far, keras.layers.Dense(2)(date)])
    merged = keras.layers.concatenate([encoder(image), far, tiled])
    return keras.Model({"image": image, "coarse": coarse, "date": date}, {PREDICTIONS: merged})


def nested_and_shared():
    """A layer that is a network, for two inputs: it strides twice as far on the coarser one; and a wide branch."""
    image, coarse = keras.Input((None, None, 2), name="image"), keras.Input((None, None, 2), name="coarse")
    inner = keras.Input((None, None, 2))
    network = keras.Model(inner, UP(8)(C(3, 3, padding="same")(MAX(8)(inner))))
    wide = C(3, 3, dilation_rate=22, padding="same")(image)
    merged = keras.layers.concatenate([UP(2)(network(coarse)), network(image), wide])
    return keras.Model({"image": image, "coarse": coarse}, {PREDICTIONS: merged})


def randomised(model):
    """The same network with weights that show all dependences: positive, largest at the corners of kernels."""
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
    "flat pixels": with_flat_pixels,
    "mask": with_mask,
    "network in a network": nested,
    "one encoder for two inputs": shared,
    "one network for two inputs": nested_and_shared,
    "fcnn": lambda: built("fcnn", width=4),
    "unet": lambda: built("unet", width=2),
    "unet of depth 1": lambda: built("unet", width=2, depth=1),
    "unet of three resolutions": lambda: built("unet", RATIOS, width=2),
    "unet with a coarse source": lambda: built("unet", ("image", "coarse"), width=2, depth=1),
    "resunet": lambda: built("resunet", width=2),
}


@pytest.fixture(scope="module", params=NETWORKS)
def network(request):
    """Each network with its fields."""
    keras.utils.set_random_seed(1)
    model = randomised(NETWORKS[request.param]())
    return model, fields_of(model, PREDICTIONS, RATIOS)


def scene(model, size):
    """An image of the reference's ``size`` for each input, and scalars."""
    rng = np.random.default_rng(2)
    return {
        one.name: rng.uniform(0, 1, (int(size / RATIOS[one.name]),) * 2 + (2,)) if len(one.shape) == 4 else np.ones(1)
        for one in model.inputs
    }


def predict(model, images, window=slice(None)):
    """The output for one window of the reference, along both axes."""
    batch = {}
    for name, image in images.items():
        part = window
        if window.stop:
            part = slice(int(window.start / RATIOS.get(name, 1)), int(window.stop / RATIOS.get(name, 1)))
        batch[name] = tf.constant(image[None, part, part] if image.ndim > 1 else image[None], tf.float32)
    return model(batch, training=False)[PREDICTIONS][0].numpy().astype(np.float64)


def apart(network, offset):
    """How far the output of a block is from the same part of the whole, by ring from its border; and the noise."""
    model, fields = network
    stride, scale = fields.total_stride, fields.scale
    side = 2 * stride + round_up(2 * (fields.valid_margin + 2) * scale, stride)
    before = round_up((fields.valid_margin + 2) * scale, stride) + offset
    images = scene(model, ceil_div(side + 2 * before, stride) * stride)
    block = predict(model, images, slice(before, before + side))
    first, count = before // scale, side // scale
    whole = predict(model, images)[first : first + count, first : first + count]
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
    pixel = max(1, fields.scale)  # of the output, or of the input if that is coarser
    differences, size = apart(network, fields.total_stride // 2 // pixel * pixel or pixel)
    if fields.total_stride > pixel:
        assert max(differences[fields.valid_margin :]) > 1e-6 * size


SHIPPED = {
    **{name: {} for name, kind in ARCHITECTURES.items() if kind.label_kind == "image"},
    "unet of three resolutions": {"name": "unet", "inputs": RATIOS},
    "fcnn of three resolutions": {"name": "fcnn", "inputs": RATIOS},
    "resunet of three resolutions": {"name": "resunet", "inputs": RATIOS},
    "backbone of three resolutions": {"name": "backbone", "inputs": RATIOS, "depth": 3},
    "ResNet50V2": {"name": "backbone", "backbone": "ResNet50V2", "depth": 2},
    "DenseNet121": {"name": "backbone", "backbone": "DenseNet121", "depth": 2},
}


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request):
    """Each image network that ships as it is made, with its fields."""
    keras.utils.set_random_seed(1)
    model = built(**{"name": request.param, **SHIPPED[request.param]})
    return model, fields_of(model, PREDICTIONS, RATIOS)


@pytest.mark.parametrize("strides", [1, 2, 3])
def test_tiles_of_shipped_networks_equal_the_whole(shipped, strides):
    model, (stride, crop) = shipped[0], (shipped[1].total_stride, shipped[1].crop)
    images = scene(model, 6 * stride + 2 * crop)
    whole = predict(model, images)
    side = strides * stride
    for start in (0, side, 6 * stride - side):
        tile = predict(model, images, slice(start, start + side + 2 * crop))[crop : crop + side, crop : crop + side]
        ground = slice(start + crop, start + crop + side)
        assert np.abs(tile - whole[ground, ground]).max() <= 1e-6 * max(1, np.abs(whole).max())


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("fcnn", Fields(16, 16)),
        ("unet", Fields(8, 46)),
        ("pointwise", Fields(1, 0)),
        ("one network for two inputs", Fields(16, 22)),
    ],
)
def test_fields_of_known_networks(name, fields):
    assert fields_of(NETWORKS[name](), PREDICTIONS, RATIOS) == fields


def test_the_example_of_the_module():
    image = keras.Input((None, None, 1), name="image")
    conv = C(1, 3, padding="same", name="conv")(image)
    pool = MAX(2, name="pool")(conv)
    deep = C(1, 3, padding="same", name="deep")(pool)
    model = keras.Model({"image": image}, {PREDICTIONS: keras.layers.add([conv, UP(2, name="up")(deep)], name="sum")})
    ranges = valid_ranges_of(model, PREDICTIONS, 0, size=16)
    found = [ranges[id(call.outputs[0])] for call in calls_of(model, model.outputs)]
    assert [(valid.scale, valid.size, valid.first, valid.last) for valid in found] == [
        (1, 16, 1, 14),
        (2, 8, 1, 6),
        (2, 8, 2, 5),
        (1, 16, 4, 11),
        (1, 16, 4, 11),
    ]
    assert fields_of(model, PREDICTIONS) == Fields(2, 4)
    trim = trimmed(model, PREDICTIONS)
    assert trim({"image": tf.zeros([1, 16, 16, 1])}).shape == (1, 8, 8, 1)


def test_the_scale_of_a_coarser_output():
    assert fields_of(NETWORKS["coarser output"](), PREDICTIONS).scale == 2


@pytest.mark.parametrize(("stride", "margin", "crop"), [(16, 16, 16), (16, 17, 32), (4, 18, 20), (1, 5, 5), (8, 0, 0)])
def test_the_crop_is_the_next_multiple_of_the_stride(stride, margin, crop):
    assert Fields(stride, margin).crop == crop


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (lambda: [C(3, 3)], "2 pixels too small"),
        (lambda: [keras.layers.LayerNormalization(axis=(1, 2, 3))], "is unlimited"),
        (lambda: [C(3, 3, (1, 2), padding="same")], r"rows and columns.*Received: strides 1 and 2"),
        (lambda: [UP(2, interpolation="bicubic")], "bicubic"),
        (lambda: [MAX((16, 1)), keras.layers.Reshape((2, 32, 2))], "not known"),
        (lambda: [lambda tensor: keras.layers.concatenate([tensor, tensor], axis=1), MAX((2, 1))], "not known"),
        (lambda: [lambda tensor: keras.ops.max(tensor, axis=1, keepdims=True)], "is unlimited"),
        (lambda: [lambda tensor: tensor[:, 1:]], "not known"),
        (lambda: [keras.layers.GlobalAveragePooling2D()], "is unlimited"),
    ],
)
def test_a_layer_without_known_reach_is_refused(layers, message):
    image = keras.Input((32, 32, 2), name="image")
    tensor = image
    for layer in layers():
        tensor = layer(tensor)
    with pytest.raises(InputError, match=message):
        fields_of(keras.Model({"image": image}, {PREDICTIONS: tensor}), PREDICTIONS)
