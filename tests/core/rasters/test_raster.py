"""Raster input."""

import itertools
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.rasters.grid import Window, tiles
from geodl_plugin.rasters.raster import Source, gdal_exceptions, small_cache

ROOT = Path(__file__).resolve().parents[3]
TYPES = [np.uint8, np.uint16, np.int16, np.uint32, np.int32, np.float32, np.float64]


def ramp(height, width, bands=1, dtype=np.uint16):
    """Each value another one."""
    return np.arange(height * width * bands).reshape(height, width, bands).astype(dtype)


@pytest.mark.parametrize("dtype", TYPES)
def test_values_keep_their_type(make_raster, dtype):
    source = Source("s", [make_raster(ramp(4, 5, 3, dtype))])
    values = source.read(Window(0, 0, 5, 4))
    assert values.dtype == source.dtype == dtype
    np.testing.assert_array_equal(values, ramp(4, 5, 3, dtype))


def test_a_window_is_rows_columns_bands(make_raster):
    source = Source("s", [make_raster(ramp(40, 50, 3))])
    np.testing.assert_array_equal(source.read(Window(7, 5, 4, 3)), ramp(40, 50, 3)[5:8, 7:11])


@pytest.mark.parametrize("bands", [1, 2])
def test_a_raster_of_one_pixel(make_raster, bands):
    source = Source("s", [make_raster(ramp(1, 1, bands))])
    assert source.read(Window(0, 0, 1, 1)).shape == (1, 1, bands)


def test_a_row_and_a_column(make_raster):
    row = Source("s", [make_raster(ramp(1, 9), name="row.tif")])
    column = Source("s", [make_raster(ramp(9, 1), name="column.tif")])
    assert row.read(Window(2, 0, 5, 1)).shape == (1, 5, 1)
    assert column.read(Window(0, 2, 1, 5)).shape == (5, 1, 1)


def test_rasters_are_stacked_in_their_order(make_raster):
    paths = [make_raster(ramp(4, 5, 2), name="a.tif"), make_raster(ramp(4, 5, 1) + 100, name="b.tif")]
    source = Source("s", paths)
    expected = np.concatenate([ramp(4, 5, 2), ramp(4, 5, 1) + 100], axis=-1)
    np.testing.assert_array_equal(source.read(source.grid.window), expected)


@pytest.mark.parametrize("other", TYPES)
@pytest.mark.parametrize("one", [np.uint8, np.int16, np.uint32])
def test_a_stack_holds_the_values_of_both_types(make_raster, one, other):
    def extremes(dtype):
        limits = np.iinfo(dtype) if np.dtype(dtype).kind in "iu" else np.finfo(np.float32)
        return np.array([[limits.min, limits.max]], dtype)

    source = Source("s", [make_raster(extremes(one), name="a.tif"), make_raster(extremes(other), name="b.tif")])
    values = source.read(source.grid.window)
    assert values.dtype == source.dtype
    np.testing.assert_array_equal(values[..., 0].astype(np.float64), extremes(one).astype(np.float64))
    np.testing.assert_array_equal(values[..., 1].astype(np.float64), extremes(other).astype(np.float64))


def test_bands_of_several_types_in_one_file_keep_their_values(make_raster, tmp_path):
    paths = [
        make_raster(np.array([[7]], np.uint8), name="a.tif"),
        make_raster(np.array([[0.25]], np.float32), name="b.tif"),
    ]
    mixed = str(tmp_path / "mixed.vrt")
    gdal.BuildVRT(mixed, paths, separate=True).FlushCache()
    source = Source("s", [mixed])
    values = source.read(source.grid.window)
    assert values.dtype == source.dtype
    assert values.ravel().tolist() == [7, 0.25]


def test_large_integers_beside_small_ones_in_one_file_keep_their_values(make_raster, tmp_path):
    paths = [
        make_raster(np.array([[7]], np.uint8), name="a.tif"),
        make_raster(np.array([[2**24 + 1]], np.int32), name="b.tif"),
    ]
    mixed = str(tmp_path / "mixed.vrt")
    gdal.BuildVRT(mixed, paths, separate=True).FlushCache()
    source = Source("s", [mixed])
    assert source.read(source.grid.window).ravel().tolist() == [7, 2**24 + 1]


