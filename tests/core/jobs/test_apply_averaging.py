"""The job that maps a raster, with the mean of several orientations and of several models."""

import dataclasses
import shutil

import keras
import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.description import RegressionTarget
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.models.heads import PREDICTIONS

from ..ties import assert_same_classes
from .foreign_models import HEIGHT, IMAGE, WIDTH

pytestmark = pytest.mark.rounding

BEFORE, UNIT = 64, 32  # pixels of reflection before the image, and what a whole image is a multiple of
TREES = RegressionTarget("tree cover", 40.0, 20.0, 0.0, 100.0)
TURNED = {
    "2": [(0, False), (0, True)],
    "4": [(0, False), (0, True), (2, False), (2, True)],
    "8": [(quarters, mirrored) for quarters in range(4) for mirrored in (False, True)],
}  # quarter turns, and whether it is mirrored before


def mean_of_turned(give, image, tta):
    """The mean of what a function gives for the whole image in each orientation, as it was."""
    found = []
    for quarters, mirrored in TURNED[tta]:
        turned = np.rot90(np.fliplr(image) if mirrored else image, quarters)
        back = np.rot90(give(np.ascontiguousarray(turned)), -quarters)
        found.append(np.fliplr(back) if mirrored else back)
    return np.mean(found, axis=0)


def in_one_pass(network, path, tta="1"):
    """The mean over orientations in one pass of each over the reflected image, [class, y, x]."""
    image = gdal.Open(path).ReadAsArray().transpose(1, 2, 0).astype(np.float32)
    height, width, _ = image.shape
    after = [BEFORE + -(BEFORE + size + BEFORE) % UNIT for size in (height, width)]
    padded = np.pad(image, ((BEFORE, after[0]), (BEFORE, after[1]), (0, 0)), mode="reflect")

    def give(values):
        return network.model({"source1": values[None]}, training=False)[PREDICTIONS][0].numpy()

    whole = give(padded) if tta == "1" else mean_of_turned(give, padded, tta)
    return whole[BEFORE : BEFORE + height, BEFORE : BEFORE + width].transpose(2, 0, 1)


@pytest.fixture
def scene_apply(session_scene, tmp_path, reporter):
    """Run the job on the scene of 203 × 157 pixels; gives the map as an array [bands, y, x] or [y, x]."""

    def run(model, **options):
        parameters = {"source1": [session_scene["image"]], "output": str(tmp_path / "map.tif")}
        ApplyModel(model=str(model), **{**parameters, **options}).run(reporter)
        return gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()

    return run


@pytest.fixture
def changed(untrained, tmp_path):
    """Gives a copy of a model folder whose description has other fields."""

    def copy(architecture="fcnn", **fields):
        folder = tmp_path / "changed model"
        shutil.copytree(untrained(architecture)[0], folder)
        dataclasses.replace(ModelDescription.read(folder), **fields).write(folder)
        return folder

    return copy


@pytest.mark.parametrize(("tta", "architecture"), [("2", "fcnn"), ("4", "unet"), ("8", "fcnn"), ("8", "resunet")])
def test_the_mean_of_orientations_does_not_depend_on_blocks(scene_apply, untrained, session_scene, tta, architecture):
    folder, network = untrained(architecture)
    assert ModelDescription.read(folder).fields.total_stride == {"fcnn": 16, "unet": 8, "resunet": 8}[architecture]
    expected = in_one_pass(network, session_scene["image"], tta)
    assert np.abs(expected - in_one_pass(network, session_scene["image"])).max() > 1e-3
    whole = scene_apply(folder, output_type="probabilities", tta=tta)
    np.testing.assert_allclose(whole, expected, rtol=0, atol=5e-6)
    for fields in ({"efield": 32}, {"efield": 80}, {"efield": 64, "crop": 64}):
        found = scene_apply(folder, output_type="probabilities", tta=tta, **fields)
        np.testing.assert_allclose(found, whole, rtol=0, atol=1e-6)


def test_an_extent_and_valid_pixels_have_the_values_of_the_whole_map(scene_apply, untrained, tmp_path):
    folder = untrained("fcnn")[0]
    options = {"output_type": "probabilities", "tta": "8", "efield": 32}
    whole = scene_apply(folder, **options)
    part = scene_apply(folder, extent=[500505.0, 501195.0, 3998905.0, 3999595.0], **options)
    np.testing.assert_allclose(part, whole[:, 40:110, 50:120], rtol=0, atol=1e-6)
    valid = scene_apply(folder, edges="valid only", **options)
    left, _, _, top, _, _ = gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform()
    row, col = int((4000000 - top) / 10), int((left - 500000) / 10)
    assert (row, col) >= (16, 16)
    inner = whole[:, row : row + valid.shape[1], col : col + valid.shape[2]]
    np.testing.assert_allclose(valid, inner, rtol=0, atol=1e-6)


