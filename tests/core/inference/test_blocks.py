"""Blocks of the map and the windows that are read for them."""

import math
import re
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodl_plugin.errors import InputError
from geodl_plugin.inference.blocks import (
    PREFERRED_EFIELD,
    BlockLayout,
    BlockSizes,
    MapArea,
    ReferenceSize,
    lay_out,
    lay_out_patches,
    scaled,
)
from geodl_plugin.models.fields import Fields
from geodl_plugin.rasters.grid import Grid, Window
from geodl_plugin.runtime.numbers import ceil_div

FIELDS = Fields(16, 16)
lengths = st.integers(1, 300)
layouts = st.builds(
    lambda width, height, unit, times, crop: BlockLayout(
        Window(0, 0, width, height), unit * times, unit * crop, unit=unit
    ),
    lengths,
    lengths,
    st.integers(1, 16),
    st.integers(1, 6),
    st.integers(0, 4),
)
networks = st.builds(Fields, st.sampled_from([1, 2, 4, 8, 12, 16, 32]), st.integers(0, 70))


@given(layouts)
def test_blocks_hold_each_pixel_of_the_raster_once(layout):
    seen = np.zeros(layout.area.shape, int)
    for block in layout:
        assert min(block) >= 0
        seen[block.row : block.row + block.height, block.col : block.col + block.width] += 1
    assert (seen == 1).all()


@given(layouts)
def test_the_number_of_blocks_is_known_beforehand(layout):
    assert len(layout) == len(list(layout))


@given(layouts)
def test_all_windows_of_even_blocks_have_the_receptive_field(layout):
    even = replace(layout, unit=layout.efield)
    assert {even.read_window(block)[2:] for block in even} == {(even.rfield, even.rfield)}


@given(layouts)
def test_a_block_lies_a_crop_inside_its_window(layout):
    for block in layout:
        window = layout.read_window(block)
        assert (block.col - window.col, block.row - window.row) == (layout.crop, layout.crop)
        assert window.intersection(block) == block


@given(layouts, st.data())
def test_no_more_is_computed_for_a_block_than_whole_units(layout, data):
    """Also where the map is a part of the raster, and blocks are cut on all sides."""
    area = Window(*data.draw(st.tuples(st.integers(0, 90), st.integers(0, 90), lengths, lengths)))
    part = replace(layout, area=area, start=data.draw(st.tuples(st.integers(0, 30), st.integers(0, 30))))
    for block in part:
        computed = part.computed_window(block)
        assert computed.intersection(block) == block
        for axis, start in enumerate(part.start):
            before, behind = block[axis] - computed[axis], sum(computed[axis::2]) - sum(block[axis::2])
            assert 0 <= before < part.unit and 0 <= behind < part.unit
            assert (computed[axis] - start) % part.unit == computed[axis + 2] % part.unit == 0
            assert computed[axis + 2] <= part.efield


def test_blocks_of_a_network_that_needs_one_size_are_even():
    assert lay_out(ReferenceSize(1000, 900), FIELDS, BlockSizes(efield=64), one_size=True).has_one_size
    assert not lay_out(ReferenceSize(1000, 900), FIELDS, BlockSizes(efield=64)).has_one_size


@given(lengths, lengths, networks)
def test_automatic_fields_leave_no_seams(width, height, fields):
    layout = lay_out(ReferenceSize(width, height), fields)
    assert layout.crop >= fields.valid_margin
    assert layout.crop % fields.total_stride == layout.efield % fields.total_stride == 0
    assert layout.rfield == layout.efield + 2 * layout.crop


@given(st.integers(1, 300000), st.integers(1, 300000), networks)
def test_automatic_blocks_are_of_bounded_size(width, height, fields):
    assert lay_out(ReferenceSize(width, height), fields).efield <= PREFERRED_EFIELD + fields.total_stride


@given(networks, st.integers(600, 2000))
def test_blocks_of_a_size_that_memory_sets_are_whole_tiles(fields, largest):
    layout = lay_out(ReferenceSize(6000, 5000), fields, BlockSizes(maximum=largest))
    step = math.lcm(64, fields.total_stride)
    assert layout.rfield <= max(largest, fields.total_stride + 2 * layout.crop)
    if layout.efield >= step:
        assert layout.efield % step == 0
        assert layout.rfield + step > largest or layout.efield + step > PREFERRED_EFIELD


def test_a_small_raster_is_one_block():
    assert len(lay_out(ReferenceSize(203, 157), FIELDS)) == 1


def named(error, what):
    """The value that a message recommends."""
    return int(re.search(rf"{what} = (\d+)", str(error).split("Use", 1)[1]).group(1))


@given(networks, st.integers(-200, 200))
def test_a_crop_that_makes_seams_names_the_nearest_good_one(fields, crop):
    good = [c for c in range(0, 600, fields.total_stride) if c >= fields.valid_margin]
    assume(crop != 0 and crop not in good)
    with pytest.raises(InputError) as caught:
        lay_out(ReferenceSize(1000, 1000), fields, BlockSizes(crop=crop))
    use = int(re.search(r"Use (?:CROP = )?(\d+)", str(caught.value)).group(1))
    assert use in good
    assert abs(use - crop) == min(abs(c - crop) for c in good)