def test_band_names_are_the_descriptions(make_raster):
    paths = [make_raster(ramp(2, 2, 2), name="a.tif", band_names=("red", "nir")), make_raster(ramp(2, 2), name="b.tif")]
    assert Source("s", paths).band_names == ["red", "nir", "band 3"]


@pytest.mark.parametrize(
    ("change", "value"), [("transform", (500005.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)), ("size", 21)]
)
def test_rasters_on_two_grids_are_refused(make_raster, change, value):
    first = make_raster(ramp(20, 20), name="first.tif")
    options = {change: value} if change == "transform" else {}
    second = make_raster(ramp(20, value if change == "size" else 20), name="second.tif", **options)
    with pytest.raises(InputError, match="not on one grid") as caught:
        Source("s", [first, second])
    assert "first.tif" in str(caught.value) and "second.tif" in str(caught.value)


def test_no_raster_is_refused():
    with pytest.raises(InputError, match="has no raster"):
        Source("s", [])


def test_a_missing_raster_is_named(tmp_path):
    with pytest.raises(InputError, match="mångata"):
        Source("s", [str(tmp_path / "mångata.tif")])


def test_a_file_that_is_no_raster_is_refused(tmp_path):
    path = tmp_path / "text.tif"
    path.write_text("no raster")
    with pytest.raises(InputError, match="cannot be opened"):
        Source("s", [str(path)])


def test_complex_numbers_are_refused(make_raster):
    with pytest.raises(InputError, match="CFloat32"):
        Source("s", [make_raster(np.ones((2, 2), np.complex64))])


def test_a_file_name_with_blanks_and_other_letters(make_raster):
    assert Source("s", [make_raster(ramp(2, 2), name="Φωτογραφία από ψηλά 影像.tif")]).bands == 1


def test_no_data_is_known_by_band(make_raster):
    paths = [make_raster(ramp(2, 2), name="a.tif", nodata=3), make_raster(ramp(2, 2), name="b.tif")]
    source = Source("s", paths)
    assert source.nodata == [3, None]
    missing = source.is_nodata_value(source.read(source.grid.window))
    assert missing[..., 0].tolist() == [[False, False], [False, True]]
    assert not missing[..., 1].any()


def test_a_pixel_has_no_data_if_no_band_has(make_raster):
    values = np.array([[[0, 0], [0, 5], [5, 5]]], np.uint8)
    source = Source("s", [make_raster(values, nodata=0)])
    assert source.is_nodata(values).tolist() == [[True, False, False]]


@pytest.mark.parametrize("nodata", [None, -9999.0, float("nan"), -3.4028234663852886e38])
def test_nan_is_no_data(make_raster, nodata):
    values = np.array([[np.nan, 1.0]], np.float32)
    source = Source("s", [make_raster(values, nodata=nodata)])
    assert source.is_nodata(source.read(source.grid.window)).tolist() == [[True, False]]


def test_nan_as_no_data_value_is_the_same_as_none(make_raster):
    assert Source("s", [make_raster(np.ones((2, 2), np.float32), nodata=float("nan"))]).nodata == [None]


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [
        (np.float32, -3.4028234663852886e38),
        (np.float32, 0.1),
        (np.float64, 0.1),
        (np.float64, -1.7976931348623157e308),
        (np.uint32, 4294967295),
        (np.int32, -2147483648),
        (np.int16, -32768),
    ],
)
def test_unusual_no_data_values_are_recognised(make_raster, dtype, nodata):
    values = np.array([[nodata, 1]], dtype)
    source = Source("s", [make_raster(values, nodata=nodata)])
    assert source.is_nodata(source.read(source.grid.window)).tolist() == [[True, False]]


def test_no_data_of_a_stack_is_recognised_after_the_change_of_type(make_raster):
    paths = [
        make_raster(np.array([[0.1, 1]], np.float32), name="a.tif", nodata=0.1),
        make_raster(np.array([[0.1, 1]], np.float64), name="b.tif", nodata=0.1),
    ]
    source = Source("s", paths)
    assert source.is_nodata(source.read(source.grid.window)).tolist() == [[True, False]]


def test_a_no_data_value_that_the_type_cannot_hold_hits_nothing(make_raster):
    values = np.array([[0, 255, 241]], np.uint8)
    source = Source("s", [make_raster(values, nodata=-9999)])
    assert not source.is_nodata(values).any()


