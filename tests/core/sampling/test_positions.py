"""Positions in vector files."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.rasters.grid import Grid
from geodl_plugin.rasters.raster import Source
from geodl_plugin.runtime import files
from geodl_plugin.sampling.origin import Origin
from geodl_plugin.sampling.positions import Positions, check_writable, read_positions, write_positions

FULL = """
import resource, signal, sys
import numpy as np
from geodl_plugin.runtime import files
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.errors import InputError
from geodl_plugin.rasters.grid import Grid
from geodl_plugin.rasters.raster import gdal_exceptions
from geodl_plugin.sampling.positions import Positions, write_positions
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
places = np.arange(20_000)
none = np.zeros_like(places)
try:
    with gdal_exceptions(), files.unfinished(sys.argv[1]) as part:
        grid = Grid(20_000, 20_000, (0.0, 1.0, 0.0, 0.0, 0.0, -1.0))
        write_positions(part, Positions(places, places, none, none, none), ClassList.from_values([1]), False, grid)
except InputError as error:
    sys.exit("as expected: " + str(error))
"""
UTM, NORTH_UP = 32636, (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)


@pytest.fixture
def utm(make_raster):
    """A grid of 100 × 80 pixels in UTM."""
    return Source("s", [make_raster(np.zeros((80, 100), np.uint8))]).grid


def some_positions():
    """Five positions of two classes."""
    arrays = ([3, 50, 50, 0, 99], [7, 10, 10, 0, 79], [0, 1, 1, 0, 1], [0, 0, 1, 2, 0], [4, 5, 5, 6, 7])
    origin = Origin(patch_size=32, buffer=16, seed=7, image="été.tif and 2 more")
    return Positions(*(np.array(values, np.int64) for values in arrays), origin=origin)


@pytest.mark.parametrize("values", [[10, -4], ["вода", "field"]])
def test_positions_come_back(utm, tmp_path, reporter, values):
    classes = ClassList.from_values(values)
    path = tmp_path / "p.gpkg"
    write_positions(path, some_positions(), classes, isinstance(values[0], str), utm)
    found, found_values = read_positions(str(path), utm, reporter)
    for column, expected in vars(some_positions()).items():
        np.testing.assert_array_equal(vars(found)[column], expected)
    assert found_values == sorted(values)


FORMATS = [".gpkg", ".shp", ".geojson", ".json", ".fgb", ".sqlite", ".GPKG"]
GRIDS = {
    "UTM": (UTM, NORTH_UP),
    "degrees": (4326, (33.0, 0.0001, 0.0, 36.0, 0.0, -0.0001)),
    "a CRS with northing first": (2393, (3400000.0, 10.0, 0.0, 6700000.0, 0.0, -10.0)),
    "none": (None, NORTH_UP),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("where", GRIDS)
@pytest.mark.parametrize("values", [[10, -4], ["вода", "a long name " * 20 + "!"]])
def test_positions_come_back_from_each_format(make_raster, tmp_path, reporter, suffix, where, values):
    epsg, transform = GRIDS[where]
    grid = Source("s", [make_raster(np.zeros((80, 100), np.uint8), epsg=epsg, transform=transform)]).grid
    path = tmp_path / f"p{suffix}"
    check_writable(str(path), grid)
    with files.unfinished(path) as part:
        write_positions(part, some_positions(), ClassList.from_values(values), isinstance(values[0], str), grid)
    found, found_values = read_positions(str(path), grid, reporter)
    for column, expected in vars(some_positions()).items():
        np.testing.assert_array_equal(vars(found)[column], expected)
    assert found_values == sorted(values)
    others = {".shp": ["p.cpg", "p.dbf", "p.prj", "p.shx"] if epsg else ["p.cpg", "p.dbf", "p.shx"]}.get(suffix, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"p{suffix}", "image.tif", *others])


@pytest.mark.parametrize(
    "name", ["p.csv", "p.xlsx", "p.ods", "p.tab", "p.mif", "p.dxf", "p.gpx", "p.dgn", "p.gml", "p.kml", "p.xyz", "p"]
)
def test_a_format_that_does_not_hold_positions_is_refused(utm, tmp_path, name):
    with pytest.raises(InputError, match=r"cannot be written to p.*Expected: .* \.gpkg, \.shp, \.geojson"):
        check_writable(str(tmp_path / name), utm)


@pytest.mark.parametrize("name", ["samplevector", "samplelabelraster", "samplegrid"])
def test_the_jobs_refuse_it_before_they_begin(scene, tmp_path, reporter, name):
    image, polygons = scene["image"], scene["polygons"]
    before = sorted(tmp_path.iterdir())
    job = {
        "samplevector": SampleVector([image], polygons, str(tmp_path / "p.csv"), class_field="class"),
        "samplelabelraster": SampleLabelRaster([image], scene["truth"], str(tmp_path / "p.csv")),
        "samplegrid": SampleGrid([image], str(tmp_path / "p.csv")),
    }[name]
    with pytest.raises(InputError, match=r"cannot be written to p\.csv"):
        job.run(reporter)
    assert reporter.fractions == []
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".shp", ".sqlite"])
def test_a_crs_that_a_format_does_not_keep_is_refused(tmp_path, suffix):
    crs = osr.SpatialReference()
    crs.ImportFromProj4("+proj=laea +lat_0=12.3 +lon_0=45.6 +ellps=GRS80 +units=m")  # without a code
    grid = Grid(100, 80, (1000.0, 10.0, 0.0, 1000.0, 0.0, -10.0), crs.ExportToWkt())
    if suffix != ".geojson":
        check_writable(str(tmp_path / f"p{suffix}"), grid)
        return
    with pytest.raises(InputError, match=r"GeoJSON does not keep its CRS.*such as \.gpkg"):
        check_writable(str(tmp_path / f"p{suffix}"), grid)


@pytest.mark.parametrize("driver", ["GPKG", "SQLite"])
def test_other_layers_are_not_lost(utm, tmp_path, driver):
    path = tmp_path / f"p.{driver.lower()}"
    write_positions(path, some_positions(), ClassList.from_values([1, 2]), False, utm)
    check_writable(str(path), utm)
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.CreateLayer("my polygons")
    dataset = None
    with pytest.raises(InputError, match=r"more than positions.*Received: layers my.polygons\. Choose another output"):
        check_writable(str(path), utm)


def test_a_layer_of_somebody_else_is_not_replaced_though_it_has_the_name_of_ours(utm, tmp_path):
    dataset = gdal.GetDriverByName("GPKG").Create(str(tmp_path / "p.gpkg"), 0, 0, 0, gdal.GDT_Unknown)
    dataset.CreateLayer("positions")
    dataset = None
    with pytest.raises(InputError, match="more than positions"):
        check_writable(str(tmp_path / "p.gpkg"), utm)


def test_rasters_in_a_geopackage_are_not_lost(utm, make_raster, tmp_path):
    gdal.Translate(str(tmp_path / "p.gpkg"), make_raster(np.zeros((9, 9), np.uint8)), format="GPKG").FlushCache()
    with pytest.raises(InputError, match="more than positions"):
        check_writable(str(tmp_path / "p.gpkg"), utm)


def test_a_file_that_is_no_geopackage_is_replaced(utm, tmp_path):
    (tmp_path / "p.gpkg").write_text("no GeoPackage")
    check_writable(str(tmp_path / "p.gpkg"), utm)
    with files.unfinished(tmp_path / "p.gpkg") as part:
        write_positions(part, some_positions(), ClassList.from_values([1, 2]), False, utm)
    assert ogr.Open(str(tmp_path / "p.gpkg")).GetLayer(0).GetFeatureCount() == 5


def test_a_name_that_a_shapefile_cannot_hold_is_refused(utm, tmp_path):
    with pytest.raises(InputError, match=r"too long for a Shapefile.*Received: 300 bytes"):
        write_positions(tmp_path / "p.shp", some_positions(), ClassList.from_values(["a", "b" * 300]), True, utm)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson", ".fgb", ".sqlite"])
def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path, suffix):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FULL, str(tmp_path / f"p{suffix}")],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "as expected: The positions cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_positions_come_back_from_any_grid(tmp_path, reporter, any_transform):
    grid = Grid(100, 80, any_transform)
    write_positions(tmp_path / "p.gpkg", some_positions(), ClassList.from_values([1, 2]), False, grid)
    found, _ = read_positions(str(tmp_path / "p.gpkg"), grid, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([3, 50, 50, 0, 99], [7, 10, 10, 0, 79])


def test_points_of_another_crs_are_reprojected(make_raster, make_vector, reporter):
    grid = Source(
        "s", [make_raster(np.zeros((80, 100), np.uint8), transform=(500000.0, 1000.0, 0, 4000000.0, 0, -1000.0))]
    ).grid
    points = make_vector([("POINT(33 36.1)", 1)], epsg=4326)  # the middle meridian of the zone has x = 500 km
    found, _ = read_positions(points, grid, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([0], [4])


def test_foreign_points_are_all_train_and_of_one_class(make_vector, utm, reporter):
    found, values = read_positions(make_vector([("POINT(500015 3999985)", 8)], field="other"), utm, reporter)
    assert (found.split_of.tolist(), found.labels.tolist(), values) == ([0], [0], [1])


def test_a_point_on_a_corner_belongs_to_the_pixel_right_and_below(make_vector, utm, reporter):
    found, _ = read_positions(make_vector([("POINT(500020 3999970)", 1)]), utm, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([2], [3])


@pytest.mark.parametrize(
    "wkt", ["POINT Z(500025 3999965 7)", "POINT M(500025 3999965 7)", "POINT ZM(500025 3999965 7 8)"]
)
def test_further_dimensions_are_ignored(make_vector, utm, reporter, wkt):
    found, _ = read_positions(make_vector([(wkt, 1)]), utm, reporter)
    assert (found.cols.tolist(), found.rows.tolist()) == ([2], [3])


def test_features_without_geometry_are_left_out(make_vector, utm, reporter):
    points = [(None, 1), ("POINT EMPTY", 1), ("POINT(500025 3999965)", 1)]
    assert len(read_positions(make_vector(points), utm, reporter)[0]) == 1


def test_points_without_class_are_left_out_and_told(make_vector, utm, reporter):
    points = [("POINT(500025 3999965)", 3), ("POINT(500035 3999965)", None), ("POINT(500045 3999965)", 4)]
    found, values = read_positions(make_vector(points), utm, reporter)
    assert (found.cols.tolist(), values) == ([2, 4], [3, 4])
    assert any("1" in warning for warning in reporter.warnings)


def test_a_point_that_cannot_be_reprojected_is_no_crash(make_vector, utm, reporter):
    points = make_vector([("POINT(0 95)", 1), ("POINT(33 36.1)", 1)], epsg=4326)
    assert len(read_positions(points, utm, reporter)[0]) == 1


@pytest.mark.parametrize("wkt", ["LINESTRING(0 0,1 1)", "POLYGON((0 0,1 0,1 1,0 0))", "MULTIPOINT(0 0,1 1)"])
def test_what_is_no_point_is_refused(make_vector, utm, reporter, wkt):
    with pytest.raises(InputError, match="cannot be used as positions"):
        read_positions(make_vector([(wkt, 1)]), utm, reporter, name="my lines")


def add_field(path, name, value):
    """Add a text field with one value."""
    dataset = ogr.Open(path, 1)
    layer = dataset.GetLayer(0)
    layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for feature in layer:
        feature.SetField(name, value)
        layer.SetFeature(feature)
    dataset = None
    return path


@pytest.mark.parametrize("split", ["Train", "validation", None])
def test_a_value_that_is_no_split_is_refused(make_vector, utm, reporter, split):
    path = add_field(make_vector([("POINT(500025 3999965)", 1)]), "split", split)
    with pytest.raises(InputError, match="Invalid value in the field split") as caught:
        read_positions(path, utm, reporter)
    assert str(split) in str(caught.value)


def test_a_block_that_is_null_is_no_crash(make_vector, utm, reporter):
    path = add_field(make_vector([("POINT(500025 3999965)", 1)]), "block", None)
    assert read_positions(path, utm, reporter)[0].blocks.tolist() == [0]


def test_positions_are_counted_by_split():
    assert some_positions().counts() == {"train": 3, "valid": 1, "test": 1}


def test_points_of_several_samplings_tell_what_they_have_in_common():
    values = {"patch_size": [32, 64], "buffer": [8, 8], "seed": [None, None], "image": ["a.tif", "a.tif"]}
    assert Origin.read(values) == Origin(buffer=8, image="a.tif")
    assert Origin.read({"patch_size": ["large"], "buffer": [-1]}) == Origin()
