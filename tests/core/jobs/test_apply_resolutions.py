"""The job that maps a raster, with sources of several resolutions."""

import keras
import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.runtime.numbers import ceil_div

from .foreign_models import HEIGHT, IMAGE, WIDTH


@pytest.mark.parametrize("efield", [0, 8, 16])
@pytest.mark.parametrize(("name", "scale"), [("fine", 1), ("coarse", 2)])
def test_blocks_of_two_sources_equal_one_pass(apply, two_sources, coarse_image, tmp_path, efield, name, scale):
    values, path = coarse_image
    found = apply(two_sources, source2=[path], output_names=[name], output_type="raw", efield=efield)
    model = keras.saving.load_model(two_sources)
    inner = 48 // scale  # what the images' other borders do not reach
    images = [IMAGE[None, :52, :74].astype(np.float32), values[None, :26, :37, None].astype(np.float32)]
    whole = model(images)[0 if name == "fine" else 1][0].numpy().transpose(2, 0, 1)
    assert found.shape == (3, ceil_div(HEIGHT, scale), ceil_div(WIDTH, scale))
    part = np.s_[:, 8 // scale : inner, 8 // scale : inner]
    np.testing.assert_allclose(found[part], whole[part], atol=1e-5)
    assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform() == (500000, 10 * scale, 0, 4000000, 0, -10 * scale)


def test_sources_of_other_resolutions_than_the_network_s_are_refused(apply, two_sources, make_raster):
    with pytest.raises(InputError, match=r"resolutions of the sources.*b: pixels × 1"):
        apply(two_sources, source2=[make_raster(IMAGE[..., 0], name="b.tif")], output_names=["fine"])


def test_a_scale_that_is_not_the_network_s_is_refused(apply, two_sources, coarse_image):
    with pytest.raises(InputError, match="SCALE = 2, or 0"):
        apply(two_sources, source2=[coarse_image[1]], output_names=["coarse"], scale=4.0, output_type="raw")
    with pytest.raises(InputError, match="differ in size"):
        apply(two_sources, source2=[coarse_image[1]], output_names=["coarse", "fine"], output_type="raw")


def test_sources_elsewhere_are_refused(apply, two_sources, make_raster):
    far = make_raster(IMAGE[:9, :9, 0], name="far.tif", transform=(900000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))
    with pytest.raises(InputError, match="do not overlap"):
        apply(two_sources, source2=[far])


def test_a_source_that_covers_a_part_is_warned_about(apply, two_sources, make_raster, reporter):
    part = make_raster(IMAGE[:10, :10, 0], name="part.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))
    found = apply(two_sources, source2=[part], output_names=["fine"])
    expected = np.ones((HEIGHT, WIDTH), bool)
    expected[:20, :20] = False
    np.testing.assert_array_equal(found == 255, expected)
    assert any("columns 0 to 19" in warning for warning in reporter.warnings)


def test_a_source_that_does_not_nest_can_be_resampled(apply, two_sources, coarse_image, make_raster):
    values, _ = coarse_image
    odd = make_raster(values, name="odd.tif", transform=(500003.0, 7.0, 0.0, 4000000.0, 0.0, -7.0))
    with pytest.raises(InputError, match="RESAMPLE"):
        apply(two_sources, source2=[odd])
    with pytest.raises(InputError, match="resolutions"):  # now it lies on the image's own grid
        apply(two_sources, source2=[odd], resample=True)