def test_any_georeference_is_kept(make_raster, any_transform):
    assert Source("s", [make_raster(ramp(3, 4), transform=any_transform)]).grid.transform == any_transform


def test_a_raster_without_crs_has_an_empty_one(make_raster):
    assert Source("s", [make_raster(ramp(3, 4), epsg=None)]).grid.crs == ""


@pytest.mark.parametrize("before", ["", "gdal.UseExceptions()"])
def test_the_setting_of_gdal_is_put_back(before):
    program = f"""
from osgeo import gdal, ogr, osr
from geodl_plugin.rasters.raster import gdal_exceptions
{before}
found = [module.GetUseExceptions() for module in (gdal, ogr, osr)]
with gdal_exceptions():
    assert gdal.GetUseExceptions() and ogr.GetUseExceptions() and osr.GetUseExceptions()
assert [module.GetUseExceptions() for module in (gdal, ogr, osr)] == found
"""
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, check=True)


def test_a_damaged_raster_is_an_error(make_raster):
    path = make_raster(ramp(300, 300, 3))
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[: len(content) // 2])
    source = Source("s", [path])
    with gdal_exceptions(), pytest.raises(InputError, match=r"(?s)image.*cannot be read.*cut off"):
        source.read(source.grid.window)


def test_the_files_of_a_virtual_raster_are_known(make_raster, tmp_path):
    path = make_raster(ramp(4, 5), name="a.tif")
    gdal.BuildVRT(str(tmp_path / "b.vrt"), [path]).FlushCache()
    for beside in (".aux.xml", ".ovr"):  # as QGIS writes them when it shows the raster
        (tmp_path / f"b.vrt{beside}").write_text("<PAMDataset />")
    assert Source("s", [str(tmp_path / "b.vrt")]).all_files == [str(tmp_path / "b.vrt"), path]


@pytest.fixture
def blocks():
    """Begins and ends blocks in any order, as jobs in several threads do."""
    begun = []

    def begin(block):
        block.__enter__()
        begun.append(block)
        return block

    def end(block):
        begun.remove(block)
        block.__exit__(None, None, None)

    yield begin, end
    for block in reversed(begun):
        end(block)


OVERLAPS = """
import sys
from osgeo import gdal, ogr, osr
from geodl_plugin.rasters.raster import gdal_exceptions
def raising():
    return [module.GetUseExceptions() for module in (gdal, ogr, osr)]
for module in (gdal, ogr, osr):
    module.DontUseExceptions()
one, other = gdal_exceptions(), gdal_exceptions()
one.__enter__()
other.__enter__()
one.__exit__(None, None, None)  # the first one ends before the second
assert raising() == [1, 1, 1], raising()
other.__exit__(None, None, None)
assert raising() == [0, 0, 0], raising()
"""


def test_two_jobs_do_not_switch_off_each_others_exceptions():
    subprocess.run([sys.executable, "-W", "ignore", "-c", OVERLAPS], cwd=ROOT, check=True)


def test_two_jobs_share_gdals_cache_and_the_last_one_gives_it_back(blocks):
    begin, end = blocks
    usual = gdal.GetCacheMax()
    one = begin(small_cache(10 << 20))
    other = begin(small_cache(20 << 20))
    assert gdal.GetCacheMax() == 30 << 20
    end(one)
    assert gdal.GetCacheMax() == 20 << 20
    one = begin(small_cache(20 << 20))
    end(other)
    end(one)
    assert gdal.GetCacheMax() == usual


def test_rasters_of_two_zones_with_equal_numbers_are_refused(make_raster):
    paths = [make_raster(ramp(4, 5), name=f"{epsg}.tif", epsg=epsg) for epsg in (32631, 32632)]
    with pytest.raises(InputError, match=r"not on one grid.*zone 31N.*zone 32N"):
        Source("s", paths)
    assert Source("s", [paths[0], make_raster(ramp(4, 5), name="bare.tif", epsg=None)]).bands == 2


def test_a_no_data_value_is_that_of_the_files_own_type(make_raster, tmp_path):
    """As in a virtual raster of 32 bits beside integers, whose common type has 64."""
    path = make_raster(np.array([[0.1, 1]], np.float32), name="a.tif")
    gdal.Translate(str(tmp_path / "a.vrt"), path, noData=0.1)
    integers = make_raster(np.array([[0, 1]], np.int32), name="b.tif", nodata=0)
    source = Source("s", [str(tmp_path / "a.vrt"), integers])
    assert source.dtype == np.float64
    assert source.is_nodata(source.read(source.grid.window)).tolist() == [[True, False]]


@pytest.mark.parametrize(("nodata", "expected"), [(5.0, [3, 5]), (float("nan"), [3, None]), (None, [3, None])])
def test_bands_that_do_not_say_what_is_no_data_can_be_told(make_raster, nodata, expected):
    paths = [make_raster(ramp(2, 2), name="a.tif", nodata=3), make_raster(ramp(2, 2), name="b.tif")]
    assert Source("s", paths, nodata=nodata).nodata == expected


@pytest.fixture
def masked(make_raster):
    """A raster of two bands whose mask leaves the first two columns out, inside the file or beside it."""

    def make(dtype=np.uint8, inside=True, values=None):
        path = make_raster(ramp(4, 6, 2, dtype) if values is None else values, name="masked.tif")
        with_mask = gdal.Open(path, gdal.GA_Update)
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "YES" if inside else "NO")
        with_mask.CreateMaskBand(gdal.GMF_PER_DATASET)
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
        mask = np.full((4, 6), 255, np.uint8)
        mask[:, :2] = 0
        with_mask.GetRasterBand(1).GetMaskBand().WriteArray(mask)
        with_mask = None
        return path

    return make


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize(
    ("dtype", "read"),
    [(np.uint8, np.float32), (np.int16, np.float32), (np.int32, np.float64), (np.float32, np.float32)],
)
def test_a_mask_makes_pixels_missing(masked, dtype, read, inside):
    source = Source("s", [masked(dtype, inside)])
    values = source.read(Window(1, 1, 4, 2))
    assert source.may_have_missing_values and source.has_mask and values.dtype == source.dtype == read
    assert source.is_nodata(values).tolist() == [[True, False, False, False]] * 2
    np.testing.assert_array_equal(values[:, 1:], ramp(4, 6, 2)[1:3, 2:5])


