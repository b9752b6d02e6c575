"""Changes of training patches."""

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.training.augmentation import apply_changes, brightness_and_contrast, flips_and_turns, noise


def sample(size=4, bands=2):
    """A sample whose values tell where each pixel was."""
    number = np.arange(size * size).reshape(size, size)
    images = {"a": tf.constant(np.stack([number] * bands, axis=-1).astype(np.float32))}
    return images, tf.constant(number[..., None].astype(np.int32)), tf.constant(number[..., None].astype(np.float32))


def test_image_labels_and_weights_move_together():
    for number in range(20):
        images, labels, weights = flips_and_turns(*sample(), (number, 0))
        np.testing.assert_array_equal(images["a"][..., 0], labels[..., 0])
        np.testing.assert_array_equal(images["a"][..., 1], weights[..., 0])


def test_several_images_move_together():
    images, labels, weights = sample()
    for number in range(20):
        moved, _, _ = flips_and_turns({**images, "b": images["a"] + 100}, labels, weights, (number, 1))
        np.testing.assert_array_equal(moved["a"] + 100, moved["b"])


def test_all_eight_ways_occur_about_equally():
    seen = {}
    for number in range(400):
        key = tuple(flips_and_turns(*sample(2), (number, 2))[1].numpy().ravel().tolist())
        seen[key] = seen.get(key, 0) + 1
    assert len(seen) == 8 and min(seen.values()) > 25


def test_shapes_are_known_in_a_graph():
    specs = [tf.TensorSpec(one.shape, one.dtype) for one in (sample()[0]["a"], *sample()[1:])]
    graph = tf.function(lambda image, *rest: flips_and_turns({"a": image}, *rest, (0, 0))).get_concrete_function(*specs)
    images, labels, weights = graph.structured_outputs
    assert (images["a"].shape, labels.shape, weights.shape) == ((4, 4, 2), (4, 4, 1), (4, 4, 1))


MEANS, DEVIATIONS = {"a": tf.constant([50.0, 5000.0])}, {"a": tf.constant([10.0, 1000.0])}


@pytest.mark.parametrize(
    "change", [brightness_and_contrast(MEANS, DEVIATIONS), noise(DEVIATIONS)], ids=["brightness", "noise"]
)
class TestChangesOfValues:
    """Changes that move no pixel."""

    def test_labels_and_weights_stay(self, change):
        images, labels, weights = sample()
        _, changed_labels, changed_weights = change(images, labels, weights, (0, 3))
        np.testing.assert_array_equal(changed_labels, labels)
        np.testing.assert_array_equal(changed_weights, weights)

    def test_the_change_is_in_proportion_to_the_band(self, change):
        image = tf.constant(np.tile([50.0, 5000.0], (2, 2, 1)).astype(np.float32))
        shifts = np.stack(
            [change({"a": image}, None, None, (n, 4))[0]["a"][0, 0].numpy() - [50, 5000] for n in range(200)]
        )
        small, large = shifts.std(axis=0)
        assert large / small == pytest.approx(100, rel=0.25)
        assert 0.05 < small / 10 < 0.3


def test_noise_differs_from_pixel_to_pixel():
    image = tf.zeros((8, 8, 2))
    assert len(np.unique(noise(DEVIATIONS)({"a": image}, None, None, (0, 5))[0]["a"][..., 0])) > 50


def test_brightness_is_one_for_all_pixels_of_a_band():
    changed = brightness_and_contrast(MEANS, DEVIATIONS)({"a": tf.zeros((8, 8, 2))}, None, None, (0, 6))[0]["a"]
    assert len(np.unique(changed[..., 0])) == 1


def test_several_changes_share_no_chance():
    image = {"a": tf.zeros((8, 8, 2))}
    twice = apply_changes([noise(DEVIATIONS), noise(DEVIATIONS)], (image, None, None), (1, 2))[0]["a"]
    once = apply_changes([noise(DEVIATIONS)], (image, None, None), (1, 2))[0]["a"]
    assert not np.allclose(twice, 2 * once)
