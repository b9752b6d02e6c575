"""What a worker does for a sheet, without a worker."""

import time

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.cluster import task
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.map_sheet import MapSheet


@pytest.fixture
def told():
    """What the client is told."""
    return []


def reporter_of(told, patience=1000.0, run="run"):
    """A reporter of a sheet."""
    return task.TaskReporter(lambda **news: told.append(news), patience, lambda: run in task._stopped)


def test_a_sheet_that_gets_no_further_is_given_up(told):
    reporter = reporter_of(told, patience=0.05)
    reporter.show(0.2, "Mapping: block 2 of 10", None)
    time.sleep(0.1)
    reporter.show(0.2, "Mapping: block 2 of 10", None)  # says that it is alive, no more
    with pytest.raises(Cancelled):
        reporter.check_cancelled()
    reporter.show(0.3, "Mapping: block 3 of 10", None)
    reporter.check_cancelled()
    assert reporter.step == "Mapping: block 3 of 10"


def test_a_run_that_is_told_to_stop_stops(told, monkeypatch):
    monkeypatch.setattr(task, "_stopped", set())
    one, other = reporter_of(told), reporter_of(told, run="other")
    task.stop("run")
    assert (one.is_cancelled(), other.is_cancelled()) == (True, False)


def test_the_client_is_not_told_of_each_block(told):
    reporter = reporter_of(told)
    for block in range(100):
        reporter.show(block / 100, f"Mapping: block {block} of 100", None)
    assert told == [{"fraction": 0.0}]


def test_a_sheet_by_hand_is_a_part_of_the_map(untrained, original, tmp_path, reporter):
    model, output = str(untrained("fcnn")[0]), str(tmp_path / "sheet.tif")
    options = {"efield": 32, "output_type": "probabilities"}
    MapSheet(model, [str(original)], str(tmp_path / "map.tif"), **options).run(reporter)
    MapSheet(model, [str(original)], output, window=[64, 96, 64, 54], **options).run(reporter)
    whole, sheet = gdal.Open(str(tmp_path / "map.tif")), gdal.Open(output)
    assert np.array_equal(sheet.ReadAsArray(), whole.ReadAsArray(64, 96, 64, 54))
    assert sheet.GetGeoTransform()[:1] + sheet.GetGeoTransform()[3:4] == (
        500000.0 + 64 * 10 + 96,
        4000000.0 + 64 - 96 * 10,
    )


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"fingerprint": ["images=0", "versions=0"]}, "This computer cannot map a sheet.*other .*images.*versions"),
        ({"window": [0, 0, 32]}, "Invalid window of a sheet"),
        ({"sizes": [64, 32, -16, 0]}, "Invalid sizes of a sheet"),
        ({"sizes": [64, 32, 16, 5]}, "This computer plans other blocks"),
        ({"window": [1000, 0, 32, 32]}, "No pixel of the map lies in the extent"),
    ],
)
def test_a_computer_that_would_make_another_sheet_makes_none(untrained, original, tmp_path, reporter, wrong, match):
    job = MapSheet(str(untrained("fcnn")[0]), [str(original)], str(tmp_path / "sheet.tif"), **wrong)
    with pytest.raises(InputError, match=match):
        job.run(reporter)
    assert not list(tmp_path.iterdir())