def test_classes_and_confidence_are_those_of_the_mean(scene_apply, untrained, tmp_path):
    folders = [str(untrained(name)[0]) for name in ("fcnn", "unet")]
    options = {"further_models": folders[1:], "tta": "2"}
    mean = scene_apply(folders[0], output_type="probabilities", **options)
    classes = scene_apply(folders[0], efield=48, confidence=str(tmp_path / "confidence.tif"), **options)
    assert_same_classes(classes.astype(int) - 1, mean, 1e-6)
    highest, entropy = gdal.Open(str(tmp_path / "confidence.tif")).ReadAsArray()
    np.testing.assert_allclose(highest, mean.max(axis=0), rtol=0, atol=2e-6)
    np.testing.assert_allclose(entropy, -(mean * np.log(mean)).sum(axis=0) / np.log(3), rtol=0, atol=1e-5)


def test_the_probabilities_of_models_are_averaged(scene_apply, untrained, session_scene, reporter):
    models = [untrained(name) for name in ("fcnn", "unet", "resunet")]
    single = [in_one_pass(network, session_scene["image"]) for _, network in models]
    first, *others = [str(folder) for folder, _ in models]
    found = scene_apply(first, further_models=others, output_type="probabilities", efield=64)
    np.testing.assert_allclose(found, np.mean(single, axis=0), rtol=0, atol=5e-6)
    assert np.abs(found - single[0]).max() > 1e-2
    assert "The mean of 3 predictions is mapped (3 models), which takes about 3 times the computation of one." in (
        reporter.messages
    )


def test_the_cost_is_told_before_the_work(scene_apply, untrained, reporter):
    folder = str(untrained("fcnn")[0])
    scene_apply(folder, further_models=[folder], tta="8")
    told = next(number for number, one in enumerate(reporter.messages) if "about 16 times the computation" in one)
    assert "(2 models × 8 orientations)" in reporter.messages[told]
    assert told < next(number for number, one in enumerate(reporter.messages) if one.startswith("Mapped in"))


def test_a_single_model_with_one_orientation_tells_nothing_of_a_mean(scene_apply, untrained, reporter):
    scene_apply(untrained("fcnn")[0])
    assert not any("mean of" in one for one in reporter.messages)


@pytest.mark.parametrize("tta", ["1", "4"])
def test_a_mean_of_twice_the_same_model_is_that_model(scene_apply, untrained, tta):
    folder = str(untrained("fcnn")[0])
    found = scene_apply(folder, further_models=[folder], output_type="probabilities", tta=tta)
    np.testing.assert_allclose(found, scene_apply(folder, output_type="probabilities", tta=tta), rtol=0, atol=1e-6)


def test_values_of_a_quantity_are_averaged(scene_apply, untrained, session_scene):
    folders, networks = zip(*(untrained(name, TREES) for name in ("fcnn", "unet")))
    expected = np.mean([in_one_pass(network, session_scene["image"], "2") for network in networks], axis=0)[0]
    found = scene_apply(folders[0], further_models=[str(folders[1])], tta="2", efield=64)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-4)


def test_no_data_stays(scene_apply, untrained, make_raster):
    values = np.random.default_rng(2).integers(300, 900, (60, 70, 4)).astype(np.uint16)
    values[10:20, 30:40] = 9
    image = [make_raster(values, nodata=9, band_names=("blue", "green", "red", "nir"))]
    found = scene_apply(untrained("fcnn")[0], source1=image, tta="8")
    expected = np.zeros((60, 70), bool)
    expected[10:20, 30:40] = True
    np.testing.assert_array_equal(found == 0, expected)


