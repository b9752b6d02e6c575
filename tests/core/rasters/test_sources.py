"""Several sources on nested grids."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources

RATIOS = {Fraction(1): 10.0, Fraction(2): 20.0, Fraction(1, 2): 5.0, Fraction(3): 30.0, Fraction(1, 5): 2.0}
X0, Y0 = 500000.0, 4000000.0
many = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def make_source(make_raster):
    """A source whose two bands hold x and y of the pixel's centre, ``left`` and ``top`` metres off the corner."""

    def make(name, pixel, left=0.0, top=0.0, width=400.0, height=360.0, **options):
        columns, lines = round(width / pixel), round(height / pixel)
        transform = (X0 + left, pixel, 0.0, Y0 - top, 0.0, -pixel)
        rows, cols = np.mgrid[:lines, :columns]
        values = np.stack([X0 + left + (cols + 0.5) * pixel, Y0 - top - (rows + 0.5) * pixel], axis=-1)
        return Source(name, [make_raster(values, name=f"{name}.tif", transform=transform, **options)])

    return make


def footprint(source, col, row, size):
    """West, south, east, north of a patch, from the coordinates that its pixels hold."""
    values = source.read(Window(col, row, size, size))
    half = abs(source.grid.transform[1]) / 2
    return (
        values[..., 0].min() - half,
        values[..., 1].min() - half,
        values[..., 0].max() + half,
        values[..., 1].max() + half,
    )


@many
@given(st.sampled_from(sorted(RATIOS)), st.integers(-3, 3), st.integers(-3, 3), st.integers(1, 9), st.integers(0, 9))
def test_patches_of_all_sources_cover_the_same_ground(make_source, ratio, left, top, size, seed):
    size *= ratio.numerator
    finer = min(10.0, RATIOS[ratio])
    sources = Sources([make_source("a", 10.0), make_source("b", RATIOS[ratio], left * finer, top * finer)])
    rows, cols = (grid.ravel() for grid in np.mgrid[:36, :40])
    usable = np.flatnonzero(sources.fits(cols, rows, size) & sources.nests(cols, rows, size))
    assert len(usable) > 0
    for place in np.random.default_rng(seed).choice(usable, 3):
        prints = []
        for index, source in enumerate(sources):
            first_col, first_row = sources.corners(index, cols[place], rows[place], size)
            prints.append(footprint(source, int(first_col), int(first_row), sources.patch_size(index, size)))
        assert prints[0] == prints[1]


@many
@given(st.sampled_from(sorted(RATIOS)), st.integers(-3, 3), st.integers(-3, 3))
def test_a_pixel_is_the_one_that_holds_the_centre(make_source, ratio, left, top):
    finer = min(10.0, RATIOS[ratio])
    sources = Sources([make_source("a", 10.0), make_source("b", RATIOS[ratio], left * finer, top * finer)])
    rows, cols = (grid.ravel() for grid in np.mgrid[:36, :40])
    expected = sources[1].grid.pixels(*sources.reference.grid.centres(cols, rows))
    np.testing.assert_array_equal(sources.pixels(1, cols, rows), expected)


