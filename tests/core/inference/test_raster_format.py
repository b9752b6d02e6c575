"""Creation options, and what they do to values."""

import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.inference.output_rasters import CONFIDENCE, map_output
from geodl_plugin.inference.raster_format import RasterFormat
from geodl_plugin.labels.classes import ClassList

CLASSES = ClassList.from_values([1, 2, 3])
MAP = map_output("classes", CLASSES.names, CLASSES)
STEPS = map_output("probabilities (uint8)", CLASSES.names, CLASSES)


def has(option, driver):
    """Whether this build of GDAL knows an option."""
    name = option.split("|")[-1].split("=")[0]
    known = gdal.GetDriverByName(driver).GetMetadataItem("DMD_CREATIONOPTIONLIST")
    return f"'{name}'" in known and all(
        f">{one.split('=')[1]}<" in known for one in option.split("|") if one.startswith("COMPRESS")
    )


@pytest.mark.parametrize("driver", ["GTiff", "COG"])
@pytest.mark.parametrize(
    "option",
    [
        "COMPRESS=JPEG",
        "compress=jpeg|JPEG_QUALITY=100",
        "COMPRESS=JPEG|QUALITY=100",
        "COMPRESS=WEBP",
        "COMPRESS=WEBP|WEBP_LOSSLESS=NO",
        "COMPRESS=LERC|MAX_Z_ERROR=2",
        "COMPRESS=LERC_DEFLATE|MAX_Z_ERROR=0.01",
        "COMPRESS=LERC_ZSTD|MAX_Z_ERROR=1e-3",
        "COMPRESS=JXL|JXL_LOSSLESS=NO",
        "DISCARD_LSB=2",
        "DISCARD_LSB=0,1",
        "NBITS=1",
        "PIXELTYPE=SIGNEDBYTE",
        "TARGET_SRS=EPSG:3857|WARP_RESAMPLING=CUBIC",
        "TILING_SCHEME=GoogleMapsCompatible|RESAMPLING=BILINEAR",
    ],
)
def test_what_changes_classes_is_refused(option, driver, reporter):
    if not has(option, driver):
        pytest.skip("not an option of this driver in this build of GDAL")
    raster_format = RasterFormat.parse(option, cog=driver == "COG")
    with pytest.raises(InputError, match="would change the values of the map"):
        raster_format.check(MAP, reporter)


@pytest.mark.parametrize("driver", ["GTiff", "COG"])
@pytest.mark.parametrize(
    "option",
    [
        "",
        "COMPRESS=ZSTD",
        "COMPRESS=WEBP|WEBP_LOSSLESS=YES",
        "COMPRESS=LERC",
        "COMPRESS=LERC|MAX_Z_ERROR=0.0",
        "COMPRESS=DEFLATE|MAX_Z_ERROR=1",
        "DISCARD_LSB=0",
        "NBITS=2",
        "COMPRESS=JXL",
        "COMPRESS=LZW|OVERVIEW_COMPRESS=JPEG|OVERVIEW_QUALITY=50",
        "RESAMPLING=BILINEAR",
        "TARGET_SRS=EPSG:3857",
    ],
)
def test_what_keeps_classes_is_not(option, driver, reporter):
    if option and not has(option, driver):
        pytest.skip("not an option of this driver in this build of GDAL")
    RasterFormat.parse(option, cog=driver == "COG").check(MAP, reporter)
    assert not reporter.warnings


@pytest.mark.parametrize("option", ["COMPRESS=JPEG", "COMPRESS=LERC|MAX_Z_ERROR=0.01", "NBITS=16"])
def test_what_changes_probabilities_is_warned_about(option, reporter):
    RasterFormat.parse(option).check(CONFIDENCE, reporter)
    assert len(reporter.warnings) == 1 and option.split("|")[-1] in reporter.warnings[0]


def test_bits_that_cut_probabilities_off_are_refused(reporter):
    with pytest.raises(InputError, match=r"NBITS=8 or more.*Received: NBITS=7"):
        RasterFormat.parse("NBITS=7").check(STEPS, reporter)


@pytest.mark.parametrize(("bits", "nodata", "fits"), [(2, "", True), (2, "99", False), (7, "99", True)])
def test_the_bits_hold_the_no_data_value_as_well(bits, nodata, fits):
    assert (RasterFormat.parse(f"NBITS={bits}").lossy_options(MAP.with_nodata(nodata)) == []) is fits
