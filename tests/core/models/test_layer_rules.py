"""Each kind of layer that the fields are told from, against what it does."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.ops.numpy import Abs

from geodl_plugin.models import layer_rules
from geodl_plugin.models.date_layers import DateDropout, SeasonAverages, SplitDates, WeighDates
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.internals import KEEPS_TRAINING
from geodl_plugin.models.layer_fields import calls_of, fields_of
from geodl_plugin.models.layers import (
    ApplyMask,
    Argmax,
    DilatedMask,
    FillNodata,
    Max,
    Quantity,
    ScalarsTile,
    TemperedSoftmax,
    Unfamiliarity,
)
from geodl_plugin.models.receptive_field import UnknownReceptiveField, UnlimitedReceptiveField
from geodl_plugin.models.tensorflow_functions import tensorflow_functions

from .test_layer_fields import C, T, predict, randomised

GROUND = 24  # side of a block, a multiple of the strides of all that is tried here
ONE_ARGUMENT = (
    "abs", "absolute", "arctan", "ceil", "celu", "cos", "elu", "exp", "floor", "gelu", "hard_sigmoid",
    "hard_silu", "hard_tanh", "isfinite", "isnan", "leaky_relu", "log", "log1p", "logical_not", "negative",
    "relu", "relu6", "round", "rsqrt", "selu", "sigmoid", "sign", "silu", "sin", "softplus", "softsign", "sqrt",
    "square", "tanh",
)  # fmt: skip
TWO_ARGUMENTS = (
    "add", "arctan2", "divide", "equal", "greater", "greater_equal", "less", "less_equal", "logical_and",
    "logical_or", "maximum", "minimum", "mod", "multiply", "not_equal", "power", "subtract", "true_divide",
)  # fmt: skip
ALONG_BANDS = (
    "argmax", "argmin", "logsumexp", "max", "mean", "min", "prod", "std", "sum", "var",
)  # fmt: skip


def dates(image):
    """Averages over the dates of a time series, one for each band."""
    split = DateDropout(0.5)(SplitDates(2)(image))
    return SeasonAverages([10, 200], 3)(WeighDates()([layers.Dense(3)(split), split]))


LAYERS = {
    "Activation": layers.Activation("relu"),
    "ActivityRegularization": layers.ActivityRegularization(),
    "AlphaDropout": layers.AlphaDropout(0.5),
    "Dense": layers.Dense(3),
    "Dropout": layers.Dropout(0.5),
    "ELU": layers.ELU(),
    "FillNodata": FillNodata([0.5, None], [1, 2]),
    "GaussianDropout": layers.GaussianDropout(0.5),
    "GaussianNoise": layers.GaussianNoise(1),
    "Abs": Abs(),
    "Identity": layers.Identity(),
    "LayerScale": LayerScale(0.5, 2),
    "LeakyReLU": layers.LeakyReLU(),
    "PReLU": layers.PReLU(shared_axes=[1, 2]),
    "Quantity": Quantity(1, 2),
    "ReLU": layers.ReLU(),
    "Rescaling": layers.Rescaling(3, 1),
    "StochasticDepth": StochasticDepth(0.5),
    "SpatialDropout2D": layers.SpatialDropout2D(0.5),
    "BatchNormalization": layers.BatchNormalization(),
    "LayerNormalization": layers.LayerNormalization(),
    "RMSNormalization": layers.RMSNormalization() if hasattr(layers, "RMSNormalization") else layers.Identity(),
    "Normalization": layers.Normalization(mean=[1, 2], variance=[3, 4]),
    "Softmax": layers.Softmax(),
    "TemperedSoftmax": TemperedSoftmax(0.7),
    "Unfamiliarity": Unfamiliarity([0.5, 0], [2, 1], [[0, 1], [1, 0], [1, 1]]),
    "UnitNormalization": layers.UnitNormalization(),
    "Argmax": Argmax(),
    "Max": Max(),
}
FINITE = {
    **{name: lambda image, layer=layer: layer(image) for name, layer in LAYERS.items()},
    **{f"ops.{name}": lambda image, name=name: getattr(ops, name)(image) for name in ONE_ARGUMENT},
    **{f"ops.{name}": lambda image, name=name: getattr(ops, name)(image, image[..., :1]) for name in TWO_ARGUMENTS},
    **{
        f"ops.{name}": lambda image, name=name: getattr(ops, name)(image, axis=-1, keepdims=True)
        for name in ALONG_BANDS
    },
    "ops.softmax": lambda image: ops.softmax(image, axis=3),
    "ops.log_softmax": ops.log_softmax,
    "ops.cast": lambda image: ops.cast(image, "float64"),
    "ops.clip": lambda image: ops.clip(image, 0.2, 0.4),
    "ops.where": lambda image: ops.where(image > 0.5, image, 0.0),
    "ops.concatenate": lambda image: ops.concatenate([image, image], axis=-1),
    "bands": lambda image: image[..., 1:],
    "Add": lambda image: layers.Add()([image, image]),
    "Average": lambda image: layers.Average()([image, image]),
    "Concatenate": lambda image: layers.Concatenate()([image, image]),
    "Maximum": lambda image: layers.Maximum()([image, image]),
    "ApplyMask": lambda image: ApplyMask(-1)([ops.cast(image > 0.5, "uint8"), image]),
    "dates": dates,
    "DilatedMask": lambda image: DilatedMask(7, 2)(ops.floor(40 * image)),
    "ScalarsTile": lambda image: ScalarsTile()([image, ops.ones((1, 2))]),
    "AveragePooling2D": lambda image: layers.UpSampling2D(2)(layers.AveragePooling2D(3, 2, "same")(image)),
    "MaxPooling2D": lambda image: layers.UpSampling2D(2)(layers.MaxPooling2D(2)(image)),
    "Conv2D": C(3, 4, dilation_rate=2, padding="same"),
    "DepthwiseConv2D": layers.DepthwiseConv2D(4, padding="same"),
    "SeparableConv2D": layers.SeparableConv2D(3, 4, padding="same"),
    "Conv2DTranspose": lambda image: T(2, 5, 2, padding="same")(C(3, 2, 2)(image)),
    "transposed, more behind": lambda image: T(2, 3, 2, padding="same", output_padding=1)(C(3, 3, 2, "same")(image)),
    "transposed by 3, more behind": lambda image: T(2, 5, 3, padding="same", output_padding=2)(C(3, 3, 3)(image)),
    "transposed, valid": lambda image: layers.Cropping2D(((0, 1), (0, 1)))(T(2, 3, 2)(C(3, 2, 2)(image))),
    "transposed, valid, more behind": lambda image: layers.Cropping2D(((0, 2), (1, 1)))(
        T(2, 3, 2, output_padding=1)(C(3, 2, 2)(image))
    ),
    "ZeroPadding2D and Cropping2D": lambda image: layers.Cropping2D(((3, 1), (0, 2)))(
        layers.ZeroPadding2D(((1, 3), (2, 0)))(image)
    ),
    "padded on one side": lambda image: C(3, 3)(layers.ZeroPadding2D(((2, 0), (0, 2)))(image)),
    "UpSampling2D": lambda image: C(3, 2, 2)(layers.UpSampling2D(2, interpolation="bilinear")(image)),
}
WHOLE = {
    "GroupNormalization": layers.GroupNormalization(2),
    "instance normalisation": layers.GroupNormalization(-1),
    "Softmax over rows": layers.Softmax(axis=1),
    "softmax over columns": lambda image: ops.softmax(image, axis=-2),
    "UnitNormalization over columns": layers.UnitNormalization(axis=2),
    "mean": lambda image: image - ops.mean(image, axis=(1, 2), keepdims=True),
    "mean over all": lambda image: image - ops.mean(image, keepdims=True),
    "mean over rows": lambda image: image - ops.mean(image, axis=-3, keepdims=True),
    "Flatten": lambda image: image * ops.max(layers.Flatten()(image), axis=1)[:, None, None, None],
    "GlobalAveragePooling2D": lambda image: image * layers.GlobalAveragePooling2D(keepdims=True)(image),
    "GlobalMaxPooling2D": lambda image: image * layers.GlobalMaxPooling2D(keepdims=True)(image),
    "MultiHeadAttention": lambda image: layers.MultiHeadAttention(1, 2, attention_axes=(1, 2))(image, image),
    **{
        name: lambda image, name=name: image - ops.mean(getattr(layers, name)(2)(image), axis=(1, 2), keepdims=True)
        for name in ("AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D")
        if hasattr(layers, name)
    },
    "Resizing and back": lambda image: image - ops.mean(layers.Resizing(8, 8)(image), axis=(1, 2), keepdims=True),
    "CenterCrop": lambda image: image - ops.mean(layers.CenterCrop(8, 8)(image), axis=(1, 2), keepdims=True),
}


class Mean(layers.Layer):
    """A layer of the user's own with a name that Keras uses as well: here the mean of the image."""

    def call(self, image):
        return image - ops.mean(image, axis=(1, 2), keepdims=True)


