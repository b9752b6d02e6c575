"""Labelled pixels and features, each counted once."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodl_plugin.datasets import label_ground
from geodl_plugin.datasets.label_ground import Features, LabelGround

N = 3  # classes
places = st.lists(st.tuples(st.integers(-3, 44), st.integers(-3, 33), st.integers(0, 2)), min_size=1, max_size=12)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(label_ground, "_BLOCK", 16)


def ground_and_labels(places, size, **options):
    """What counts, and the label patches: those of a split are unlabelled where others are."""
    cols, rows, split_of = np.array(places, np.int64).T
    whole = np.random.default_rng(size).integers(0, N + 1, (80, 80)).astype(np.uint8)
    whole[whole == N] = 255
    owners = np.random.default_rng(size + 1).integers(0, 3, (80, 80))
    corners = zip((rows - size // 2 + 20).tolist(), (cols - size // 2 + 20).tolist(), split_of.tolist())
    patches = []
    for row, col, split in corners:
        inside = np.s_[row : row + size, col : col + size]
        patches.append(np.where(owners[inside] == split, whole[inside], 255))
    return LabelGround(cols, rows, split_of, size=size, n_classes=N, **options), np.array(patches), whole, owners


@settings(deadline=None)
@given(places, st.integers(1, 17))
def test_a_pixel_counts_once_however_many_patches_show_it(places, size):
    ground, patches, whole, owners = ground_and_labels(places, size)
    order = np.random.default_rng(0).permutation(len(places))
    for part in np.array_split(order, 3):
        ground.add(part, patches[part])
    shown = np.zeros((3, 80, 80), bool)
    for col, row, split in places:
        shown[split, row - size // 2 + 20 :, col - size // 2 + 20 :][:size, :size] = True
    for split in range(3):
        expected = [(shown[split] & (owners == split) & (whole == index)).sum() for index in range(N)]
        assert ground.counts().pixels[split].tolist() == expected
    assert not ground._blocks


def test_what_is_not_written_does_not_count():
    ground, patches, *_ = ground_and_labels([(10, 10, 0), (30, 10, 0)], 8)
    ground.add(np.arange(2), patches, np.array([True, False]))
    assert ground.counts().pixels.sum() == (patches[0] < N).sum()
    assert ground.counts().features is None


def test_continuous_values_count_where_they_are():
    ground = LabelGround(np.array([4]), np.array([4]), np.array([0]), size=2, n_classes=1)
    ground.add(np.array([0]), np.array([[[0.5, np.nan], [np.nan, 7.0]]], np.float32))
    assert ground.counts().pixels.tolist() == [[2], [0], [0]]


def test_features_that_two_splits_show_are_told():
    numbers = np.full((100, 100), 3)
    numbers[20:40, 20:40], numbers[20:40, 40:60], numbers[60:70, 20:30] = 0, 1, 2

    def read(window):
        return numbers[window.row : window.row + window.height, window.col : window.col + window.width]

    cols, rows, split_of = np.array([25, 45, 55, 25]), np.array([30, 30, 30, 90]), np.array([0, 0, 2, 1])
    ground = LabelGround(cols, rows, split_of, size=6, n_classes=2, features=Features(np.array([0, 1, 1]), read))
    labels = np.full((4, 6, 6), 255, np.uint8)
    labels[0], labels[1:3] = 0, 1
    ground.add(np.arange(4), labels)
    counts = ground.counts()
    assert counts.features.tolist() == [[1, 1], [0, 0], [0, 1]]
    assert counts.shared.tolist() == [[0, 1], [0, 0], [0, 1]]
    assert counts.of(2) == {"distinct_pixels": [0, 36], "features": [0, 1], "shared_features": [0, 1]}


def test_features_of_positions_count_by_their_numbers():
    cols, split_of = np.array([5, 6, 20, 30]), np.array([0, 0, 0, 1])
    features = Features(np.array([0, 1]), of_positions=np.array([0, 0, 1, 1]))
    ground = LabelGround(cols, np.zeros(4, np.int64), split_of, size=1, n_classes=2, features=features)
    ground.add(np.arange(4), np.array([0, 0, 1, 1], np.uint8).reshape(-1, 1, 1))
    assert ground.counts().of(0) == {"distinct_pixels": [2, 1], "features": [1, 1], "shared_features": [0, 1]}
