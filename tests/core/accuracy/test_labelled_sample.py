"""A map against a labelled sample of it."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.accuracy import EvaluateMapRequest, evaluate_map
from geodl_plugin.errors import InputError
from geodl_plugin.fieldwork import SampleMapRequest, sample_map
from geodl_plugin.jobs.evaluate_map import EvaluateMap


@pytest.fixture
def values():
    """Map classes 1 and 2 of 200 × 200 pixels."""
    found = np.ones((200, 200), np.uint8)
    found[:, 150:] = 2
    return found


@pytest.fixture
def class_map(make_raster, values):
    """The map."""
    return make_raster(values, name="map.tif", nodata=0)


@pytest.fixture
def truth(values):
    """The classes on the ground: 90 % of class 1 are right, and 80 % of class 2."""
    wrong = np.random.default_rng(8).random(values.shape) < np.where(values == 1, 0.1, 0.2)
    return np.where(wrong, 3 - values, values)


@pytest.fixture
def sample(class_map, truth, tmp_path, reporter):
    """A labelled sample of 400 points; those with the given ids stay without a label."""

    def make(unlabelled=()):
        path = sample_map(SampleMapRequest(class_map, str(tmp_path / "sample.gpkg"), count=400), reporter).output
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
        layer = dataset.GetLayer(0)
        layer.StartTransaction()
        for feature in layer:
            point = feature.GetGeometryRef()
            col, row = int((point.GetX() - 500000) // 10), int((4000000 - point.GetY()) // 10)
            if feature["id"] not in unlabelled:
                feature["reference"] = int(truth[row, col])
                layer.SetFeature(feature)
        layer.CommitTransaction()
        dataset = layer = None
        return path

    return make


def test_a_sample_tells_the_accuracy_of_the_whole_map(sample, class_map, values, truth, reporter):
    found = evaluate_map(EvaluateMapRequest(class_map, sample()), reporter)
    estimate = found.sample.estimate
    assert found.sample.is_of_map and found.sample.is_whole and found.sample.unlabelled == 0
    right = (values == truth).mean()
    assert abs(estimate.overall.value[0] - right) <= estimate.overall.half_width[0] < 0.04
    assert abs(estimate.shares.value[1] - (truth == 2).mean()) <= estimate.shares.half_width[1] < 0.04
    assert found.sample.area == pytest.approx(400, rel=0.01)  # hectares
    assert "user's accuracy" in reporter.messages[-1]
    assert found.warnings == []


def test_the_job_gives_the_figures(sample, class_map, reporter, tmp_path):
    result = EvaluateMap(class_map, sample(), report=str(tmp_path / "r.html")).run(reporter)
    assert result["labelled_points"] == 400 and 0 < result["adjusted_accuracy_half_width"] < 0.04
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "stratified random sample" in text and "the intervals hold" in text
    assert "too narrow" not in text


def test_points_without_a_label_are_left_out(sample, class_map, reporter):
    found = evaluate_map(EvaluateMapRequest(class_map, sample(range(301, 401))), reporter)
    assert (found.sample.points, found.sample.unlabelled) == (300, 100)
    assert "100 of 400 points of the sample have no label" in found.warnings[0]
    assert found.sample.estimate.overall.half_width[0] > 0.03


def test_a_sample_without_labels_is_refused(sample, class_map, reporter):
    with pytest.raises(InputError, match="No point of the sample is labelled yet"):
        evaluate_map(EvaluateMapRequest(class_map, sample(range(401))), reporter)


def test_a_stratum_without_labels(sample, class_map, reporter):
    path = sample()
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("UPDATE sample SET reference = NULL WHERE map_class = 2")
    dataset = None
    found = evaluate_map(EvaluateMapRequest(class_map, path), reporter)
    assert found.sample.estimate is None
    assert "fewer than two points are labelled of the map's class 2" in found.warnings[-1]
    assert "adjusted_accuracy" not in found.figures


def test_another_map_is_judged_by_the_same_sample(sample, make_raster, values, truth, reporter):
    better = np.where(np.random.default_rng(1).random(values.shape) < 0.5, truth, values).astype(np.uint8)
    other = make_raster(better, name="better.tif", nodata=0)
    found = evaluate_map(EvaluateMapRequest(other, sample()), reporter)
    assert not found.sample.is_of_map
    overall = found.sample.estimate.overall
    assert abs(overall.value[0] - (better == truth).mean()) <= overall.half_width[0]


def test_excluded_points_do_not_count(sample, class_map, values, truth, make_vector, box, reporter):
    exclude = make_vector([(box(0, 0, 100, 200), "x")], name="exclude.gpkg")
    found = evaluate_map(EvaluateMapRequest(class_map, sample(), exclude=exclude), reporter)
    assert not found.sample.is_whole
    overall = found.sample.estimate.overall
    assert abs(overall.value[0] - (values == truth)[:, 100:].mean()) <= overall.half_width[0]


def test_polygons_are_no_sample(class_map, make_vector, box, reporter, tmp_path):
    polygons = make_vector([(box(0, 0, 10, 10), 1), (box(160, 0, 10, 10), 2)])
    result = EvaluateMap(class_map, polygons, "class", report=str(tmp_path / "r.html")).run(reporter)
    assert "labelled_points" not in result
    assert "too narrow" in (tmp_path / "r.html").read_text(encoding="utf-8")
