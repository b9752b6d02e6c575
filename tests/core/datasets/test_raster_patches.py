"""Patches cut from rasters."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodl_plugin.datasets import raster_patches as module
from geodl_plugin.datasets.raster_patches import read_patch_batches, read_raster_patches
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources

HEIGHT, WIDTH = 90, 110


@pytest.fixture
def coordinates(make_raster):
    """A raster whose bands hold each pixel's column and row."""

    def make(**options):
        rows, cols = np.mgrid[:HEIGHT, :WIDTH]
        return Sources([Source("s", [make_raster(np.stack([cols, rows], axis=-1).astype(np.uint16), **options)])])

    return make


def at(cols, rows):
    """Columns and rows of positions."""
    return np.asarray(cols, np.int64), np.asarray(rows, np.int64)


@pytest.mark.parametrize("size", [1, 2, 7, 16])
@pytest.mark.parametrize("tile", [13, 1024])
def test_patches_hold_the_pixels_around_their_position(coordinates, reporter, monkeypatch, any_transform, size, tile):
    monkeypatch.setattr(module, "_TILE", tile)
    sources = coordinates(transform=any_transform)
    rows, cols = np.mgrid[size // 2 : HEIGHT - size + size // 2 + 1 : 5, size // 2 : WIDTH - size + size // 2 + 1 : 3]
    cols, rows = at(cols.ravel(), rows.ravel())
    seen = set()
    for index, (patch,), labels in read_raster_patches(sources, cols, rows, size, None, reporter):
        seen.add(index)
        first_col, first_row = cols[index] - size // 2, rows[index] - size // 2
        expected_rows, expected_cols = np.mgrid[first_row : first_row + size, first_col : first_col + size]
        np.testing.assert_array_equal(patch, np.stack([expected_cols, expected_rows], axis=-1))
        assert labels is None
    assert seen == set(range(len(cols)))


@pytest.mark.parametrize("size", [6, 7])
def test_the_outermost_patches_fit(coordinates, reporter, size):
    sources = coordinates()
    last_col, last_row = WIDTH - size + size // 2, HEIGHT - size + size // 2
    positions = at([size // 2, last_col], [size // 2, last_row])
    assert sources.fits(*positions, size).all()
    corners = [patch for _, (patch,), _ in read_raster_patches(sources, *positions, size, None, reporter)]
    assert corners[0][0, 0].tolist() == [0, 0]
    assert corners[1][-1, -1].tolist() == [WIDTH - 1, HEIGHT - 1]


@given(st.integers(-5, WIDTH + 5), st.integers(-5, HEIGHT + 5), st.integers(1, 12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_patch_fits_if_all_its_pixels_do(coordinates, col, row, size):
    sources = coordinates()
    inside = all(0 <= col - size // 2 + step < WIDTH and 0 <= row - size // 2 + step < HEIGHT for step in (0, size - 1))
    assert sources.fits(*at([col], [row]), size).tolist() == [inside]


def test_labels_are_those_of_the_same_window(coordinates, reporter):
    sources = coordinates()

    def labels_of(window):
        rows, cols = np.mgrid[window.row : window.row + window.height, window.col : window.col + window.width]
        return cols + 1000 * rows

    for _, (patch,), labels in read_raster_patches(sources, *at([20, 90, 21], [20, 70, 20]), 8, labels_of, reporter):
        np.testing.assert_array_equal(labels, patch[..., 0] + 1000 * patch[..., 1].astype(int))


@pytest.mark.parametrize(("limit", "largest"), [(1, 1), (8 * 8 * 2 * 2 * 3, 3), (1 << 20, 40)])
def test_batches_hold_the_patches_of_their_positions(coordinates, reporter, monkeypatch, limit, largest):
    monkeypatch.setattr(module, "_BATCH_BYTES", limit)
    rng = np.random.default_rng(2)
    cols, rows = rng.integers(8, WIDTH - 8, 40), rng.integers(8, HEIGHT - 8, 40)

    def labels_of(window):
        rows, cols = np.mgrid[window.row : window.row + window.height, window.col : window.col + window.width]
        return cols + 1000 * rows

    batches = list(read_patch_batches(coordinates(), cols, rows, 8, labels_of, reporter))
    assert max(len(positions) for positions, _, _ in batches) == largest
    assert sorted(np.concatenate([positions for positions, _, _ in batches])) == list(range(40))
    for positions, (patches,), labels in batches:
        np.testing.assert_array_equal(patches[:, 4, 4], np.stack([cols[positions], rows[positions]], axis=-1))
        np.testing.assert_array_equal(labels, patches[..., 0] + 1000 * patches[..., 1].astype(int))


def test_one_place_may_be_taken_twice(coordinates, reporter):
    found = list(read_raster_patches(coordinates(), *at([20, 20], [30, 30]), 8, None, reporter))
    assert [index for index, _, _ in found] == [0, 1]


def test_no_position_at_all(coordinates, reporter):
    assert list(read_raster_patches(coordinates(), *at([], []), 8, None, reporter)) == []


def test_progress_ends_at_the_whole(coordinates, reporter):
    list(read_raster_patches(coordinates(), *at([20, 30], [30, 30]), 8, None, reporter))
    assert reporter.fractions[-1] == 1


@pytest.fixture
def ground(make_raster):
    """A source whose two bands hold x and y of the pixel's centre, in metres off a corner common to all."""

    def make(name, pixel, left=0, top=0, turn=False):
        rows, cols = np.mgrid[: 900 // pixel, : 1100 // pixel]
        values = np.stack([left + (cols + 0.5) * pixel, top + (rows + 0.5) * pixel], axis=-1)
        transform = (500000.0 + left, pixel, 0.0, 4000000.0 - top, 0.0, -pixel)
        return Source(name, [make_raster(values, name=f"{name}.tif", transform=transform)])

    return make


@pytest.mark.parametrize("tile", [16, 1024])
@pytest.mark.parametrize(("pixels", "size"), [((10, 20), 8), ((10, 5), 7), ((20, 10, 60), 6), ((10, 2, 50), 5)])
def test_patches_of_several_resolutions_cover_the_same_ground(ground, reporter, monkeypatch, tile, pixels, size):
    monkeypatch.setattr(module, "_TILE", tile)
    sources = Sources([ground(f"s{number}", pixel, 60 * (number % 2)) for number, pixel in enumerate(pixels)])
    grid = sources.reference.grid
    rows, cols = (places.ravel() for places in np.mgrid[: grid.height, : grid.width])
    usable = sources.fits(cols, rows, size) & sources.nests(cols, rows, size)
    cols, rows = cols[usable][::7], rows[usable][::7]
    assert len(cols) > 10
    for index, patches, _ in read_raster_patches(sources, cols, rows, size, None, reporter):
        west, north = (cols[index] - size // 2) * pixels[0], (rows[index] - size // 2) * pixels[0]
        for patch, pixel in zip(patches, pixels):
            own = size * pixels[0] // pixel
            offsets = (np.arange(own) + 0.5) * pixel
            np.testing.assert_array_equal(patch[..., 0], np.broadcast_to(west + offsets, (own, own)))
            np.testing.assert_array_equal(patch[..., 1], np.broadcast_to(north + offsets[:, None], (own, own)))


def test_each_pixel_is_read_once_apart_from_margins(coordinates, reporter, monkeypatch):
    sources, read = coordinates(), []
    original = Source.read
    monkeypatch.setattr(Source, "read", lambda self, window: read.append(window) or original(self, window))
    rng = np.random.default_rng(1)
    cols, rows = rng.integers(8, WIDTH - 8, 500), rng.integers(8, HEIGHT - 8, 500)
    list(read_raster_patches(sources, cols, rows, 16, None, reporter))
    assert len(read) == 1


def test_tiles_shrink_with_the_weight_of_a_pixel(coordinates, monkeypatch):
    sources = coordinates()
    monkeypatch.setattr(module, "_TILE_BYTES", (256 + 8) ** 2 * 4)
    assert module._tile_size(sources, 8) == 256


def test_a_fault_while_reading_ahead_is_raised(coordinates, reporter, monkeypatch):
    def fail(self, window):
        raise OSError("disk gone")

    sources = coordinates()
    monkeypatch.setattr(Source, "read", fail)
    with pytest.raises(OSError, match="disk gone"):
        list(read_raster_patches(sources, *at([20], [30]), 8, None, reporter))
