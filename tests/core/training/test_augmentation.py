"""Augmentations of training patches."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget, SourceInfo
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.options import AUGMENT, AUGMENTATIONS
from geodl_plugin.runtime import registry
from geodl_plugin.training.augmentation import PACKAGE, augment, augmentation_layers
from geodl_plugin.training.augmentation.brightness_contrast import RandomBrightnessContrast
from geodl_plugin.training.augmentation.cutmix import CutMix
from geodl_plugin.training.augmentation.dihedral import RandomDihedral
from geodl_plugin.training.augmentation.mixup import MixUp
from geodl_plugin.training.augmentation.noise import GaussianNoise
from geodl_plugin.training.augmentation.rotation import RandomRotation

MEANS, DEVIATIONS = {"a": [50.0, 5000.0]}, {"a": [10.0, 1000.0]}
SOURCE = SourceInfo("a", ["red", "nir"], "float32", 4, [None, None], {"mean": MEANS["a"], "stddev": DEVIATIONS["a"]})
DATASET = DatasetDescription([SOURCE], ClassList(()), "raster", 4, {}, "", (10.0, 10.0), {})
LAYERS = [choice.load().for_dataset(DATASET) for choice in registry.choices(PACKAGE).values()]
every_layer = pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: type(layer).__name__)


def seed(one, two):
    """A seed of two integers."""
    return tf.constant([one, two])


def numbered(patches=4, size=4, classes=3):
    """A batch whose image, labels and weights all tell where each pixel was, and in which patch."""
    number = np.arange(patches * size * size).reshape(patches, size, size, 1).astype(np.float32)
    return {"a": tf.constant(np.concatenate([number, number], axis=-1))}, tf.constant(number), tf.constant(number)


def blobs(patches=6, size=32):
    """A batch whose image is its label: one-hot classes of large, unsymmetric areas."""
    rows, cols = np.mgrid[:size, :size]
    classes = np.stack([(rows * (1 + n) // 14 + cols // 11) % 3 for n in range(patches)])
    labels = tf.one_hot(classes, 3)
    return {"a": labels, "coarse": labels[:, 1::4, 1::4]}, labels, tf.ones_like(labels[..., :1])


def test_flips_move_image_labels_and_weights_together():
    for number in range(20):
        images, labels, weights = RandomDihedral()(*numbered(), seed(number, 0))
        np.testing.assert_array_equal(images["a"][..., :1], labels)
        np.testing.assert_array_equal(images["a"][..., 1:], weights)


def test_all_eight_ways_occur_about_equally():
    seen = {}
    number = np.tile(np.arange(4, dtype=np.float32).reshape(1, 2, 2, 1), (400, 1, 1, 1))
    for patch in RandomDihedral()({"a": number}, number, number, seed(3, 2))[1].numpy():
        key = tuple(patch.ravel().tolist())
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 8 and min(seen.values()) > 25


def test_sources_of_another_resolution_are_flipped_alike():
    fine = np.random.default_rng(0).random((5, 8, 8, 1)).astype(np.float32)
    coarse = fine.reshape(5, 4, 2, 4, 2, 1).mean(axis=(2, 4))
    images, _, _ = RandomDihedral()({"a": fine, "b": coarse}, fine, fine, seed(4, 2))
    np.testing.assert_allclose(images["a"].numpy().reshape(5, 4, 2, 4, 2, 1).mean(axis=(2, 4)), images["b"], rtol=1e-5)


def test_rotations_move_image_and_labels_together():
    for number in range(5):
        images, labels, weights = RandomRotation()(*blobs(), seed(number, 0))
        inside = weights.numpy()[..., 0] == 1
        assert 0.6 < inside.mean() < 1
        certain = inside & (images["a"].numpy().max(axis=-1) > 0.99)  # away from the areas' borders
        assert certain.mean() > 0.4
        np.testing.assert_array_equal(images["a"].numpy().argmax(-1)[certain], labels.numpy().argmax(-1)[certain])


def test_rotations_turn_sources_of_another_resolution_by_the_same_angle():
    ramp = np.tile(np.linspace(-31, 31, 32, dtype=np.float32)[:, None, None], (40, 1, 32, 1))
    coarse = ramp.reshape(40, 8, 4, 8, 4, 1).mean(axis=(2, 4))
    images, _, _ = RandomRotation()({"a": ramp, "b": coarse}, ramp, tf.ones_like(ramp), seed(1, 0))
    fine = images["a"].numpy().reshape(40, 8, 4, 8, 4, 1).mean(axis=(2, 4))
    np.testing.assert_allclose(fine[:, 3:5, 3:5], images["b"].numpy()[:, 3:5, 3:5], atol=0.05)
    assert len(np.unique(images["b"].numpy()[:, 3, 3].round(4))) == 40  # an angle for each patch


def test_what_comes_from_outside_has_no_label_but_an_image():
    images, labels, weights = RandomRotation()(*blobs(), seed(2, 0))
    outside = weights.numpy()[..., 0] == 0
    assert outside.any()
    np.testing.assert_array_equal(labels.numpy()[outside], 0)
    assert images["a"].numpy()[outside].sum(axis=-1).min() > 0.9  # mirrored


def test_rotations_of_no_angle_change_nothing():
    images, labels, weights = RandomRotation(degrees=0.0)(*blobs(), seed(2, 0))
    np.testing.assert_allclose(images["a"], blobs()[0]["a"], atol=1e-6)
    np.testing.assert_array_equal(labels, blobs()[1])
    np.testing.assert_array_equal(weights, 1)


@pytest.mark.parametrize(
    "layer",
    [RandomBrightnessContrast(MEANS, DEVIATIONS), GaussianNoise(DEVIATIONS)],
    ids=lambda layer: type(layer).__name__,
)
class TestChangesOfValues:
    """Changes that move no pixel."""

    def test_labels_and_weights_stay(self, layer):
        _, labels, weights = layer(*numbered(), seed(0, 3))
        np.testing.assert_array_equal(labels, numbered()[1])
        np.testing.assert_array_equal(weights, numbered()[2])

    def test_the_change_is_in_proportion_to_the_band(self, layer):
        image = np.tile(np.float32([50.0, 5000.0]), (200, 2, 2, 1))
        shifts = layer({"a": image}, image, image, seed(1, 4))[0]["a"].numpy()[:, 0, 0] - [50, 5000]
        small, large = shifts.std(axis=0)
        assert large / small == pytest.approx(100, rel=0.25)
        assert 0.05 < small / 10 < 0.3


def test_noise_differs_from_pixel_to_pixel():
    image = tf.zeros((2, 8, 8, 2))
    assert len(np.unique(GaussianNoise(DEVIATIONS)({"a": image}, image, image, seed(0, 5))[0]["a"][..., 0])) > 100


def test_brightness_is_one_for_all_pixels_of_a_band_of_a_patch():
    image = tf.zeros((3, 8, 8, 2))
    changed = RandomBrightnessContrast(MEANS, DEVIATIONS)({"a": image}, image, image, seed(0, 6))[0]["a"]
    assert [len(np.unique(patch[..., 0])) for patch in changed] == [1, 1, 1]
    assert len(np.unique(changed[..., 0])) == 3


def test_mixup_mixes_images_labels_and_weights_by_the_same_share():
    image = np.tile(2.0 ** np.arange(8, dtype=np.float32).reshape(8, 1, 1, 1), (1, 2, 2, 1))
    labels = tf.one_hot(np.tile(np.arange(8).reshape(8, 1, 1), (1, 2, 2)), 8)
    images, mixed, weights = MixUp(alpha=1.0)({"a": image}, labels, tf.ones_like(image), seed(1, 1))
    np.testing.assert_allclose(weights, 1, rtol=1e-6)
    np.testing.assert_allclose(tf.reduce_sum(mixed, -1), 1, rtol=1e-6)
    np.testing.assert_allclose(images["a"][..., 0], mixed.numpy() @ (2.0 ** np.arange(8)), rtol=1e-5)
    shares = mixed.numpy().max(axis=-1)[:, 0, 0]
    assert (shares >= 0.5 - 1e-6).all() and len(np.unique(shares)) > 4


def test_mixup_takes_the_label_of_the_other_where_there_is_none():
    labels = tf.one_hot(np.array([[[0]], [[255]]]), 2)
    weights = tf.reduce_sum(labels, -1, keepdims=True)
    found = [MixUp(alpha=1.0)({"a": labels}, labels, weights, seed(number, 1))[1:] for number in range(30)]
    assert any(0 < weight[1, 0, 0, 0] < 0.5 and (mixed[1, 0, 0] == [1, 0]).numpy().all() for mixed, weight in found)
    nothing = MixUp()({"a": labels}, 0 * labels, 0 * weights, seed(0, 0))
    assert (nothing[1].numpy() == 0).all() and (nothing[2].numpy() == 0).all()


def test_mixed_losses_are_the_mixture_of_the_losses():
    rng = np.random.default_rng(0)
    labels, weights = tf.one_hot(rng.integers(0, 3, (2, 4, 4)), 3), tf.constant(rng.random((2, 4, 4, 1), np.float32))
    predicted = tf.nn.softmax(rng.normal(size=(2, 4, 4, 3)).astype(np.float32))
    for number in range(10):
        _, mixed, weight = MixUp(alpha=1.0)({}, labels, weights, seed(number, 0))
        losses = weight[..., 0] * keras.losses.categorical_crossentropy(mixed, predicted)
        own = weights[..., 0] * keras.losses.categorical_crossentropy(labels, predicted)
        other = weights[::-1][..., 0] * keras.losses.categorical_crossentropy(labels[::-1], predicted)
        share = tf.math.divide_no_nan(losses - other, own - other)
        np.testing.assert_allclose(share[0], share[0, 0, 0], atol=2e-3)


def test_cutmix_takes_a_rectangle_of_another_patch():
    shares = []
    for number in range(40):
        images, labels, weights = CutMix()(*numbered(patches=4, size=16), seed(number, 0))
        np.testing.assert_array_equal(images["a"][..., :1], labels)
        np.testing.assert_array_equal(images["a"][..., 1:], weights)
        pixel, own = np.divmod(labels.numpy()[..., 0].astype(int), 256), np.arange(4)[:, None, None]
        np.testing.assert_array_equal(pixel[1], np.broadcast_to(np.arange(256).reshape(16, 16), pixel[1].shape))
        for taken, sources in zip(pixel[0] != own, pixel[0]):
            rows, columns = taken.any(axis=1), taken.any(axis=0)
            assert (taken == rows[:, None] & columns).all()
            assert len(np.unique(sources[taken])) <= 1
            shares.append(taken.mean())
    assert 0.1 < np.mean(shares) < 0.5 and np.max(shares) > 0.7


def test_cutmix_cuts_all_resolutions_at_the_same_places():
    batch = blobs(size=64)
    fine = {"a": batch[0]["a"], "coarse": batch[0]["a"][:, ::4, ::4]}
    for number in range(20):
        images, labels, _ = CutMix()(fine, *batch[1:], seed(number, 1))
        np.testing.assert_array_equal(images["a"], labels)
        np.testing.assert_array_equal(images["a"][:, ::4, ::4], images["coarse"])


@every_layer
def test_the_same_seed_gives_the_same_change(layer):
    def change(number):
        images, labels, weights = layer(*numbered(), seed(1, number))
        return np.concatenate([images["a"], labels, weights], axis=-1)

    np.testing.assert_array_equal(change(2), change(2))
    assert any((change(2) != change(number)).any() for number in range(3, 8))


@every_layer
def test_shapes_are_known_in_a_graph(layer):
    specs = [tf.TensorSpec([None, *one.shape[1:]], one.dtype) for one in (numbered()[0]["a"], *numbered()[1:])]
    graph = tf.function(lambda image, *rest: layer({"a": image}, *rest, seed(0, 0))).get_concrete_function(*specs)
    images, labels, weights = graph.structured_outputs
    found = (images["a"].shape.as_list(), labels.shape.as_list(), weights.shape.as_list())
    assert found == ([None, 4, 4, 2], [None, 4, 4, 1], [None, 4, 4, 1])


@every_layer
def test_layers_come_back_from_their_configuration(layer):
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    for one, other in zip(
        tf.nest.flatten(layer(*numbered(), seed(5, 5))), tf.nest.flatten(again(*numbered(), seed(5, 5)))
    ):
        np.testing.assert_array_equal(one, other)


@every_layer
def test_precision_does_not_reach_the_values(layer):
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        coarse = type(layer).from_config(layer.get_config())
        for one, other in zip(
            tf.nest.flatten(layer(*numbered(), seed(5, 5))), tf.nest.flatten(coarse(*numbered(), seed(5, 5)))
        ):
            np.testing.assert_array_equal(one, other)
    finally:
        keras.config.set_dtype_policy("float32")


def test_one_label_a_patch_is_left_where_it_is():
    label = tf.ones((4, 1, 1, 2))
    for layer in (RandomDihedral(), RandomRotation()):
        _, labels, weights = layer({"a": tf.zeros((4, 8, 8, 1))}, label, label[..., :1], seed(1, 1))
        np.testing.assert_array_equal(labels, label)
        np.testing.assert_array_equal(weights, 1)


def test_layers_draw_different_numbers():
    batch = ({"a": tf.zeros((2, 4, 4, 2))}, tf.zeros((2, 4, 4, 1)), tf.zeros((2, 4, 4, 1)))
    twice = augment([GaussianNoise(DEVIATIONS), GaussianNoise(DEVIATIONS)], batch, seed(1, 2))[0]["a"]
    once = augment([GaussianNoise(DEVIATIONS)], batch, seed(1, 2))[0]["a"]
    assert not np.allclose(twice, 2 * once)


@pytest.mark.parametrize(
    ("name", "layer_class"),
    [
        ("flips and turns", RandomDihedral),
        ("rotations", RandomRotation),
        ("brightness and contrast", RandomBrightnessContrast),
        ("noise", GaussianNoise),
        ("cutmix", CutMix),
        ("mixup", MixUp),
    ],
)
def test_published_names_have_their_layers(name, layer_class):
    assert name in AUGMENTATIONS
    assert [type(layer) for layer in augmentation_layers([name], DATASET)] == [layer_class]


def test_layers_are_applied_by_rank_in_whatever_order_names_are_given():
    classes = [choice.load() for choice in registry.choices(PACKAGE).values()]
    assert [type(layer) for layer in augmentation_layers(AUGMENTATIONS[::-1], DATASET)] == classes
    assert [type(layer) for layer in augmentation_layers(["mixup", "noise"], DATASET)] == [GaussianNoise, MixUp]


def test_values_are_not_learnt_under_other_light(dataset_folder):
    of_classes = DatasetDescription.read(dataset_folder)
    of_values = dataclasses.replace(of_classes, values=RegressionTarget("cover", 40.0, 20.0, 0.0, 100.0))
    found = [[type(layer) for layer in augmentation_layers(AUGMENT, dataset)] for dataset in (of_classes, of_values)]
    assert found == [[RandomDihedral, RandomBrightnessContrast, GaussianNoise], [RandomDihedral]]
    assert [type(layer) for layer in augmentation_layers(["mixup", *AUGMENT], of_values)] == [RandomDihedral, MixUp]


def test_pieces_of_patches_are_mixed_where_labels_are_few(dataset_folder):
    few = dataclasses.replace(DatasetDescription.read(dataset_folder), split={"way": "features"})
    assert type(augmentation_layers(AUGMENT, few)[-1]) is CutMix
    of_values = dataclasses.replace(few, values=RegressionTarget("cover", 40.0, 20.0, 0.0, 100.0))
    assert [type(layer) for layer in augmentation_layers(AUGMENT, of_values)] == [RandomDihedral]


def test_layers_know_the_values_of_the_bands(dataset_folder):
    source = dataclasses.replace(
        DatasetDescription.read(dataset_folder).sources[0], statistics={"mean": [5.0] * 4, "stddev": [100.0] * 4}
    )
    dataset = dataclasses.replace(DatasetDescription.read(dataset_folder), sources=[source])
    brightness, noise = augmentation_layers(["brightness and contrast", "noise"], dataset)
    assert brightness.means["source1"] == [5.0] * 4 and noise.stddevs["source1"] == [100.0] * 4
