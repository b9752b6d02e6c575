"""Blocks of the map and the windows that are read for them."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodl_plugin.errors import InputError
from geodl_plugin.fields import Fields
from geodl_plugin.inference.blocks import PREFERRED_EFIELD, BlockLayout, lay_out, reflected

FIELDS = Fields(16, 16)
lengths = st.integers(1, 300)
layouts = st.builds(BlockLayout, lengths, lengths, st.integers(1, 80), st.integers(0, 40))
networks = st.builds(Fields, st.sampled_from([1, 2, 4, 8, 12, 16, 32]), st.integers(0, 70))


@given(layouts)
def test_blocks_hold_each_pixel_of_the_raster_once(layout):
    seen = np.zeros((layout.height, layout.width), int)
    for block in layout:
        assert min(block) >= 0
        seen[block.row : block.row + block.height, block.col : block.col + block.width] += 1
    assert (seen == 1).all()


@given(layouts)
def test_the_number_of_blocks_is_known_beforehand(layout):
    assert len(layout) == len(list(layout))


@given(layouts)
def test_all_windows_have_the_receptive_field(layout):
    assert {layout.read_window(block)[2:] for block in layout} == {(layout.rfield, layout.rfield)}


@given(layouts)
def test_a_block_lies_a_crop_inside_its_window(layout):
    for block in layout:
        window = layout.read_window(block)
        assert (block.col - window.col, block.row - window.row) == (layout.crop, layout.crop)
        assert window.intersection(block) == block


@given(lengths, lengths, networks)
def test_automatic_fields_leave_no_seams(width, height, fields):
    layout = lay_out(width, height, fields)
    assert layout.crop >= fields.valid_margin
    assert layout.crop % fields.total_stride == layout.efield % fields.total_stride == 0
    assert layout.rfield == layout.efield + 2 * layout.crop


@given(st.integers(1, 300000), st.integers(1, 300000), networks)
def test_automatic_blocks_are_of_bounded_size(width, height, fields):
    assert lay_out(width, height, fields).efield <= PREFERRED_EFIELD + fields.total_stride


def test_a_small_raster_is_one_block():
    assert len(lay_out(203, 157, FIELDS)) == 1


def named(error, what):
    """The value that a message recommends."""
    return int(re.search(rf"{what} = (\d+)", str(error).split("Use", 1)[1]).group(1))


@given(networks, st.integers(-200, 200))
def test_a_crop_that_makes_seams_names_the_nearest_good_one(fields, crop):
    good = [c for c in range(0, 600, fields.total_stride) if c >= fields.valid_margin]
    assume(crop != 0 and crop not in good)
    with pytest.raises(InputError) as caught:
        lay_out(1000, 1000, fields, crop=crop)
    use = int(re.search(r"Use (?:CROP = )?(\d+)", str(caught.value)).group(1))
    assert use in good
    assert abs(use - crop) == min(abs(c - crop) for c in good)


@given(networks, st.integers(-100, 400))
def test_an_expression_field_that_makes_seams_names_the_nearest_good_one(fields, efield):
    assume(efield != 0 and (efield < 0 or efield % fields.total_stride))
    with pytest.raises(InputError) as caught:
        lay_out(1000, 1000, fields, efield=efield)
    use = named(caught.value, "EFIELD")
    good = range(fields.total_stride, 800, fields.total_stride)
    assert use in good
    assert abs(use - efield) == min(abs(one - efield) for one in good)
    assert lay_out(1000, 1000, fields, efield=use, rfield=named(caught.value, "RFIELD")).efield == use


@pytest.mark.parametrize("rfield", [16, 33, 47, 1, -64])
def test_a_receptive_field_that_leaves_no_good_block_is_refused(rfield):
    with pytest.raises(InputError, match=f"RFIELD = {rfield}"):
        lay_out(1000, 1000, FIELDS, rfield=rfield)


def test_the_expression_field_follows_from_the_receptive_field():
    assert lay_out(1000, 1000, FIELDS, rfield=128).efield == 96


def test_the_receptive_field_follows_from_the_expression_field():
    assert lay_out(1000, 1000, FIELDS, efield=96).rfield == 128


def test_the_crop_follows_from_both_fields():
    assert lay_out(1000, 1000, FIELDS, efield=64, rfield=128).crop == 32


@pytest.mark.parametrize("rfield", [65, 64, 48, 66])
def test_fields_whose_difference_is_no_good_crop_are_refused(rfield):
    with pytest.raises(InputError):
        lay_out(1000, 1000, FIELDS, efield=64, rfield=rfield)


def test_three_fields_that_contradict_each_other_are_refused():
    with pytest.raises(InputError, match="RFIELD = 96"):
        lay_out(1000, 1000, FIELDS, efield=64, rfield=128, crop=16)


def test_three_fields_that_agree_are_taken():
    layout = lay_out(1000, 1000, FIELDS, efield=64, rfield=128, crop=32)
    assert (layout.rfield, layout.efield, layout.crop) == (128, 64, 32)


def test_a_pixelwise_network_needs_no_crop():
    assert lay_out(100, 100, Fields(1, 0)).crop == 0


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
