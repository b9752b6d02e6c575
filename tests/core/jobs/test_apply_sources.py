"""The job that maps a raster, with networks of ours that take several sources or patches."""

from fractions import Fraction

import keras
import numpy as np
import pytest
import tensorflow as tf
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.architectures.patchcnn import PatchCNN
from geodl_plugin.models.architectures.unet import UNet
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.folder import KERAS_NAME, ModelDescription, ModelInput
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import fields_of

pytestmark = pytest.mark.rounding

WIDTH, HEIGHT, UNIT = 75, 53, 10.0
RATIOS = {"image": Fraction(1), "coarse": Fraction(2), "fine": Fraction(1, 2)}
BANDS = {"image": ["red", "nir"], "coarse": ["vv"], "fine": ["pan"]}


def make_model(tmp_path_factory, network_class, names, passes=0, **options):
    """A model folder without training."""
    keras.utils.set_random_seed(6)
    common = {"mean": 500.0, "stddev": 200.0, "nodata": 0.0}
    statistics = {name: {what: [value] * len(BANDS[name]) for what, value in common.items()} for name in names}
    specs = {
        name: tf.TensorSpec([None, int(16 / RATIOS[name]), int(16 / RATIOS[name]), len(BANDS[name])], tf.float32)
        for name in names
    }
    network = network_class(
        head=Head.of_classes(3),
        statistics=statistics,
        dataset_element_spec=(specs, {}),
        inference_cropping=(16,),
        ratios={name: RATIOS[name] for name in names},
        width=4,
        **options,
    )
    values = {name: np.stack([values_of(name, *specs[name].shape[1:3])] * 2).astype(np.float32) for name in names}
    for _ in range(passes):  # batch normalisation knows the images then, as after a training: scores are not large
        network.model(values, training=True)
    folder = tmp_path_factory.mktemp("models") / "model"
    network.save(folder)
    network.model.save(folder / KERAS_NAME)
    ratios = {name: RATIOS[name] for name in names}
    ModelDescription(
        architecture=network_class.__name__.lower(),
        inputs=[ModelInput(name, BANDS[name], [0.0] * len(BANDS[name]), {}) for name in names],
        output=PREDICTIONS,
        classes=ClassList.from_values([10, 20, 30]),
        fields=Fields(1, 0) if network_class is PatchCNN else fields_of(network.model, PREDICTIONS, ratios),
        crops=[16],
        parameters=network.model.count_params(),
        training={},
    ).write(folder)
    return str(folder), network.model


@pytest.fixture(scope="module")
def unet(tmp_path_factory):
    """Model folder and network for three resolutions."""
    return make_model(tmp_path_factory, UNet, ["image", "coarse", "fine"], depth=2)


@pytest.fixture(scope="module")
def normalizing_unet(tmp_path_factory):
    """The same, whose batch normalisation is that of a trained network."""
    return make_model(tmp_path_factory, UNet, ["image", "coarse", "fine"], passes=40, depth=2)


@pytest.fixture(scope="module")
def patchcnn(tmp_path_factory):
    """Model folder and network for patches of two resolutions."""
    return make_model(tmp_path_factory, PatchCNN, ["image", "coarse"])


def values_of(name, height, width):
    """Pixels that never are no data."""
    rng = np.random.default_rng(len(name))
    return rng.integers(1, 1000, (height, width, len(BANDS[name]))).astype(np.uint16)


def padded(values, before, after):
    """Continued by reflection, with so many pixels before and at least so many after."""
    return np.pad(values, ((before, after), (before, after), (0, 0)), mode="reflect")[None].astype(np.float32)


@pytest.fixture
def images(make_raster):
    """Arrays and paths of the three sources, which begin together; the coarse one ends beyond the others."""
    sizes = {"image": (HEIGHT, WIDTH), "coarse": (27, 38), "fine": (106, 150)}
    arrays = {name: values_of(name, *size) for name, size in sizes.items()}
    paths = {}
    for name, values in arrays.items():
        size = UNIT * float(RATIOS[name])
        transform = (500000.0, size, 0.0, 4000000.0, 0.0, -size)
        paths[name] = make_raster(values, name=f"{name}.tif", transform=transform, band_names=BANDS[name], nodata=0)
    return arrays, paths


@pytest.fixture
def apply(tmp_path, reporter):
    """Run the job; gives the map."""

    def run(model, paths, **options):
        sources = {f"source{number}": [path] for number, path in enumerate(paths, start=1)}
        output = str(tmp_path / "map.tif")
        ApplyModel(**{"model": model[0], "output": output, **sources, **options}).run(reporter)
        return gdal.Open(output).ReadAsArray()

    return run


