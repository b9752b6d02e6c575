"""The job that scores a map."""

import csv
import dataclasses
import re

import numpy as np
import pytest
from osgeo import gdal, ogr, osr

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.labels.class_raster import write_classes
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.labels.digests import layer_digests, map_metadata

NAMES = ["field", "forest", "water"]


@pytest.fixture
def class_map(make_raster):
    """A map of 40 × 30 pixels: field (1) on the left half, forest (2) on the right; water is named only."""

    def make(named=True, name="map.tif", **options):
        values = np.ones((30, 40), np.uint8)
        values[:, 20:] = 2
        path = make_raster(values, name=name, nodata=0, **options)
        if named:
            dataset = gdal.Open(path, gdal.GA_Update)
            write_classes(dataset.GetRasterBand(1), ClassList.from_values(NAMES))
            dataset = None
        return path

    return make


@pytest.fixture
def evaluate(class_map, tmp_path, reporter):
    """Run the job; gives results and the matrix as an array."""

    def run(**options):
        parameters = {"matrix": str(tmp_path / "matrix.csv"), "class_field": "class"}
        if "map" not in options:
            parameters["map"] = class_map()
        result = EvaluateMap(**{**parameters, **options}).run(reporter)
        with open(result["matrix"], encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        return result, np.array([[int(count) for count in row[1:]] for row in rows[1:]])

    return run


@pytest.fixture
def polygons(make_vector, box):
    """Reference: field on columns 0 to 9, forest on 15 to 24 (half of it mapped as field), 10 rows each."""

    def make(values=("field", "forest"), **options):
        return make_vector(
            [(box(0, 0, 10, 10), values[0]), (box(15, 0, 10, 10), values[1])], name="reference.gpkg", **options
        )

    return make


EXPECTED = [[100, 0, 0], [50, 50, 0], [0, 0, 0]]


def test_polygons_are_compared_by_name(evaluate, polygons):
    result, matrix = evaluate(reference=polygons())
    assert matrix.tolist() == EXPECTED
    assert result["overall_accuracy"] == pytest.approx(0.75)
    assert result["pixels"] == 200


def test_polygons_are_compared_by_value(evaluate, polygons):
    assert evaluate(reference=polygons((1, 2)))[1].tolist() == EXPECTED


def test_a_map_without_names_is_compared_by_value(evaluate, polygons, class_map):
    assert evaluate(map=class_map(named=False), reference=polygons((1, 2)))[1].tolist() == [[100, 0], [50, 50]]


def test_points_count_once_a_pixel(evaluate, make_vector):
    points = [
        ("POINT(500005 3999995)", "field"),
        ("POINT(500006 3999996)", "field"),
        ("POINT(500305 3999995)", "field"),
    ]
    assert evaluate(reference=make_vector(points))[1].tolist() == [[1, 1, 0], [0, 0, 0], [0, 0, 0]]


def test_a_reference_raster(evaluate, make_raster):
    reference = np.zeros((30, 40), np.uint8)
    reference[:10, :10] = 1
    reference[:10, 15:25] = 2
    assert evaluate(reference_raster=make_raster(reference, name="r.tif", nodata=0))[1].tolist() == EXPECTED


def test_a_finer_reference_raster(evaluate, make_raster):
    reference = np.zeros((60, 80), np.uint8)
    reference[:20, :20] = 1
    reference[:20, 30:50] = 2
    path = make_raster(reference, name="r.tif", nodata=0, transform=(500000.0, 5.0, 0.0, 4000000.0, 0.0, -5.0))
    assert evaluate(reference_raster=path)[1].tolist() == EXPECTED


def test_a_reference_in_another_crs(evaluate, make_vector, box):
    systems = []
    for epsg in (32636, 4326):
        crs = osr.SpatialReference()
        crs.ImportFromEPSG(epsg)
        crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        systems.append(crs)
    to_degrees = osr.CoordinateTransformation(*systems)
    features = []
    for column, name in ((0, "field"), (15, "forest")):
        polygon = ogr.CreateGeometryFromWkt(box(column, 0, 10, 10))
        polygon.Transform(to_degrees)
        features.append((polygon.ExportToWkt(), name))
    assert evaluate(reference=make_vector(features, epsg=4326))[1].tolist() == EXPECTED


def test_excluded_areas_do_not_count(evaluate, polygons, make_vector, box):
    exclude = make_vector([(box(0, 0, 10, 5), "whatever"), (box(15, 0, 2, 10), None)], name="exclude.gpkg")
    assert evaluate(reference=polygons(), exclude=exclude)[1].tolist() == [[50, 0, 0], [30, 50, 0], [0, 0, 0]]


def test_excluding_what_is_not_on_the_map_is_refused(evaluate, polygons, make_vector, box):
    exclude = make_vector([(box(500, 500, 10, 5), "x")], name="exclude.gpkg")
    with pytest.raises(InputError, match="do not overlap"):
        evaluate(reference=polygons(), exclude=exclude)


def test_excluding_all_is_refused(evaluate, polygons, make_vector, box):
    with pytest.raises(InputError, match="no pixel in common"):
        evaluate(reference=polygons(), exclude=make_vector([(box(0, 0, 40, 30), "x")], name="exclude.gpkg"))


def test_classes_that_the_map_lacks_are_errors_and_told(evaluate, polygons, reporter, tmp_path):
    report = tmp_path / "report.html"
    result, matrix = evaluate(reference=polygons(("swamp", "forest")), report=str(report))
    assert matrix.tolist() == [[0, 0, 0, 0], [50, 50, 0, 0], [0, 0, 0, 0], [100, 0, 0, 0]]
    assert result["overall_accuracy"] == pytest.approx(50 / 200)
    assert result["overall_accuracy_of_known_classes"] == pytest.approx(50 / 100)
    assert (result["mean_f1"], result["mean_f1_of_known_classes"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (result["pixels"], result["pixels_of_unknown_classes"]) == (200, 100)
    assert result["class_f1"]["swamp"] == 0
    (warning,) = reporter.warnings
    assert "The map does not have the reference classes swamp: their 100 pixels count as errors." in warning
    html = report.read_text(encoding="utf-8")
    colors = {name: color for color, name in re.findall(r'style="background:(#\w{6})"></span>(\w+)', html)}
    assert len(colors) == len(set(colors.values())) == 4
    assert warning in html and "25.0 %" in html and "50.0 %" in html and "nan" not in html.lower()


def test_where_the_map_knows_all_classes_both_figures_are_the_same(evaluate, polygons, tmp_path):
    result, _ = evaluate(reference=polygons(), report=str(tmp_path / "report.html"))
    assert result["overall_accuracy_of_known_classes"] == result["overall_accuracy"]
    assert result["mean_f1_of_known_classes"] == result["mean_f1"]
    assert result["pixels_of_unknown_classes"] == 0
    assert "of the classes of the map" not in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_figures_that_there_are_not_are_none(evaluate, polygons):
    result, _ = evaluate(reference=polygons())
    assert result["class_f1"] == {"field": 0.8, "forest": pytest.approx(2 / 3), "water": None}


def name_classes(path, names):
    """Give a raster's values from 0 on category names."""
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.GetRasterBand(1).SetCategoryNames(names)
    dataset = None
    return path


def test_a_raster_with_two_classes_of_one_name_against_itself(evaluate, class_map):
    path = name_classes(class_map(named=False), ["", "forest", "forest"])
    result, matrix = evaluate(map=path, reference_raster=path)
    assert (matrix.tolist(), result["overall_accuracy"]) == ([[600, 0], [0, 600]], 1)
    assert list(result["class_f1"]) == ["forest (1)", "forest (2)"]


def test_a_reference_class_is_found_by_its_value_among_several_of_its_name(evaluate, class_map, make_raster):
    path = name_classes(class_map(named=False), ["", "forest", "forest"])
    reference = np.zeros((30, 40), np.uint8)
    reference[:10, 15:25] = 2
    reference = name_classes(make_raster(reference, name="r.tif", nodata=0), ["", "", "forest"])
    assert evaluate(map=path, reference_raster=reference)[1].tolist() == [[0, 0], [50, 50]]


def test_a_reference_class_without_a_name_among_others_is_found_by_its_value(evaluate, make_raster):
    reference = np.ones((30, 40), np.uint8)
    reference[:, 20:] = 2
    reference = name_classes(make_raster(reference, name="r.tif", nodata=0), ["", "field"])
    _, matrix = evaluate(reference_raster=reference)
    assert matrix.tolist() == [[600, 0, 0], [0, 600, 0], [0, 0, 0]]


def test_reference_pixels_where_the_map_has_no_data_are_told(evaluate, polygons, make_raster, reporter):
    values = np.ones((30, 40), np.uint8)
    values[:5] = 0
    values[5:, 20:] = 2
    path = make_raster(values, name="holes.tif", nodata=0)
    assert evaluate(map=path, reference=polygons((1, 2)))[0]["pixels"] == 100
    assert reporter.warnings == ["100 reference pixels do not count: the map has no class there."]


def test_no_common_class_is_refused_with_both_lists(evaluate, polygons):
    with pytest.raises(InputError, match="none of the map's classes") as caught:
        evaluate(reference=polygons(("swamp", "sea")))
    assert all(text in str(caught.value) for text in ("field", "swamp"))


def test_pixels_where_the_map_has_no_data_do_not_count(evaluate, polygons, make_raster):
    values = np.ones((30, 40), np.uint8)
    values[:5] = 0
    values[5:, 20:] = 2
    path = make_raster(values, name="holes.tif", nodata=0)
    assert evaluate(map=path, reference=polygons((1, 2)))[1].tolist() == [[50, 0], [25, 25]]


def test_a_reference_elsewhere_is_refused(evaluate, make_vector, box):
    with pytest.raises(InputError, match="do not overlap"):
        evaluate(reference=make_vector([(box(500, 500, 10, 5), "field")]))


def test_a_map_of_real_numbers_is_refused(evaluate, polygons, make_raster):
    with pytest.raises(InputError, match=r"real numbers \(float32\)\. Choose KIND values"):
        evaluate(map=make_raster(np.ones((30, 40), np.float32)), reference=polygons(), kind="classes")


def test_no_reference_at_all_is_refused(evaluate):
    with pytest.raises(InputError, match="one layer"):
        evaluate()


def test_reference_features_without_class_field_are_refused(evaluate, polygons):
    with pytest.raises(InputError, match=r"class field of the layer .* is missing"):
        evaluate(reference=polygons(), class_field="")


def test_two_references_are_refused(evaluate, polygons, class_map):
    with pytest.raises(InputError, match="one layer"):
        evaluate(reference=polygons(), reference_raster=class_map())


@pytest.mark.parametrize("epsg", [32636, None])
def test_the_report_is_one_file_of_html(evaluate, polygons, class_map, tmp_path, epsg):
    path = class_map(name="m.tif", epsg=epsg)
    evaluate(map=path, reference=polygons(), report=str(tmp_path / "report.html"), map_name="<my> & map")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "&lt;my&gt; &amp; map" in html and "forest" in html
    assert "http" not in html and "nan" not in html.lower()


def test_a_rotated_map(evaluate, make_vector, make_raster):
    transform = (500000.0, 8.0, 3.0, 4000000.0, 3.0, -8.0)
    values = np.ones((30, 40), np.uint8)
    values[:, 20:] = 2
    path = make_raster(values, name="rotated.tif", transform=transform, nodata=0)

    def corner(col, row):
        return f"{500000 + 8 * col + 3 * row} {4000000 + 3 * col - 8 * row}"

    ring = ",".join(corner(*place) for place in ((15, 0), (25, 0), (25, 10), (15, 10), (15, 0)))
    assert evaluate(map=path, reference=make_vector([(f"POLYGON(({ring}))", 2)]))[1].tolist() == [[0, 0], [50, 50]]


def test_a_cancelled_evaluation_leaves_nothing(evaluate, polygons, tmp_path, reporter):
    reference = polygons()
    reporter.cancel_at = 0
    with pytest.raises(Cancelled):
        evaluate(reference=reference, report=str(tmp_path / "report.html"))
    assert not {"matrix.csv", "report.html"} & {path.name for path in tmp_path.iterdir()}


def test_a_report_that_fails_leaves_no_matrix(evaluate, polygons, tmp_path, monkeypatch):
    def fail(*arguments):
        raise OSError("out of ink")

    monkeypatch.setattr("geodl_plugin.jobs.evaluate_map.map_accuracy_report", fail)
    with pytest.raises(OSError, match="out of ink"):
        evaluate(reference=polygons(), report=str(tmp_path / "report.html"))
    assert not {"matrix.csv", "report.html"} & {path.name for path in tmp_path.iterdir()}


def test_parameters_are_in_the_order_of_job_files():
    names = [field.name for field in dataclasses.fields(EvaluateMap)]
    layers = ["map", "reference", "class_field", "reference_raster", "exclude"]
    assert names == [*layers, "report", "matrix", "map_name", "reference_name", "kind"]


def test_reference_features_that_trained_the_network_are_told(evaluate, class_map, polygons, tmp_path, reporter):
    reference, path, report = polygons(), class_map(), tmp_path / "report.html"
    dataset = gdal.Open(path, gdal.GA_Update)
    for name, value in map_metadata(set(layer_digests(reference))):
        dataset.SetMetadataItem(name, value)
    dataset = None
    evaluate(map=path, reference=reference, report=str(report))
    assert any("All reference features are among the labels" in warning for warning in reporter.warnings)
    assert "All reference features are among the labels" in report.read_text(encoding="utf-8")