@pytest.mark.parametrize("own", [[7.0] * 4, [7.0, None, None, None]])
def test_models_that_know_other_no_data_values_see_the_same_pixels_missing(
    scene_apply, untrained, make_raster, changed, own
):
    """The second model's own no-data value would be a value like any other for the first."""
    first = untrained("fcnn")[0]
    inputs = [dataclasses.replace(one, nodata=own) for one in ModelDescription.read(first).inputs]
    second = changed(inputs=inputs)
    values = np.random.default_rng(2).integers(300, 900, (60, 70, 4)).astype(np.float32)
    values[10:20, 30:40] = -5
    images = []
    for name, missing in (("a.tif", -5), ("b.tif", np.nan)):
        written = np.where(values == -5, np.float32(missing), values)
        images.append(make_raster(written, name=name, nodata=missing, band_names=("blue", "green", "red", "nir")))
    options = {"further_models": [str(second)], "output_type": "probabilities"}
    found, expected = (scene_apply(first, source1=[image], **options) for image in images)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)
    assert (found[:, 10:20, 30:40] == -1).all()


@pytest.mark.parametrize(
    ("field", "received"),
    [
        ({"classes": ClassList.from_values(["field", "forest", "town"])}, "1 field, 2 forest, 3 town"),
        ({"classes": ClassList.from_values([1, 2, 3])}, "1 1, 2 2, 3 3"),
        ({"values": TREES, "classes": ClassList.from_values([])}, "values: tree cover"),
    ],
)
def test_models_of_other_classes_are_refused(scene_apply, untrained, changed, tmp_path, field, received):
    other = changed(**field)
    with pytest.raises(InputError, match=rf"predicts something else.*1 field, 2 forest, 3 water.*{received}"):
        scene_apply(untrained("fcnn")[0], further_models=[str(other)])
    assert [path.name for path in tmp_path.iterdir()] == ["changed model"]


def test_models_of_other_bands_are_refused(scene_apply, untrained, changed):
    """All are compared with the image, so that models for other bands do not suit each other."""
    inputs = ModelDescription.read(untrained("fcnn")[0]).inputs
    other = changed(inputs=[dataclasses.replace(one, bands=one.bands[::-1]) for one in inputs])
    with pytest.raises(InputError, match=r"bands of the image are in another order.*nir, red, green, blue"):
        scene_apply(untrained("fcnn")[0], further_models=[str(other)])


def test_another_channel_count_is_refused(apply, tmp_path):
    paths = [keras_file(tmp_path / f"{count}.keras", None, keras.layers.Conv2D(count, 1)) for count in (3, 4)]
    with pytest.raises(InputError, match=r"cannot be averaged.*as many channels as .*3\. Received: 4 of"):
        apply(paths[0], further_models=paths[1:], output_type="raw")


def test_whole_numbers_are_not_averaged(apply, otbtf):
    with pytest.raises(InputError, match=r"argmax of .* cannot be averaged.*Received: whole numbers \(int64\)"):
        apply(otbtf("serve"), output_names=["argmax"], output_type="raw", tta="2")


def keras_file(path, size, *layers):
    """Save a network of some layers, for images of two bands."""
    keras.Sequential([keras.Input((size, size, 2), name="xs"), *layers]).save(path)
    return str(path)


def test_models_of_other_scales_are_refused(apply, otbtf, tmp_path):
    same = keras_file(tmp_path / "same.keras", None, keras.layers.Conv2D(2, 1))
    with pytest.raises(InputError, match=r"cannot be averaged: the pixels of their maps differ in size"):
        apply(same, further_models=[otbtf("finer")], output_type="raw")


def test_patches_and_images_are_not_mixed(apply, tmp_path):
    answer = keras_file(tmp_path / "answer.keras", 6, keras.layers.Conv2D(2, 1), keras.layers.GlobalMaxPooling2D())
    image = keras_file(tmp_path / "image.keras", None, keras.layers.Conv2D(2, 1))
    with pytest.raises(InputError, match=r"some give one answer for a patch, others an image"):
        apply(answer, further_models=[image], output_type="raw")
    smaller = keras_file(tmp_path / "smaller.keras", 4, keras.layers.Conv2D(2, 1), keras.layers.GlobalMaxPooling2D())
    with pytest.raises(InputError, match=r"patches of different sizes.*: 6, .*: 4"):
        apply(answer, further_models=[smaller], output_type="raw")


@pytest.mark.parametrize("tta", ["2", "4", "8"])
def test_any_model_is_averaged_over_orientations(apply, otbtf, tta):
    """A network without layer graph, whose fields are measured."""
    before = 16
    padded = np.pad(IMAGE, ((before, before), (before, before), (0, 0)), mode="reflect")

    def give(image):
        return otbtf.module.serve(image[None])["softmax_tensor"][0].numpy()

    expected = mean_of_turned(give, padded, tta)[before:-before, before:-before].transpose(2, 0, 1)
    options = {"output_names": ["softmax_tensor"], "output_type": "probabilities", "tta": tta}
    for fields in ({}, {"efield": 8}):
        np.testing.assert_allclose(apply(otbtf("serve"), **options, **fields), expected, rtol=0, atol=1e-6)


