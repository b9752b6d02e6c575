"""The way to split that is chosen."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodl_plugin.datasets.label_owners import LabelOwners
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources
from geodl_plugin.sampling import splits
from geodl_plugin.sampling.automatic import Parts
from geodl_plugin.sampling.drawing import draw_positions
from geodl_plugin.sampling.rules import Rules
from geodl_plugin.sampling.strategies import load_strategy

HEIGHT, WIDTH = 60, 75
boxes = st.lists(
    st.tuples(
        st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.integers(1, 25), st.integers(1, 25), st.integers(0, 3)
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture(autouse=True)
def _short_search(monkeypatch):
    """The split need not be the best one."""
    monkeypatch.setattr(splits, "_MAX_TRIES", 16)


@pytest.fixture
def draw(make_raster, reporter):
    """Draw positions in boxes (column, row, width, height, class): positions and the image of classes."""

    def run(boxes, *, from_raster=False, image=None, **options):
        shape = (HEIGHT, WIDTH) if image is None else image.shape
        values = np.ones(shape, np.uint8) if image is None else image
        sources = Sources([Source("image", [make_raster(values, name="image.tif", nodata=0)])])
        parts = np.full(shape, len(boxes), np.int32)
        for number, (col, row, width, height, _) in enumerate(boxes):
            parts[row : row + height, col : col + width] = number
        n_classes = max(box[4] for box in boxes) + 1
        class_of = np.array([box[4] for box in boxes])
        classes = np.append(class_of, 255)[parts].astype(np.uint8)

        def reader(image):
            return lambda window: image[window.row :, window.col :][: window.height, : window.width]

        rules = {"patch_size": 16, "count": 120, "split": "automatic", "valid_fraction": 0.2, "test_fraction": 0.1}
        found = draw_positions(
            reader(classes),
            ClassList.from_values(range(1, n_classes + 1)),
            sources,
            Rules(strategy=load_strategy("balanced"), **{**rules, **options}),
            reporter,
            name="labels",
            parts=None if from_raster else Parts(reader(parts), class_of),
        )
        return found.positions, classes, parts

    return run


def table(positions, n_classes):
    """Positions by split and class."""
    counts = np.zeros((3, n_classes), int)
    np.add.at(counts, (positions.split_of, positions.labels), 1)
    return counts


def labels_of_splits(positions, parts, classes, size, n_parts, *, by_part=True):
    """Which labelled pixels the patches of each split hold, [split, y, x], as they are exported."""

    def read(window):
        return parts[window.row :, window.col :][: window.height, : window.width]

    owner = LabelOwners(positions, size, read if by_part else None, n_parts)(Window(0, 0, *classes.shape[::-1]))
    held = np.zeros((3, *classes.shape), bool)
    for col, row, split in zip(positions.cols, positions.rows, positions.split_of):
        rows = slice(max(0, row - size // 2), row - size // 2 + size)
        cols = slice(max(0, col - size // 2), col - size // 2 + size)
        held[split, rows, cols] |= (owner[rows, cols] == split) & (classes[rows, cols] != 255)
    return held


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    boxes,
    st.sampled_from(["automatic", "features", "spatial blocks", "random"]),
    st.sampled_from([5, 16, 40]),
    st.integers(0, 99),
    st.booleans(),
    st.sampled_from([0, 1, 9]),
)
def test_no_label_is_in_two_splits_and_no_class_is_lost(draw, boxes, split, size, seed, from_raster, buffer):
    if from_raster and split == "features":
        split = "automatic"
    try:
        positions, classes, parts = draw(boxes, from_raster=from_raster, split=split, seed=seed, split_buffer=buffer)
    except InputError:  # there is no room beside positions of valid and test
        assert split in ("random", "spatial blocks") or (split == "features" and buffer > 1)
        return
    assert (classes[positions.rows, positions.cols] == positions.labels).all()
    held = labels_of_splits(positions, parts, classes, size, len(boxes), by_part=not from_raster)
    assert held.sum(axis=0).max() == 1
    for col, row, number in zip(positions.cols, positions.rows, positions.split_of):
        assert held[number, row, col]
    if split == "automatic" or (split == "features" and buffer <= 1):
        counts = table(positions, max(box[4] for box in boxes) + 1)
        there = set(np.unique(classes[classes != 255]).tolist())
        assert set(np.flatnonzero(counts[0] > 0)) == there
        if positions.way == "features":
            several = [one for one in there if len(np.unique(parts[classes == one])) > 1]
            assert (counts[1, several] > 0).all()
    again, _, _ = draw(boxes, from_raster=from_raster, split=split, seed=seed, split_buffer=buffer)
    for name, values in vars(positions).items():
        np.testing.assert_array_equal(values, getattr(again, name))


def test_large_labels_are_split_by_blocks_that_lie_apart(draw):
    squares = [(30 * col, 30 * row, 30, 30, (col + row) % 2) for col in range(6) for row in range(6)]
    positions, _, _ = draw(squares, image=np.ones((180, 180), np.uint8), patch_size=8)
    assert positions.way == "spatial blocks" and (table(positions, 2)[:2] > 0).all()
    apart = np.maximum(abs(positions.cols[:, None] - positions.cols), abs(positions.rows[:, None] - positions.rows))[
        positions.split_of[:, None] != positions.split_of
    ]
    assert apart.min() >= 8


def test_few_polygons_are_split_as_wholes(draw, reporter):
    squares = [(15 * number, 15 * kind, 12, 12, kind) for number in range(3) for kind in range(2)]
    positions, _, parts = draw(squares)
    assert positions.way == "features"
    np.testing.assert_array_equal(positions.features, parts[positions.rows, positions.cols])
    for part in range(6):
        assert len(set(positions.split_of[positions.features == part].tolist())) == 1
    np.testing.assert_array_equal((table(positions, 2) > 0), [[True] * 2, [True] * 2, [False] * 2])
    assert any("Split by whole polygons" in line and "1, 2" in line for line in reporter.messages)


def test_one_polygon_a_class_is_cut_or_trained_with(draw, reporter):
    positions, classes, parts = draw([(0, 0, 40, 20, 0), (45, 30, 5, 5, 1)])
    counts = table(positions, 2)
    assert (counts[:2, 0] > 0).all() and counts[0, 1] > 0 and counts[1, 1] == 0
    assert any("largest one of 1 is cut" in line and "2 cannot be divided" in line for line in reporter.messages)
    held = labels_of_splits(positions, parts, classes, 16, 2)
    assert not held[0][held[1].any(axis=0) & held[1]].any()


def test_positions_lie_at_the_border_but_not_on_nodata(draw):
    image = np.ones((HEIGHT, WIDTH), np.uint8)
    image[:, 3] = 0
    positions, _, _ = draw([(0, 0, 5, 20, 0), (40, 40, 35, 20, 1)], image=image, split="none", count=4000)
    of_first = positions.where(positions.labels == 0)
    assert set(of_first.cols.tolist()) == {0, 1, 2, 4} and set(of_first.rows.tolist()) == set(range(20))


def test_points_are_split_too(draw):
    points = [(col, row, 1, 1, (col + row) // 10 % 2) for col in range(0, 70, 10) for row in range(0, 60, 10)]
    positions, _, _ = draw(points)
    assert positions.way == "features" and (table(positions, 2) > 0).all()
    assert len(positions) == len(points)


def test_a_raster_is_split_by_smaller_blocks_where_it_must(draw, reporter):
    positions, _, _ = draw([(0, 0, 75, 30, 0), (0, 30, 75, 30, 1), (40, 30, 12, 12, 2)], from_raster=True)
    assert positions.way == "spatial blocks" and positions.features is None
    assert (table(positions, 3)[:2] > 0).all()
    assert any("Split by spatial blocks of" in line for line in reporter.messages)
