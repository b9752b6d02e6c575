"""The dates of an image against those of the training."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.compatible_dates import check_dates, describe_dates
from geodl_plugin.models.folder import ModelInput
from geodl_plugin.rasters.raster import Source

TRAINED = ["2018-01-05", "2018-06-05", "2018-12-28"]


def trained(dates):
    """An input of two bands for each date."""
    return ModelInput("source1", [f"band {number}" for number in range(6)], [None] * 6, {}, dates)


@pytest.fixture
def warnings(make_raster, reporter):
    """Compare the dates of an image with those of the training; gives the warnings."""

    def compare(given, known=TRAINED):
        each = 6 // max(1, len(given))
        names = [f"{day} {number}" for day in given for number in range(each)] or [f"b{number}" for number in range(6)]
        path = make_raster(np.zeros((4, 5, 6), np.uint8), band_names=names)
        check_dates(Source("source1", [path]), trained(known), reporter)
        return reporter.warnings

    return compare


def test_the_same_dates(warnings):
    assert warnings(TRAINED) == []


def test_dates_that_are_not_known_are_not_compared(warnings):
    assert warnings([]) == []
    assert warnings(TRAINED, ["", "", ""]) == []


def test_other_dates_are_told(warnings):
    (said,) = warnings(["2019-01-05", "2019-06-25", "2020-01-02"])
    assert "trained on 6 bands, 3 dates with 2 bands each, from 2018-01-05 to 2018-12-28" in said
    assert "3 of 3 dates are others, up to 20 days" in said


def test_another_number_of_dates_is_told(warnings):
    (said,) = warnings(["2018-01-05", "2018-06-05"])
    assert "source1 has 2 dates, 2018-01-05, 2018-06-05" in said


def test_another_order_is_refused(warnings):
    with pytest.raises(InputError, match=r"dates of source1 are in another order.*Received: 2018-06-05"):
        warnings(["2018-06-05", "2018-01-05", "2018-12-28"])


def test_dates_of_which_only_the_number_is_known():
    assert describe_dates(trained(["", ""])) == "6 bands, 2 dates with 3 bands each"
