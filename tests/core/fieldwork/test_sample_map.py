"""Samples of a map, from the request to the file."""

import json

import numpy as np
import pytest
from osgeo import gdal, ogr

from geodl_plugin.errors import InputError
from geodl_plugin.fieldwork import SampleMapRequest, sample_map
from geodl_plugin.fieldwork.map_sample import read_sample
from geodl_plugin.rasters.raster import Source


@pytest.fixture
def draw(class_map, tmp_path, reporter):
    """Draw a sample of the map."""

    def run(name="sample.gpkg", **options):
        return sample_map(SampleMapRequest(class_map, str(tmp_path / name), **options), reporter)

    return run


def pixel_of(row):
    """Column and row of a point."""
    point = row["geometry"]
    return int((point.GetX() - 500000) // 10), int((4000000 - point.GetY()) // 10)


def test_points_know_their_stratum(draw, class_map, fields_of_layer):
    found = draw(count=90, minimum=20)
    values = gdal.Open(class_map).ReadAsArray()
    rows = fields_of_layer(found.output)
    assert found.counts == {"field": 47, "forest": 23, "water": 20} and found.count == len(rows) == 90
    assert all(values[pixel_of(row)[::-1]] == row["map_class"] for row in rows)
    sizes = {1: (80 * 85 - 30, 67.7), 2: (40 * 85, 34.0), 3: (30, 0.3)}
    for row in rows:
        pixels, hectares = sizes[row["map_class"]]
        assert row["stratum_px"] == pixels
        assert row["stratum_ha"] == pytest.approx(hectares, rel=0.01)
        assert row["reference"] is None
    assert [row["id"] for row in rows] == list(range(1, 91))
    assert len({pixel_of(row) for row in rows}) == 90


def test_the_layer_says_what_it_is(draw):
    dataset = ogr.Open(draw(count=40, map_name="My map").output)
    told = json.loads(dataset.GetLayer(0).GetMetadataItem("geodl"))
    assert (told["kind"], told["map"], told["allocation"]) == ("sample", "My map", "mixed")
    assert [(one["name"], one["pixels"]) for one in told["strata"]] == [
        ("field", 6770),
        ("forest", 3400),
        ("water", 30),
    ]


def test_the_size_follows_from_the_standard_error(draw, reporter):
    found = draw(standard_error=0.02)
    assert found.counts == {"field": 144, "forest": 73, "water": 30}  # all of it
    assert found.expected_standard_error == pytest.approx(0.02, rel=0.01)
    assert reporter.messages[-1] == "With a standard error of 0.04, 150 points would do."


def test_expected_accuracies_of_single_classes(draw):
    assert draw(standard_error=0.02, users_accuracies="forest = 0.6, 1=0.95").count == 298
    for wrong in ("swamp=0.5", "forest=2", "forest", "forest=good"):
        with pytest.raises(InputError, match="Invalid user's accuracies"):
            draw(users_accuracies=wrong)


def test_mask_and_extent(draw, make_vector, box, fields_of_layer):
    mask = make_vector([(box(70, 10, 20, 20), "x")])
    found = draw(count=30, minimum=5, mask=mask)
    assert all(70 <= col < 90 and 10 <= row < 30 for col, row in map(pixel_of, fields_of_layer(found.output)))
    assert found.counts == {"field": 15, "forest": 15, "water": 0}
    found = draw("other.gpkg", count=30, extent=[500000.0, 500300.0, 3999100.0, 3999500.0])
    assert all(col < 30 and row >= 50 for col, row in map(pixel_of, fields_of_layer(found.output)))
    with pytest.raises(InputError, match="nothing to draw from"):
        draw("third.gpkg", extent=[500000.0, 500300.0, 3999960.0, 4000000.0])


def test_labels_of_people_are_never_replaced(draw, tmp_path):
    path = draw(count=40).output
    assert draw(count=50).count == 50  # nothing was labelled
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("UPDATE sample SET reference = 2 WHERE id = 7")
    dataset = None
    with pytest.raises(InputError, match=r"its labels would be lost.*1 labelled features"):
        draw(count=40)
    with pytest.raises(InputError, match=r"ends with \.gpkg"):
        draw("sample.shp")


def test_other_layers_are_not_replaced(draw, make_vector, box):
    make_vector([(box(0, 0, 5, 5), "x")], name="mine.gpkg")
    with pytest.raises(InputError, match="holds something else"):
        draw("mine.gpkg")


def test_a_sample_is_read_back(draw, class_map, reporter):
    path = draw(count=60).output
    grid = Source("map", [class_map]).grid
    found = read_sample(path, grid, reporter)
    assert (found.strata, found.pixels.tolist()) == ([1, 2, 3], [6770, 3400, 30])
    values = gdal.Open(class_map).ReadAsArray()
    assert (values[found.rows, found.cols] == np.array(found.strata)[found.stratum_of]).all()
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("UPDATE sample SET stratum_px = 5 WHERE id = 7")
    dataset = None
    with pytest.raises(InputError, match="are not one sample of a map"):
        read_sample(path, grid, reporter)