def test_a_mask_holds_for_the_bands_of_its_file(masked, make_raster):
    source = Source("s", [masked(), make_raster(ramp(4, 6), name="whole.tif")])
    missing = source.is_nodata_value(source.read(source.grid.window))
    assert missing[:, :2, :2].all() and not missing[:, 2:].any() and not missing[..., 2].any()


def test_without_a_mask_none_is_read(make_raster, monkeypatch):
    source = Source("s", [make_raster(ramp(4, 6, 3))])
    monkeypatch.setattr(gdal.Band, "GetMaskBand", None)
    assert source.read(source.grid.window).dtype == np.uint16
    assert not source.may_have_missing_values


def test_alpha_tells_collars_and_stays_a_band(make_raster):
    """Of four bytes GDAL takes the fourth for alpha, be it near infrared."""
    pixels = [[9, 9, 9, 255], [0, 0, 0, 0], [255, 255, 255, 0], [3, 3, 3, 0], [0, 0, 0, 4]]
    path = make_raster(np.array([pixels], np.uint8))
    assert gdal.Open(path).GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand
    source = Source("s", [path])
    values = source.read(source.grid.window)
    assert source.bands == 4 and source.may_have_missing_values and not source.has_mask and values.dtype == np.uint8
    assert source.is_nodata(values).tolist() == [[False, True, True, False, False]]


def test_what_has_a_name_is_no_alpha(make_raster):
    path = make_raster(np.zeros((1, 1, 4), np.uint8), band_names=("red", "green", "blue", "nir"))
    assert not Source("s", [path]).may_have_missing_values


def test_threads_that_share_a_source_read_what_one_thread_reads(make_raster):
    values = ramp(256, 256, 3)
    source = Source("a", [make_raster(values)])
    windows = list(tiles(source.grid.window, 48))

    def differs(window):
        assert not source.is_empty(window)
        part = values[window.row : window.row + window.height, window.col : window.col + window.width]
        return not np.array_equal(source.read(window), part)

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(differs, windows * 20))


def test_a_source_is_read_by_one_thread_at_a_time(make_raster, monkeypatch):
    source = Source("a", [make_raster(np.zeros((8, 8, 1), np.uint8))])
    inside, counts = [], []
    read = Source._read

    def slow(self, *arguments):
        inside.append(1)
        counts.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        return read(self, *arguments)

    monkeypatch.setattr(Source, "_read", slow)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(source.read, [source.grid.window] * 8))
    assert counts == [1] * 8


