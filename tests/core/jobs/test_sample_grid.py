"""The job that lays patches on a grid."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.sources import Sources
from geodl_plugin.sampling import splits
from geodl_plugin.sampling.positions import read_positions


@pytest.fixture(autouse=True)
def _short_search(monkeypatch):
    """The split need not be the best one."""
    monkeypatch.setattr(splits, "_MAX_TRIES", 60)


@pytest.fixture
def sample(make_raster, tmp_path, reporter):
    """Run the job on an image of 320 × 200 pixels; gives its results and the positions."""
    image = make_raster(np.ones((200, 320), np.uint8))

    def run(**options):
        parameters = {"source1": [image], "output": str(tmp_path / "grid.gpkg"), "patch_size": 32, "strategy": "all"}
        found = SampleGrid(**{**parameters, **options}).run(reporter)
        return found, read_positions(found["output"], Source("s", [image]).grid, reporter)[0]

    return run


def first_pixels(positions, size):
    """Column and row of the patches' first pixels, sorted."""
    return sorted(zip((positions.cols - size // 2).tolist(), (positions.rows - size // 2).tolist()))


def lattice(columns, lines, step, offset=0):
    """What `first_pixels` should be."""
    return sorted((offset + step * col, offset + step * row) for col in range(columns) for row in range(lines))


@pytest.mark.parametrize("size", [32, 31])
def test_patches_lie_side_by_side_from_the_corner_on(sample, size):
    found, positions = sample(patch_size=size)  # OTBTF misses the first row and column
    assert first_pixels(positions, size) == lattice(10, 6, size)
    assert found["counts"] == {"train": 60, "valid": 0, "test": 0}


def test_the_step_may_be_another(sample):
    _, positions = sample(step=48)
    assert first_pixels(positions, 32) == lattice(7, 4, 48)


@pytest.mark.parametrize("offset", [5, 40])
def test_the_first_patch_begins_at_the_offset(sample, offset):
    _, positions = sample(offset=offset)
    assert first_pixels(positions, 32) == lattice((320 - offset) // 32, (200 - offset) // 32, 32, offset)


@pytest.mark.parametrize(("size", "offset"), [(32, 0), (31, 0), (32, 7)])
def test_the_chessboard_alternates(sample, size, offset):
    _, positions = sample(patch_size=size, strategy="chessboard", test_fraction=0, offset=offset)
    parity = ((positions.cols - size // 2 - offset) // size + (positions.rows - size // 2 - offset) // size) % 2
    assert len(positions) == ((320 - offset) // size) * ((200 - offset) // size)
    assert len({tuple(pair) for pair in zip(parity.tolist(), positions.split_of.tolist())}) == 2


def test_the_chessboard_gives_its_share_to_the_test(sample):
    found, _ = sample(strategy="chessboard", valid_fraction=0.2, test_fraction=0.2)
    assert found["counts"]["train"] == 30
    assert found["counts"]["test"] == pytest.approx(15, abs=2)


def test_larger_squares_are_larger(sample):
    _, positions = sample(strategy="chessboard", block_size=64, test_fraction=0)
    square = positions.cols // 64 + positions.rows // 64
    assert len({tuple(pair) for pair in zip((square % 2).tolist(), positions.split_of.tolist())}) == 2


@pytest.mark.parametrize("step", [32, 11])
@pytest.mark.parametrize(("strategy", "buffer"), [("split", 0), ("split", 50), ("chessboard", 0), ("chessboard", 50)])
def test_splits_keep_apart(sample, strategy, buffer, step):
    _, positions = sample(strategy=strategy, split_buffer=buffer, step=step, patch_size=16)
    cols, rows, split_of = positions.cols, positions.rows, positions.split_of
    apart = np.maximum(abs(cols[:, None] - cols), abs(rows[:, None] - rows))
    assert apart[split_of[:, None] != split_of].min() >= (buffer or 16)
    assert {0, 1} <= set(split_of.tolist())


def test_shares_are_about_those_that_are_asked_for(sample):
    found, _ = sample(strategy="split", patch_size=8, valid_fraction=0.3, test_fraction=0.2, block_size=40)
    assert [found["counts"][split] for split in ("train", "valid", "test")] == pytest.approx([500, 300, 200], abs=60)


def test_a_seed_gives_another_split(sample):
    found = (sample(strategy="split", patch_size=8, seed=seed)[1] for seed in (1, 2))
    splits_of = [dict(zip(zip(positions.cols, positions.rows), positions.split_of)) for positions in found]
    assert splits_of[0] != splits_of[1]


def test_a_mask_of_polygons(sample, make_vector, box):
    mask = make_vector([(box(64, 32, 64, 96), 1)], name="mask.gpkg")
    _, positions = sample(mask=mask)
    assert first_pixels(positions, 32) == sorted((64 + 32 * col, 32 + 32 * row) for col in (0, 1) for row in (0, 1, 2))


def test_a_mask_elsewhere_is_refused_by_its_name(sample, make_vector, box):
    with pytest.raises(InputError, match="The layer my mask and the raster do not overlap"):
        sample(mask=make_vector([(box(900, 900, 9, 9), 1)], name="mask.gpkg"), mask_name="my mask")


def test_a_mask_raster(sample, make_raster):
    values = np.full((200, 320), 3, np.int16)
    values[:, 100:] = 0
    values[100:] = -1
    _, positions = sample(mask_raster=make_raster(values, name="mask.tif", nodata=-1))
    assert first_pixels(positions, 32) == lattice(3, 3, 32)


def test_two_masks_are_refused(sample, make_raster, make_vector, box):
    with pytest.raises(InputError, match="more than one mask"):
        sample(mask="a.gpkg", mask_raster="a.tif")


def test_patches_with_nodata_are_left_out(sample, make_raster):
    values = np.ones((200, 320), np.uint8)
    values[70, 70] = 0
    found, positions = sample(source1=[make_raster(values, name="hole.tif", nodata=0)], reject_nodata=True)
    assert first_pixels(positions, 32) == sorted(set(lattice(10, 6, 32)) - {(64, 64)})
    assert found["count_nodata"] == {"source1": 1}


@pytest.fixture
def coordinates(make_raster):
    """A raster on the ground of the image whose two bands hold x and y of the pixels' edges, in metres from its corner.

    It begins ``left`` metres right of the corner.
    """

    def make(pixel, left=0, width=3200, **options):
        rows, cols = np.mgrid[: 2000 // pixel, : width // pixel]
        values = np.stack([left + cols * pixel, rows * pixel], axis=-1).astype(np.int32)
        transform = (500000.0 + left, pixel, 0.0, 4000000.0, 0.0, -pixel)
        return make_raster(values, name=f"{pixel}_{left}_{width}.tif", transform=transform, **options)

    return make


def grounds(paths, positions, size):
    """Columns and lines of the ground, in metres, that the patches of each source begin and end at, [patch]."""
    sources = Sources([Source(f"source{number}", [path]) for number, path in enumerate(paths, start=1)])
    for index, source in enumerate(sources):
        own, pixel = sources.patch_size(index, size), source.grid.transform[1]
        found = []
        for col, row in zip(*sources.corners(index, positions.cols, positions.rows, size)):
            values = source.read(Window(int(col), int(row), own, own))
            found.append([*values.min(axis=(0, 1)).tolist(), *(values.max(axis=(0, 1)) + pixel).tolist()])
        yield sorted(found)


@pytest.mark.parametrize("other", [20, 5])
def test_patches_of_two_resolutions_lie_side_by_side_on_the_same_ground(sample, coordinates, other):
    paths = [coordinates(10), coordinates(other)]
    _, positions = sample(source1=paths[:1], source2=paths[1:])
    expected = [[col, row, col + 320, row + 320] for col, row in lattice(10, 6, 320)]
    assert list(grounds(paths, positions, 32)) == [expected, expected]


@pytest.mark.parametrize("number", ["source2", "source3", "source4"])
def test_the_first_patch_begins_where_a_coarse_pixel_does(sample, coordinates, number):
    paths = [coordinates(10), coordinates(20, left=-10)]
    _, positions = sample(source1=paths[:1], **{number: paths[1:]}, step=48, offset=4)
    assert first_pixels(positions, 32) == sorted((5 + 48 * col, 4 + 48 * row) for col in range(6) for row in range(4))
    fine, coarse = grounds(paths, positions, 32)
    assert fine == coarse


def test_patches_lie_in_every_source(sample, coordinates):
    _, positions = sample(source1=[coordinates(10)], source2=[coordinates(20, left=1000, width=1000)])
    assert {col for col, _ in first_pixels(positions, 32)} == {128, 160}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"step": 45}, r"Invalid step.*a multiple of 4 pixels, such as 48.*Received: 45"),
        ({"step": 2}, r"Invalid step.*a multiple of 4 pixels, such as 4.*Received: 2"),
        ({"offset": 6}, r"Invalid offset.*a multiple of 4 pixels, such as 8.*Received: 6"),
        ({"patch_size": 30}, r"Invalid patch size for the source source2.*a multiple of 4.*Received: 30"),
    ],
)
def test_steps_off_the_coarse_pixels_are_refused_with_one_that_fits(sample, coordinates, tmp_path, wrong, message):
    with pytest.raises(InputError, match=message):
        sample(source1=[coordinates(10)], source2=[coordinates(40)], **wrong)
    assert not (tmp_path / "grid.gpkg").exists()


def test_a_source_that_does_not_nest_is_refused_or_resampled(sample, coordinates):
    paths = {"source1": [coordinates(10)], "source2": [coordinates(16, left=8)]}
    with pytest.raises(InputError, match="RESAMPLE"):
        sample(**paths)
    _, positions = sample(**paths, resample=True)
    assert first_pixels(positions, 32) == [(col, row) for col, row in lattice(10, 6, 32) if col > 0]


def test_nodata_of_any_source_leaves_patches_out(sample, coordinates, make_raster):
    values = np.ones((100, 160), np.uint8)
    values[35, 36] = 0  # in the patch from column 64 and row 64 on
    holes = make_raster(values, name="holes.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0), nodata=0)
    found, positions = sample(source2=[holes], reject_nodata=True)
    assert first_pixels(positions, 32) == sorted(set(lattice(10, 6, 32)) - {(64, 64)})
    assert found["count_nodata"] == {"source1": 0, "source2": 1}


@pytest.mark.parametrize("wrong", [{"strategy": "grid"}, {"step": -1}, {"offset": -1}, {"patch_size": 0}])
def test_values_that_do_not_fit_are_refused(sample, wrong):
    with pytest.raises(InputError):
        sample(**wrong)


def test_patches_larger_than_the_raster_are_refused(sample):
    with pytest.raises(InputError, match="larger than the raster"):
        sample(patch_size=201)