class Subclassed(keras.Model):
    """A network without a layer graph, used as a layer."""

    def __init__(self):
        super().__init__()
        self.convolution = C(3, 3, padding="same")

    def call(self, image):
        return self.convolution(image)


UNKNOWN = {
    "of the user's own": Mean(),
    "without graph": Subclassed(),
    "Lambda": layers.Lambda(lambda image: 2 * image),
    "wrapped": layers.SpectralNormalization(C(3, 3, padding="same")),
    "by line": layers.TimeDistributed(layers.Conv1D(2, 3, padding="same")),
    "recurrent": layers.TimeDistributed(layers.Bidirectional(layers.SimpleRNN(2, return_sequences=True))),
    "augmented": layers.RandomFlip(),
    "bands first": layers.UpSampling2D(1, data_format="channels_first"),
    "joined below": lambda image: layers.MaxPooling2D((2, 1))(layers.concatenate([image, image], axis=1)),
    "moved": lambda image: ops.roll(image, 1, axis=1),
    "turned": layers.Permute((2, 1, 3)),
    "reflected": lambda image: ops.pad(image, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect")[:, 1:-1, 1:-1],
}
IN_TRAINING = {
    "called as in training": lambda image: layers.BatchNormalization()(image, training=True),
    "random in training": lambda image: layers.SpatialDropout2D(0.5)(image, training=True),
    "a network called as in training": lambda image: keras.Sequential(
        [keras.Input((None, None, 2)), layers.BatchNormalization()]
    )(image, training=True),
}
(UNKNOWN if KEEPS_TRAINING else FINITE).update(IN_TRAINING)


def network(make):
    """A network of one layer, or a few, with weights that hide nothing."""
    keras.utils.set_random_seed(1)
    image = keras.Input((None, None, 2), name="image")
    with tensorflow_functions():
        output = make(image)
    return randomised(keras.Model({"image": image}, {PREDICTIONS: output}))


def difference(model, stride, margin, scale=1):
    """How far blocks are at most from the whole image, inside the margin; the blocks begin at two places."""
    image = np.random.default_rng(3).uniform(0, 1, (4 * GROUND, 4 * GROUND, 2))
    image[0, 0] = 2  # brighter than all that the blocks see
    whole = predict(model, {"image": image})
    found = 0.0
    for start in (GROUND, GROUND + stride):
        block = predict(model, {"image": image}, slice(start, start + 2 * GROUND))
        first, side = int(start / scale), block.shape[0]
        inner = slice(margin, side - margin)
        apart = np.abs(block - whole[first : first + side, first : first + side])[inner, inner]
        found = max(found, np.nanmax(apart) / max(1, np.nanmax(np.abs(whole))))
    return found


@pytest.mark.parametrize("name", FINITE)
def test_blocks_of_a_layer_of_finite_reach_equal_the_whole(name):
    model = network(FINITE[name])
    fields = fields_of(model, PREDICTIONS)
    assert difference(model, fields.total_stride, fields.valid_margin, fields.scale) <= 2e-6


@pytest.mark.parametrize("name", WHOLE)
def test_a_layer_that_looks_at_the_whole_image_has_no_finite_reach(name):
    model = network(WHOLE[name])
    with pytest.raises(UnlimitedReceptiveField, match="receptive field of the network is unlimited"):
        fields_of(model, PREDICTIONS)
    assert difference(model, 8, GROUND // 2) > 1e-6


@pytest.mark.parametrize("name", UNKNOWN)
def test_nothing_is_said_of_layers_that_are_not_known(name):
    with pytest.raises(UnknownReceptiveField, match="is not known"):
        fields_of(network(UNKNOWN[name]), PREDICTIONS)


def test_a_weight_for_each_place_has_no_finite_reach():
    image = keras.Input((32, 32, 2), name="image")
    model = keras.Model({"image": image}, {PREDICTIONS: layers.PReLU()(image)})
    with pytest.raises(UnlimitedReceptiveField, match="a weight for each position"):
        fields_of(model, PREDICTIONS)


@pytest.mark.parametrize("name", sorted(layer_rules._POINTWISE_FUNCTIONS))
def test_tensorflow_functions_that_work_pixel_by_pixel(name):
    *module, function = name.split(".")
    call = getattr(getattr(tf, module[0]) if module else tf, function)
    few = {"cast": (tf.float64,), "clip_by_value": (0.2, 0.4), "where": (1.0, 2.0)}
    two = ("add", "divide", "divide_no_nan", "maximum", "minimum", "multiply", "pow", "subtract")

    def make(image):
        first = image > 0.5 if function == "where" else image
        return call(first, *((image,) if function in two else few.get(function, ())))

    model = network(make)
    fields = fields_of(model, PREDICTIONS)
    assert (fields.total_stride, fields.valid_margin) == (1, 0)
    assert difference(model, 1, 0) <= 2e-6


def test_each_kind_that_is_known_is_tried():
    tried = set()
    for make in (*FINITE.values(), *WHOLE.values()):
        model = network(make)
        pending = [(model, model.outputs)]
        while pending:
            one, outputs = pending.pop()
            for node in calls_of(one, outputs):
                tried.add(type(node.operation).__name__)
    known = layer_rules._POINTWISE | layer_rules._ACROSS_BANDS | layer_rules._BY_BAND | set(layer_rules._RULES)
    known |= layer_rules._WHOLE_IMAGE | layer_rules._FIXED_SIZE
    assert known - tried == set()