def test_a_copy_on_another_grid_has_the_bands_of_its_source(make_raster):
    path = make_raster(np.zeros((8, 8, 2), np.float32))
    given = Source("a", [path], nodata=7)
    given.band_names = ["red", "nir"]
    copy = Source("a", [path], bands_of=given)
    assert (copy.band_names, copy.nodata) == (["red", "nir"], [7.0, 7.0])


def stack(tmp_path):
    """Two files, tiled and in lines, one of them with a mask; and a third of another type."""
    tiled, lines = np.random.default_rng(0).integers(1, 60000, (2, 700, 1300, 2)).astype(np.uint16)
    paths = [str(tmp_path / f"{name}.tif") for name in ("tiled", "lines", "bytes")]
    for path, values, options in (
        (paths[0], tiled, ["TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=64", "COMPRESS=DEFLATE"]),
        (paths[1], lines, ["COMPRESS=DEFLATE"]),
        (paths[2], lines[..., :1].astype(np.uint8), ["TILED=YES"]),
    ):
        kind = gdal.GDT_UInt16 if values.dtype == np.uint16 else gdal.GDT_Byte
        dataset = gdal.GetDriverByName("GTiff").Create(path, 1300, 700, values.shape[2], kind, options)
        dataset.WriteArray(np.moveaxis(values, -1, 0))
        dataset = None
    dataset = gdal.Open(paths[1], gdal.GA_Update)
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    dataset.GetRasterBand(1).GetMaskBand().WriteArray(np.uint8(255 * (lines[..., 0] % 3 > 0)))
    dataset = None
    return paths


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_several_threads_read_what_one_reads(tmp_path, threads):
    paths = stack(tmp_path)
    whole = Source("a", paths).read(Window(0, 0, 1300, 700))
    assert np.isnan(whole[..., 2:4]).any() and not np.isnan(whole[..., [0, 1, 4]]).any()
    source = Source("a", paths)
    source.use_threads(threads)
    for window in (Window(0, 0, 1300, 700), Window(500, 3, 600, 690), Window(1299, 699, 1, 1)):
        part = whole[window.row : window.row + window.height, window.col : window.col + window.width]
        np.testing.assert_array_equal(source.read(window), part)
    source.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("a reader")]


def test_each_tile_is_decoded_by_one_thread(tmp_path, monkeypatch):
    source = Source("a", stack(tmp_path)[:1])
    source.use_threads(3)
    owners, read = {}, Source._read

    def watch(self, values, window, reader, number, part):
        rows = range(part.row // 64, (part.row + part.height - 1) // 64 + 1)
        cols = range(part.col // 128, (part.col + part.width - 1) // 128 + 1)
        for tile in itertools.product(rows, cols):
            owners.setdefault(tile, set()).add(id(reader))
        return read(self, values, window, reader, number, part)

    monkeypatch.setattr(Source, "_read", watch)
    for col in range(0, 1300 - 600, 100):
        source.read(Window(col, col // 10, 600, 600))
    assert {len(readers) for readers in owners.values()} == {1}
    assert len(set.union(*owners.values())) == 3


def test_what_is_no_file_on_the_disk_is_read_by_one_thread(tmp_path):
    gdal.Translate("/vsimem/stack.tif", stack(tmp_path)[0])
    source = Source("a", ["/vsimem/stack.tif"])
    source.use_threads(3)
    assert source.read(Window(0, 0, 700, 700)).shape == (700, 700, source.bands)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("a reader")]
    source.close()
    gdal.Unlink("/vsimem/stack.tif")


def test_damage_that_one_of_several_threads_finds_is_told(tmp_path):
    path = stack(tmp_path)[0]
    source = Source("a", [path])
    source.use_threads(2)
    size = Path(path).stat().st_size
    with open(path, "r+b") as file:
        file.seek(size // 2)
        file.write(b"\0" * 5000)
    with pytest.raises(InputError, match="cannot be read"):
        source.read(source.grid.window)


def test_a_closed_source_gives_nothing(make_raster):
    source = Source("a", [make_raster(np.zeros((8, 8, 1), np.uint8))])
    source.close()
    with pytest.raises(ValueError, match="closed"):
        source.read(source.grid.window)
