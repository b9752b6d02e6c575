"""Sheets are whole blocks of the map."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from geodl_plugin.inference.blocks import BlockSizes, MapArea, ReferenceSize, lay_out
from geodl_plugin.inference.sheets import sheet_side, sheets_of
from geodl_plugin.models.fields import Fields
from geodl_plugin.rasters.grid import Window


@st.composite
def layouts(draw):
    """Blocks of a map, of the whole raster or of a part of it, and a side of sheets."""
    width, height = draw(st.integers(40, 300)), draw(st.integers(40, 300))
    stride, margin = draw(st.sampled_from([1, 4, 8])), draw(st.integers(0, 8))
    extent = None
    if draw(st.booleans()):
        col, row = draw(st.integers(0, width - 30)), draw(st.integers(0, height - 30))
        extent = Window(col, row, draw(st.integers(20, width - col)), draw(st.integers(20, height - row)))
    area = MapArea(valid_only=draw(st.booleans()), extent=extent)
    efield = stride * draw(st.integers(1, 6))
    layout = lay_out(ReferenceSize(width, height), Fields(stride, margin), BlockSizes(efield=efield), area)
    return layout, sheet_side(draw(st.integers(1, 200)), layout.efield)


@given(layouts())
def test_the_blocks_of_all_sheets_are_those_of_the_map(case):
    layout, side = case
    sheets = sheets_of(layout, side)
    blocks = [block for sheet in sheets for block in replace(layout, area=sheet.window)]
    assert sorted(blocks) == sorted(layout)
    assert len({sheet.name for sheet in sheets}) == len(sheets)


@given(layouts())
def test_what_is_computed_and_read_for_a_block_is_the_same(case):
    layout, side = case
    for sheet in sheets_of(layout, side):
        part = replace(layout, area=sheet.window)
        assert [part.computed_window(block) for block in part] == [layout.computed_window(block) for block in part]
        assert [part.read_window(block) for block in part] == [layout.read_window(block) for block in part]


def test_an_extent_does_not_move_the_sheets():
    whole = lay_out(ReferenceSize(100, 100), Fields(1, 0), BlockSizes(efield=10))
    part = replace(whole, area=Window(35, 0, 50, 10))
    assert [sheet.window for sheet in sheets_of(part, 20)] == [
        Window(35, 0, 5, 10), Window(40, 0, 20, 10), Window(60, 0, 20, 10), Window(80, 0, 5, 10),
    ]  # fmt: skip


@pytest.mark.parametrize(("pixels", "side"), [(16384, 16128), (768, 768), (767, 768), (1, 768)])
def test_a_side_is_whole_blocks(pixels, side):
    assert sheet_side(pixels, 768) == side
