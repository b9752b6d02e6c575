"""Patches cut from rasters."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodl_plugin.datasets import patches as module
from geodl_plugin.datasets.patches import fits, read_patches
from geodl_plugin.raster import Source
from geodl_plugin.sampling.positions import Positions

HEIGHT, WIDTH = 90, 110


@pytest.fixture
def coordinates(make_raster):
    """A raster whose bands hold each pixel's column and row."""

    def make(**options):
        rows, cols = np.mgrid[:HEIGHT, :WIDTH]
        return Source("s", [make_raster(np.stack([cols, rows], axis=-1).astype(np.uint16), **options)])

    return make


def at(cols, rows):
    """Positions at pixels."""
    cols, rows = np.asarray(cols, np.int64), np.asarray(rows, np.int64)
    nothing = np.zeros(len(cols), np.int64)
    return Positions(cols, rows, nothing, nothing, nothing)


@pytest.mark.parametrize("size", [1, 2, 7, 16])
@pytest.mark.parametrize("tile", [13, 1024])
def test_patches_hold_the_pixels_around_their_position(coordinates, reporter, monkeypatch, any_transform, size, tile):
    monkeypatch.setattr(module, "_TILE", tile)
    source = coordinates(transform=any_transform)
    rows, cols = np.mgrid[size // 2 : HEIGHT - size + size // 2 + 1 : 5, size // 2 : WIDTH - size + size // 2 + 1 : 3]
    positions = at(cols.ravel(), rows.ravel())
    seen = set()
    for index, patch, labels in read_patches(source, positions, size, None, reporter):
        seen.add(index)
        first_col, first_row = positions.cols[index] - size // 2, positions.rows[index] - size // 2
        expected_rows, expected_cols = np.mgrid[first_row : first_row + size, first_col : first_col + size]
        np.testing.assert_array_equal(patch, np.stack([expected_cols, expected_rows], axis=-1))
        assert labels is None
    assert seen == set(range(len(positions)))


@pytest.mark.parametrize("size", [6, 7])
def test_the_outermost_patches_fit(coordinates, reporter, size):
    source = coordinates()
    last_col, last_row = WIDTH - size + size // 2, HEIGHT - size + size // 2
    positions = at([size // 2, last_col], [size // 2, last_row])
    assert fits(positions, source, size).all()
    corners = [patch for _, patch, _ in read_patches(source, positions, size, None, reporter)]
    assert corners[0][0, 0].tolist() == [0, 0]
    assert corners[1][-1, -1].tolist() == [WIDTH - 1, HEIGHT - 1]


@given(st.integers(-5, WIDTH + 5), st.integers(-5, HEIGHT + 5), st.integers(1, 12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_patch_fits_if_all_its_pixels_do(coordinates, col, row, size):
    source = coordinates()
    inside = all(0 <= col - size // 2 + step < WIDTH and 0 <= row - size // 2 + step < HEIGHT for step in (0, size - 1))
    assert fits(at([col], [row]), source, size).tolist() == [inside]


def test_labels_are_those_of_the_same_window(coordinates, reporter):
    source = coordinates()

    def labels_of(window):
        rows, cols = np.mgrid[window.row : window.row + window.height, window.col : window.col + window.width]
        return cols + 1000 * rows

    for _, patch, labels in read_patches(source, at([20, 90, 21], [20, 70, 20]), 8, labels_of, reporter):
        np.testing.assert_array_equal(labels, patch[..., 0] + 1000 * patch[..., 1].astype(int))


def test_one_place_may_be_taken_twice(coordinates, reporter):
    found = list(read_patches(coordinates(), at([20, 20], [30, 30]), 8, None, reporter))
    assert [index for index, _, _ in found] == [0, 1]


def test_no_position_at_all(coordinates, reporter):
    assert list(read_patches(coordinates(), at([], []), 8, None, reporter)) == []


def test_progress_ends_at_the_whole(coordinates, reporter):
    list(read_patches(coordinates(), at([20, 30], [30, 30]), 8, None, reporter))
    assert reporter.fractions[-1] == 1
