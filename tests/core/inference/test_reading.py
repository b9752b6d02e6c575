"""What is fed to the network for a block."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import gdal

from geodl_plugin.inference.blocks import BlockLayout, BlockSizes, ReferenceSize, lay_out
from geodl_plugin.inference.patch_grid import PatchGrid
from geodl_plugin.inference.reading import BlockReader, is_complete
from geodl_plugin.models.fields import Fields
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources
from geodl_plugin.runtime.numbers import ceil_div

WIDTH, HEIGHT = 53, 37
X0, Y0 = 500000.0, 4000000.0


def coordinates(make_raster, name, size, width, height, x0=X0, y0=Y0, dtype=np.float64, **options):
    """A raster whose two bands hold the ground coordinates of its pixels' centres."""
    cols, rows = np.meshgrid(np.arange(width), np.arange(height))
    values = np.stack([x0 + (cols + 0.5) * size, y0 - (rows + 0.5) * size], axis=-1)
    transform = (x0, size, 0.0, y0, 0.0, -size)
    return Source(name, [make_raster(values.astype(dtype), name=f"{name}.tif", transform=transform, **options)])


@pytest.fixture
def source(make_raster):
    """A raster whose values are all different."""
    return Source("s", [make_raster(np.arange(1, HEIGHT * WIDTH + 1, dtype=np.uint16).reshape(HEIGHT, WIDTH))])


@pytest.mark.parametrize("stride", [4, 8])
@pytest.mark.parametrize(
    ("size", "x0", "y0", "width", "height"),
    [(20, X0, Y0, 40, 30), (5, X0, Y0, 160, 120), (20, X0 - 10, Y0 + 10, 40, 30), (40, X0 - 30, Y0, 20, 15)],
)
def test_all_sources_show_the_same_ground(make_raster, stride, size, x0, y0, width, height):
    reference = coordinates(make_raster, "reference", 10, 67, 45)
    other = coordinates(make_raster, "other", size, width, height, x0, y0)
    sources = Sources([reference, other])
    layout = lay_out(
        ReferenceSize(67, 45, step=sources.step, phase=sources.phase), Fields(stride, stride), BlockSizes(efield=16)
    )
    read, seen = BlockReader(sources, layout), np.zeros((45, 67), int)
    for block in layout:
        data, window = read(block), layout.read_window(block)
        seen[block.row : block.row + block.height, block.col : block.col + block.width] += 1
        first, second = data.inputs
        assert first.shape[:2] == window.shape
        assert second.shape[:2] == (window.height * 10 / size, window.width * 10 / size)
        inside = window.intersection(Window(4, 4, 59, 37))
        if inside == window:  # no part is continued: the pixels' means are the same
            pairs = first, second
            np.testing.assert_array_equal(*(one.mean(axis=(0, 1)) for one in pairs))
            assert abs(first[0, 0] - second[0, 0]).max() == abs(10 - size) / 2
    assert (seen == 1).all()


def test_each_pixel_of_a_block_finds_its_own_in_the_coarser_source(make_raster):
    reference = coordinates(make_raster, "reference", 10, 67, 45)
    coarse = coordinates(make_raster, "coarse", 20, 40, 30, X0 - 10, Y0 + 10)
    sources = Sources([reference, coarse])
    layout = lay_out(ReferenceSize(67, 45, step=sources.step, phase=sources.phase), Fields(2, 2), BlockSizes(efield=10))
    assert (sources.phase, layout.start) == ((1, 1), (1, 1))
    for block in layout:
        fine, other = BlockReader(sources, layout)(block).inputs
        spread = other.repeat(2, axis=0).repeat(2, axis=1)
        window = layout.read_window(block)
        inner = np.s_[max(0, -window.row) : 45 - window.row, max(0, -window.col) : 67 - window.col]
        assert abs(fine - spread)[inner].max() == 5


def test_the_map_has_no_data_where_a_source_has_no_pixel(make_raster):
    reference = coordinates(make_raster, "reference", 10, 40, 30)
    coarse = coordinates(make_raster, "coarse", 20, 10, 20, X0 + 60, Y0)
    sources = Sources([reference, coarse])
    assert sources.common == Window(6, 0, 20, 30)
    layout = lay_out(ReferenceSize(40, 30, step=sources.step, phase=sources.phase), Fields(2, 2), BlockSizes(efield=8))
    read, missing = BlockReader(sources, layout), np.zeros((30, 40), bool)
    for block in layout:
        data = read(block)
        missing[block.row : block.row + block.height, block.col : block.col + block.width] = (
            True if data is None else data.nodata
        )
    expected = np.ones((30, 40), bool)
    expected[:, 6:26] = False
    np.testing.assert_array_equal(missing, expected)


