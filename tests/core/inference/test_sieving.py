"""The minimum mapping unit of class maps."""

import dataclasses
import gc
import shutil

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.inference.sieving import sieve
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.labels.class_raster import read_classes
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.folder import ModelDescription

SPECKLED = np.random.default_rng(7).choice(5, (61, 83), p=[0.1, 0.6, 0.15, 0.1, 0.05]).astype(np.uint8)  # 0: no data


def areas(values):
    """The areas of a map, one array of places each: pixels of one class that are joined by their sides."""
    open_pixels, found = set(zip(*map(np.ndarray.tolist, np.nonzero(values)))), []
    while open_pixels:
        start = open_pixels.pop()
        area, edge = [start], [start]
        while edge:
            row, col = edge.pop()
            for place in ((row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1)):
                if place in open_pixels and values[place] == values[start]:
                    open_pixels.remove(place)
                    area.append(place)
                    edge.append(place)
        found.append(np.array(area))
    return found


def neighbours(values, area):
    """The areas' pixels' values around an area that have data."""
    places = {tuple(place) for place in area}
    beside = {(row + dr, col + dc) for row, col in places for dr, dc in ((-1, 0), (1, 0), (0, -1), (0, 1))} - places
    inside = [place for place in beside if 0 <= place[0] < values.shape[0] and 0 <= place[1] < values.shape[1]]
    return {int(values[place]) for place in inside} - {0}


def sieved(values, minimum, reporter):
    """The values without small areas."""
    dataset = gdal.GetDriverByName("MEM").Create("", values.shape[1], values.shape[0], 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).SetNoDataValue(0)
    dataset.WriteArray(values)
    sieve(dataset, minimum, reporter)
    return dataset.ReadAsArray()


@pytest.mark.parametrize("minimum", [2, 5, 20])
def test_no_area_is_smaller_than_the_minimum(reporter, minimum):
    found = sieved(SPECKLED, minimum, reporter)
    np.testing.assert_array_equal(found == 0, SPECKLED == 0)
    small = [area for area in areas(found) if len(area) < minimum]
    assert sum(len(area) < minimum for area in areas(SPECKLED)) > 100
    assert all(not neighbours(found, area) for area in small)  # only no-data is beside them
    assert reporter.fractions == sorted(reporter.fractions) and reporter.fractions[-1] <= 1


def test_large_areas_stay_and_small_ones_take_the_class_of_the_largest_beside(reporter):
    values = np.ones((20, 30), np.uint8)
    values[:, 15:] = 2
    values[5:8, 13:16] = 3  # 9 pixels, beside both
    values[0, 20] = 4
    values[10:14, 20:23] = 5  # 12 pixels
    expected = values.copy()
    expected[5:8, 13:16] = 1
    expected[0, 20] = 2
    np.testing.assert_array_equal(sieved(values, 10, reporter), expected)


def test_corners_do_not_join(reporter):
    values = np.ones((6, 6), np.uint8)
    values[1, 1] = values[2, 2] = values[3, 3] = 2
    np.testing.assert_array_equal(sieved(values, 2, reporter), np.ones_like(values))


@pytest.fixture
def mapped(untrained, make_raster, tmp_path, reporter):
    """Map noise, with some no-data, in a network's speckled classes; gives the map."""
    values = np.random.default_rng(5).integers(300, 900, (75, 90, 4)).astype(np.uint16)
    values[30:40, 50:60] = 0
    image = make_raster(values, nodata=0, band_names=("blue", "green", "red", "nir"))

    def run(**options):
        parameters = {"model": str(untrained("fcnn")[0]), "source1": [image], "output": str(tmp_path / "map.tif")}
        ApplyModel(**{**parameters, **options}).run(reporter)
        return gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()

    return run


def test_the_map_is_sieved_as_a_whole(mapped, reporter, tmp_path):
    plain = mapped()
    found = mapped(minimum_area=12, confidence=str(tmp_path / "confidence.tif"))
    assert sum(len(area) < 12 for area in areas(plain)) > 3
    np.testing.assert_array_equal(found, sieved(plain, 12, reporter))
    for fields in ({"efield": 16}, {"efield": 48, "cog": True}, {"efield": 32, "overviews": True}):
        np.testing.assert_array_equal(mapped(minimum_area=12, **fields), found)
    assert read_classes(str(tmp_path / "map.tif")).names == ["field", "forest", "water"]
    assert gdal.Open(str(tmp_path / "map.tif")).GetRasterBand(1).GetColorTable() is not None
    confidence = gdal.Open(str(tmp_path / "confidence.tif")).ReadAsArray()
    mapped(confidence=str(tmp_path / "plain.tif"))
    np.testing.assert_array_equal(confidence, gdal.Open(str(tmp_path / "plain.tif")).ReadAsArray())
    assert {path.stem for path in tmp_path.iterdir() if path.suffix == ".tif"} == {
        "confidence",
        "image",
        "map",
        "plain",
    }
    assert not any(path.name.startswith(".") for path in tmp_path.iterdir())


def test_a_part_of_the_map_is_sieved(mapped, reporter):
    extent = {"extent": [500100.0, 500700.0, 3999400.0, 3999900.0]}
    np.testing.assert_array_equal(mapped(minimum_area=12, **extent), sieved(mapped(**extent), 12, reporter))


@pytest.mark.parametrize("minimum", [0, 1])
def test_without_a_minimum_the_file_is_the_same(mapped, tmp_path, minimum):
    mapped()
    before = (tmp_path / "map.tif").read_bytes()
    mapped(minimum_area=minimum)
    assert (tmp_path / "map.tif").read_bytes() == before


def test_a_run_is_resumed_with_another_minimum(mapped, reporter, tmp_path):
    reporter.cancel_at = 8
    with pytest.raises(Cancelled):
        mapped(efield=16, resume=True)
    reporter.cancel_at = None
    found = mapped(efield=16, resume=True, minimum_area=12)
    assert any("finished blocks of an earlier run" in message for message in reporter.messages)
    np.testing.assert_array_equal(found, mapped(minimum_area=12))


def test_a_run_that_is_cancelled_while_areas_are_removed_leaves_nothing(mapped, reporter, tmp_path):
    mapped(minimum_area=12)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    steps = [number for number, fraction in enumerate(reporter.fractions) if 0.9 < fraction < 0.97]
    assert len(steps) > 3
    reporter.fractions.clear()
    reporter.cancel_at = steps[1]
    with pytest.raises(Cancelled):
        mapped(minimum_area=12)
    assert reporter.fractions[-1] >= 0.9
    gc.collect()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("output_type", ["probabilities", "raw"])
def test_only_classes_have_a_minimum_area(mapped, tmp_path, output_type):
    with pytest.raises(InputError, match=r"Only a map of classes.*MINIMUM_AREA = 4"):
        mapped(output_type=output_type, minimum_area=4)
    with pytest.raises(InputError, match=r"Invalid minimum area"):
        mapped(minimum_area=-1)
    assert [path.name for path in tmp_path.iterdir()] == ["image.tif"]


def test_classes_that_old_gdal_confuses_are_refused(mapped, tmp_path, untrained):
    folder = tmp_path / "large classes"
    shutil.copytree(untrained("fcnn")[0], folder)
    description = ModelDescription.read(folder)
    dataclasses.replace(description, classes=ClassList.from_values([5, 6, 3 * 10**9])).write(folder)
    with pytest.raises(InputError, match=r"up to 2147483647\. Received: 3000000000"):
        mapped(model=str(folder), minimum_area=4)
