"""How much memory networks take, and how rasters are cut and walked for it."""

import sys
from collections import OrderedDict
from fractions import Fraction
from types import SimpleNamespace

import keras
import pytest
from osgeo import gdal

from geodl_plugin.inference import memory
from geodl_plugin.inference.blocks import BlockLayout
from geodl_plugin.inference.memory import (
    MemoryBudget,
    arrange_in_strips,
    blocks_at_once,
    bytes_needed,
    maximum_side,
    patches_at_a_time,
)
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.memory import bytes_per_pixel
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import CACHE, Source
from geodl_plugin.rasters.sources import Sources
from geodl_plugin.runtime.numbers import ceil_div

WIDTH, HEIGHT, BANDS = 3000, 2000, 3


def a_convolution(filters, *, stride=1):
    """A layer that keeps or halves the image."""
    return keras.layers.Conv2D(filters, 3, stride, padding="same")


def in_a_row(image):
    """4 bands, then 8, 2 and 6 channels."""
    return a_convolution(6)(a_convolution(2)(a_convolution(8)(image)))


def with_a_skip(image):
    """The first 8 channels wait until the coarser ones are up again."""
    first = a_convolution(8)(image)
    up = keras.layers.Conv2DTranspose(8, 2, 2)(a_convolution(16, stride=2)(first))
    return keras.layers.concatenate([first, up])


def with_a_network_within(image):
    """8 channels and the 2 that come from them, within a layer."""
    inner = keras.Input((None, None, 4))
    return keras.Model(inner, a_convolution(2)(a_convolution(8)(inner)))(image)


@pytest.mark.parametrize(
    ("build", "channels"),
    [(in_a_row, 4 + 8), (with_a_skip, 8 + 8 + 16), (with_a_network_within, 4 + 8)],
)
def test_the_widest_moment_counts(build, channels):
    image = keras.Input((None, None, 4), name="image")
    model = keras.Model({"image": image}, {PREDICTIONS: build(image)})
    assert bytes_per_pixel(model, PREDICTIONS) == 4 * channels


def test_a_network_within_takes_what_each_call_takes():
    image, coarse = keras.Input((None, None, 4), name="image"), keras.Input((None, None, 4), name="coarse")
    inner = keras.Input((None, None, 4))
    network = keras.Model(inner, a_convolution(2)(a_convolution(8)(inner)))
    merged = keras.layers.concatenate([keras.layers.MaxPooling2D(2)(network(image)), network(coarse)])
    model = keras.Model({"image": image, "coarse": coarse}, {PREDICTIONS: merged})
    waiting = 4 / 2**2  # the coarser image, while the network is applied to the other
    assert bytes_per_pixel(model, PREDICTIONS, {"coarse": Fraction(2)}) == 4 * (waiting + 4 + 8)


@pytest.mark.parametrize("megabytes", [1, 750, 1200, 8000])
def test_a_budget_is_shared(megabytes):
    budget = MemoryBudget.from_megabytes(megabytes)
    assert budget.cache >= CACHE and budget.block > 0
    if megabytes > 900:
        assert budget.block + budget.cache == (megabytes - 800) << 20


def test_further_networks_leave_less():
    one, three = (MemoryBudget.from_megabytes(1200, models) for models in (1, 3))
    assert one.block + one.cache - (three.block + three.cache) == 160 << 20


@pytest.fixture
def raster(tmp_path):
    """A raster without content, stored in tiles or in lines."""

    def make(*options):
        path = str(tmp_path / "image.tif")
        options = ("SPARSE_OK=TRUE", "INTERLEAVE=PIXEL", *options)
        gdal.GetDriverByName("GTiff").Create(path, WIDTH, HEIGHT, BANDS, gdal.GDT_UInt16, options).FlushCache()
        return Sources([Source("s", [path])])

    return make


def test_blocks_are_as_large_as_memory_allows():
    image = keras.Input((None, None, BANDS), name="image")
    model = keras.Model({"image": image}, {PREDICTIONS: a_convolution(40)(image)})
    network = SimpleNamespace(keras_model=model, images=[SimpleNamespace(name="image")])
    needed = bytes_needed(network, [PREDICTIONS], [Fraction(1)], 4 * BANDS)
    sides = [maximum_side(needed, MemoryBudget.from_megabytes(size)) for size in (800, 1200, 3000)]
    assert sides == sorted(set(sides))
    needed = 4 * (BANDS + 40)
    assert sides[1] ** 2 * needed < MemoryBudget.from_megabytes(1200).block < sides[1] ** 2 * 2 * needed


def test_a_network_without_layer_graph_is_taken_for_a_common_one():
    network = SimpleNamespace(keras_model=None, images=[])
    assert (
        500
        < maximum_side(bytes_needed(network, ["y"], [Fraction(1)], 4 * BANDS), MemoryBudget.from_megabytes(1200))
        < 2000
    )