def whole_map(unet, arrays):
    """Probabilities of one pass; near the right and lower border the sources go on in another way than in blocks."""
    before = 40
    inputs = {
        "image": padded(arrays["image"], before, 40),
        "coarse": padded(arrays["coarse"], before // 2, 20),
        "fine": padded(arrays["fine"], 2 * before, 80),
    }
    side = {name: int(104 / RATIOS[name]) for name in inputs}
    cut = {name: tensor[:, : side[name], : side[name]] for name, tensor in inputs.items()}
    return unet[1](cut, training=False)[PREDICTIONS][0].numpy()[before:, before:]


@pytest.mark.parametrize("efield", [0, 8, 24])
def test_blocks_of_three_resolutions_equal_one_pass(apply, unet, images, efield):
    arrays, paths = images
    found = apply(unet, paths.values(), output_type="probabilities", efield=efield)
    expected = whole_map(unet, arrays).transpose(2, 0, 1)
    margin = fields_of(unet[1], PREDICTIONS, RATIOS).valid_margin
    inner = np.s_[:, : HEIGHT - margin, : 64 - margin]
    assert found[inner].size > 500
    np.testing.assert_allclose(found[inner], expected[:, : found.shape[1], : found.shape[2]][inner], atol=1e-6)


def test_no_block_size_changes_the_map(apply, unet, images):
    maps = [apply(unet, images[1].values(), output_type="probabilities", efield=efield) for efield in (0, 8, 16, 40)]
    for other in maps[1:]:
        np.testing.assert_allclose(other, maps[0], rtol=0, atol=1e-6)


def test_no_block_size_changes_the_map_where_coarse_pixels_begin_elsewhere(
    apply, normalizing_unet, images, make_raster
):
    _, paths = images
    shifted = make_raster(
        values_of("coarse", 30, 42), name="shifted.tif", transform=(499990.0, 20.0, 0.0, 4000010.0, 0.0, -20.0),
        band_names=BANDS["coarse"], nodata=0,
    )  # fmt: skip
    sources = [paths["image"], shifted, paths["fine"]]
    maps = [apply(normalizing_unet, sources, output_type="probabilities", efield=efield) for efield in (0, 8, 24)]
    for other in maps[1:]:
        np.testing.assert_allclose(other, maps[0], rtol=0, atol=1e-6)
    part = apply(
        normalizing_unet,
        sources,
        output_type="probabilities",
        efield=8,
        extent=[500200.0, 500400.0, 3999700.0, 3999800.0],
    )
    np.testing.assert_allclose(part, maps[0][:, 20:30, 20:40], rtol=0, atol=1e-6)


def test_missing_values_look_the_same_whatever_their_value(apply, unet, images, make_raster):
    arrays, paths = images
    coarse = arrays["coarse"].copy()
    coarse[5:9, 7:12] = 0
    maps = []
    for nodata, dtype in ((0, np.uint16), (7777, np.uint16), (-9999.5, np.float32), (np.nan, np.float32)):
        values = coarse.astype(dtype)
        values[coarse == 0] = nodata
        path = make_raster(
            values, name=f"{nodata}.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0), nodata=nodata,
            band_names=BANDS["coarse"],
        )  # fmt: skip
        maps.append(apply(unet, [paths["image"], path, paths["fine"]], output_type="probabilities"))
    for one in maps:
        np.testing.assert_array_equal(one, maps[0])
    assert (maps[0] >= 0).all()
    assert not np.array_equal(maps[0], apply(unet, paths.values(), output_type="probabilities"))


def test_the_order_of_the_sources_counts(apply, unet, images):
    paths = images[1]
    with pytest.raises(InputError, match=r"source source2 does not have|resolutions of the sources|bands"):
        apply(unet, [paths["image"], paths["fine"], paths["coarse"]])
    with pytest.raises(InputError, match=r"number of sources.*3: image"):
        apply(unet, [paths["image"], paths["coarse"]])


@pytest.mark.parametrize("mode", ["automatic", "patch-based"])
def test_a_network_of_patches_maps_classes(apply, patchcnn, images, mode, tmp_path):
    arrays, paths = images
    confidence = str(tmp_path / "confidence.tif")
    found = apply(patchcnn, [paths["image"], paths["coarse"]], mode=mode, confidence=confidence)
    assert found.shape == (HEIGHT, WIDTH)
    assert set(np.unique(found)) <= {10, 20, 30}
    places = [(20, 30), (8, 8), (31, 44), (21, 31)]
    inputs = {
        "image": np.stack([arrays["image"][row - 8 : row + 8, col - 8 : col + 8] for row, col in places]),
        "coarse": np.stack(
            [arrays["coarse"][row // 2 - 4 : row // 2 + 4, col // 2 - 4 : col // 2 + 4] for row, col in places]
        ),
    }
    answers = patchcnn[1]({name: one.astype(np.float32) for name, one in inputs.items()})[PREDICTIONS].numpy()
    highest = gdal.Open(confidence).ReadAsArray()[0]
    for (row, col), answer in zip(places, answers):
        assert found[row, col] == 10 * (answer.argmax() + 1)
        assert highest[row, col] == pytest.approx(answer.max(), abs=1e-6)


def test_the_size_of_patches_is_that_of_the_network(apply, patchcnn, images):
    paths = images[1]
    with pytest.raises(InputError, match=r"image \[any, 16, 16, 2\].*RFIELD = 32"):
        apply(patchcnn, [paths["image"], paths["coarse"]], rfield=32)