@given(networks, st.integers(-100, 400))
def test_an_expression_field_that_makes_seams_names_the_nearest_good_one(fields, efield):
    assume(efield != 0 and (efield < 0 or efield % fields.total_stride))
    with pytest.raises(InputError) as caught:
        lay_out(ReferenceSize(1000, 1000), fields, BlockSizes(efield=efield))
    use = named(caught.value, "EFIELD")
    good = range(fields.total_stride, 800, fields.total_stride)
    assert use in good
    assert abs(use - efield) == min(abs(one - efield) for one in good)
    assert (
        lay_out(ReferenceSize(1000, 1000), fields, BlockSizes(rfield=named(caught.value, "RFIELD"), efield=use)).efield
        == use
    )


@pytest.mark.parametrize("rfield", [16, 33, 47, 1, -64])
def test_a_receptive_field_that_leaves_no_good_block_is_refused(rfield):
    with pytest.raises(InputError, match=f"RFIELD = {rfield}"):
        lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(rfield=rfield))


def test_the_expression_field_follows_from_the_receptive_field():
    assert lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(rfield=128)).efield == 96


def test_the_receptive_field_follows_from_the_expression_field():
    assert lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(efield=96)).rfield == 128


def test_the_crop_follows_from_both_fields():
    assert lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(rfield=128, efield=64)).crop == 32


@pytest.mark.parametrize("rfield", [65, 64, 48, 66])
def test_fields_whose_difference_is_no_good_crop_are_refused(rfield):
    with pytest.raises(InputError):
        lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(rfield=rfield, efield=64))


def test_three_fields_that_contradict_each_other_are_refused():
    with pytest.raises(InputError, match="RFIELD = 96"):
        lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(rfield=128, efield=64, crop=16))


def test_three_fields_that_agree_are_taken():
    layout = lay_out(ReferenceSize(1000, 1000), FIELDS, BlockSizes(rfield=128, efield=64, crop=32))
    assert (layout.rfield, layout.efield, layout.crop) == (128, 64, 32)


def test_a_pixelwise_network_needs_no_crop():
    assert lay_out(ReferenceSize(100, 100), Fields(1, 0)).crop == 0


@pytest.mark.parametrize(
    ("width", "rfield", "efield", "size", "first"),
    [
        (6000, 64, 32, 5952, 16),
        (6000, 512, 480, 5760, 16),
        (6000, 1024, 992, 5952, 16),
        (203, 64, 32, 160, 16),
        (96, 96, 32, 32, 32),
        (6000, 128, 0, 5952, 16),
    ],
)
def test_the_valid_map_is_that_of_otbtf(width, rfield, efield, size, first):
    layout = lay_out(
        ReferenceSize(width, 6000), FIELDS, BlockSizes(rfield=rfield, efield=efield), MapArea(valid_only=True)
    )
    assert (layout.area.width, layout.area.col) == (size, first)
    assert layout.area.col == layout.rfield // 2 - layout.efield // 2
    assert layout.area.width == (width - layout.rfield + layout.efield) // layout.efield * layout.efield


@pytest.mark.parametrize(("rfield", "size", "first"), [(16, 5985, 8), (15, 5986, 7), (17, 5984, 8), (1, 6000, 0)])
def test_the_valid_map_of_patches_is_that_of_otbtf(rfield, size, first):
    assert lay_out_patches(6000, 6000, rfield, area=MapArea(valid_only=True)).area == Window(first, first, size, size)


