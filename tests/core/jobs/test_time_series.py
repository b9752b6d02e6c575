"""From images of several dates with gaps to a map, with the network for time series."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.training import fitting
from tests.faults.parameters import Quiet

DATES = ["2018-01-15", "2018-04-15", "2018-07-15", "2018-10-15"]
HEIGHT, WIDTH, NODATA = 40, 60, -1.0
LATER = [day.replace("2018", "2019") for day in DATES]


@pytest.fixture(scope="module")
def images(write_raster, tmp_path_factory):
    """An image of two bands for each date, with gaps; and labels: which half of the year is greener."""
    folder, rng = tmp_path_factory.mktemp("images"), np.random.default_rng(0)
    classes = np.repeat(np.arange(WIDTH) // 10 % 2, HEIGHT).reshape(WIDTH, HEIGHT).T
    paths = []
    for number, day in enumerate(DATES):
        green = np.where((number < 2) == (classes == 0), 0.8, 0.2)
        values = green[..., None] * [1, 0.5] + rng.normal(0, 0.05, (HEIGHT, WIDTH, 2))
        gap = rng.random((HEIGHT, WIDTH)) < 0.2
        values[gap] = NODATA
        paths.append(write_raster(folder, values.astype(np.float32), name=f"image_{day}.tif", nodata=NODATA))
    return {"paths": paths, "labels": write_raster(folder, classes.astype(np.uint8) + 1, name="labels.tif", nodata=0)}


@pytest.fixture(scope="module")
def points(write_vector, tmp_path_factory):
    """Positions of patches."""
    places = [(col, row) for row in (8, 20, 32) for col in range(8, 56, 4)]
    wkts = [(f"POINT({500005 + 10 * col} {3999995 - 10 * row})", 1) for col, row in places]
    return write_vector(tmp_path_factory.mktemp("points"), wkts, name="points.gpkg")


@pytest.fixture(scope="module")
def export(images, points, tmp_path_factory):
    """Make a dataset of the images."""

    def run(paths=images["paths"], **options):
        output = tmp_path_factory.mktemp("dataset") / "dataset"
        labels = {"label_mode": "raster", "labels_raster": images["labels"]}
        ExportTFRecords(list(paths), points, str(output), patch_size=16, **labels, **options).run(Quiet())
        return output

    return run


@pytest.fixture(scope="module")
def train(tmp_path_factory):
    """Train the network for time series on a dataset; gives the model folder."""

    def run(dataset, reporter, **options):
        output = str(tmp_path_factory.mktemp("model") / "model")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fitting, "MIN_STEPS", 12)
            TrainModel(str(dataset), output, architecture="timeseries", crops=[16], **options).run(reporter)
        return output

    return run


@pytest.fixture(scope="module")
def model(export, train):
    """A network that learned the two classes."""
    return train(export(), Quiet(), epochs=6, learning_rate=0.01)


@pytest.fixture
def apply(images, model, tmp_path, reporter):
    """Apply the model; gives the map."""

    def run(paths=images["paths"], **options):
        output = str(tmp_path / "map.tif")
        ApplyModel(model, list(paths), output, **options).run(reporter)
        return gdal.Open(output).ReadAsArray()

    return run


def test_the_dates_of_the_files_are_kept(export, model):
    assert DatasetDescription.read(export()).sources[0].dates == DATES
    described = ModelDescription.read(model)
    assert described.inputs[0].dates == DATES
    assert (described.fields.total_stride, described.fields.valid_margin) == (1, 1)


def test_given_dates_are_kept(export):
    assert DatasetDescription.read(export(dates=", ".join(LATER))).sources[0].dates == LATER
    assert DatasetDescription.read(export(dates="2")).sources[0].dates == ["", ""]


def test_the_map_has_no_holes_where_dates_are_missing(images, apply):
    truth, found = gdal.Open(images["labels"]).ReadAsArray(), apply()
    assert (found == truth).mean() > 0.95


def test_blocks_give_what_the_whole_gives(apply):
    whole = apply(output_type="probabilities")
    blocks = apply(output_type="probabilities", efield=8, crop=1)
    np.testing.assert_allclose(blocks, whole, rtol=0, atol=1e-6)


def test_a_date_without_any_image_may_be_no_data(images, make_raster, apply):
    empty = make_raster(np.full((HEIGHT, WIDTH, 2), NODATA, np.float32), name="none_2018-10-15.tif", nodata=NODATA)
    truth, found = gdal.Open(images["labels"]).ReadAsArray(), apply([*images["paths"][:3], empty])
    assert (found == truth).mean() > 0.8


def test_another_no_data_value_gives_the_same_map(images, make_raster, apply):
    expected = apply(output_type="probabilities")
    paths = []
    for path, day in zip(images["paths"], DATES):
        values = gdal.Open(path).ReadAsArray().transpose(1, 2, 0)
        other = np.where(values == NODATA, np.float32(77), values)
        paths.append(make_raster(other, name=f"other_{day}.tif", nodata=77))
    np.testing.assert_array_equal(apply(paths, output_type="probabilities"), expected)


def test_other_dates_are_told(images, make_raster, apply, reporter):
    paths = [
        make_raster(gdal.Open(path).ReadAsArray().transpose(1, 2, 0), name=f"image_{day}.tif", nodata=NODATA)
        for path, day in zip(images["paths"], LATER)
    ]
    apply(paths)
    assert any("4 of 4 dates are others, up to 0 days" in said for said in reporter.warnings)


def test_another_number_of_dates_is_refused(images, apply):
    with pytest.raises(
        InputError,
        match=r"bands of the time series.*Expected: 8 bands, 4 dates with 2 bands each, from 2018-01-15.*"
        r"Received: 6 bands of 3 dates",
    ):
        apply(images["paths"][:3])


def test_unknown_dates_are_taken_for_equal_steps(export, train, images, make_raster, reporter):
    paths = [
        make_raster(gdal.Open(path).ReadAsArray().transpose(1, 2, 0), name=f"image {name}.tif", nodata=NODATA)
        for path, name in zip(images["paths"], "abcd")
    ]
    model = train(export(paths, dates="4"), reporter, epochs=1)
    assert any("takes the 8 bands of source1 for 4 dates at equal steps" in said for said in reporter.warnings)
    assert ModelDescription.read(model).inputs[0].dates == [""] * 4
