"""Statistics of bands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.datasets.band_statistics import BandStatistics

values = arrays(np.float32, (4, 3, 5, 2), elements=st.floats(-1e6, 1e6, width=32))
masks = arrays(bool, (4, 3, 5, 2))


def gathered(patches, missing):
    """Statistics of patches, one after the other."""
    statistics = BandStatistics(patches.shape[-1])
    for patch, mask in zip(patches, missing):
        statistics.add(patch, mask)
    return statistics.to_json()


@given(values, masks)
def test_figures_are_those_of_numpy(patches, missing):
    found = gathered(patches, missing)
    for band in range(2):
        present = patches[..., band][~missing[..., band]].astype(np.float64)
        if len(present):
            assert found["minimum"][band] == present.min()
            assert found["maximum"][band] == present.max()
            assert found["mean"][band] == pytest.approx(present.mean(), rel=1e-9, abs=1e-6)
            assert found["stddev"][band] == pytest.approx(present.std(), rel=1e-6, abs=1e-5)


@given(values, masks, st.integers(0, 4), st.integers(1, 3))
def test_pooled_figures_are_those_of_all_values(patches, missing, start, times):
    pooled = BandStatistics(2)
    pooled.add_figures(gathered(patches[:start], missing[:start]) if start else BandStatistics(2).to_json())
    if start < len(patches):
        pooled.add_figures(gathered(patches[start:], missing[start:]), times)
    repeated = [*range(start), *list(range(start, len(patches))) * times]
    found, expected = pooled.to_json(), gathered(patches[repeated], missing[repeated])
    assert [found[name] for name in ("count", "minimum", "maximum")] == [
        expected[name] for name in ("count", "minimum", "maximum")
    ]
    scale = np.abs(patches).max() + 1
    assert found["mean"] == pytest.approx(expected["mean"], rel=1e-9, abs=1e-9 * scale)
    assert found["stddev"] == pytest.approx(expected["stddev"], rel=1e-6, abs=1e-6 * scale)


def test_a_band_without_values_counts_as_constant_zero():
    found = gathered(np.ones((1, 2, 2, 1)), np.ones((1, 2, 2, 1), bool))
    assert found == {"minimum": [0], "maximum": [0], "mean": [0], "stddev": [0], "count": [0]}


def test_missing_values_may_be_nan():
    patches = np.array([np.nan, 1, 3]).reshape(1, 1, 3, 1)
    assert gathered(patches, np.isnan(patches))["mean"] == [2]


def test_large_values_close_together_keep_their_deviation():
    patches = 1e9 + np.arange(1000, dtype=np.float64).reshape(10, 10, 10, 1)
    assert gathered(patches, np.zeros(patches.shape, bool))["stddev"][0] == pytest.approx(np.arange(1000).std())


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.int16])
def test_integers_do_not_overflow(dtype):
    patches = np.full((100, 8, 8, 1), np.iinfo(dtype).max, dtype)
    found = gathered(patches, np.zeros(patches.shape, bool))
    assert (found["mean"], found["stddev"]) == ([np.iinfo(dtype).max], [0])


@given(
    arrays(np.float32, (21, 3, 5, 2), elements=st.floats(-1e6, 1e6, width=32)), st.lists(st.integers(0, 20)), st.data()
)
def test_batches_give_the_figures_of_single_patches_to_the_last_bit(patches, gaps, data):
    missing = np.zeros(patches.shape, bool)
    missing[gaps, 1:, :, 1] = True
    together, start = BandStatistics(2), 0
    while start < len(patches):
        end = start + data.draw(st.integers(1, 12))
        absent = missing[start:end] if missing[start:end].any() else None
        together.add_patches(patches[start:end], absent)
        start = end
    assert together.to_json() == gathered(patches, missing)


def test_patches_of_another_size_may_follow():
    statistics = BandStatistics(1)
    statistics.add_patches(np.full((3, 2, 2, 1), 1.0))
    statistics.add_patches(np.full((9, 1, 4, 1), 4.0))
    assert statistics.to_json()["mean"] == pytest.approx([3.25])
