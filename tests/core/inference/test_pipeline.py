"""The way of the blocks."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import Cancelled
from geodl_plugin.inference.blocks import BlockLayout
from geodl_plugin.inference.checkpoint import Checkpoint
from geodl_plugin.inference.output_rasters import CONFIDENCE, OutputRaster
from geodl_plugin.inference.pipeline import WRITE_BEHIND, map_blocks
from geodl_plugin.inference.raster_writer import RasterWriter
from geodl_plugin.inference.reading import BlockReader
from geodl_plugin.rasters.grid import Grid, Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources

HEIGHT, WIDTH = 37, 53


MAP = OutputRaster(np.dtype(np.uint16), ("value",), 0)


def layout_of(efield, crop, **others):
    """The layout of the whole raster."""
    return BlockLayout(Window(0, 0, WIDTH, HEIGHT), efield, crop, **others)


@pytest.fixture
def source(make_raster):
    """A raster whose values are all different."""
    return Source("s", [make_raster(np.arange(1, HEIGHT * WIDTH + 1, dtype=np.uint16).reshape(HEIGHT, WIDTH))])


def identity(crop):
    """A network that gives its input, without the crop."""

    def compute(inputs, is_complete):
        inner = inputs[0][crop : inputs[0].shape[0] - crop, crop : inputs[0].shape[1] - crop, 0]
        return [inner, np.stack([inner, inner], axis=-1).astype(np.float32)]

    return compute


@pytest.fixture
def collect(source, reporter):
    """Map with the identity; gives the map and the confidence."""

    def run(layout, source=source, raster=MAP, compute=None, write=None, at_once=1):
        result = np.zeros((HEIGHT, WIDTH), np.int64)
        confidence = np.zeros((HEIGHT, WIDTH, 2))

        def keep(block, results):
            cut = slice(block.row, block.row + block.height), slice(block.col, block.col + block.width)
            result[cut], confidence[cut] = results

        read = BlockReader(Sources([source]), layout)
        network, rasters = compute or identity(layout.crop), [raster, CONFIDENCE]
        map_blocks(read, layout, network, write or keep, rasters, reporter, at_once=at_once)
        return result, confidence

    return run


@pytest.mark.parametrize("start", [(0, 0), (3, 5)])
@pytest.mark.parametrize(
    ("efield", "unit", "crop"),
    [(8, 1, 0), (8, 4, 3), (8, 8, 3), (64, 16, 5), (64, 64, 5), (16, 8, 16), (5, 5, 40), (53, 1, 60)],
)
def test_each_pixel_gets_its_own_value(collect, source, efield, unit, crop, start):
    result, confidence = collect(layout_of(efield, crop, unit=unit, start=start))
    expected = source.read(source.grid.window)[..., 0]
    np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(confidence[..., 1], expected)


def test_pixels_without_data_get_the_no_data_values(collect, make_raster):
    values = np.full((HEIGHT, WIDTH, 2), 5, np.uint16)
    values[10:12, 20:30] = 0
    values[20, 20, 0] = 0
    result, confidence = collect(
        layout_of(16, 4), Source("s", [make_raster(values, nodata=0)]), replace(MAP, nodata=99)
    )
    assert (result[10:12, 20:30] == 99).all() and (result == 99).sum() == 20
    assert (confidence[10:12, 20:30] == -1).all()


def test_rasters_are_asked_in_one_thread_once_reading_began(collect, monkeypatch, make_raster):
    """GDAL's datasets are for one thread at a time."""
    threads = []
    read, is_empty = Source.read, Source.is_empty
    monkeypatch.setattr(Source, "read", lambda *given: threads.append(threading.current_thread()) or read(*given))
    monkeypatch.setattr(
        Source, "is_empty", lambda *given: threads.append(threading.current_thread()) or is_empty(*given)
    )
    values = np.full((HEIGHT, WIDTH), 5, np.uint16)
    values[:, 32:] = 0
    collect(layout_of(8, 0), Source("s", [make_raster(values, nodata=0)]))
    began = next(number for number, thread in enumerate(threads) if thread.name.startswith("reader"))
    assert len(set(threads[began:])) == 1 and len(threads) > began + 1