def test_a_network_for_blocks_of_one_size_is_turned(apply, otbtf):
    whole = apply(otbtf("serve"), output_names=["softmax_tensor"], output_type="raw", tta="8")
    np.testing.assert_allclose(
        apply(otbtf("one_size"), output_type="raw", rfield=24, crop=2, tta="8"), whole, rtol=0, atol=1e-6
    )


def test_patches_are_turned_one_by_one(apply, otbtf):
    """The patch of 6 pixels around a pixel begins 3 before it; its centre is 3, and 2 where it is mirrored."""
    found = apply(
        otbtf("patches"), user_inputs=["k=2"], output_names=["a_centre", "b_corner"], output_type="raw", tta="8"
    )
    padded = np.pad(IMAGE, ((3, 3), (3, 3), (0, 0)), mode="reflect").astype(np.float32)

    def pixel(row, col):
        return padded[row : row + HEIGHT, col : col + WIDTH]

    centre = np.mean([pixel(row, col) for row in (2, 3) for col in (2, 3)], axis=0) * 2
    corner = np.mean([pixel(row, col)[..., :1] for row in (0, 5) for col in (0, 5)], axis=0)
    np.testing.assert_allclose(found, np.concatenate([centre, corner], axis=-1).transpose(2, 0, 1), rtol=1e-6)


def test_sources_of_two_resolutions_are_turned_together(apply, two_sources, make_raster, coarse_image):
    coarse, coarse_path = coarse_image
    network = keras.models.load_model(two_sources)
    before = 16
    fine = np.pad(IMAGE, ((before, before + 27), (before, before + 21), (0, 0)), mode="reflect").astype(np.float32)
    half = np.pad(coarse, ((8, 28), (8, 28)), mode="reflect").astype(np.float32)
    half = half[: fine.shape[0] // 2, : fine.shape[1] // 2, None]

    found = []
    for quarters, mirrored in TURNED["8"]:
        turned = [
            np.ascontiguousarray(np.rot90(np.fliplr(image) if mirrored else image, quarters))[None]
            for image in (fine, half)
        ]
        back = np.rot90(network(turned)[0][0].numpy(), -quarters)
        found.append(np.fliplr(back) if mirrored else back)
    inner = np.mean(found, axis=0)[before : before + 40, before : before + 60].transpose(2, 0, 1)  # far from the end
    options = {"source1": [make_raster(IMAGE)], "source2": [coarse_path], "output_names": ["fine"]}
    for fields in ({}, {"efield": 8}):
        given = apply(two_sources, output_type="raw", tta="8", **options, **fields)
        np.testing.assert_allclose(given[:, :40, :60], inner, rtol=0, atol=1e-6)


def test_the_mean_counts_as_memory(apply, make_raster, tmp_path, reporter):
    model = keras_file(tmp_path / "model.keras", None, keras.layers.Conv2D(150, 1))
    raster = [make_raster(np.ones((3, 1100, 2), np.uint16))]
    for tta in ("1", "2"):
        apply(model, source1=raster, output_type="raw", tta=tta)
    fields = [int(one.split("expression field ")[1].split(",")[0]) for one in reporter.messages if "expression" in one]
    assert fields[1] < fields[0] < 1024


def test_another_mean_is_not_resumed(apply, otbtf, make_raster, tmp_path, reporter):
    image = [make_raster(IMAGE)]
    options = {"output_names": ["softmax_tensor"], "efield": 4, "resume": True, "source1": image}
    reporter.cancel_at = 20
    with pytest.raises(Cancelled):
        apply(otbtf("serve"), tta="2", **options)
    reporter.cancel_at = None
    with pytest.raises(InputError, match=r"changed: tta\. "):
        apply(otbtf("serve"), tta="4", **options)
    with pytest.raises(InputError, match=r"changed: model\. "):
        apply(otbtf("serve"), tta="2", further_models=[otbtf("serve")], **options)
    resumed = apply(otbtf("serve"), tta="2", **options)
    np.testing.assert_array_equal(resumed, apply(otbtf("serve"), tta="2", **{**options, "resume": False}))


def test_an_unknown_number_of_orientations_is_refused(apply, otbtf):
    with pytest.raises(InputError, match=r"TTA.*Expected: one of.*Received: 3"):
        apply(otbtf("serve"), tta="3")
