"""The way of the blocks."""

import numpy as np
import pytest

from geodl_plugin.errors import Cancelled
from geodl_plugin.grid import Grid, Window
from geodl_plugin.inference.blocks import BlockLayout
from geodl_plugin.inference.output import RasterWriter
from geodl_plugin.inference.pipeline import map_blocks, read_reflected
from geodl_plugin.raster import Source

HEIGHT, WIDTH = 37, 53


@pytest.fixture
def source(make_raster):
    """A raster whose values are all different."""
    return Source("s", [make_raster(np.arange(1, HEIGHT * WIDTH + 1, dtype=np.uint16).reshape(HEIGHT, WIDTH))])


def identity(crop):
    """A network that gives its input, without the crop."""

    def compute(values):
        inner = values[crop : values.shape[0] - crop, crop : values.shape[1] - crop, 0]
        return inner, np.stack([inner, inner], axis=-1).astype(np.float32)

    return compute


@pytest.fixture
def collect(source, reporter):
    """Map with the identity; gives the map and the confidence."""

    def run(layout, source=source, nodata=(0, -1.0), compute=None, write=None):
        result = np.zeros((HEIGHT, WIDTH), np.int64)
        confidence = np.zeros((HEIGHT, WIDTH, 2))

        def keep(block, values, more):
            cut = slice(block.row, block.row + block.height), slice(block.col, block.col + block.width)
            result[cut], confidence[cut] = values, more

        map_blocks(source, layout, compute or identity(layout.crop), write or keep, nodata, reporter)
        return result, confidence

    return run


@pytest.mark.parametrize(("efield", "crop"), [(8, 0), (8, 3), (64, 5), (16, 16), (5, 40), (53, 60)])
def test_each_pixel_gets_its_own_value(collect, source, efield, crop):
    result, confidence = collect(BlockLayout(WIDTH, HEIGHT, efield, crop))
    expected = source.read(source.grid.window)[..., 0]
    np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(confidence[..., 1], expected)


@pytest.mark.parametrize(
    "window", [Window(-5, -7, 20, 20), Window(45, 30, 16, 16), Window(-10, -10, 80, 60), Window(3, 4, 5, 6)]
)
def test_beyond_the_border_the_image_is_reflected(source, window):
    whole = np.pad(source.read(source.grid.window)[..., 0], 36, mode="reflect")
    expected = whole[window.row + 36 :, window.col + 36 :][: window.height, : window.width]
    np.testing.assert_array_equal(read_reflected(source, window)[..., 0], expected)


def test_a_raster_of_one_pixel_is_repeated(make_raster):
    source = Source("s", [make_raster(np.array([[7]], np.uint8))])
    assert (read_reflected(source, Window(-16, -16, 48, 48)) == 7).all()


def test_pixels_without_data_get_the_no_data_values(collect, make_raster):
    values = np.full((HEIGHT, WIDTH, 2), 5, np.uint16)
    values[10:12, 20:30] = 0
    values[20, 20, 0] = 0
    result, confidence = collect(
        BlockLayout(WIDTH, HEIGHT, 16, 4), Source("s", [make_raster(values, nodata=0)]), (99, -1.0)
    )
    assert (result[10:12, 20:30] == 99).all() and (result == 99).sum() == 20
    assert (confidence[10:12, 20:30] == -1).all()


def test_a_cancelled_map_stops(collect, reporter):
    reporter.cancel_at = 2
    with pytest.raises(Cancelled):
        collect(BlockLayout(WIDTH, HEIGHT, 8, 0))
    assert len(reporter.fractions) == 2


def test_a_fault_of_the_network_comes_out(collect):
    def broken(values):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect(BlockLayout(WIDTH, HEIGHT, 8, 0), compute=broken)


@pytest.mark.parametrize("last", [False, True])
def test_a_fault_of_the_writer_comes_out(collect, last):
    def broken(block, values, confidence):
        if not last or (block.col + block.width == WIDTH and block.row + block.height == HEIGHT):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect(BlockLayout(WIDTH, HEIGHT, 8, 0), write=broken)


def test_progress_ends_at_the_whole(collect, reporter):
    collect(BlockLayout(WIDTH, HEIGHT, 8, 0))
    assert reporter.fractions[-1] == 1


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32"])
@pytest.mark.parametrize("bands", [1, 3])
def test_written_blocks_are_read_again(tmp_path, any_transform, dtype, bands):
    grid = Grid(WIDTH, HEIGHT, any_transform)
    writer = RasterWriter(tmp_path / "out.tif", grid, np.dtype(dtype), bands)
    values = np.arange(HEIGHT * WIDTH * bands).reshape(HEIGHT, WIDTH, bands).astype(dtype)
    for block in BlockLayout(WIDTH, HEIGHT, 16, 0):
        part = values[block.row : block.row + block.height, block.col : block.col + block.width]
        writer.write(block, part if bands > 1 else part[..., 0])
    writer.close()
    source = Source("s", [str(tmp_path / "out.tif")])
    np.testing.assert_array_equal(source.read(source.grid.window), values)
    assert (source.grid.transform, source.dtype) == (any_transform, np.dtype(dtype))
