"""The classes of a map as strata."""

import numpy as np
import pytest

from geodl_plugin.fieldwork.strata import Strata
from geodl_plugin.rasters.grid import Grid, Window

GRID = Grid(60, 40, (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0))
NO_CLASS = 255


@pytest.fixture
def classes():
    """Class indices of 40 × 60 pixels: 0 and 1 mixed, no class at the right, class 2 in 5 pixels."""
    found = (np.random.default_rng(5).random((40, 60)) < 0.3).astype(np.uint8)
    found[:, 50:] = NO_CLASS
    found[20, 10:15] = 2
    return found


def strata(classes, area=GRID.window, at_once=1 << 22):
    """The strata of an array."""

    def read(window):
        return classes[window.row : window.row + window.height, window.col : window.col + window.width]

    return Strata(read, 3, area, at_once)


def test_pixels_are_counted(classes, reporter):
    pixels, hectares = strata(classes, at_once=130).measure(GRID, reporter)
    assert pixels.tolist() == np.bincount(classes.ravel())[:3].tolist()
    assert hectares is None  # the grid has no CRS


def test_what_is_drawn_is_of_its_class_and_drawn_once(classes, reporter):
    found = strata(classes)
    pixels, _ = found.measure(GRID, reporter)
    cols, rows, drawn = found.draw(pixels, np.array([40, 30, 5]), 0, reporter)
    assert np.bincount(drawn).tolist() == [40, 30, 5]
    assert (classes[rows, cols] == drawn).all()
    assert len(set(zip(cols.tolist(), rows.tolist()))) == 75
    assert (np.diff(rows) < 0).any() and (np.diff(drawn) < 0).any()  # in random order


@pytest.mark.parametrize("at_once", [1, 61, 700, 10**6])
def test_the_sample_does_not_depend_on_how_much_is_read_at_once(classes, reporter, at_once):
    area = Window(3, 5, 50, 31)
    whole, parts = strata(classes, area), strata(classes, area, at_once)
    pixels, _ = parts.measure(GRID, reporter)
    assert pixels.tolist() == whole.measure(GRID, reporter)[0].tolist()
    wanted = np.array([17, 12, 2])
    expected = whole.draw(pixels, wanted, 3, reporter)
    for one, other in zip(parts.draw(pixels, wanted, 3, reporter), expected):
        np.testing.assert_array_equal(one, other)
    cols, rows, _ = expected
    assert cols.min() >= 3 and cols.max() < 53 and rows.min() >= 5 and rows.max() < 36


def test_every_pixel_of_a_class_has_the_same_chance(reporter):
    found = strata(np.where(np.arange(60) < 6, 1, 0) * np.ones((40, 1), np.uint8), Window(0, 0, 60, 2))
    pixels, _ = found.measure(GRID, reporter)
    times = np.zeros((2, 6))
    for seed in range(400):
        cols, rows, _ = found.draw(pixels, np.array([0, 3, 0]), seed, reporter)
        np.add.at(times, (rows, cols), 1)
    expected = 400 * 3 / 12
    chi_squared = ((times - expected) ** 2 / expected).sum()
    assert chi_squared < 24.7  # 99 % of 11 degrees of freedom, and the seeds are fixed


def test_another_seed_gives_another_sample(classes, reporter):
    found = strata(classes)
    pixels, _ = found.measure(GRID, reporter)
    first, second = (found.draw(pixels, np.array([20, 0, 0]), seed, reporter)[0].tolist() for seed in (0, 1))
    assert first != second
