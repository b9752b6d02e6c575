"""Rasters in the raster_format that is asked for."""

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr

from geodl_plugin.errors import InputError
from geodl_plugin.inference import raster_writer
from geodl_plugin.inference.blocks import BlockLayout
from geodl_plugin.inference.output_rasters import map_output
from geodl_plugin.inference.raster_format import RasterFormat
from geodl_plugin.inference.raster_writer import raster_writers
from geodl_plugin.labels.class_raster import read_classes
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.rasters.grid import Grid, Window
from geodl_plugin.rasters.raster import small_cache

CLASSES = ClassList.from_values(["field", "forest", "water"])
MAP = map_output("classes", CLASSES.names, CLASSES)
WIDTH, HEIGHT = 700, 600
GRID = Grid(WIDTH, HEIGHT, (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0))
VALUES = (np.add.outer(np.arange(HEIGHT) // 90, np.arange(WIDTH) // 90) % 3 + 1).astype(np.uint8)


@pytest.fixture
def written(tmp_path):
    """Write a map and open it."""

    def write(raster_format, kind="classes", values=VALUES, nodata=""):
        target = tmp_path / "map.tif"
        raster = map_output(kind, CLASSES.names, CLASSES).with_nodata(nodata)
        with raster_writers([target], GRID, [raster], raster_format) as (writer,):
            writer.write(Window(0, 0, WIDTH, HEIGHT), values)
        assert not [one for one in tmp_path.iterdir() if one.name not in ("map.tif", "map.tif.aux.xml")]
        return gdal.Open(str(target))

    return write


def layout_of(dataset):
    return dataset.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE")


def test_a_plain_map_is_tiled_and_compressed(written):
    dataset = written(RasterFormat.parse(""))
    assert dataset.GetRasterBand(1).GetBlockSize() == [256, 256]
    assert dataset.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "DEFLATE"
    assert (dataset.GetRasterBand(1).GetOverviewCount(), layout_of(dataset)) == (0, None)


@pytest.mark.parametrize(("side", "tile"), [(1024, 256), (960, 240), (448, 224), (64, 64), (800, 160), (998, 256)])
def test_tiles_end_where_blocks_end(tmp_path, side, tile):
    path = tmp_path / "map.tif"
    with raster_writers([path], GRID, [MAP], RasterFormat({}), side):
        pass
    assert gdal.Open(str(path)).GetRasterBand(1).GetBlockSize() == [tile, tile]


@pytest.mark.parametrize("efield", [32, 96, 448])
def test_a_file_written_in_blocks_is_hardly_larger_than_its_tiles(tmp_path, efield):
    values = np.random.default_rng(0).integers(1, 4, VALUES.shape).astype(np.uint8)
    sizes = []
    for side in (efield, 2048):  # in blocks, and at once, in the same tiles
        path = tmp_path / "map.tif"
        with raster_writers([path], GRID, [MAP], RasterFormat({}), efield) as (writer,):
            for block in BlockLayout(GRID.window, side, 0):
                rows, cols = (slice(first, first + count) for first, count in zip(block[1::-1], block.shape))
                writer.write(block, values[rows, cols])
        sizes.append(path.stat().st_size)
    assert sizes[0] <= 1.01 * sizes[1]


@pytest.mark.parametrize("cog", [False, True])
def test_creation_options_go_before_ours(written, cog):
    dataset = written(RasterFormat.parse("COMPRESS=LZW| BIGTIFF=YES", cog=cog))
    assert dataset.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "LZW"
    assert Path(dataset.GetDescription()).read_bytes()[2] == 43  # the mark of BigTIFF


@pytest.mark.parametrize("cog", [False, True])
def test_a_value_that_gdal_would_ignore_is_refused(cog):
    with pytest.raises(InputError, match=r"no such COMPRESS.*DEFLATE.*FOO"):
        RasterFormat.parse("compress=FOO", cog=cog)
    assert RasterFormat.parse("compress=lzw|NUM_THREADS=3", cog=cog).options == {"COMPRESS": "lzw", "NUM_THREADS": "3"}


def test_what_gdal_refuses_is_an_error(written):
    with pytest.raises(InputError, match="cannot be created"):
        written(RasterFormat.parse("BLOCKXSIZE=100"))


@pytest.mark.parametrize(
    ("raster_format", "step"),
    [(RasterFormat({}, cog=True), "_write_cog"), (RasterFormat({}, overviews=True), "_build_overviews")],
)
def test_two_rasters_are_both_made_or_none(tmp_path, monkeypatch, raster_format, step):
    targets = [tmp_path / "map.tif", tmp_path / "confidence.tif"]
    for target in targets:
        target.write_text("earlier")
    finish, made = getattr(raster_writer, step), []

    def full(*arguments):
        made.append(finish(*arguments))
        if len(made) == 2:
            raise InputError("The disk is full.")

    monkeypatch.setattr(raster_writer, step, full)
    with pytest.raises(InputError), raster_writers(targets, GRID, [MAP] * 2, raster_format):
        pass
    assert [target.read_text() for target in targets] == ["earlier"] * 2
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("text", ["COMPRES=LZW", "COMPRESS", "TILED=YES|NO"])
def test_unknown_creation_options_are_refused(text):
    with pytest.raises(InputError, match=r"creation options.*COMPRESS, "):
        RasterFormat.parse(text)


@pytest.mark.parametrize("overviews", [False, True])
def test_a_cloud_optimised_map_is_one_and_says_the_same(written, overviews, tmp_path):
    dataset = written(RasterFormat.parse("", cog=True, overviews=overviews))
    assert layout_of(dataset) == "COG"
    assert (dataset.GetRasterBand(1).GetOverviewCount() > 0) == overviews
    np.testing.assert_array_equal(dataset.ReadAsArray(), VALUES)
    assert (dataset.GetGeoTransform(), dataset.GetRasterBand(1).GetNoDataValue()) == (GRID.transform, 0)
    assert read_classes(str(tmp_path / "map.tif")) == CLASSES


def test_overviews_hold_classes_that_are_there(written):
    dataset = written(RasterFormat.parse("", overviews=True))
    band = dataset.GetRasterBand(1)
    assert [band.GetOverview(n).XSize for n in range(band.GetOverviewCount())] == [350, 175]
    assert set(np.unique(band.GetOverview(0).ReadAsArray())) == {1, 2, 3}


def test_steps_of_probability_are_shown_as_probabilities(written):
    values = np.full((HEIGHT, WIDTH, 3), 125, np.uint8)
    dataset = written(RasterFormat.parse(""), "probabilities (uint8)", values)
    band = dataset.GetRasterBand(2)
    assert (band.GetDescription(), band.GetNoDataValue()) == ("forest", 255)
    assert band.GetScale() * 125 + band.GetOffset() == pytest.approx(0.5)
    assert dataset.GetRasterBand(1).GetColorInterpretation() == gdal.GCI_GrayIndex


def test_another_no_data_value_stands_in_the_file(written):
    dataset = written(RasterFormat.parse(""), nodata="99")
    assert dataset.GetRasterBand(1).GetNoDataValue() == 99
    assert dataset.GetRasterBand(1).GetColorTable().GetColorEntry(99) == (0, 0, 0, 0)


def test_the_bytes_do_not_depend_on_what_is_read_meanwhile(tmp_path):
    """Reading another raster pushes tiles of the map out of GDAL's cache."""
    path = str(tmp_path / "other.tif")
    gdal.GetDriverByName("GTiff").Create(path, 3000, 3000, options=["TILED=YES"]).FlushCache()
    other = gdal.Open(path)
    found = []
    for reads in (False, True):
        target = tmp_path / "map.tif"
        with small_cache(4 << 20), raster_writers([target], GRID, [MAP], RasterFormat({})) as (writer,):
            for block in BlockLayout(GRID.window, 512, 0):
                rows, cols = (slice(first, first + count) for first, count in zip(block[1::-1], block.shape))
                writer.write(block, VALUES[rows, cols])
                if reads:
                    other.ReadAsArray()
        found.append(target.read_bytes())
    assert found[0] == found[1]


@pytest.mark.parametrize("cog", [False, True])
def test_a_map_that_fails_leaves_nothing(tmp_path, cog):
    with (
        pytest.raises(ZeroDivisionError),
        raster_writers([tmp_path / "map.tif"], GRID, [MAP], RasterFormat({}, cog)) as (writer,),
    ):
        writer.write(Window(0, 0, WIDTH, HEIGHT), VALUES)
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


LOSSY = ["COMPRESS=JPEG", "COMPRESS=LERC|MAX_Z_ERROR=2", "DISCARD_LSB=2", "NBITS=1"]


@pytest.mark.parametrize(("option", "cog"), [*((one, False) for one in LOSSY), *((one, True) for one in LOSSY[1:2])])
def test_a_file_that_holds_other_values_is_none(tmp_path, monkeypatch, option, cog):
    """Whatever changed them: as if nobody knew of the option."""
    monkeypatch.setattr(RasterFormat, "lossy_options", lambda *_: [])
    values = np.random.default_rng(0).integers(1, 4, VALUES.shape).astype(np.uint8)
    (tmp_path / "map.tif").write_text("earlier")
    with (
        pytest.raises(InputError, match=r"not stored as it was written.*at column 0, row 0"),
        raster_writers([tmp_path / "map.tif"], GRID, [MAP], RasterFormat.parse(option, cog=cog)) as (writer,),
    ):
        writer.write(Window(0, 0, WIDTH, HEIGHT), values)
    assert [one.name for one in tmp_path.iterdir()] == ["map.tif"]
    assert (tmp_path / "map.tif").read_text() == "earlier"


def test_one_wrong_pixel_is_found(tmp_path, monkeypatch):
    finish = raster_writer._build_overviews

    def spoil(path, way):
        finish(path, way)
        gdal.Open(str(path), gdal.GA_Update).WriteArray(np.full((1, 1), 3, np.uint8), 699, 599)

    monkeypatch.setattr(raster_writer, "_build_overviews", spoil)
    with (
        pytest.raises(InputError, match=r"188 × 88 pixels at column 512, row 512"),
        raster_writers(
            [tmp_path / "map.tif"],
            GRID,
            [MAP],
            RasterFormat({}, overviews=True),
        ) as (writer,),
    ):
        for block in BlockLayout(GRID.window, 512, 0):
            writer.write(block, VALUES[block.row : block.row + block.height, block.col : block.col + block.width])
    assert VALUES[599, 699] != 3
    assert list(tmp_path.iterdir()) == []


def test_values_that_the_type_does_not_hold_are_found(tmp_path):
    with (
        pytest.raises(InputError, match="not stored as it was written"),
        raster_writers([tmp_path / "map.tif"], GRID, [MAP], RasterFormat({})) as (writer,),
    ):
        writer.write(GRID.window, VALUES.astype(np.uint16) + 255)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("compression", ["DEFLATE", "LERC", "ZSTD"])
@pytest.mark.parametrize("cog", [False, True])
def test_numbers_of_all_kinds_are_read_back(written, compression, cog):
    values = np.random.default_rng(0).normal(0, 1e9, (HEIGHT, WIDTH, 3)).astype(np.float32)
    values[7, 8] = -0.0
    if compression != "LERC":  # not every GDAL reads the NaN that it wrote
        values[5, 6], values[9, 10], values[11, 12, 1] = -np.nan, np.inf, np.nan
    found = (
        written(RasterFormat.parse(f"COMPRESS={compression}", cog=cog), "raw", values).ReadAsArray().transpose(1, 2, 0)
    )
    np.testing.assert_array_equal(found, values)


def test_a_map_on_another_grid_is_is_not_compared_with_it(tmp_path):
    utm = osr.SpatialReference()
    utm.ImportFromEPSG(32631)
    grid = Grid(WIDTH, HEIGHT, GRID.transform, utm.ExportToWkt())
    raster_format = RasterFormat.parse("TARGET_SRS=EPSG:3857", cog=True)
    with raster_writers([tmp_path / "map.tif"], grid, [MAP], raster_format) as (writer,):
        writer.write(GRID.window, VALUES)
    dataset = gdal.Open(str(tmp_path / "map.tif"))
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "3857"
    assert set(np.unique(dataset.ReadAsArray())) == {0, 1, 2, 3}