def reads(sources, layout, cache):
    """How often each part of the file is read, if the last ones that fit into the cache are kept."""
    height, width = sources.reference.block_shape
    kept, counted = OrderedDict(), {}
    for block in layout:
        window = layout.read_window(block).intersection(sources.reference.grid.window)
        for row in range(window.row // height, ceil_div(window.row + window.height, height)):
            for col in range(window.col // width, ceil_div(window.col + window.width, width)):
                if (row, col) not in kept:
                    counted[row, col] = counted.get((row, col), 0) + 1
                kept[row, col] = True
                kept.move_to_end((row, col))
                if len(kept) > cache // (height * width * BANDS * 2):
                    kept.popitem(last=False)
    return counted


@pytest.mark.parametrize("efield", [128, 200, 512])
@pytest.mark.parametrize("options", [("TILED=YES",), ("TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=128"), ()])
def test_each_part_of_a_file_is_read_once(raster, reporter, monkeypatch, efield, options):
    monkeypatch.setattr("geodl_plugin.inference.memory.CACHE", 0)  # no more than is needed
    sources, layout = raster(*options), BlockLayout(Window(0, 0, WIDTH, HEIGHT), efield, 40)
    layout, cache = arrange_in_strips(layout, sources, MemoryBudget(1, CACHE), 1, reporter)
    assert set(reads(sources, layout, cache).values()) == {1}
    assert max(reads(sources, layout, cache // 4).values()) > 1
    assert not reporter.warnings


def test_too_wide_a_raster_is_walked_in_strips(raster, reporter):
    sources = raster("TILED=YES")
    whole = BlockLayout(Window(0, 0, WIDTH, HEIGHT), 256, 16)
    limit = 12 << 20
    layout, _ = arrange_in_strips(whole, sources, MemoryBudget(limit, limit), 1, reporter)
    assert 1 < layout.strip < 12
    assert sorted(layout) == sorted(whole)
    found = reads(sources, layout, limit)
    assert max(found.values()) == 2  # where two strips meet
    assert sum(found.values()) < 1.3 * len(found) < sum(reads(sources, whole, limit).values())


def test_a_raster_in_lines_that_do_not_fit_is_warned_about(raster, reporter):
    layout, budget = BlockLayout(Window(0, 0, WIDTH, HEIGHT), 512, 16), MemoryBudget(20 << 20, 1 << 20)
    arrange_in_strips(layout, raster(), budget, 2 << 20, reporter)  # blocks leave enough
    assert not reporter.warnings
    layout, cache = arrange_in_strips(layout, raster(), budget, 19 << 20, reporter)
    assert layout.strip == 0 and cache == 2 << 20
    assert "Tiled rasters are mapped faster" in reporter.warnings[0]


def test_tiles_that_are_larger_than_the_cache_take_what_blocks_leave(raster, reporter, monkeypatch):
    monkeypatch.setattr(memory, "CACHE", 0)  # no more than is needed
    sources = raster("TILED=YES", "BLOCKXSIZE=1024", "BLOCKYSIZE=1024")
    whole, column = BlockLayout(Window(0, 0, WIDTH, HEIGHT), 512, 16), 2 * 2 * 1024**2 * BANDS * 2
    layout, cache = arrange_in_strips(whole, sources, MemoryBudget(80 << 20, 2 << 20), 20 << 20, reporter)
    assert layout.strip >= 1 and column <= cache <= 62 << 20 and not reporter.warnings
    assert max(reads(sources, layout, cache).values()) <= 2
    layout, cache = arrange_in_strips(whole, sources, MemoryBudget(20 << 20, 2 << 20), 19 << 20, reporter)
    assert (layout.strip, cache) == (1, 3 << 20)
    assert "so large that they are read several times" in reporter.warnings[0]


def test_blocks_that_leave_room_are_computed_two_at_a_time(monkeypatch):
    monkeypatch.setattr(memory, "threads", lambda: 2)
    budget = MemoryBudget(100, 10)
    assert [blocks_at_once(needed, 0, budget, 10) for needed in (200, 51, 50, 3)] == [1, 1, 2, 2]
    assert [blocks_at_once(60, ahead, budget, 10) for ahead in (19, 20)] == [1, 2]  # what is read ahead is shared
    assert [blocks_at_once(30, 0, budget, cache) for cache in (5, 50, 51)] == [2, 2, 1]  # the cache takes of the room
    monkeypatch.setattr(memory, "threads", lambda: 1)
    assert blocks_at_once(3, 0, budget, 10) == 1


def test_patches_at_a_time_fit_into_the_budget():
    counts = [patches_at_a_time(size, MemoryBudget.from_megabytes(1200)) for size in (16, 64, 4000)]
    assert counts[0] > 16 * counts[1] - 16 and counts[2] == 1
    assert 100 < counts[1] < 1000


@pytest.mark.parametrize(("system", "asked"), [("linux", True), ("darwin", True), ("win32", False)])
def test_memory_is_asked_for_in_advance_where_that_takes_none(monkeypatch, system, asked):
    sizes = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(memory.tf.raw_ops, "Empty", lambda shape, dtype: sizes.append(shape))
    memory.reserve(10 << 20)
    assert bool(sizes) is asked
