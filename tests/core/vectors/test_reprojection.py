"""Geometries of any CRS on grids of any other: every pixel compared with its own centre, brought the other way."""

import numpy as np
import pytest
from osgeo import ogr, osr

from geodl_plugin.errors import InputError
from geodl_plugin.labels.geometries import read_labels
from geodl_plugin.rasters.crs import transform_points
from geodl_plugin.rasters.grid import Grid
from geodl_plugin.rasters.raster import gdal_exceptions
from geodl_plugin.vectors.points import read_points
from geodl_plugin.vectors.reprojection import ToGrid

NONE = 255


def wkt_of(name):
    """A CRS as WKT."""
    with gdal_exceptions():
        crs = osr.SpatialReference()
        crs.SetFromUserInput(name)
        return crs.ExportToWkt()


def grid_of(name, left, top, pixel, width, height):
    """A north-up grid."""
    return Grid(width, height, (float(left), float(pixel), 0.0, float(top), 0.0, -float(pixel)), wkt_of(name))


WORLD = grid_of("EPSG:4326", -180, 90, 1, 360, 180)
GRIDS = {
    "world": WORLD,
    "world from 0 to 360": grid_of("EPSG:4326", 0, 90, 1, 360, 180),
    "beside 180 degrees": grid_of("EPSG:4326", 170, 20, 0.2, 100, 100),
    "Web Mercator": grid_of("EPSG:3857", -20037508.34, 20037508.34, 40075016.68 / 240, 240, 240),
    "Mollweide": grid_of("ESRI:54009", -18040096, 9020048, 36080192 / 240, 240, 120),
    "UTM 60": grid_of("EPSG:32660", 200000, 1200000, 4000, 175, 50),
    "Arctic": grid_of("EPSG:3413", -4000000, 4000000, 40000, 200, 200),
    "Antarctic": grid_of("EPSG:3031", -4000000, 4000000, 40000, 200, 200),
}


def ring(*points):
    """A ring as WKT."""
    return "(" + ",".join(f"{x!r} {y!r}" for x, y in [*points, points[0]]) + ")"


def rectangle(left, bottom, right, top):
    """A ring as WKT."""
    return ring((left, bottom), (right, bottom), (right, top), (left, top))


def points_of(wkt):
    """The corners of each ring, [ring][corner, (x, y)]."""
    polygon = ogr.CreateGeometryFromWkt(wkt)
    rings = [polygon.GetGeometryRef(number) for number in range(polygon.GetGeometryCount())]
    return [np.array(ring.GetPoints())[:, :2] for ring in rings]


def expected(wkt, crs, grid, turn=0.0):
    """Which pixels have their centre in a polygon, as that centre lies in the polygon's own CRS."""
    cols, rows = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    x, y = transform_points(*grid.centres(cols, rows), grid.crs, crs)
    inside = np.zeros(cols.shape, bool)
    for number in (-1, 0, 1) if turn else (0,):
        crossings = np.zeros(cols.shape, int)
        for corners in points_of(wkt):
            for (x0, y0), (x1, y1) in zip(corners, corners[1:]):
                if y0 != y1:
                    between = (y0 <= y) != (y1 <= y)
                    at = x0 + (y - y0) * ((x1 - x0) / (y1 - y0))
                    crossings += between & (at > x + number * turn)
        inside |= crossings % 2 == 1
    own_cols, own_rows = grid.fractional_pixels(
        *transform_points(x, y, crs, grid.crs)
    )  # beyond the edge of the world is nothing
    across = np.abs(own_cols - cols - 0.5) % turn_of(grid)
    return inside & (np.minimum(across, turn_of(grid) - across) < 0.1) & (np.abs(own_rows - rows - 0.5) < 0.1)


def turn_of(grid):
    """Pixels of a grid in degrees after which the world is the same again."""
    return 360 / grid.transform[1] if "GEOGCS" in grid.crs[:8] else 1e9


