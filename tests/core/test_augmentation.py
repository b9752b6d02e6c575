"""Changes of training patches."""

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.training.augmentation import brightness_and_contrast, flips_and_turns


def sample(size=4, bands=2):
    """A sample whose values tell where each pixel was."""
    number = np.arange(size * size).reshape(size, size)
    images = {"a": tf.constant(np.stack([number] * bands, axis=-1).astype(np.float32))}
    return images, tf.constant(number[..., None].astype(np.int32)), tf.constant(number.astype(np.float32))


def test_image_labels_and_weights_move_together():
    tf.random.set_seed(0)
    for _ in range(20):
        images, labels, weights = flips_and_turns(*sample())
        np.testing.assert_array_equal(images["a"][..., 0], labels[..., 0])
        np.testing.assert_array_equal(images["a"][..., 1], weights)


def test_several_images_move_together():
    images, labels, weights = sample()
    tf.random.set_seed(1)
    for _ in range(20):
        moved, _, _ = flips_and_turns({**images, "b": images["a"] + 100}, labels, weights)
        np.testing.assert_array_equal(moved["a"] + 100, moved["b"])


def test_all_eight_ways_occur_about_equally():
    tf.random.set_seed(2)
    seen = {}
    for _ in range(400):
        key = tuple(flips_and_turns(*sample(2))[1].numpy().ravel().tolist())
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 8 and min(seen.values()) > 25


def test_shapes_are_known_in_a_graph():
    specs = [tf.TensorSpec(one.shape, one.dtype) for one in (sample()[0]["a"], *sample()[1:])]
    graph = tf.function(lambda image, *rest: flips_and_turns({"a": image}, *rest)).get_concrete_function(*specs)
    images, labels, weights = graph.structured_outputs
    assert (images["a"].shape, labels.shape, weights.shape) == ((4, 4, 2), (4, 4, 1), (4, 4))


@pytest.fixture
def change():
    """Brightness and contrast for two bands of other size, where 0 and NaN are missing."""
    return brightness_and_contrast({"a": tf.constant([10.0, 1000.0])}, {"a": tf.constant([50.0, 5000.0])}, {"a": [0.0, None]})


def test_brightness_leaves_labels_and_weights(change):
    images, labels, weights = sample()
    _, changed_labels, changed_weights = change(images, labels, weights)
    np.testing.assert_array_equal(changed_labels, labels)
    np.testing.assert_array_equal(changed_weights, weights)


def test_the_change_is_in_proportion_to_the_band(change):
    tf.random.set_seed(3)
    image = tf.constant(np.tile([50.0, 5000.0], (2, 2, 1)).astype(np.float32))
    shifts = np.stack([change({"a": image}, None, None)[0]["a"][0, 0].numpy() - [50, 5000] for _ in range(300)])
    np.testing.assert_allclose(shifts.std(axis=0), [10 * 0.1 * 2**0.5, 1000 * 0.1 * 2**0.5], rtol=0.15)


@pytest.mark.parametrize("missing", [0.0, np.nan])
def test_missing_values_stay_missing(change, missing):
    tf.random.set_seed(4)
    image = tf.constant(np.array([[[missing, 5000.0], [60.0, 5000.0]]], np.float32))
    changed = change({"a": image}, None, None)[0]["a"].numpy()
    np.testing.assert_array_equal(changed[0, 0, 0], np.float32(missing))
    assert changed[0, 1, 0] != 60