@many
@given(st.sampled_from([Fraction(1), Fraction(2), Fraction(3)]), st.integers(1, 9))
def test_patches_of_coarser_sources_are_those_of_otbtf(make_source, ratio, size):
    size *= ratio.numerator
    sources = Sources([make_source("a", 10.0), make_source("b", RATIOS[ratio])])
    cols = np.arange(40)
    own = sources.patch_size(1, size)
    np.testing.assert_array_equal(sources.corners(1, cols, cols, size)[0], sources.pixels(1, cols, cols)[0] - own // 2)


@many
@given(st.sampled_from(sorted(RATIOS)), st.integers(-3, 3), st.integers(1, 9))
def test_patches_that_fit_lie_in_every_source_and_no_others_do(make_source, ratio, left, size):
    size *= ratio.numerator
    finer = min(10.0, RATIOS[ratio])
    sources = Sources([make_source("a", 10.0), make_source("b", RATIOS[ratio], left * finer)])
    cols = np.arange(-5, 50)
    rows = np.full(len(cols), 18 // ratio.numerator * ratio.numerator)
    expected = np.ones(len(cols), bool)
    for index, source in enumerate(sources):
        own = sources.patch_size(index, size)
        first, top = sources.corners(index, cols, rows, size)
        expected &= (first >= 0) & (first + own <= source.grid.width)
        expected &= (top >= 0) & (top + own <= source.grid.height)
    np.testing.assert_array_equal(sources.fits(cols, rows, size), expected)


def test_step_and_phase_of_several_coarse_sources(make_source):
    sources = Sources([make_source("a", 10.0), make_source("b", 20.0, -10.0), make_source("c", 30.0, 0.0, 20.0)])
    assert (sources.step, sources.phase) == (6, (3, 2))
    assert sources.ratios == [1, 2, 3]


def test_finer_sources_leave_all_positions(make_source):
    sources = Sources([make_source("a", 10.0), make_source("b", 5.0), make_source("c", 2.0)])
    assert (sources.step, sources.phase) == (1, (0, 0))


def test_coarse_sources_that_do_not_nest_in_each_other_are_refused(make_source):
    sources = [make_source("a", 10.0), make_source("b", 20.0), make_source("c", 40.0, 10.0)]
    with pytest.raises(InputError, match=r"do not nest in each other.*RESAMPLE"):
        Sources(sources)


@pytest.mark.parametrize(("pixel", "left"), [(15.0, 0.0), (20.0, 5.0), (5.0, 2.5), (20.02, 0.0), (10.0, 0.1)])
def test_a_grid_that_does_not_nest_is_refused_with_the_remedy(make_source, pixel, left):
    with pytest.raises(InputError, match=r"source b do not nest.*RESAMPLE"):
        Sources([make_source("a", 10.0), make_source("b", pixel, left)])


def test_another_crs_is_refused(make_source):
    with pytest.raises(InputError, match=r"UTM zone 37N.*RESAMPLE"):
        Sources([make_source("a", 10.0), make_source("b", 10.0, epsg=32637)])


def test_an_origin_off_by_a_ten_thousandth_nests(make_source):
    assert Sources([make_source("a", 10.0), make_source("b", 20.0, 10.0005)]).phase == (1, 0)


def test_a_patch_of_half_a_pixel_is_refused(make_source):
    sources = Sources([make_source("a", 10.0), make_source("b", 20.0)])
    with pytest.raises(InputError, match=r"a multiple of 2.*Received: 15"):
        sources.patch_size(1, 15)


def test_rotated_and_south_up_grids_nest(make_raster, any_transform):
    x0, a, b, y0, d, e = any_transform
    coarse = make_raster(np.zeros((10, 10), np.uint8), name="b.tif", transform=(x0, 2 * a, 2 * b, y0, 2 * d, 2 * e))
    fine = make_raster(np.zeros((20, 20), np.uint8), name="a.tif", transform=any_transform)
    sources = Sources([Source("a", [fine]), Source("b", [coarse])])
    assert (sources.ratios[1], sources.step, sources.phase) == (2, 2, (0, 0))


@pytest.mark.parametrize(("pixel", "left"), [(15.0, 0.0), (20.0, 5.0), (7.5, -2.5)])
def test_a_resampled_source_has_the_values_of_its_ground(make_source, pixel, left):
    sources = Sources([make_source("a", 10.0), make_source("b", pixel, left)], resample=True)
    assert (sources.ratios[1], sources.step) == (1, 1)
    values = [source.read(sources.reference.grid.window)[5:-5, 5:-5] for source in sources]
    np.testing.assert_allclose(values[1], values[0], rtol=0, atol=0.02 * pixel)  # they grow evenly over the image


def test_a_source_that_nests_is_not_resampled(make_source):
    sources = Sources([make_source("a", 10.0), make_source("b", 20.0)], resample=True)
    assert sources.ratios[1] == 2
    assert sources[1].paths == sources.files[1]


def test_a_resampled_source_fits_where_it_has_values(make_source):
    sources = Sources([make_source("a", 10.0), make_source("b", 15.0, 55.0, 0.0, 300.0)], resample=True)
    cols = np.arange(40)
    fits = sources.fits(cols, np.full(40, 18), 5)
    assert np.flatnonzero(fits).tolist() == list(range(8, 33))  # from 60 to 350 m


def test_a_source_in_another_crs_is_resampled(make_source, tmp_path):
    reference = make_source("a", 10.0)
    name = str(tmp_path / "degrees.tif")
    gdal.Warp(name, reference.paths[0], dstSRS="EPSG:4326", resampleAlg="bilinear")
    sources = Sources([reference, Source("b", [name])], resample=True)
    rows, cols = (grid.ravel() for grid in np.mgrid[:36, :40])
    inside = sources.fits(cols, rows, 1)
    assert 0.5 < inside.mean() < 1
    one, other = (source.read(reference.grid.window)[10:-10, 10:-10] for source in sources)
    np.testing.assert_allclose(one, other, atol=2)


def test_sources_apart_are_not_resampled(make_source):
    with pytest.raises(InputError, match="do not overlap"):
        Sources([make_source("a", 10.0), make_source("b", 15.0, 9000.0)], resample=True)


def test_what_was_resampled_leaves_nothing_behind(make_source):
    def there():
        return {name for name in gdal.ReadDir("/vsimem/") or [] if name.startswith("geodl_")}

    before = there()
    sources = Sources([make_source("a", 10.0), make_source("b", 15.0)], resample=True)
    assert len(there() - before) == 1
    del sources
    assert there() == before


def test_sources_are_counted_in_their_order(make_source):
    sources = Sources([make_source("a", 10.0), make_source("b", 20.0)])
    assert [source.name for source in sources] == ["a", "b"]
    assert len(sources) == 2
    assert sources.reference is sources[0]


@pytest.mark.parametrize(("nodata", "dtype"), [(0, np.uint16), (41, np.uint8), (159, np.float32), (-9999, np.float32)])
def test_no_data_that_the_file_does_not_say_is_not_blended(make_raster, nodata, dtype):
    values = np.full((40, 40, 2), 100, dtype)
    values[:, 20:] = nodata
    reference = Source("a", [make_raster(np.ones((36, 36), np.uint8), name="a.tif")])
    moved = make_raster(values, name="b.tif", transform=(X0 - 3.3, 10.0, 0.0, Y0 + 4.1, 0.0, -10.0))
    found = Sources([reference, Source("b", [moved], nodata=float(nodata))], resample=True)[1]
    pixels = found.read(found.grid.window)
    missing = found.is_nodata_value(pixels)
    assert set(pixels[~missing].tolist()) == {100} and 0.3 < missing.mean() < 0.7


def test_no_data_that_the_type_cannot_hold_is_nothing(make_raster):
    reference = Source("a", [make_raster(np.ones((36, 36), np.uint8), name="a.tif")])
    moved = make_raster(
        np.zeros((40, 40), np.uint8), name="b.tif", transform=(X0 - 3.3, 10.0, 0.0, Y0 + 4.1, 0.0, -10.0)
    )
    found = Sources([reference, Source("b", [moved], nodata=-9999.0)], resample=True)[1]
    assert not found.is_nodata(found.read(found.grid.window)).any()


def test_what_a_mask_leaves_out_is_not_blended(make_raster):
    reference = Source("a", [make_raster(np.ones((36, 36), np.uint8), name="a.tif")])
    values = np.full((40, 40), 100, np.uint8)
    values[:, 20:] = 7
    path = make_raster(values, name="b.tif", transform=(X0 - 3.3, 10.0, 0.0, Y0 + 4.1, 0.0, -10.0))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    dataset.GetRasterBand(1).GetMaskBand().WriteArray(np.where(values == 7, 0, 255).astype(np.uint8))
    dataset = None
    found = Sources([reference, Source("b", [path])], resample=True)[1]
    pixels = found.read(found.grid.window)
    assert set(pixels[np.isfinite(pixels)].tolist()) == {100} and 0.3 < np.isnan(pixels).mean() < 0.7


def test_a_band_that_is_taken_for_alpha_is_resampled_as_the_others(make_raster):
    reference = Source("a", [make_raster(np.ones((36, 36), np.uint8), name="a.tif")])
    values = np.full((40, 40, 4), 100, np.uint8)
    values[..., 3] = np.arange(40) // 10  # near infrared over water
    path = make_raster(values, name="b.tif", transform=(X0 - 3.3, 10.0, 0.0, Y0 + 4.1, 0.0, -10.0))
    found = Sources([reference, Source("b", [path])], resample=True)[1]
    pixels = found.read(found.grid.window)
    assert pixels.shape[-1] == 4 and (pixels[..., :3] == 100).all() and not found.is_nodata(pixels).any()


@pytest.mark.parametrize("degrees", [20, 45, 70, 90, 135, 180])
def test_a_turned_source_that_covers_the_first_does(make_raster, degrees):
    reference = Source("a", [make_raster(np.ones((36, 36), np.uint8), name="a.tif")])
    turn = np.deg2rad(degrees)
    cos, sin = 10 * np.cos(turn), 10 * np.sin(turn)
    half = 40
    centre_x, centre_y = X0 + 180, Y0 - 180
    corner = (centre_x - half * cos - half * sin, cos, sin, centre_y - half * sin + half * cos, sin, -cos)
    turned = make_raster(np.full((80, 80), 7, np.uint8), name="b.tif", transform=corner)
    sources = Sources([reference, Source("b", [turned])], resample=True)
    assert sources.common == reference.grid.window
    assert (sources[1].read(reference.grid.window) == 7).all()


def test_a_turned_source_that_covers_a_part_gives_a_rectangle_of_it(make_raster):
    reference = Source("a", [make_raster(np.ones((100, 100), np.uint8), name="a.tif")])
    step = 10 / 2**0.5
    corner = (X0 + 500 - 40 * 2 * step, step, step, Y0 - 500, step, -step)
    turned = make_raster(np.full((80, 80), 7, np.uint8), name="b.tif", transform=corner)
    sources = Sources([reference, Source("b", [turned])], resample=True)
    assert sources.common.width * sources.common.height > 2000
    assert (sources[1].read(sources.common) == 7).all()


@pytest.mark.parametrize(("epsg", "transform", "size"), [
    (3413, (-1e6, 10000.0, 0.0, 1e6, 0.0, -10000.0), (200, 200)),
    (4326, (0.0, 0.5, 0.0, 90.0, 0.0, -0.5), (360, 720)),
    (4326, (-180.0, 0.5, 0.0, 90.0, 0.0, -0.5), (360, 720)),
])  # fmt: skip
def test_a_source_around_the_pole_or_from_0_to_360_degrees_covers_what_it_covers(make_raster, epsg, transform, size):
    near_pole = (430000.0, 1000.0, 0.0, 9250000.0, 0.0, -1000.0)
    first = make_raster(np.ones((50, 50), np.uint8), name="a.tif", transform=near_pole, epsg=32630)
    whole = make_raster(np.full(size, 7, np.uint8), name="b.tif", transform=transform, epsg=epsg)
    sources = Sources([Source("a", [first]), Source("b", [whole])], resample=True)
    assert sources.common == sources.reference.grid.window
    assert (sources[1].read(sources.common) == 7).all()
