"""Labelled geometries: reading and burning."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr, osr

from geodl_plugin.errors import InputError
from geodl_plugin.labels.geometries import read_areas, read_labels
from geodl_plugin.rasters.grid import Grid, Window, tiles
from geodl_plugin.rasters.raster import Source
from geodl_plugin.vectors.points import read_points
from geodl_plugin.vectors.vector_file import check_class_field

NONE = 255


def wkt_of(epsg):
    """A CRS as WKT."""
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    return crs.ExportToWkt()


@pytest.fixture
def grid():
    """30 columns and 20 rows of 10 m in UTM zone 36 north."""
    return Grid(30, 20, (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0), wkt_of(32636))


@pytest.fixture
def burnt(make_vector, grid, reporter):
    """Burn features onto the whole grid."""

    def burn(features, on=grid, keep_tiny=False, **options):
        labels = read_labels(make_vector(features, **options), "class", on, reporter, keep_tiny=keep_tiny)
        return labels.burner(on)(on.window)

    return burn


def pixels_of(image):
    """Columns and rows of labelled pixels."""
    rows, cols = np.nonzero(image != NONE)
    return set(zip(cols.tolist(), rows.tolist()))


def block(col, row, width, height):
    """Columns and rows of a rectangle of pixels."""
    return {(c, r) for c in range(col, col + width) for r in range(row, row + height)}


def test_a_polygon_takes_the_pixels_whose_centre_it_holds(burnt, box):
    assert pixels_of(burnt([(box(2, 3, 4, 5), 1)])) == block(2, 3, 4, 5)


def test_half_a_pixel_does_not_count(burnt, box):
    assert pixels_of(burnt([(box(2.6, 3.6, 2.8, 2.8), 1)])) == block(3, 4, 2, 2)


def test_the_indices_are_those_of_the_sorted_values(burnt, box):
    image = burnt([(box(0, 0, 2, 2), 30), (box(4, 4, 2, 2), -7), (box(8, 8, 2, 2), 0)])
    assert [image[0, 0], image[4, 4], image[8, 8], image[15, 15]] == [2, 0, 1, NONE]


def test_names_are_classes(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), "вода"), (box(4, 4, 2, 2), "field")])
    labels = read_labels(path, "class", grid, reporter)
    assert (labels.classes.names, labels.text_classes) == (["field", "вода"], True)


def test_without_a_class_field_all_is_one_class(make_vector, grid, reporter, box):
    labels = read_labels(make_vector([(box(0, 0, 2, 2), "a"), (box(4, 4, 2, 2), "b")]), "", grid, reporter)
    assert len(labels.classes) == 1


def test_a_hole_is_left_open(burnt):
    ring = "(500000 4000000,500050 4000000,500050 3999950,500000 3999950,500000 4000000)"
    hole = "(500010 3999990,500040 3999990,500040 3999960,500010 3999960,500010 3999990)"
    assert pixels_of(burnt([(f"POLYGON({ring},{hole})", 1)])) == block(0, 0, 5, 5) - block(1, 1, 3, 3)


def test_all_parts_of_a_multi_polygon_count(burnt, box):
    parts = ",".join(box(*part, 2, 2).removeprefix("POLYGON") for part in ((1, 1), (9, 9)))
    assert pixels_of(burnt([(f"MULTIPOLYGON({parts})", 1)])) == block(1, 1, 2, 2) | block(9, 9, 2, 2)


def test_all_parts_of_a_collection_count(burnt, box):
    wkt = f"GEOMETRYCOLLECTION({box(1, 1, 2, 2)},POINT(500205 3999895))"
    assert pixels_of(burnt([(wkt, 1)])) == block(1, 1, 2, 2) | {(20, 10)}


def test_a_curve_polygon_counts(burnt):
    circle = "CURVEPOLYGON(CIRCULARSTRING(500050 3999900,500100 3999950,500150 3999900,500100 3999850,500050 3999900))"
    found = pixels_of(burnt([(circle, 1)]))
    assert len(found) == pytest.approx(np.pi * 25, rel=0.1)


def test_a_bow_tie_is_repaired_and_told(burnt, reporter):
    tie = "POLYGON((500000 4000000,500100 3999900,500100 4000000,500000 3999900,500000 4000000))"
    found = pixels_of(burnt([(tie, 1)]))
    assert {(0, 5), (9, 5)} <= found and not {(5, 1), (5, 8)} & found
    assert any("1 geometries" in warning and "repaired" in warning for warning in reporter.warnings)


@pytest.mark.parametrize("kind", ["POLYGON Z", "POLYGON M", "POLYGON ZM"])
def test_further_dimensions_are_ignored(burnt, kind):
    extra = " 5 6" if kind.endswith("ZM") else " 5"
    corners = ("500020 3999970", "500060 3999970", "500060 3999930", "500020 3999930", "500020 3999970")
    ring = ",".join(corner + extra for corner in corners)
    assert pixels_of(burnt([(f"{kind}(({ring}))", 1)])) == block(2, 3, 4, 4)


def test_a_point_takes_its_pixel(burnt):
    assert pixels_of(burnt([("POINT(500025 3999965)", 1)])) == {(2, 3)}


@pytest.mark.parametrize(
    ("x", "y", "pixel"),
    [
        (500020, 3999970, (2, 3)),
        (500000, 4000000, (0, 0)),
        (500000, 3999995, (0, 0)),
        (500005, 4000000, (0, 0)),
        (500290, 3999810, (29, 19)),
    ],
)
def test_a_point_on_an_edge_belongs_to_the_pixel_right_and_below(burnt, x, y, pixel):
    assert pixels_of(burnt([(f"POINT({x} {y})", 1)])) == {pixel}


@pytest.mark.parametrize(("x", "y"), [(500300, 3999900), (500100, 3999800), (499999.9, 3999900)])
def test_a_point_beyond_the_last_pixel_is_outside(burnt, x, y):
    with pytest.raises(InputError, match="do not overlap"):
        burnt([(f"POINT({x} {y})", 1)])


def test_points_on_one_pixel_count_once_and_the_later_wins(burnt):
    image = burnt([("POINT(500025 3999965)", 4), ("POINT(500025 3999965)", 3), ("POINT(500026 3999966)", 3)])
    assert pixels_of(image) == {(2, 3)}
    assert image[3, 2] == 0


def test_a_line_takes_the_pixels_that_it_touches(burnt):
    assert pixels_of(burnt([("LINESTRING(500005 3999995,500095 3999995)", 1)])) == block(0, 0, 10, 1)


def test_the_later_of_two_polygons_wins(burnt, box):
    image = burnt([(box(0, 0, 10, 10), 1), (box(5, 5, 10, 10), 2)])
    assert image[6, 6] == 1


def test_what_reaches_beyond_the_raster_is_cut(burnt, box):
    assert pixels_of(burnt([(box(-5, -5, 8, 8), 1)])) == block(0, 0, 3, 3)


def test_polygons_outside_are_left_out_with_their_class(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), "in"), (box(500, 500, 2, 2), "out")])
    assert read_labels(path, "class", grid, reporter).classes.names == ["in"]


def test_no_overlap_is_refused_with_both_extents(make_vector, grid, reporter, box):
    with pytest.raises(InputError, match="do not overlap") as caught:
        read_labels(make_vector([(box(500, 500, 2, 2), 1)]), "class", grid, reporter, name="my polygons")
    assert all(text in str(caught.value) for text in ("my polygons", "500000", "505000"))


def test_features_without_geometry_or_class_are_left_out_and_told(burnt, box, reporter):
    image = burnt([(None, 1), ("POLYGON EMPTY", 1), (box(4, 4, 2, 2), None), (box(0, 0, 2, 2), 1)])
    assert pixels_of(image) == block(0, 0, 2, 2)
    assert any(warning.startswith("3 features") for warning in reporter.warnings)


def test_nothing_usable_is_refused(burnt, box):
    with pytest.raises(InputError, match="no usable feature"):
        burnt([(None, 1), (box(0, 0, 2, 2), None)])


def test_an_empty_layer_is_refused(make_vector):
    with pytest.raises(InputError, match="has no features"):
        check_class_field(make_vector([]), "class")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        check_class_field(str(tmp_path / "no such.gpkg"), "class")


def test_an_unknown_field_is_refused_with_those_there_are(make_vector, grid, reporter, box):
    with pytest.raises(InputError, match="klass") as caught:
        read_labels(make_vector([(box(0, 0, 2, 2), 1)]), "klass", grid, reporter)
    assert "class" in str(caught.value)


def test_a_field_of_real_numbers_is_refused(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), 1)])
    dataset = ogr.Open(path, 1)
    dataset.GetLayer(0).CreateField(ogr.FieldDefn("share", ogr.OFTReal))
    dataset = None
    with pytest.raises(InputError, match="share"):
        read_labels(path, "share", grid, reporter)


def test_large_values_keep_apart(burnt, box):
    image = burnt([(box(0, 0, 2, 2), 2**32 - 3), (box(4, 4, 2, 2), 2**32 - 2)])
    assert (image[0, 0], image[4, 4]) == (0, 1)


def test_values_that_no_class_map_holds_are_refused(burnt, box):
    with pytest.raises(InputError, match=r"Invalid class values for a class map.*Received: 1 … 1000000000000"):
        burnt([(box(0, 0, 2, 2), 1), (box(4, 4, 2, 2), 10**12)])


def test_more_classes_than_a_byte_holds(make_vector, grid, reporter, box):
    path = make_vector([(box(number % 30, number // 30, 1, 1), number) for number in range(300)])
    image = read_labels(path, "class", grid, reporter).burner(grid)(grid.window)
    assert image.ravel()[:300].tolist() == list(range(300))
    assert image[15, 15] == 65535


def test_another_crs_is_brought_to_that_of_the_raster(make_vector, grid, reporter, box):
    to_degrees = osr.CoordinateTransformation(*(_crs(epsg) for epsg in (32636, 4326)))
    polygon = ogr.CreateGeometryFromWkt(box(2, 3, 4, 5))
    polygon.Transform(to_degrees)
    path = make_vector([(polygon.ExportToWkt(), 1)], epsg=4326)
    assert pixels_of(read_labels(path, "class", grid, reporter).burner(grid)(grid.window)) == block(2, 3, 4, 5)


def _crs(epsg):
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(epsg)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def test_a_raster_in_degrees_has_longitude_first(make_raster, make_vector, reporter):
    path = make_raster(np.zeros((20, 30), np.uint8), transform=(35.0, 0.1, 0.0, 10.0, 0.0, -0.1), epsg=4326)
    grid = Source("s", [path]).grid
    polygons = make_vector([("POLYGON((35.2 9.7,35.6 9.7,35.6 9.2,35.2 9.2,35.2 9.7))", 1)], epsg=4326)
    assert pixels_of(read_labels(polygons, "class", grid, reporter).burner(grid)(grid.window)) == block(2, 3, 4, 5)


def test_features_that_cannot_be_reprojected_are_no_crash(make_vector, grid, reporter, box):
    to_degrees = osr.CoordinateTransformation(*(_crs(epsg) for epsg in (32636, 4326)))
    polygon = ogr.CreateGeometryFromWkt(box(2, 3, 4, 5))
    polygon.Transform(to_degrees)
    path = make_vector([("POINT(0 95)", 2), (polygon.ExportToWkt(), 1)], epsg=4326)
    assert pixels_of(read_labels(path, "class", grid, reporter).burner(grid)(grid.window)) == block(2, 3, 4, 5)
    assert reporter.warnings


def test_a_layer_without_crs_is_taken_to_be_in_that_of_the_raster(burnt, box, reporter):
    assert pixels_of(burnt([(box(2, 3, 4, 5), 1)], epsg=None)) == block(2, 3, 4, 5)
    assert any("CRS of features is unknown" in warning for warning in reporter.warnings)


def test_a_raster_without_crs_takes_the_layer_as_it_is(burnt, box, reporter, grid):
    bare = Grid(grid.width, grid.height, grid.transform)
    assert pixels_of(burnt([(box(2, 3, 4, 5), 1)], on=bare)) == block(2, 3, 4, 5)
    assert any("CRS of the raster is unknown" in warning for warning in reporter.warnings)


def test_any_georeference(make_vector, reporter, any_transform):
    grid = Grid(30, 20, any_transform, wkt_of(32636))
    x, y = grid.ground(np.array([2, 6, 6, 2, 2]), np.array([3, 3, 8, 8, 3]))
    ring = ",".join(f"{east} {north}" for east, north in zip(x, y))
    labels = read_labels(make_vector([(f"POLYGON(({ring}))", 1)]), "class", grid, reporter)
    assert pixels_of(labels.burner(grid)(grid.window)) == block(2, 3, 4, 5)


coordinates = st.tuples(st.floats(499900, 500400), st.floats(3999700, 4000100))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(coordinates, min_size=3, max_size=8), st.integers(3, 13))
def test_tiles_are_burnt_as_the_whole_is(make_vector, grid, reporter, corners, size):
    wkt = "POLYGON((" + ",".join(f"{x} {y}" for x, y in [*corners, corners[0]]) + "))"
    anchor = "POINT(500005 3999995)"
    labels = read_labels(make_vector([(anchor, 1), (wkt, 2)]), "class", grid, reporter)
    burn = labels.burner(grid)
    pieced = np.empty((grid.height, grid.width), np.uint8)
    for tile in tiles(grid.window, size):
        pieced[tile.row : tile.row + tile.height, tile.col : tile.col + tile.width] = burn(tile)
    np.testing.assert_array_equal(pieced, burn(grid.window))


def test_a_window_beyond_the_raster_can_be_burnt(make_vector, grid, reporter, box):
    labels = read_labels(make_vector([(box(0, 0, 3, 3), 1)]), "class", grid, reporter)
    assert pixels_of(labels.burner(grid)(Window(-2, -2, 6, 6))) == block(2, 2, 3, 3)


quarters = st.tuples(st.integers(-20, 140), st.integers(-20, 100))  # of pixels: through corners and along edges, too


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(quarters, min_size=2, max_size=4, unique=True), st.integers(3, 13))
def test_lines_are_burnt_in_tiles_as_in_the_whole(make_vector, grid, reporter, places, size):
    wkt = ",".join(f"{500000 + 2.5 * x} {4000000 - 2.5 * y}" for x, y in places)
    path = make_vector([("POINT(500005 3999995)", 1), (f"LINESTRING({wkt})", 2)])
    labels = read_labels(path, "class", grid, reporter)
    burn = labels.burner(grid)
    pieced = np.empty((grid.height, grid.width), np.uint8)
    for tile in tiles(grid.window, size):
        pieced[tile.row : tile.row + tile.height, tile.col : tile.col + tile.width] = burn(tile)
    np.testing.assert_array_equal(pieced, burn(grid.window))


def test_a_line_takes_every_pixel_that_it_crosses(burnt):
    # Not from centre to centre: that would pass through a corner.
    assert pixels_of(burnt([("LINESTRING(500004 3999995,500024 3999985)", 1)])) == {(0, 0), (1, 0), (1, 1), (2, 1)}


def test_the_later_of_a_line_and_a_polygon_wins(burnt, box):
    line = "LINESTRING(500005 3999975,500095 3999975)"
    assert burnt([(box(0, 0, 10, 10), 1), (line, 2)])[2, 5] == 1
    assert burnt([(line, 2), (box(0, 0, 10, 10), 1)])[2, 5] == 0


@pytest.mark.parametrize("inner", [(2.1, 3.1, 0.3, 0.3), (2.6, 3.6, 0.8, 0.8), (2.1, 3.1, 0.3, 1.2)])
def test_a_polygon_without_a_pixel_gets_one_if_that_is_wanted(burnt, box, inner):
    features = [(box(20, 12, 5, 5), 2), (box(*inner), 1)]
    assert pixels_of(burnt(features)) == block(20, 12, 5, 5)
    extra = pixels_of(burnt(features, keep_tiny=True)) - block(20, 12, 5, 5)
    assert len(extra) == 1
    assert extra <= block(2, 3, 2, 2)


def test_a_small_polygon_with_pixels_keeps_them(burnt, box):
    assert pixels_of(burnt([(box(2.4, 3.4, 0.2, 3.2), 1)], keep_tiny=True)) == block(2, 3, 1, 4)


def test_pixels_in_several_polygons_are_counted(make_vector, grid, reporter, box):
    boxes = [(box(0, 0, 10, 10), 1), (box(5, 5, 10, 10), 2), (box(8, 8, 4, 4), 2)]
    path = make_vector([*boxes, ("LINESTRING(500005 3999995,500005 3999905)", 1)])
    count = read_labels(path, "class", grid, reporter).overlap_counter(grid)
    assert count(grid.window) == 25 + 16 - 4
    assert sum(count(tile) for tile in tiles(grid.window, 7)) == 25 + 16 - 4


def test_splits_come_from_their_field(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), "valid"), (box(4, 4, 2, 2), "train"), (box(8, 8, 2, 2), None)], field="use")
    labels = read_labels(path, "", grid, reporter, split_field="use")
    image = labels.split_burner(grid)(grid.window)
    assert (image[0, 0], image[4, 4], image[8, 8]) == (1, 0, 3)
    assert any("have no value of use" in warning for warning in reporter.warnings)


def test_a_split_that_is_none_is_refused(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), "training")], field="use")
    with pytest.raises(InputError, match=r"train, valid, test\. Received: training"):
        read_labels(path, "", grid, reporter, split_field="use")


def test_the_features_of_each_class_are_counted(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), "b"), (box(4, 4, 2, 2), "a"), (box(8, 8, 2, 2), "b")])
    assert read_labels(path, "class", grid, reporter).features.tolist() == [1, 2]


def test_areas_hold_the_pixels_whose_centre_lies_in_a_polygon(grid, make_vector, box, reporter):
    areas = read_areas(make_vector([(box(5, 10, 5, 4), "a"), (box(20, 10.6, 5, 4), "b")]), grid, reporter)
    expected = np.zeros((20, 30), bool)
    expected[10:14, 5:10] = expected[11:15, 20:25] = True
    np.testing.assert_array_equal(areas(grid.window), expected)
    np.testing.assert_array_equal(areas(Window(4, 8, 22, 6)), expected[8:14, 4:26])


@pytest.mark.parametrize("kind", ["TIN Z", "POLYHEDRALSURFACE Z", "TRIANGLE Z"])
def test_surfaces_are_polygons(burnt, kind):
    faces = [
        "((500020 3999970 1,500060 3999970 1,500020 3999930 5,500020 3999970 1))",
        "((500060 3999970 1,500060 3999930 2,500020 3999930 5,500060 3999970 1))",
        "((500020 3999970 1,500060 3999970 1,500060 3999970 9,500020 3999970 1))",  # upright
    ]
    if kind.startswith("TRIANGLE"):
        assert len(pixels_of(burnt([(f"{kind} {faces[0]}", 1)]))) in range(6, 11)
    else:
        assert pixels_of(burnt([(f"{kind} ({','.join(faces)})", 1)])) == block(2, 3, 4, 4)


def test_a_name_of_blanks_is_no_class(burnt, box, reporter):
    image = burnt([(box(0, 0, 2, 2), "a"), (box(4, 4, 2, 2), "  "), (box(8, 8, 2, 2), "")])
    assert pixels_of(image) == block(0, 0, 2, 2)
    assert any(warning.startswith("2 features") for warning in reporter.warnings)


@pytest.mark.parametrize("kind", [ogr.OFTDate, ogr.OFTDateTime, ogr.OFTBinary, ogr.OFTStringList])
def test_fields_that_name_no_classes_are_refused_for_labels_and_positions(tmp_path, grid, reporter, kind):
    path = str(tmp_path / "dates.gpkg" if kind != ogr.OFTStringList else tmp_path / "lists.geojson")
    driver = "GPKG" if kind != ogr.OFTStringList else "GeoJSON"
    dataset = gdal.GetDriverByName(driver).Create(path, 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("dates", None, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("day", kind))
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt("POINT(500005 3999995)"))
    if kind == ogr.OFTStringList:
        feature.SetFieldStringList(0, ["a", "b"])
    layer.CreateFeature(feature)
    del feature, layer, dataset
    for read in (read_labels, lambda *given: read_points(*given[:1], *given[2:], class_field=given[1])):
        with pytest.raises(InputError, match=r"field day .* cannot name classes"):
            read(path, "day", grid, reporter)


def test_a_layer_is_closed_after_an_error(make_vector, grid, reporter, box):
    path = make_vector([(box(0, 0, 2, 2), 1)])
    with pytest.raises(InputError) as caught:
        read_labels(path, "klass", grid, reporter)
    held = set()
    trace = caught.value.__traceback__
    while trace:
        held |= {type(value) for value in trace.tb_frame.f_locals.values()}
        trace = trace.tb_next
    assert gdal.Dataset not in held
