"""The job that scores a map of values."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.evaluate_map import EvaluateMap


@pytest.fixture
def cover(make_raster):
    """A map of values of 40 × 30 pixels: the column in percent, a tenth of an error in each, and a hole."""

    def make(error=0.1, name="cover.tif", dtype=np.float32, **options):
        values = np.tile(np.arange(40.0), (30, 1)) + error
        if dtype is np.float32:
            values[0, 0] = np.nan
        return make_raster(values.astype(dtype), name=name, **options)

    return make


@pytest.fixture
def evaluate(tmp_path, reporter):
    """Run the job; gives its results and the report."""

    def run(**options):
        report = tmp_path / "report.html"
        found = EvaluateMap(report=str(report), **options).run(reporter)
        return found, report.read_text(encoding="utf-8")

    return run


def test_a_raster_of_values_is_compared_pixel_by_pixel(evaluate, cover):
    found, html = evaluate(map=cover(0.5), reference_raster=cover(0, "true.tif"), map_name="my <map>")
    assert found["pixels"] == 40 * 30 - 1
    assert [found[name] for name in ("rmse", "mae", "bias")] == pytest.approx([0.5, 0.5, 0.5])
    assert found["r2"] == pytest.approx(1 - 0.25 / (40**2 - 1) * 12, abs=1e-3)
    assert "my &lt;map&gt;" in html and "<svg" in html and "0.998" in html
    assert {type(found[name]) for name in ("r2", "rmse", "mae", "bias")} == {float}  # QGIS shows no other
    assert "class_f1" not in found and found["text"].startswith("R²")


def test_the_mean_of_the_map_in_a_polygon_is_compared_with_its_value(evaluate, cover, make_vector, box, reporter):
    plots = [(box(0, 1, 4, 4), 1.6), (box(10, 1, 2, 2), 10.6), (box(20, 1, 1, 1), 18.1), (box(0, 0, 1, 1), 7.0)]
    found, html = evaluate(map=cover(), reference=make_vector(plots, name="plots.gpkg"), class_field="class")
    assert found["features"] == 3  # the map has no value in the last one
    assert found["bias"] == pytest.approx((0 + 0 + 2) / 3) and found["mae"] == pytest.approx(2 / 3)
    assert any("1 features do not count" in warning for warning in reporter.warnings)
    assert "the mean of the map" in html


def test_points_are_compared_with_the_pixel_that_holds_them(evaluate, cover, make_vector):
    points = [("POINT(500055 3999925)", 5), ("POINT(500155 3999925)", 16)]
    found, _ = evaluate(map=cover(0), reference=make_vector(points, name="points.gpkg"), class_field="class")
    assert (found["features"], found["rmse"]) == (2, pytest.approx(0.5**0.5))


def test_areas_are_excluded(evaluate, cover, make_vector, box):
    left = make_vector([(box(0, 0, 20, 30), 1)], name="left.gpkg")
    found, _ = evaluate(map=cover(), reference_raster=cover(0, "true.tif"), exclude=left)
    assert found["pixels"] == 20 * 30


def test_integers_without_names_are_classes_only_if_somebody_says_so(evaluate, make_raster):
    percent = np.arange(1200).reshape(30, 40) % 101
    path = make_raster(percent.astype(np.uint8), name="percent.tif")
    with pytest.raises(InputError, match=r"101 different values without names.*KIND values"):
        evaluate(map=path, reference_raster=path)
    assert evaluate(map=path, reference_raster=path, kind="classes")[0]["overall_accuracy"] == 1
    assert evaluate(map=path, reference_raster=path, kind="values")[0]["r2"] == 1


def test_more_than_a_thousand_classes_are_refused(evaluate, make_raster):
    path = make_raster(np.arange(1200).reshape(30, 40).astype(np.uint16), name="many.tif")
    with pytest.raises(InputError, match=r"at most 1000 classes.*1200 different values"):
        evaluate(map=path, reference_raster=path, kind="classes")


def test_text_is_no_value(evaluate, cover, make_vector, box):
    plots = make_vector([(box(0, 1, 4, 4), "forest")], name="plots.gpkg")
    with pytest.raises(InputError, match=r"field class of the layer features holds no values.*Received: String"):
        evaluate(map=cover(), reference=plots, class_field="class")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({}, "one layer"), ({"matrix": "m.csv"}, "no confusion matrix"), ({"kind": "colours"}, "kind of map")],
)
def test_what_cannot_be_evaluated_is_refused(evaluate, cover, wrong, said):
    with pytest.raises(InputError, match=said):
        evaluate(map=cover(), **wrong)


def test_several_bands_are_refused(evaluate, make_raster):
    with pytest.raises(InputError, match=r"one band of classes or of values\. Received: 3 bands"):
        evaluate(map=make_raster(np.zeros((30, 40, 3), np.float32), name="probabilities.tif"))


def test_nothing_in_common_is_refused(evaluate, cover, make_raster):
    nothing = make_raster(np.full((30, 40), np.nan, np.float32), name="nothing.tif")
    with pytest.raises(InputError, match="no value in common"):
        evaluate(map=cover(), reference_raster=nothing)