def test_files_are_asked_once_for_each_block_and_empty_ones_are_not_read(collect, monkeypatch, tmp_path):
    path, asked, read = str(tmp_path / "sparse.tif"), [], []
    options = ["SPARSE_OK=TRUE", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"]
    dataset = gdal.GetDriverByName("GTiff").Create(path, WIDTH, HEIGHT, 1, gdal.GDT_UInt16, options)
    dataset.GetRasterBand(1).SetNoDataValue(0)
    dataset.GetRasterBand(1).WriteArray(np.full((16, 16), 7, np.uint16), 16, 16)
    dataset = None
    source, layout = Source("s", [path]), layout_of(16, 0)
    is_empty, read_window = source.is_empty, source.read
    monkeypatch.setattr(source, "is_empty", lambda window: asked.append(window) or is_empty(window))
    monkeypatch.setattr(source, "read", lambda window: read.append(window) or read_window(window))
    result, _ = collect(layout, source)
    assert (asked, read) == (list(layout), [Window(16, 16, 16, 16)])
    assert (result[16:32, 16:32] == 7).all() and (result > 0).sum() == 256


def test_blocks_of_an_earlier_run_are_not_computed_and_new_ones_are_kept(source, reporter, tmp_path):
    layout, written = layout_of(16, 0), {}
    first, *others = layout
    checkpoint = Checkpoint(tmp_path / "blocks", {})
    checkpoint.start({})
    checkpoint.save(first, [np.full(first.shape, 9, np.uint16)])
    read = BlockReader(Sources([source]), layout)
    write = written.__setitem__
    map_blocks(read, layout, lambda inputs, _: [inputs[0][..., 0]], write, [MAP], reporter, checkpoint)
    assert list(written) == [first, *others]
    assert (written[first][0] == 9).all()
    for block in others:
        np.testing.assert_array_equal(checkpoint.load(block)[0], source.read(block)[..., 0])
    assert reporter.fractions[0] == 0 and reporter.fractions[-1] == 1


def test_a_cancelled_map_stops(collect, reporter):
    reporter.cancel_at = 2
    with pytest.raises(Cancelled):
        collect(layout_of(8, 0))
    assert len(reporter.fractions) == 2


def test_a_fault_of_the_network_comes_out(collect):
    def broken(inputs, is_complete):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect(layout_of(8, 0), compute=broken)


@pytest.mark.parametrize("last", [False, True])
def test_a_fault_of_the_writer_comes_out(collect, last):
    def broken(block, results):
        if not last or (block.col + block.width == WIDTH and block.row + block.height == HEIGHT):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect(layout_of(8, 0), write=broken)


def test_progress_ends_at_the_whole(collect, reporter):
    collect(layout_of(8, 0))
    assert reporter.fractions[-1] == 1


def test_progress_is_that_of_pixels_that_are_computed(collect, make_raster, reporter):
    values = np.full((HEIGHT, WIDTH), 5, np.uint16)
    values[:, 32:] = 0  # nothing to compute in the second column of blocks, as reading shows
    collect(layout_of(32, 0), Source("s", [make_raster(values, nodata=0)]))
    pixels = np.cumsum([32 * 32, 0, 5 * 32, 0])
    # The second block of a row is taken off the whole when it is read.
    wholes = HEIGHT * WIDTH - np.cumsum([0, 32 * 21, 0, 5 * 21])
    assert reporter.fractions == pytest.approx(list(pixels / wholes))


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32"])
@pytest.mark.parametrize("bands", [1, 3])
def test_written_blocks_are_read_again(tmp_path, any_transform, dtype, bands):
    grid = Grid(WIDTH, HEIGHT, any_transform)
    raster = OutputRaster(np.dtype(dtype), ("band",) * bands, 0)
    writer = RasterWriter(tmp_path / "out.tif", grid, raster)
    values = np.arange(HEIGHT * WIDTH * bands).reshape(HEIGHT, WIDTH, bands).astype(dtype)
    for block in layout_of(16, 0):
        part = values[block.row : block.row + block.height, block.col : block.col + block.width]
        writer.write(block, part if bands > 1 else part[..., 0])
    writer.close()
    source = Source("s", [str(tmp_path / "out.tif")])
    np.testing.assert_array_equal(source.read(source.grid.window), values)
    assert (source.grid.transform, source.dtype) == (any_transform, np.dtype(dtype))


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_blocks_are_written_in_order_however_many_are_computed_at_once(collect, source, at_once):
    layout, written, together, lock = layout_of(8, 3), [], [], threading.Lock()
    meeting = threading.Barrier(at_once, timeout=10)
    give, running = identity(layout.crop), [0]

    def compute(inputs, is_complete):
        with lock:
            running[0] += 1
            together.append(running[0])
            number = len(together)
        if number <= at_once:
            meeting.wait()  # the first ones really run at the same time
        result = give(inputs, is_complete)
        with lock:
            running[0] -= 1
        return result

    collect(layout, compute=compute, write=lambda block, results: written.append(block), at_once=at_once)
    assert written == list(layout) and max(together) == at_once


def test_results_do_not_pile_up_before_a_slow_writer(collect):
    computed, written, more = [], [], []

    def compute(inputs, is_complete):
        computed.append(len(written))
        return identity(3)(inputs, is_complete)

    def write(block, results):
        more.append(len(computed) - len(written))
        written.append(block)

    collect(layout_of(8, 3), compute=compute, write=write, at_once=2)
    assert len(written) == len(computed) and max(more) <= 2 + WRITE_BEHIND


def test_a_writer_that_fails_ends_the_map_though_threads_wait_for_it(collect):
    def broken(block, results):
        raise ZeroDivisionError

    for at_once in (1, 2):
        with pytest.raises(ZeroDivisionError):
            collect(layout_of(8, 3), write=broken, at_once=at_once)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("reader", "network", "writer"))]
