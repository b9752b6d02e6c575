"""The dates that a user gives for the sources of a dataset."""

import numpy as np
import pytest

from geodl_plugin.datasets.dates import dates_of_sources, parse_dates
from geodl_plugin.errors import InputError
from geodl_plugin.rasters.raster import Source


@pytest.fixture
def sources(make_raster):
    """Two images of four bands, of which the second tells two dates."""
    names = ["a 2018-01-05", "b 2018-01-05", "a 2018-02-05", "b 2018-02-05"]
    image = np.zeros((4, 5, 4), np.uint8)
    paths = make_raster(image, name="one.tif"), make_raster(image, name="other.tif", band_names=names)
    return [Source(f"source{number}", [path]) for number, path in enumerate(paths, start=1)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("", []),
        ("2018-01-05, 2018-02-05", [["2018-01-05", "2018-02-05"]]),
        ("20180105,20180205,", [["2018-01-05", "2018-02-05"]]),
        ("3", [["", "", ""]]),
        ("; 2018-01-05", [[], ["2018-01-05"]]),
    ],
)
def test_dates_of_a_text(text, dates):
    assert parse_dates(text) == dates


@pytest.mark.parametrize("text", ["spring", "2018-13-05", "0", "2018-01-05, spring", "1, 2"])
def test_other_texts_are_refused(text):
    with pytest.raises(InputError, match=r"Invalid DATES\. Expected: dates such as 2018-06-03.*Received: "):
        parse_dates(text)


def test_a_date_that_comes_twice_is_refused():
    with pytest.raises(InputError, match="A date comes twice"):
        parse_dates("2018-01-05, 20180105")


def test_dates_that_are_not_given_are_those_of_the_rasters(sources):
    assert dates_of_sources("", sources) == [[], ["2018-01-05", "2018-02-05"]]
    assert dates_of_sources("2", sources) == [["", ""], ["2018-01-05", "2018-02-05"]]
    assert dates_of_sources(";2019-01-05", sources) == [[], ["2019-01-05"]]


def test_bands_that_dates_cannot_share_are_refused(sources):
    with pytest.raises(InputError, match=r"of source1.*each has as many of the 4 bands.*Received: 3 dates"):
        dates_of_sources("3", sources)


def test_dates_for_a_source_that_is_not_there_are_refused(sources):
    with pytest.raises(InputError, match=r"more sources than there are.*Expected: 2 or less"):
        dates_of_sources("2;2;2", sources)
