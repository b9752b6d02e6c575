"""The operation that compares a map with a reference, called as a function."""

import numpy as np
import pytest

from geodl_plugin.accuracy.evaluate_map import EvaluateMapRequest, evaluate_map
from geodl_plugin.errors import InputError
from geodl_plugin.labels.class_raster import write_classes
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.rasters.raster import gdal


@pytest.fixture
def class_map(make_raster):
    """A map of 40 × 30 pixels of 10 m: field on the left half, forest on the right."""
    values = np.ones((30, 40), np.uint8)
    values[:, 20:] = 2
    path = make_raster(values, name="map.tif", nodata=0)
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["field", "forest"]))
    dataset = None
    return path


@pytest.fixture
def reference(make_vector, box):
    """Field where the map has field, and swamp over four pixels of its forest."""
    return make_vector([(box(0, 0, 10, 10), "field"), (box(30, 0, 2, 2), "swamp")])


def test_no_reporter_and_no_output_are_needed(class_map, reference, tmp_path):
    before = sorted(tmp_path.iterdir())
    accuracy = evaluate_map(EvaluateMapRequest(class_map, reference, "class"))
    assert accuracy.confusion.matrix.tolist() == [[100, 0, 0], [0, 0, 0], [0, 4, 0]]
    assert sorted(tmp_path.iterdir()) == before


def test_the_classes_of_the_map_come_first(class_map, reference):
    accuracy = evaluate_map(EvaluateMapRequest(class_map, reference, "class"))
    assert accuracy.confusion.names == ["field", "forest", "swamp"]
    assert (accuracy.map_classes, accuracy.unknown, accuracy.unknown_pixels) == (2, ["swamp"], 4)
    assert accuracy.confusion_of_known.names == ["field", "forest"]
    assert accuracy.confusion_of_known.total == 100
    assert len(set(accuracy.colors)) == 3


def test_the_area_of_the_whole_map_is_measured(class_map, reference):
    accuracy = evaluate_map(EvaluateMapRequest(class_map, reference, "class"))
    assert accuracy.unit == "ha"
    np.testing.assert_allclose(accuracy.mapped, [6, 6, 0], rtol=0.01)
    np.testing.assert_allclose(accuracy.shares, [0.5, 0.5, 0], rtol=1e-3)
    np.testing.assert_allclose(accuracy.area.shares, [0.5, 0, 0.5], rtol=1e-3)


def test_warnings_are_reported_and_kept(class_map, reference, reporter):
    accuracy = evaluate_map(EvaluateMapRequest(class_map, reference, "class"), reporter)
    assert accuracy.warnings == reporter.warnings
    assert "swamp" in accuracy.warnings[0]


def test_names_for_people_are_in_messages(class_map, make_vector, box):
    request = EvaluateMapRequest(class_map, make_vector([(box(0, 0, 9, 9), "sea")]), "class", map_name="My map")
    with pytest.raises(InputError, match=r"Expected: the classes of My map: field, forest\. Received: sea"):
        evaluate_map(request)
