"""The picture of the image with the splits."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets import overview
from geodl_plugin.datasets.description import SourceInfo
from geodl_plugin.datasets.overview import FILE_NAME, Overview, copy_overviews, overviews
from geodl_plugin.rasters.raster import Source


@pytest.fixture
def make(make_raster):
    """An overview of an image of noise."""

    def make(height=60, width=80):
        values = np.random.default_rng(1).integers(1, 200, (height, width, 4)).astype(np.uint8)
        source = Source("source1", [make_raster(values, name="image.tif")])
        info = SourceInfo("source1", source.band_names, "uint8", 8, source.nodata, {})
        return Overview(source, info)

    return make


def written(drawn, folder):
    """The picture, [y, x, 3]."""
    drawn.write(folder)
    return np.moveaxis(gdal.Open(str(folder / FILE_NAME)).ReadAsArray(), 0, -1).astype(int)


def is_yellow(pixel):
    """Whether a pixel has the colour of train."""
    return pixel[0] - pixel[2] > 60 and pixel[1] - pixel[2] > 60


def test_labels_have_the_color_of_their_split(make, tmp_path):
    drawn = make()
    drawn.mark(np.ones((20, 20), bool), 10, 30, 0)
    picture = written(drawn, tmp_path)
    assert picture.shape == (60, 80, 3)
    assert is_yellow(picture[10, 40]) and is_yellow(picture[29, 40])
    assert not is_yellow(picture[45:, 40].mean(axis=0))


def test_a_single_pixel_of_a_large_image_can_be_seen(make, tmp_path, monkeypatch):
    monkeypatch.setattr(overview, "_SIDE", 40)
    drawn = make()
    drawn.mark(np.ones((1, 1), bool), 59, 79, 2)
    picture = written(drawn, tmp_path)
    assert picture.shape == (30, 40, 3)
    assert (picture[28:, 38:, 0] > 170).all() and (picture[28:, 38:, 1] < 130).all()


def test_an_image_too_large_to_read_is_plain(make, tmp_path, monkeypatch):
    monkeypatch.setattr(overview, "_READABLE", 100)
    assert np.ptp(written(make(), tmp_path)) <= 2


def test_merged_datasets_have_those_of_all_scenes(tmp_path):
    north, south, both, alone = (tmp_path / name for name in ("north", "south", "both", "alone"))
    for folder in (north, south, both, alone):
        folder.mkdir()
    for folder in (north, south):
        (folder / FILE_NAME).write_bytes(folder.name.encode())
    copy_overviews([north, south], both)
    assert [path.read_bytes() for path in overviews(both)] == [b"north", b"south"]
    copy_overviews([both, alone], alone)
    assert len(overviews(alone)) == 2
    copy_overviews([tmp_path / "nowhere"], north)
    assert len(overviews(north)) == 1