def test_of_sources_in_common_is_what_holds_whole_pixels(make_raster):
    reference = coordinates(make_raster, "reference", 10, 40, 30)
    fine = coordinates(make_raster, "fine", 5, 41, 60, X0 + 15, Y0)
    assert Sources([reference, fine]).common == Window(2, 0, 20, 30)


@pytest.mark.parametrize("bands", [1, 2])
def test_a_pixel_is_missing_where_the_reference_has_no_band(make_raster, bands):
    values = np.full((30, 40, 2), 5, np.uint16)
    values[3:9, 4:8, :bands] = 0
    sources = Sources([Source("s", [make_raster(values, nodata=0)])])
    layout = BlockLayout(Window(0, 0, 40, 30), 16, 4)
    missing = BlockReader(sources, layout)(Window(0, 0, 16, 16)).nodata
    assert missing.sum() == (24 if bands == 2 else 0)


def test_missing_values_of_further_sources_leave_the_map_whole(make_raster):
    first = Source("a", [make_raster(np.ones((30, 40), np.uint8), name="a.tif", nodata=0)])
    second = Source("b", [make_raster(np.zeros((30, 40), np.uint8), name="b.tif", nodata=0)])
    layout = BlockLayout(Window(0, 0, 40, 30), 16, 4)
    assert not BlockReader(Sources([first, second]), layout)(Window(0, 0, 16, 16)).nodata.any()


