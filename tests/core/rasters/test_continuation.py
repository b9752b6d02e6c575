"""Windows beyond the border of a raster, and values at scattered pixels."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodl_plugin.rasters import lookup
from geodl_plugin.rasters.continuation import read_continued, reflected
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source

WIDTH, HEIGHT = 53, 37


@pytest.fixture
def source(make_raster):
    """A raster whose values are all different."""
    return Source("s", [make_raster(np.arange(1, HEIGHT * WIDTH + 1, dtype=np.uint16).reshape(HEIGHT, WIDTH))])


WINDOWS = pytest.mark.parametrize(
    "window", [Window(-5, -7, 20, 20), Window(45, 30, 16, 16), Window(-10, -10, 80, 60), Window(3, 4, 5, 6)]
)


@WINDOWS
@pytest.mark.parametrize(("zero", "mode"), [(False, "reflect"), (True, "constant")])
def test_beyond_the_border_the_image_goes_on(source, window, zero, mode):
    whole = np.pad(source.read(source.grid.window)[..., 0], 36, mode=mode)
    expected = whole[window.row + 36 :, window.col + 36 :][: window.height, : window.width]
    np.testing.assert_array_equal(read_continued(source, window, zero)[..., 0], expected)


def test_far_from_the_image_there_is_nothing_but_zero(source):
    assert (read_continued(source, Window(900, 5, 4, 4), zero=True) == 0).all()


def test_a_raster_of_one_pixel_is_repeated(make_raster):
    source = Source("s", [make_raster(np.array([[7]], np.uint8))])
    assert (read_continued(source, Window(-16, -16, 48, 48)) == 7).all()


@given(st.integers(2, 50), st.integers(0, 49), st.integers(0, 49))
def test_reflected_lines_are_those_of_numpy(size, before, after):
    line = np.arange(size)
    assume(before < size and after < size)
    expected = np.pad(line, (before, after), mode="reflect")
    np.testing.assert_array_equal(line[reflected(-before, size + before + after, size)], expected)


@given(st.integers(2, 9), st.integers(-60, 60), st.integers(1, 60))
def test_lines_are_reflected_as_often_as_needed(size, start, count):
    there_and_back = [*range(size), *range(size - 2, 0, -1)]
    expected = [there_and_back[index % len(there_and_back)] for index in range(start, start + count)]
    assert reflected(start, count, size).tolist() == expected


def test_a_line_of_one_pixel_is_repeated():
    assert reflected(-2, 5, 1).tolist() == [0] * 5


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 70)), max_size=20))
def test_values_at_pixels_are_those_of_the_image(pixels):
    image = np.arange(71 * 91).reshape(71, 91)
    cols, rows = np.array(pixels, np.int64).reshape(-1, 2).T

    def read(window):
        assert max(window.shape) <= 16
        return image[window.row : window.row + window.height, window.col : window.col + window.width]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookup, "_TILE", 16)
        np.testing.assert_array_equal(lookup.values_at(read, cols, rows), image[rows, cols])
