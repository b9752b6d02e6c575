"""The dates of a time series."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.rasters.dates import date_in, dates_of_series
from geodl_plugin.rasters.raster import Source


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018-06-03", "2018-06-03"),
        ("NDVI 2018_06_03 masked", "2018-06-03"),
        ("S2A_MSIL2A_20180603T101031_N0208.tif", "2018-06-03"),
        ("2018/06/03 10:11", "2018-06-03"),
        ("tile 20189999, of 20180603", "2018-06-03"),
        ("2018-06.03", ""),
        ("1203201806031", ""),
        ("20180631", ""),
        ("band 4", ""),
    ],
)
def test_a_date_in_a_text(text, date):
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("bands", "dates"),
    [
        (["2018-01-01", "2018-01-01", "2018-02-01", "2018-02-01"], ["2018-01-01", "2018-02-01"]),
        (["2018-02-01", "2018-01-01"], ["2018-02-01", "2018-01-01"]),
        (["2018-01-01", "2018-02-01", "2018-01-01", "2018-02-01"], []),  # all dates of a band, then those of another
        (["2018-01-01", "2018-01-01", "2018-02-01"], []),
        (["2018-01-01", ""], []),
        ([], []),
    ],
)
def test_the_dates_of_bands(bands, dates):
    assert dates_of_series(bands) == dates


def image(bands):
    return np.zeros((4, 5, bands), np.uint8)


def test_names_of_bands_tell_dates(make_raster):
    path = make_raster(image(4), band_names=["red 2018-01-05", "nir 2018-01-05", "red 2018-02-05", "nir 2018-02-05"])
    assert Source("source1", [path]).dates == ["2018-01-05", "2018-02-05"]


def test_names_of_files_tell_dates(make_raster):
    paths = [make_raster(image(2), name=f"s2_{day}.tif") for day in ("20180105", "20180205")]
    assert Source("source1", paths).dates == ["2018-01-05", "2018-02-05"]


def test_metadata_tell_dates(make_raster):
    path = make_raster(image(2))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetMetadataItem("acquisition_date", "2018-01-05T10:00:00")
    dataset.GetRasterBand(2).SetMetadataItem("ACQUISITIONDATETIME", "2018-02-05", "IMAGERY")
    dataset.FlushCache()
    assert Source("source1", [path]).dates == ["2018-01-05", "2018-02-05"]


def test_a_netcdf_file_counts_days(make_raster):
    path = make_raster(image(2))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadataItem("time#units", "days since 2015-08-01 00:00:00")
    for number, days in enumerate(("0", "31.5"), start=1):
        dataset.GetRasterBand(number).SetMetadataItem("NETCDF_DIM_time", days)
    dataset.FlushCache()
    assert Source("source1", [path]).dates == ["2015-08-01", "2015-09-01"]


def test_images_without_dates_have_none(make_raster):
    assert Source("source1", [make_raster(image(3))]).dates == []
