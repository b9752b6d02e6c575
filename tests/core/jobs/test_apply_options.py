"""The job that maps a raster: extent, mask, no-data values and the format of the file."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError

from .foreign_models import HEIGHT, IMAGE, WIDTH


def test_an_extent_gives_a_part_of_the_same_map(apply, otbtf, tmp_path):
    options = {"output_names": ["softmax_tensor"], "output_type": "raw", "efield": 16}
    whole = apply(otbtf("serve"), **options)
    found = apply(otbtf("serve"), extent=[500101.0, 500299.0, 3999705.0, 3999895.0], **options)
    np.testing.assert_allclose(found, whole[:, 10:30, 10:30], rtol=0, atol=1e-6)
    assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform() == (500100.0, 10.0, 0.0, 3999900.0, 0.0, -10.0)


def test_outside_a_mask_there_is_no_data(apply, otbtf, make_vector, box, tmp_path):
    mask = make_vector([(box(10, 5, 20, 7), "a"), (box(40, 40, 3, 3), "b")])
    confidence = str(tmp_path / "confidence.tif")
    found = apply(otbtf("serve"), output_names=["softmax_tensor"], mask=mask, efield=8, confidence=confidence)
    inside = np.zeros((HEIGHT, WIDTH), bool)
    inside[5:12, 10:30] = inside[40:43, 40:43] = True
    np.testing.assert_array_equal(found != 255, inside)
    np.testing.assert_array_equal(gdal.Open(confidence).ReadAsArray()[0] != -1, inside)


def test_a_no_data_value_that_the_image_does_not_say(apply, otbtf, make_raster):
    values = IMAGE.copy()
    values[10:12, 20:25] = 9999
    found = apply(otbtf("serve"), source1=[make_raster(values)], output_names=["softmax_tensor"], nodata="9999")
    assert (found == 255).sum() == 10
    with pytest.raises(InputError, match=r"no-data value.*Received: none"):
        apply(otbtf("serve"), nodata="none")


def test_another_no_data_value_of_the_map(apply, otbtf, make_raster):
    image = make_raster(np.zeros((20, 20, 2), np.uint16), nodata=0)
    assert (apply(otbtf("serve"), source1=[image], output_names=["softmax_tensor"], output_nodata="77") == 77).all()


def test_a_value_that_equals_the_no_data_value_stays_data(apply, otbtf, make_raster, tmp_path):
    values = IMAGE.astype(np.float32)
    values[3, 4], values[5, 6, 1] = np.nan, 7
    found = apply(otbtf("finer"), source1=[make_raster(values)], output_type="raw", output_nodata="7")
    assert (found[:, 6:8, 8:10] == 7).all()
    assert (found == 7).sum() == 8
    np.testing.assert_allclose(found[1, 10:12, 12:14], 7, rtol=1e-6)


@pytest.mark.parametrize(("option", "kind"), [("COMPRESS=LERC|MAX_Z_ERROR=2", "classes"), ("NBITS=1", "classes")])
def test_options_that_change_classes_are_refused_before_any_work(apply, otbtf, tmp_path, reporter, option, kind):
    with pytest.raises(InputError, match=r"would change the values of the map"):
        apply(otbtf("serve"), output_names=["softmax_tensor"], output_type=kind, creation_options=option)
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]
    assert not any("Mapping" in one for one in reporter.messages)


def test_options_that_change_probabilities_are_warned_about(apply, otbtf, in_one_pass, reporter):
    options = {"output_names": ["softmax_tensor"], "creation_options": "COMPRESS=LERC|MAX_Z_ERROR=0.01"}
    found = apply(otbtf("serve"), output_type="probabilities", **options)
    np.testing.assert_allclose(found, in_one_pass, rtol=0, atol=0.011)
    assert any("MAX_Z_ERROR=0.01 change the values" in one for one in reporter.warnings)


def test_the_form_of_the_file(apply, otbtf, tmp_path):
    apply(otbtf("serve"), output_type="raw", cog=True, overviews=True, creation_options="COMPRESS=LZW|BLOCKSIZE=128")
    dataset = gdal.Open(str(tmp_path / "map.tif"))
    structure = dataset.GetMetadata("IMAGE_STRUCTURE")
    assert (structure["LAYOUT"], structure["COMPRESSION"]) == ("COG", "LZW")
