"""Suggested places, from the request to the file."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.fieldwork import SuggestPositionsRequest, suggest_positions


@pytest.fixture
def confidence(make_raster):
    """Highest probability and entropy: certain but in columns 30 to 49 and 100 to 119; no data at the top."""
    values = np.zeros((90, 120, 2), np.float32)
    values[..., 0], values[..., 1] = 0.98, 0.05
    for first in (30, 100):
        values[:, first : first + 20] = 0.5, 0.9
    values[:5] = -1
    return make_raster(values, name="confidence.tif", nodata=-1)


@pytest.fixture
def suggest(class_map, confidence, tmp_path, reporter):
    """Suggest places."""

    def run(name="places.gpkg", **options):
        request = {"confidence": confidence, "count": 12, **options}
        return suggest_positions(SuggestPositionsRequest(class_map, output=str(tmp_path / name), **request), reporter)

    return run


def centre(row):
    """Column and row of the pixel in the middle of a square, or of a point."""
    middle = row["geometry"].Centroid()
    return int((middle.GetX() - 500000) // 10), int((4000000 - middle.GetY()) // 10)


def test_places_are_uncertain_and_of_all_classes(suggest, class_map, fields_of_layer):
    found = suggest()
    rows = fields_of_layer(found.output)
    assert sum(found.counts.values()) == len(rows) == 12
    assert found.counts == {"field": 6, "forest": 6, "water": 0}  # as much is uncertain of both
    assert found.mean_uncertainty > 2 * found.mean_uncertainty_of_map
    values, names = gdal.Open(class_map).ReadAsArray(), {1: "field", 2: "forest", 3: "water"}
    assert all(names[values[centre(row)[::-1]]] == row["mapped"] for row in rows)
    assert all(row["class"] is None for row in rows)
    assert all(row["geometry"].GetGeometryName() == "POLYGON" for row in rows)
    assert max(row["geometry"].GetArea() for row in rows) == pytest.approx(50 * 50)


def test_points(suggest, fields_of_layer):
    rows = fields_of_layer(suggest(shape="points").output)
    assert all(row["geometry"].GetGeometryName() == "POINT" for row in rows)


def test_existing_labels_are_avoided(suggest, make_vector, box, fields_of_layer):
    labels = make_vector([(box(30, 0, 20, 90), "x")], name="labels.gpkg")
    rows = fields_of_layer(suggest(labels=labels).output)
    assert not any(27 <= centre(row)[0] < 53 for row in rows)


def test_strange_places_are_suggested_however_certain(suggest, make_raster, fields_of_layer):
    strange = np.full((90, 120), 0.4, np.float32)
    strange[60:80, 60:76] = 2.5
    path = make_raster(strange, name="u.tif", nodata=-1)

    def near(rows):
        return sum(58 <= centre(row)[0] < 78 and 58 <= centre(row)[1] < 82 for row in rows)

    without, with_it = suggest(count=20), suggest("more.gpkg", count=20, unfamiliarity=path)
    assert near(fields_of_layer(with_it.output)) > near(fields_of_layer(without.output))


def test_confidence_of_one_band(suggest, make_raster, fields_of_layer):
    values = np.full((90, 120), 0.99, np.float32)
    values[:, 60:76] = 0.4
    rows = fields_of_layer(suggest(confidence=make_raster(values, name="c.tif")).output)
    assert sum(58 <= centre(row)[0] < 78 for row in rows) == 5  # as far as there is room


def test_rasters_of_another_grid_are_refused(suggest, make_raster):
    path = make_raster(np.zeros((9, 9, 2), np.float32), name="small.tif")
    with pytest.raises(InputError, match="The confidence does not belong to the map"):
        suggest(confidence=path)


def test_a_map_without_a_free_place(suggest, make_vector, box):
    with pytest.raises(InputError, match="There is no place to suggest"):
        suggest(labels=make_vector([(box(0, 0, 120, 90), "x")], name="all.gpkg"))


def test_fewer_than_wanted_are_told(suggest, reporter):
    found = suggest(count=5000)
    assert sum(found.counts.values()) < 5000
    assert "There is room for" in reporter.warnings[-1]


def test_class_values_where_the_map_has_no_names(class_map, confidence, make_raster, tmp_path, fields_of_layer):
    plain = make_raster(gdal.Open(class_map).ReadAsArray(), name="plain.tif", nodata=0)
    found = suggest_positions(SuggestPositionsRequest(plain, confidence, str(tmp_path / "p.gpkg"), count=5))
    dataset = gdal.OpenEx(found.output, gdal.OF_VECTOR)
    definition = dataset.GetLayer(0).GetLayerDefn()
    assert definition.GetFieldDefn(definition.GetFieldIndex("class")).GetTypeName() == "Integer64"
