"""Parts of windows for several threads."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.shares import shares

SIDES = st.integers(1, 1500)
FIRST = st.integers(0, 3000)


@given(col=FIRST, row=FIRST, width=SIDES, height=SIDES, tile=st.tuples(SIDES, SIDES), count=st.integers(1, 5))
def test_the_parts_cover_the_window_once(col, row, width, height, tile, count):
    window, seen = Window(col, row, width, height), np.zeros((height, width), int)
    found = shares(window, tile, count)
    assert len(found) == count
    for part in (part for parts in found for part in parts):
        assert part.intersection(window) == part
        seen[part.row - row : part.row - row + part.height, part.col - col : part.col - col + part.width] += 1
    assert (seen == 1).all()


@given(
    windows=st.lists(st.tuples(FIRST, FIRST, SIDES, SIDES), min_size=2, max_size=5),
    tile=st.tuples(st.integers(64, 1024), st.integers(64, 1024)),
    count=st.integers(1, 5),
)
def test_a_tile_belongs_to_one_thread_whatever_is_read(windows, tile, count):
    height, width = tile
    owners = defaultdict(set)
    for window in windows:
        for thread, parts in enumerate(shares(Window(*window), tile, count)):
            for part in parts:
                for row in range(part.row // height, (part.row + part.height - 1) // height + 1):
                    for col in range(part.col // width, (part.col + part.width - 1) // width + 1):
                        owners[row, col].add(thread)
    assert all(len(threads) == 1 for threads in owners.values())


def test_the_example_of_the_documentation():
    white, black = shares(Window(0, 0, 1056, 1056), (256, 256), 2)
    assert (len(white), len(black)) == (5, 4)
    assert white[0] == Window(0, 0, 512, 512) and black[0] == Window(512, 0, 512, 512)