def to_edges(wkt, crs, grid, cols, rows):
    """How far the centres of pixels are from the edges of a polygon, in pixels."""
    share = np.linspace(0, 1, 4001)[:, None]
    edges = [start + share * (end - start) for corners in points_of(wkt) for start, end in zip(corners, corners[1:])]
    x, y = transform_points(*np.concatenate(edges).T, crs, grid.crs)
    ends = [(np.full(181, longitude), np.arange(-90.0, 91)) for longitude in (-180.0, 180.0)]  # of a world torn apart
    x_end, y_end = transform_points(*np.concatenate(ends, axis=1), wkt_of("EPSG:4326"), grid.crs)
    if "Mollweide" in grid.crs:
        x, y = np.append(x, x_end), np.append(y, y_end)
    edge_cols, edge_rows = grid.fractional_pixels(x, y)
    away = []
    for col, row in list(zip(cols, rows))[:: max(1, len(cols) // 50)]:
        beside = np.abs(edge_cols - col - 0.5)
        beside = np.minimum(beside, np.abs(turn_of(grid) - beside))
        away.append(np.nanmin(np.hypot(beside, edge_rows - row - 0.5)))
    return np.nan_to_num(np.array(away), nan=999.0)


@pytest.fixture
def check(make_vector, reporter):
    """Compare what is labelled with what should be, but for pixels whose centre lies half a pixel from an edge."""

    def compare(wkt, name, grid, turn=0.0):
        crs = wkt_of(name)
        wanted = expected(wkt, crs, grid, turn)
        path = make_vector([(wkt, 1)], epsg=None)
        dataset = ogr.Open(path)
        feature = dataset.GetLayer(0).GetFeature(1)
        geometry = ToGrid(crs, grid)(feature.GetGeometryRef().Clone())
        copies = make_vector([(geometry.ExportToWkt(), 1)], epsg=None, name="there.gpkg")
        found = read_labels(copies, "class", grid, reporter).burner(grid)(grid.window) != NONE
        rows, cols = np.nonzero(found != wanted)
        away = to_edges(wkt, crs, grid, cols, rows)
        assert away.max(initial=0) < 0.5, (len(rows), away.max())
        return found

    return compare


def test_the_edges_of_a_degree_are_straight_in_degrees(make_vector, reporter):
    """The upper edge of the box is 12 pixels off where only its corners are transformed."""
    grid = grid_of("EPSG:32632", 500000 - 45000, 5095000, 10, 9000, 120)
    path = make_vector([("POLYGON" + f"({rectangle(8.5, 45.5, 9.5, 46)})", 1)], epsg=4326)
    found = read_labels(path, "class", grid, reporter).burner(grid)(grid.window) != NONE
    cols, rows = np.meshgrid(np.arange(0, 9000, 7), np.arange(120))
    x, y = transform_points(*grid.centres(cols, rows), grid.crs, wkt_of("EPSG:4326"))
    away = np.abs(y - 46) * 11113  # pixels of 10 m
    clear = (away > 0.5) & (np.abs(x - 8.5) > 1e-4) & (np.abs(x - 9.5) > 1e-4)
    np.testing.assert_array_equal(found[:, ::7][clear], ((y < 46) & (x > 8.5) & (x < 9.5))[clear])
    assert clear.mean() > 0.9 and 0.1 < found.mean() < 0.9


@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize(
    ("name", "shape", "turn"),
    [
        ("EPSG:32660", rectangle(600000, 1000000, 1200000, 1200000), 0),
        ("EPSG:32601", rectangle(-100000, 1000000, 500000, 1100000), 0),
        ("EPSG:3832", rectangle(2500000, -1000000, 4500000, 1500000), 40075016.6855784),
        ("EPSG:3857", rectangle(-20037508, -1000000, -19037508, 1500000), 40075016.6855784),
        ("EPSG:4326", rectangle(170, -10, 190, 70), 360),
        ("EPSG:4326", rectangle(-190, -10, -178, 10), 360),
        ("EPSG:4326", rectangle(-10, -10, 10, 89), 360),
        ("EPSG:4326", rectangle(-179, 60, 179, 80), 360),
        ("EPSG:4326", rectangle(-180, -90, 180, -70), 360),
        ("EPSG:4326", ring((20, 40), (190, 60), (185, 78), (30, 80)), 360),
        ("EPSG:3413", rectangle(-1500000, -1000000, 1000000, 1300000), 0),
        ("EPSG:3413", rectangle(-1500000, -2000000, -300000, 2300000), 0),
        (
            "EPSG:3413",
            rectangle(-3000000, -2500000, 2000000, 2300000) + "," + rectangle(-400000, -500000, 300000, 600000),
            0,
        ),
        ("EPSG:3031", rectangle(-1500000, -1000000, 1000000, 1300000), 0),
        ("ESRI:54009", rectangle(-1500000, -1000000, 1000000, 1300000), 0),
        ("EPSG:3035", rectangle(2600000, 1500000, 6000000, 4000000), 0),
    ],
)
def test_each_pixel_is_that_of_its_centre(check, name, shape, turn, grid):
    try:
        check(f"POLYGON({shape})", name, GRIDS[grid], turn)
    except InputError as error:
        assert "do not overlap" in str(error)
        assert not expected(f"POLYGON({shape})", wkt_of(name), GRIDS[grid], turn).any()


def test_an_edge_far_beyond_the_grid_costs_nothing_and_is_right(make_vector, reporter):
    """A country of which some corners have no place in the raster's zone."""
    grid = grid_of("EPSG:32640", 400000, 6700000, 10, 50, 40)
    _, y = transform_points(*grid.centres(*np.meshgrid(np.arange(50), np.arange(40))), grid.crs, wkt_of("EPSG:4326"))
    top = float(y[20, 25])
    path = make_vector([(f"POLYGON({rectangle(-170, -89, 189, top)})", 1)], epsg=4326)
    found = read_labels(path, "class", grid, reporter).burner(grid)(grid.window)
    clear = np.abs(y - top) * 11113 > 0.5  # pixels of 10 m
    np.testing.assert_array_equal((found != NONE)[clear], (y < top)[clear])
    assert clear.mean() > 0.9 and not reporter.warnings


def test_lines_go_on_beyond_180_degrees(make_vector, reporter):
    path = make_vector([("LINESTRING(600000 1000000,1200000 1000000)", 1)], epsg=32660)
    image = read_labels(path, "class", WORLD, reporter).burner(WORLD)(WORLD.window)
    rows, cols = np.nonzero(image != NONE)
    assert set(cols.tolist()) == {357, 358, 359, 0, 1, 2, 3} and set(rows.tolist()) <= {80, 81}


def test_lines_bend_as_edges_do(make_vector, reporter):
    grid = grid_of("EPSG:32632", 455000, 5095000, 1000, 90, 4)
    path = make_vector([("LINESTRING(8 45.99,10 45.99)", 1)], epsg=4326)
    found = read_labels(path, "class", grid, reporter).burner(grid)(grid.window) != NONE
    x, y = transform_points(np.linspace(8, 10, 5001), np.full(5001, 45.99), wkt_of("EPSG:4326"), grid.crs)
    cols, rows = grid.pixels(x, y)
    inside = (cols >= 0) & (cols < 90) & (rows >= 0) & (rows < 4)
    there = {(col, row) for row, col in np.argwhere(found).tolist()}
    differs = set(zip(cols[inside].tolist(), rows[inside].tolist())) ^ there
    assert len(there) > 90 and len(differs) <= 4  # a tenth of a pixel beside a corner


@pytest.mark.parametrize("epsg", [4326, 3857])
def test_points_lie_on_the_turn_of_the_grid(make_vector, reporter, epsg):
    grid = GRIDS["world from 0 to 360"]
    x, y = (-9.5, 10.5) if epsg == 4326 else (-9.5 * 111319.49079327358, 1175010.6371857773)
    path = make_vector([(f"POINT({x} {y})", 1)], epsg=epsg)
    image = read_labels(path, "class", grid, reporter).burner(grid)(grid.window)
    points = read_points(path, grid, reporter)
    assert np.argwhere(image != NONE).tolist() == [[79, 350]] == np.stack([points.rows, points.cols], 1).tolist()


def test_polygons_come_on_each_turn_that_the_grid_shows(make_vector, reporter):
    grid = grid_of("EPSG:4326", -360, 10, 1, 720, 20)
    path = make_vector([(f"POLYGON({rectangle(-10, -5, 10, 5)})", 1)], epsg=4326)
    image = read_labels(path, "class", grid, reporter).burner(grid)(grid.window)
    cols = np.flatnonzero((image != NONE).any(axis=0))
    assert cols.tolist() == [*range(10), *range(350, 370), *range(710, 720)]


def test_points_on_the_corners_of_pixels_have_one_pixel(make_vector, reporter):
    """As labels and as positions, where the corners are no round numbers."""
    grid = grid_of("EPSG:4326", 35.1, 10.7, 1 / 3e3, 60, 60)
    x, y = grid.ground(*(places.ravel().astype(float) for places in np.meshgrid(np.arange(1, 59), np.arange(1, 59))))
    path = make_vector([(f"POINT({a!r} {b!r})", 1) for a, b in zip(x.tolist(), y.tolist())], epsg=4326)
    image = read_labels(path, "class", grid, reporter).burner(grid)(grid.window)
    points = read_points(path, grid, reporter)
    expected_rows, expected_cols = np.mgrid[1:59, 1:59]
    assert (points.cols == expected_cols.ravel()).all() and (points.rows == expected_rows.ravel()).all()
    assert (image[1:59, 1:59] != NONE).all() and (image != NONE).sum() == 58 * 58
