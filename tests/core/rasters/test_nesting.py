"""How nested grids lie in each other; sources of files are in test_sources.py."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodl_plugin.rasters.grid import Grid, Window
from geodl_plugin.rasters.nesting import Nesting, common_phase

TWICE = Nesting(Fraction(2), 1, 0)  # the example in the module's text
RATIOS = st.sampled_from([Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2), Fraction(1, 5)])
nestings = st.builds(Nesting, RATIOS, st.integers(-9, 9), st.integers(-9, 9))


def grids(nesting):
    """A reference, and a grid that nests like that."""
    finer = min(1.0, float(nesting.ratio)) * 10
    reference = Grid(40, 36, (1000.0, 10.0, 0.0, 2000.0, 0.0, -10.0))
    pixel = float(nesting.ratio) * 10
    left, top = 1000.0 - nesting.col * finer, 2000.0 + nesting.row * finer
    return reference, Grid(60, 60, (left, pixel, 0.0, top, 0.0, -pixel))


@given(nestings)
def test_the_nesting_of_two_grids_is_found(nesting):
    assert Nesting.between(*grids(nesting)) == nesting


@pytest.mark.parametrize("factor", [1.5, 0.4, 1.001, -1.0])
def test_grids_that_do_not_nest(factor):
    reference = Grid(40, 36, (0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    other = Grid(40, 36, (0.0, 10.0 * factor, 0.0, 0.0, 0.0, -10.0 * factor))
    assert Nesting.between(reference, other) is None


def test_pixels_that_hold_the_centres():
    cols, rows = TWICE.pixels(np.arange(4), np.arange(4))
    assert (cols.tolist(), rows.tolist()) == ([0, 1, 1, 2], [0, 0, 1, 1])


@given(nestings, st.integers(0, 30), st.integers(0, 30))
def test_pixels_hold_the_centres_on_the_ground(nesting, col, row):
    reference, other = grids(nesting)
    expected = other.pixels(*reference.centres(np.array([col]), np.array([row])))
    np.testing.assert_array_equal(nesting.pixels(np.array([col]), np.array([row])), expected)


def test_a_window_on_the_ground_of_a_window():
    assert TWICE.window(Window(1, 0, 2, 4)) == Window(1, 0, 1, 2)
    assert Nesting(Fraction(1, 2), 3, 4).window(Window(1, 0, 2, 4)) == Window(5, 4, 4, 8)


@given(nestings, st.integers(0, 12), st.integers(0, 12), st.integers(1, 4))
def test_a_window_covers_the_same_ground(nesting, col, row, size):
    col, row = (place * nesting.coarser - corner for place, corner in ((col, nesting.col), (row, nesting.row)))
    window = Window(col, row, size * nesting.coarser, size * nesting.coarser)
    if nesting.coarser == 1:
        window = Window(col, row, size, size)
    reference, other = grids(nesting)
    assert reference.sub(window).bounds() == pytest.approx(other.sub(nesting.window(window)).bounds())


def test_the_pixels_inside_a_window_of_the_source():
    assert TWICE.inside(Window(0, 0, 2, 2)) == Window(-1, 0, 4, 4)


@given(nestings, st.integers(-5, 20), st.integers(1, 20))
def test_exactly_the_pixels_inside_are_found(nesting, start, count):
    found = nesting.inside(Window(start, 0, count, 30))
    assume(found.width > 0)
    _, other = grids(nesting)
    west, _, east, _ = other.sub(Window(start, 0, count, 30)).bounds()
    for col in range(found.col - 2, found.col + found.width + 2):
        left, right = 1000.0 + 10 * col, 1010.0 + 10 * col
        assert (found.col <= col < found.col + found.width) == (left >= west - 1e-6 and right <= east + 1e-6)


def test_the_first_common_edge():
    assert common_phase([(2, 1), (3, 0)], 6) == 3


def test_no_coarser_source_has_edges_everywhere():
    assert common_phase([], 1) == 0


def test_edges_that_never_meet():
    assert common_phase([(2, 0), (4, 1)], 4) is None
