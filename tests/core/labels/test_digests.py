"""Which features a network has seen."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.labels.digests import KEY, count_trained, layer_digests, map_metadata, provenance_digests

SQUARE = "POLYGON((0 0,10 0,10 10,0 10,0 0))"


@pytest.mark.parametrize(
    "same",
    [
        "POLYGON((10 10,10 0,0 0,0 10,10 10))",
        "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)))",
        "POLYGON Z((0 0 7,10 0 7,10 10 7,0 10 7,0 0 7))",
        "POLYGON((0.0000001 0,10 0,10 10,0 10,0.0000001 0))",
    ],
)
def test_the_same_feature_is_recognised_in_other_formats(make_vector, same):
    first, second = (
        layer_digests(make_vector([(wkt, 1)], name=f"{name}.gpkg")) for name, wkt in enumerate((SQUARE, same))
    )
    assert first == second


def test_other_features_differ_and_those_without_geometry_do_not_count(make_vector, box):
    path = make_vector([(SQUARE, 1), (box(0, 0, 5, 5), 1), (box(0, 0, 5, 6), 1), ("POINT(0 0)", 1), (None, 1)])
    assert len(layer_digests(path)) == 4


def test_digests_of_merged_scenes_are_united():
    scenes = [{"provenance": {KEY: ["a", "b"]}}, {"provenance": {"scenes": [{"provenance": {KEY: ["c"]}}]}}, {}]
    assert provenance_digests({"scenes": scenes, KEY: ["d"]}) == {"a", "b", "c", "d"}
    assert map_metadata(set()) == ()


def test_features_that_trained_a_map_are_counted(make_vector, make_raster, box):
    training = make_vector([(box(0, 0, 5, 5), "a"), (box(9, 9, 5, 5), "b")], name="training.gpkg")
    reference = make_vector([(box(0, 0, 5, 5), "a"), (box(30, 9, 5, 5), "b"), (box(40, 9, 5, 5), "b")], name="r.gpkg")
    path = make_raster(np.zeros((60, 60), np.uint8))
    assert count_trained(path, reference) == (0, 3)
    dataset = gdal.Open(path, gdal.GA_Update)
    for name, value in map_metadata(set(layer_digests(training))):
        dataset.SetMetadataItem(name, value)
    dataset = None
    assert count_trained(path, reference) == (1, 3)
    assert count_trained(path, training) == (2, 2)
    assert count_trained(path, reference, training) == (0, 3)