@pytest.mark.parametrize("nodata", [0, np.nan])
def test_blocks_without_data_are_not_read(tmp_path, monkeypatch, nodata):
    path = str(tmp_path / "sparse.tif")
    options = ["SPARSE_OK=TRUE", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"]
    dataset = gdal.GetDriverByName("GTiff").Create(path, 64, 64, 1, gdal.GDT_Float32, options)
    dataset.GetRasterBand(1).SetNoDataValue(nodata)
    dataset.GetRasterBand(1).WriteArray(np.ones((16, 16), np.uint8), 16, 16)
    dataset = None
    source = Source("s", [path])
    layout = BlockLayout(Window(0, 0, 64, 64), 16, 0)
    read, windows = BlockReader(Sources([source]), layout), []
    monkeypatch.setattr(source, "read", lambda window, own=source.read: windows.append(window) or own(window))
    empty = [read.is_empty(block) or read(block) is None for block in layout]
    assert (sum(empty), windows) == (15, [Window(16, 16, 16, 16)])


def test_a_sparse_file_without_no_data_value_holds_zeros(tmp_path):
    path = str(tmp_path / "sparse.tif")
    gdal.GetDriverByName("GTiff").Create(path, 64, 64, 1, gdal.GDT_Byte, ["SPARSE_OK=TRUE"]).FlushCache()
    layout = BlockLayout(Window(0, 0, 64, 64), 16, 0)
    read, block = BlockReader(Sources([Source("s", [path])]), layout), Window(0, 0, 16, 16)
    data = read(block)
    assert not read.is_empty(block)
    assert (data.inputs[0] == 0).all() and not data.nodata.any()


def test_outside_a_mask_nothing_is_read(source):
    layout = BlockLayout(Window(0, 0, WIDTH, HEIGHT), 16, 4)

    def mask(window):
        return np.add.outer(np.arange(window.height), window.col + np.arange(window.width)) >= 18

    read = BlockReader(Sources([source]), layout, mask=mask)
    assert read(Window(0, 0, 2, 16)) is None
    np.testing.assert_array_equal(read(Window(16, 0, 16, 16)).nodata, ~mask(Window(16, 0, 16, 16)))


@pytest.mark.parametrize(
    ("dtype", "known", "expected"),
    [(np.uint16, 0.0, 0), (np.uint16, np.nan, np.nan), (np.uint16, -1.5, -1.5), (np.float32, np.nan, np.nan)],
)
def test_what_is_missing_is_fed_as_the_network_knows_it(make_raster, dtype, known, expected):
    values = np.full((20, 20), 7, dtype)
    values[3, 4] = 99
    source = Source("s", [make_raster(values, nodata=99)])
    layout = BlockLayout(Window(0, 0, 20, 20), 10, 0)
    read = BlockReader(Sources([source]), layout, fill=[np.array([known])])
    blocks = [read(block) for block in layout]
    found, *others = (block.inputs[0] for block in blocks)
    np.testing.assert_array_equal(found[3, 4, 0], expected)
    assert np.argwhere(blocks[0].nodata).tolist() == [[3, 4]]  # the map has no data there all the same
    assert (found == 7).sum() == 99
    assert {one.dtype for one in others} == {found.dtype}  # though nothing is missing in them


@pytest.mark.parametrize(("size", "scale"), [(16, 1), (15, 1), (4, 3), (5, 2), (1, 1)])
def test_patches_lie_around_their_pixel(make_raster, size, scale):
    reference = coordinates(make_raster, "reference", 10, 41, 29)
    layout = BlockLayout(Window(0, 0, ceil_div(41, scale), ceil_div(29, scale)), 7, 0, Fraction(scale))
    read = BlockReader(Sources([reference]), layout, patch_size=size)
    for block in layout:
        (patches,) = read(block).inputs
        assert isinstance(patches, PatchGrid)
        found = patches.batch(0, block.width * block.height).reshape(*block.shape, size, size, 2)
        assert len(patches.batch(2, 5)) == 3
        np.testing.assert_array_equal(patches.batch(2, 5), found.reshape(-1, size, size, 2)[2:5])
        for row in range(block.height):
            for col in range(block.width):
                centre_col, centre_row = ((n * scale + scale // 2) for n in (block.col + col, block.row + row))
                if centre_col >= 41 or centre_row >= 29:
                    continue
                x, y = found[row, col, size // 2, size // 2]
                assert (x, y) == (X0 + 10 * centre_col + 5, Y0 - 10 * centre_row - 5)


@pytest.mark.parametrize(("size", "width"), [(20, 30), (5, 120)])
def test_patches_of_other_sources_lie_around_the_pixel_that_holds_the_centre(make_raster, size, width):
    reference = coordinates(make_raster, "reference", 10, 41, 29)
    other = coordinates(make_raster, "other", size, width, width)
    sources = Sources([reference, other])
    layout = BlockLayout(Window(0, 0, 41, 29), 16, 0)
    first, second = BlockReader(sources, layout, patch_size=8)(Window(16, 16, 16, 13)).inputs
    own = int(80 / size)
    a, b = first.batch(0, 100), second.batch(0, 100)
    assert b.shape == (100, own, own, 2)
    distance = abs(a[:, 4, 4] - b[:, own // 2, own // 2]).max()
    assert distance <= max(size, 10) / 2


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([2, 3, 5]))
def test_a_coarse_pixel_is_missing_where_all_of_its_ground_is(width, height, times):
    layout = BlockLayout(Window(0, 0, width, height), 8, 0, Fraction(times))
    block = next(iter(layout))
    ground = layout.ground_window(block)
    values = np.ones(ground.shape, bool)
    values[0, 0] = False
    found = layout.on_map(values, block)
    assert found.shape == block.shape
    assert not found[0, 0] and found.sum() == found.size - 1


def test_a_fine_pixel_is_missing_where_its_ground_is():
    layout = BlockLayout(Window(3, 2, 10, 9), 4, 0, Fraction(1, 2))
    whole = np.zeros((20, 20), bool)
    whole[2, 3] = True
    seen = np.zeros((40, 40), bool)
    for block in layout:
        ground = layout.ground_window(block)
        values = whole[ground.row : ground.row + ground.height, ground.col : ground.col + ground.width]
        found = layout.on_map(values, block)
        assert found.shape == block.shape
        seen[block.row : block.row + block.height, block.col : block.col + block.width] = found
    assert np.argwhere(seen).tolist() == [[4, 6], [4, 7], [5, 6], [5, 7]]


@pytest.mark.parametrize(
    ("values", "nodata", "complete"),
    [
        (np.uint16([1, 2]), (0, 0), True),
        (np.uint16([1, 0]), (0, 0), False),
        (np.uint16([1, 0]), (None, None), True),
        (np.uint16([0, 1]), (None, 0), True),
        (np.uint16([1, 0]), (None, 0), False),
        (np.uint16([1, 2]), (-9999, -9999), True),  # which the type does not hold
        (np.uint16([1, 2]), (0.5, 0.5), True),
        (np.int16([1, -9999]), (-9999, -9999), False),
        (np.float32([1, np.nan]), (None, None), False),
        (np.float32([1, np.inf]), (0, 0), False),
        (np.float32([1, 2]), (np.nan, np.nan), True),
        (np.float64([1, 1e300]), (None, None), False),  # infinite in float32
        (np.uint32([1, 2**32 - 1]), (2.0**32, 2.0**32), False),  # the same in float32
        (np.int32([1, 2]), (0, 0), True),
    ],
)
def test_inputs_are_complete_if_the_network_finds_nothing_missing(values, nodata, complete):
    block = np.ones((3, 4, 2), values.dtype)
    block[1, 2] = values
    assert is_complete(block, nodata) == complete


def test_a_block_tells_whether_the_network_must_fill_in(make_raster):
    values = np.full((40, 40, 1), 5, np.uint16)
    values[30, 30] = 0
    source = Source("s", [make_raster(values, nodata=0)])
    layout = BlockLayout(Window(0, 0, 40, 40), 20, 4)
    blocks = list(layout)
    read = BlockReader(Sources([source]), layout, network_nodata=[[0.0]])
    assert [read(block).is_complete for block in blocks] == [True, True, True, False]
    unknown = BlockReader(Sources([source]), layout)
    assert not any(unknown(block).is_complete for block in blocks)
