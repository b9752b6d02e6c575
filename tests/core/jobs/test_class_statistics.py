"""The job that counts labels."""

import numpy as np
import pytest

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.class_statistics import ClassStatistics


def test_features_and_pixels_are_counted(scene, reporter):
    found = ClassStatistics(scene["image"], scene["polygons"], "class").run(reporter)
    lines = [line.split() for line in found["text"].splitlines()[1:]]
    assert lines == [
        ["field", "6", "6,048", "37.5%"],
        ["forest", "5", "5,040", "31.2%"],
        ["water", "5", "5,040", "31.2%"],
    ]
    assert (found["classes"], found["pixels"], found["pixels_of_smallest_class"]) == (3, 16 * 36 * 28, 5040)
    assert found["overlap"] == 0 and reporter.warnings == []


def test_pixels_of_a_raster_are_counted(scene, reporter):
    found = ClassStatistics(scene["image"], input_raster=scene["truth"]).run(reporter)
    counts = np.bincount(scene["classes"].ravel())
    assert found["pixels"] == 203 * 157 and found["pixels_of_smallest_class"] == counts.min()
    assert f"{counts[0]:,}" in found["text"].splitlines()[1]


def test_all_features_may_be_of_one_class(scene, reporter):
    assert ClassStatistics(scene["image"], scene["polygons"], one_class=True).run(reporter)["classes"] == 1
    with pytest.raises(InputError, match="class field"):
        ClassStatistics(scene["image"], scene["polygons"]).run(reporter)


def test_the_report_has_the_colours_of_the_layer(scene, reporter, tmp_path):
    report = tmp_path / "report.html"
    options = {"report": str(report), "class_colors": ["forest=#0a0b0c"]}
    ClassStatistics(scene["image"], scene["polygons"], "class", **options).run(reporter)
    assert "#0a0b0c" in report.read_text(encoding="utf-8")


def test_overlaps_and_empty_classes_are_told(scene, make_vector, box, reporter, tmp_path):
    boxes = [(box(0, 0, 9, 9), "a"), (box(5, 0, 9, 9), "b"), (box(50.1, 50.1, 0.2, 0.2), "<tiny>")]
    report = tmp_path / "report.html"
    layer = make_vector(boxes, name="some.gpkg")
    found = ClassStatistics(scene["image"], layer, "class", report=str(report)).run(reporter)
    assert found["overlap"] == 36
    assert len(reporter.warnings) == 2
    html = report.read_text(encoding="utf-8")
    assert "36 pixels lie in several features" in html
    assert "&lt;tiny&gt;" in html and "<tiny>" not in html


def test_the_report_shows_names_and_areas(scene, reporter, tmp_path):
    report = tmp_path / "report.html"
    options = {"report": str(report), "input_name": "my polygons", "source_name": "my image"}
    ClassStatistics(scene["image"], scene["polygons"], "class", **options).run(reporter)
    html = report.read_text(encoding="utf-8")
    for text in ("my polygons", "my image", "forest", "5\u202f040", "50.4", "31.2 %"):
        assert text in html


@pytest.mark.parametrize("both", [True, False])
def test_labels_come_from_one_layer(scene, reporter, both):
    labels = {"input": scene["polygons"], "input_raster": scene["truth"]} if both else {}
    with pytest.raises(InputError, match="one layer"):
        ClassStatistics(scene["image"], **labels).run(reporter)


def test_a_cancelled_job_leaves_nothing(scene, reporter, tmp_path):
    reporter.cancel_at = 0
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        ClassStatistics(scene["image"], scene["polygons"], "class", report=str(tmp_path / "r.html")).run(reporter)
    assert sorted(tmp_path.iterdir()) == before


def test_hectares_are_those_of_the_ground(make_raster, reporter, tmp_path):
    """A pixel of Web Mercator at 60 degrees north covers a quarter of what its coordinates say."""
    transform = (0.0, 100.0, 0.0, 8399737.89, 0.0, -100.0)
    path = make_raster(np.ones((20, 20), np.uint8), transform=transform, epsg=3857)
    report = tmp_path / "report.html"
    ClassStatistics(path, input_raster=path, report=str(report)).run(reporter)
    html = report.read_text(encoding="utf-8")
    assert "<td>400</td>" in html and "<td>100.4</td>" in html
