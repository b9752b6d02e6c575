"""Candidates for positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geodl_plugin.rasters.grid import Window
from geodl_plugin.runtime.reporter import ConsoleReporter
from geodl_plugin.sampling import candidates as module
from geodl_plugin.sampling.candidates import Candidates

NONE = 255
images = st.tuples(st.integers(1, 30), st.integers(1, 30)).flatmap(
    lambda shape: arrays(np.uint8, shape, elements=st.sampled_from([0, 1, 2, NONE]))
)


@pytest.fixture(autouse=True, scope="module")
def _small_tiles():
    """Several tiles even in small images."""
    patch = pytest.MonkeyPatch()
    patch.setattr(module, "_TILE", 11)
    yield
    patch.undo()


def candidates(image, block_size=7, region=None):
    """Candidates in an image of class indices."""
    region = region or Window(0, 0, image.shape[1], image.shape[0])

    def read(window):
        return image[window.row : window.row + window.height, window.col : window.col + window.width]

    return Candidates(read, region, block_size, 2, 3)


def everywhere(window):
    """Any pixel may be drawn."""
    return np.ones(window.shape, bool)


def draw(image, wanted, seed=0, chosen=slice(None), may_draw=everywhere, **options):
    """Draw from some of the blocks of an image: columns, rows, classes."""
    some = candidates(image, **options)
    blocks = np.unique(some.count(ConsoleReporter()).blocks)
    rng = np.random.default_rng(seed)
    return some.draw(np.array(wanted), blocks[chosen], may_draw, rng, ConsoleReporter())


@given(images, st.integers(1, 12))
def test_each_labelled_pixel_is_counted_in_its_block_and_cell(image, size):
    some = candidates(image, size)
    cells = some.count(ConsoleReporter())
    rows, cols = np.nonzero(image != NONE)
    expected = {}
    for block, col, row in zip(some.blocks(cols, rows).tolist(), cols, rows):
        expected.setdefault((block, col // 2, row // 2), [0, 0, 0])[image[row, col]] += 1
    found = zip(cells.blocks.tolist(), cells.cols.tolist(), cells.rows.tolist())
    assert dict(zip(found, cells.counts.tolist())) == expected


@given(images, st.integers(1, 12))
def test_blocks_count_row_by_row(image, size):
    rows, cols = np.mgrid[: image.shape[0], : image.shape[1]]
    numbers = candidates(image, size).blocks(cols.ravel(), rows.ravel())
    squares = list(zip((rows // size).ravel().tolist(), (cols // size).ravel().tolist()))
    assert len(set(zip(numbers.tolist(), squares))) == len(set(squares)) == len(set(numbers.tolist()))
    assert sorted(range(len(squares)), key=squares.__getitem__) == np.argsort(numbers, kind="stable").tolist()


@given(images)
def test_no_pixel_is_drawn_twice(image):
    cols, rows, _ = draw(image, [1000] * 3)
    assert len(set(zip(cols.tolist(), rows.tolist()))) == len(cols) == (image != NONE).sum()


@given(images)
def test_drawn_pixels_have_the_class_of_the_image(image):
    cols, rows, classes = draw(image, [3] * 3)
    np.testing.assert_array_equal(classes, image[rows, cols])


@given(images, st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_as_many_are_drawn_as_are_wanted_or_there(image, wanted):
    _, _, classes = draw(image, wanted)
    there = [(image == index).sum() for index in range(3)]
    np.testing.assert_array_equal(np.bincount(classes, minlength=3), np.minimum(wanted, there))


@given(images)
def test_only_the_chosen_blocks_are_drawn_from(image):
    some = candidates(image)
    cells = some.count(ConsoleReporter())
    chosen = np.unique(cells.blocks)[::2]
    cols, rows, classes = draw(image, [1000] * 3, chosen=slice(0, None, 2))
    assert set(some.blocks(cols, rows).tolist()) == set(chosen.tolist())
    expected = cells.counts[np.isin(cells.blocks, chosen)].sum(axis=0)
    np.testing.assert_array_equal(np.bincount(classes, minlength=3), expected)


@given(images)
def test_only_pixels_that_may_be_drawn_are_drawn(image):
    def right_half(window):
        return np.tile(np.arange(window.col, window.col + window.width) >= 8, (window.height, 1))

    cols, _, _ = draw(image, [1000] * 3, may_draw=right_half)
    assert len(cols) == (image[:, 8:] != NONE).sum()
    assert (cols >= 8).all()


def test_the_same_seed_draws_the_same():
    image = np.random.default_rng(0).integers(0, 3, (40, 40))
    for first, second in zip(draw(image, [5] * 3), draw(image, [5] * 3)):
        np.testing.assert_array_equal(first, second)


def test_another_seed_draws_others():
    image = np.zeros((40, 40), np.uint8)
    first, second = (draw(image, [5] * 3, seed=seed) for seed in (0, 1))
    assert first.cols.tolist() != second.cols.tolist()


def test_draws_are_spread_over_the_image():
    cols, rows, _ = draw(np.zeros((100, 100), np.uint8), [2000, 0, 0])
    quarters = np.bincount(rows // 50 * 2 + cols // 50, minlength=4)
    np.testing.assert_allclose(quarters, 500, atol=100)


@given(images, st.integers(0, 5), st.integers(0, 5))
def test_all_lie_in_the_region(image, col, row):
    height, width = image.shape
    region = Window(min(col, width - 1), min(row, height - 1), max(1, width - 2 * col), max(1, height - 2 * row))
    region = region.intersection(Window(0, 0, width, height))
    cols, rows, _ = draw(image, [1000] * 3, region=region)
    assert len(cols) == (image[region.row :, region.col :][: region.height, : region.width] != NONE).sum()
    assert all(region.col <= col < region.col + region.width for col in cols)
    assert all(region.row <= row < region.row + region.height for row in rows)


def test_an_image_without_labels():
    some = candidates(np.full((20, 20), NONE, np.uint8))
    cells = some.count(ConsoleReporter())
    assert (cells.blocks.shape, cells.counts.shape) == ((0,), (0, 3))