@given(lengths, st.integers(1, 40), st.integers(1, 6))
def test_the_valid_map_of_patches_has_all_pixels_whose_patch_lies_inside(size, rfield, scale):
    starts = [n * scale + scale // 2 - rfield // 2 for n in range(ceil_div(size, scale))]
    good = [n for n, start in enumerate(starts) if start >= 0 and start + rfield <= size]
    if not good:
        with pytest.raises(InputError):
            lay_out_patches(size, size, rfield, scale=scale, area=MapArea(valid_only=True))
        return
    area = lay_out_patches(size, size, rfield, scale=scale, area=MapArea(valid_only=True)).area
    assert area == Window(good[0], good[0], len(good), len(good))


@given(networks, st.integers(300, 900))
def test_without_a_given_field_the_valid_map_has_all_that_the_stride_allows(fields, width):
    area = lay_out(ReferenceSize(width, width), fields, area=MapArea(valid_only=True)).area
    assert area.col == fields.crop and area.width % fields.total_stride == 0
    assert 0 <= width - 2 * fields.crop - area.width < fields.total_stride


def test_valid_blocks_read_nothing_beyond_the_raster():
    layout = lay_out(ReferenceSize(203, 157), FIELDS, BlockSizes(efield=32), MapArea(valid_only=True))
    windows = [layout.read_window(block) for block in layout]
    assert all(window.intersection(Window(0, 0, 203, 157)) == window for window in windows)
    assert windows[0] == Window(0, 0, 64, 64)


def test_a_raster_without_valid_pixel_is_refused():
    with pytest.raises(InputError, match=r"at least 48 × 48 pixels.*40 × 900"):
        lay_out(ReferenceSize(40, 900), FIELDS, area=MapArea(valid_only=True))


@given(layouts, st.data())
def test_the_blocks_of_an_extent_are_those_of_the_whole(layout, data):
    col, row = (data.draw(st.integers(0, size - 1)) for size in layout.area[2:])
    extent = Window(col, row, data.draw(st.integers(1, 300)), data.draw(st.integers(1, 300)))
    whole = replace(layout, unit=layout.efield)
    part = replace(whole, area=extent.intersection(layout.area))
    windows = {whole.read_window(block) for block in whole if min(block.intersection(extent).shape) > 0}
    assert {part.read_window(block) for block in part} == windows
    assert len(part) == len(windows)


def test_an_extent_keeps_the_pixels_and_the_blocks():
    whole, part = (
        lay_out(ReferenceSize(5000, 5000), FIELDS, area=MapArea(extent=one))
        for one in (None, Window(1500, 30, 10, 2000))
    )
    assert (part.area, part.efield) == (Window(1500, 30, 10, 2000), whole.efield)
    windows = [whole.read_window(block) for block in whole]
    assert all(any(read.intersection(one) == read for one in windows) for read in map(part.read_window, part))


@given(networks, st.sampled_from([1, 2, 3, 6]), st.integers(0, 5), st.integers(0, 5), lengths)
def test_blocks_begin_where_pixels_of_every_source_do(fields, step, col, row, size):
    phase = col % step, row % step
    layout = lay_out(ReferenceSize(size, size, step=step, phase=phase), fields)
    seen = np.zeros((size, size), int)
    for block in layout:
        window = layout.read_window(block)
        assert (window.col - phase[0]) % step == (window.row - phase[1]) % step == 0
        assert (window.col - phase[0]) % fields.total_stride == 0 and layout.rfield % step == 0
        seen[block.row : block.row + block.height, block.col : block.col + block.width] += 1
    assert (seen == 1).all()


def test_an_output_of_other_resolution_needs_fields_that_fit():
    coarse = Fields(32, 3, scale=4)
    layout = lay_out(ReferenceSize(1001, 1000), coarse, BlockSizes(efield=16))
    assert (layout.rfield, layout.crop, layout.scale, layout.area) == (4 * (16 + 16), 8, 4, Window(0, 0, 251, 250))
    with pytest.raises(InputError, match=r"RFIELD = 4 × \(EFIELD \+ 2 × CROP\).*Use RFIELD = 128"):
        lay_out(ReferenceSize(1000, 1000), coarse, BlockSizes(rfield=64, efield=16, crop=8))
    with pytest.raises(InputError, match="Use EFIELD = 16 and RFIELD = 128"):
        lay_out(ReferenceSize(1000, 1000), coarse, BlockSizes(efield=13))


def test_a_finer_output_has_more_pixels():
    layout = lay_out(
        ReferenceSize(100, 60), Fields(1, 0), BlockSizes(rfield=20, efield=32, crop=4), scale=Fraction(1, 2)
    )
    assert (layout.area, layout.rfield) == (Window(0, 0, 200, 120), 20)
    assert [layout.read_window(block) for block in layout][1] == Window(14, -2, 20, 20)
    assert lay_out(ReferenceSize(100, 60), Fields(8, 8), BlockSizes(efield=32), scale=Fraction(1, 2)).crop == 16


def test_a_coarse_pixel_covers_its_ground(any_transform):
    grid = Grid(10, 7, any_transform)
    coarse, fine = scaled(grid, Fraction(2)), scaled(grid, Fraction(1, 2))
    assert (coarse.width, coarse.height, fine.width, fine.height) == (5, 4, 20, 14)
    for other, times in ((coarse, 2), (fine, 0.5)):
        np.testing.assert_allclose(
            other.ground(np.array([3.0]), np.array([2.0])), grid.ground(np.array([3 * times]), np.array([2 * times]))
        )


def test_coarse_pixels_of_the_map_begin_where_those_of_the_sources_do():
    with pytest.raises(InputError, match="column 1 and row 0"):
        lay_out(ReferenceSize(100, 100, step=2, phase=(1, 0)), Fields(2, 2, scale=2))
    layout = lay_out(ReferenceSize(100, 100, step=4, phase=(2, 0)), Fields(2, 2, scale=2))
    assert (layout.start, layout.read_window(next(iter(layout))).col % 4) == ((1, 0), 2)


@pytest.mark.parametrize("scale", [1, 2, 3, 7, 16, 64])
def test_blocks_of_patches_are_whole_tiles_and_stand_on_bounded_ground(scale):
    layout = lay_out_patches(20000, 20000, 64, scale=scale)
    assert layout.efield % 16 == 0
    assert layout.efield * scale <= max(256, 16 * scale)
