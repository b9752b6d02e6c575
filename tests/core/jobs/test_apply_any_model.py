"""The job that maps a raster, with models of all kinds."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from osgeo import gdal

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.inference.reading import BlockReader
from geodl_plugin.jobs import apply_model
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.runtime.numbers import ceil_div

from ..ties import assert_same_classes

ROOT = Path(__file__).resolve().parents[3]
WIDTH, HEIGHT = 75, 53
RNG = np.random.default_rng(4)
IMAGE = RNG.integers(1, 1000, (HEIGHT, WIDTH, 2)).astype(np.uint16)


class Otbtf(tf.Module):
    """Stands for a network of OTBTF's: outputs named after layers, cropped ones beside them, integers go in."""

    def __init__(self):
        super().__init__()
        self.kernel = tf.Variable(tf.random.stateless_uniform([3, 3, 2, 3], [1, 2]))

    @tf.function
    def serve(self, xs):
        out = tf.nn.softmax(tf.nn.conv2d(tf.cast(xs, tf.float32) / 1000, self.kernel, 1, "SAME"))
        outputs = {"softmax_tensor": out, "argmax": tf.argmax(out, -1), "first": out[..., :1]}
        return {**outputs, "softmax_tensor_crop16": out[:, 16:-16, 16:-16]}

    @tf.function
    def one_size(self, xs):
        return {"out": self.serve(xs)["softmax_tensor"]}

    @tf.function
    def whole_image(self, xs):
        values = tf.cast(xs, tf.float32)
        return {"out": values - tf.reduce_mean(values, [1, 2], keepdims=True)}

    @tf.function
    def patches(self, k, xs):
        centre = tf.cast(xs[:, 3, 3], tf.float32)
        return {"a_centre": centre * k[:, None], "b_corner": tf.cast(xs[:, :1, :1, :1], tf.float32)}

    @tf.function
    def finer(self, xs):
        return {"out": tf.repeat(tf.repeat(tf.cast(xs, tf.float32), 2, axis=1), 2, axis=2)}

    @tf.function
    def finer_whole_image(self, xs):
        return {"out": self.finer(xs)["out"] - tf.reduce_mean(tf.cast(xs, tf.float32), [1, 2], keepdims=True)}


def image(size=None, dtype=tf.uint16):
    return tf.TensorSpec([None, size, size, 2], dtype, "xs")


@pytest.fixture(scope="module")
def otbtf(tmp_path_factory):
    """Gives the folder of a SavedModel with one of the signatures above."""
    module, made = Otbtf(), {}
    specs = {
        "serve": [image()],
        "one_size": [image(24)],
        "whole_image": [image(dtype=tf.float32)],
        "patches": [tf.TensorSpec([None], tf.float32, "k"), image(6)],
        "finer": [image(dtype=tf.float32)],
        "finer_whole_image": [image(dtype=tf.float32)],
    }

    def give(name):
        if name not in made:
            made[name] = tmp_path_factory.mktemp("models") / name
            signature = getattr(module, name).get_concrete_function(*specs[name])
            tf.saved_model.save(module, str(made[name]), {"serving_default": signature})
        return str(made[name])

    give.module = module
    return give


@pytest.fixture
def apply(make_raster, tmp_path, reporter):
    """Run the job on the image; gives what it wrote, [bands, y, x] or [y, x]."""

    def run(model, **options):
        if "source1" not in options:
            options["source1"] = [make_raster(IMAGE)]
        output = str(tmp_path / "map.tif")
        ApplyModel(**{"model": str(model), "output": output, **options}).run(reporter)
        return gdal.Open(output).ReadAsArray()

    return run


@pytest.fixture
def in_one_pass(otbtf):
    """The probabilities of the whole, [class, y, x]."""
    padded = np.pad(IMAGE, ((8, 8), (8, 8), (0, 0)), mode="reflect")
    return otbtf.module.serve(tf.constant(padded[None]))["softmax_tensor"][0, 8:-8, 8:-8].numpy().transpose(2, 0, 1)


def test_a_model_of_otbtf_is_measured_and_maps(apply, otbtf, in_one_pass, reporter, tmp_path):
    found = apply(otbtf("serve"), output_names=["softmax_tensor"], efield=16)
    assert_same_classes(found, in_one_pass, 1e-6)
    assert gdal.Open(str(tmp_path / "map.tif")).GetRasterBand(1).GetNoDataValue() == 255
    assert any("total stride 1, valid margin 1" in message for message in reporter.messages)


@pytest.mark.parametrize("name", ["softmax_tensor", "softmax_tensor_crop16"])
def test_valid_only_is_what_otbtf_gives(apply, otbtf, name, tmp_path):
    found = apply(
        otbtf("serve"), output_names=[name], rfield=40, efield=8, edges="valid only", output_type="probabilities"
    )
    whole = otbtf.module.serve(tf.constant(IMAGE[None]))["softmax_tensor"][0].numpy().transpose(2, 0, 1)
    assert found.shape == (3, (HEIGHT - 40 + 8) // 8 * 8, (WIDTH - 40 + 8) // 8 * 8)
    np.testing.assert_allclose(found, whole[:, 16 : 16 + found.shape[1], 16 : 16 + found.shape[2]], atol=1e-6)
    assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform() == (500160.0, 10.0, 0.0, 3999840.0, 0.0, -10.0)


def test_beyond_the_border_may_be_zero(apply, otbtf):
    found = apply(otbtf("serve"), output_names=["softmax_tensor"], edges="zero", output_type="raw", efield=16)
    whole = otbtf.module.serve(tf.constant(IMAGE[None]))["softmax_tensor"][0].numpy().transpose(2, 0, 1)
    np.testing.assert_allclose(found, whole, atol=1e-6)


def test_outputs_are_stacked_in_the_order_given(apply, otbtf, in_one_pass, tmp_path):
    names = ["softmax_tensor", "argmax", "first"]
    found = apply(otbtf("serve"), output_names=names, output_type="raw", efield=16)
    assert (found.dtype, found.shape[0]) == (np.float32, 5)
    np.testing.assert_allclose(found[:3], in_one_pass, atol=1e-6)
    assert_same_classes(found[3].astype(int), in_one_pass, 1e-6)
    np.testing.assert_allclose(found[4], in_one_pass[0], atol=1e-6)
    dataset = gdal.Open(str(tmp_path / "map.tif"))
    described = [dataset.GetRasterBand(number).GetDescription() for number in range(1, 6)]
    assert described == ["softmax_tensor 1", "softmax_tensor 2", "softmax_tensor 3", "argmax", "first"]


def test_without_names_the_first_output_of_the_alphabet_is_taken(apply, otbtf, in_one_pass):
    assert_same_classes(apply(otbtf("serve"), output_type="raw").astype(int), in_one_pass, 1e-6)


def test_probabilities_of_8_bits(apply, otbtf, in_one_pass):
    found = apply(otbtf("serve"), output_names=["softmax_tensor"], output_type="probabilities (uint8)")
    assert found.dtype == np.uint8
    assert np.abs(found / 250 - in_one_pass).max() < 0.0021


@pytest.mark.parametrize("options", [{"output_names": ["first"]}, {"output_names": ["softmax_tensor", "argmax"]}])
def test_what_is_no_class_is_refused(apply, otbtf, options, tmp_path):
    with pytest.raises(InputError, match=r"gives no classes.*'raw'"):
        apply(otbtf("serve"), **options)
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.ones((20, 20, 3), np.uint16), r"2 bands \(xs"),
        (np.ones((20, 20, 2), np.float32), "type uint16.*Received: float32"),
        (np.ones((20, 20, 2), np.int16), "Received: int16"),
    ],
)
def test_images_that_do_not_fit_are_refused(apply, otbtf, make_raster, values, message):
    with pytest.raises(InputError, match=message):
        apply(otbtf("serve"), source1=[make_raster(values)])


def test_a_wrong_number_of_sources_is_refused(apply, otbtf, make_raster):
    with pytest.raises(InputError, match=r"number of sources.*1: xs \[any, any, any, 2\].*Received: 2"):
        apply(otbtf("serve"), source2=[make_raster(IMAGE, name="b.tif")])


def test_a_network_without_end_needs_fields_and_gets_a_warning(apply, otbtf, reporter):
    with pytest.raises(InputError, match=r"none are given.*RFIELD, EFIELD and CROP"):
        apply(otbtf("whole_image"), output_type="raw")
    found = apply(otbtf("whole_image"), output_type="raw", rfield=20, efield=10)
    block = np.pad(IMAGE, ((5, 0), (5, 0), (0, 0)), mode="reflect")[:20, :20].astype(np.float32)
    expected = (block - block.mean(axis=(0, 1)))[5:15, 5:15].transpose(2, 0, 1)
    np.testing.assert_allclose(found[:, :10, :10], expected, rtol=1e-4, atol=1e-2)
    assert any("may have seams" in warning for warning in reporter.warnings)
    assert not any("without seams" in message for message in reporter.messages)


@pytest.mark.parametrize("fields", [{}, {"scale": 0.5, "rfield": 20, "efield": 32}, {"efield": 16, "crop": 6}])
def test_a_finer_output(apply, otbtf, tmp_path, fields):
    found = apply(otbtf("finer"), output_type="raw", **fields)
    np.testing.assert_array_equal(found, IMAGE.repeat(2, axis=0).repeat(2, axis=1).transpose(2, 0, 1))
    assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform() == (500000.0, 5.0, 0.0, 4000000.0, 0.0, -5.0)
    with pytest.raises(InputError, match=r"scale does not suit the network.*Expected: SCALE = 1/2"):
        apply(otbtf("finer"), output_type="raw", scale=0.25)


def test_an_output_whose_scale_nobody_tells_is_refused(apply, otbtf):
    with pytest.raises(InputError, match=r"does not lie on the ground.*Give SCALE"):
        apply(otbtf("finer_whole_image"), output_type="raw", rfield=20, efield=10)


@pytest.mark.parametrize("scale", [0.0, 3.0])
@pytest.mark.parametrize("edges", ["reflect", "valid only"])
def test_a_network_of_patches_gives_a_pixel_for_each(apply, otbtf, scale, edges, tmp_path):
    found = apply(
        otbtf("patches"), output_names=["a_centre", "b_corner"], output_type="raw", user_inputs=["k=2"],
        scale=scale, edges=edges,
    )  # fmt: skip
    step = int(scale or 1)
    padded = np.pad(IMAGE.astype(np.float32), ((3, 9), (3, 9), (0, 0)), mode="reflect")
    rows, cols = (np.arange(ceil_div(size, step)) * step + step // 2 for size in (HEIGHT, WIDTH))
    if edges == "valid only":
        rows, cols = (
            [n for n in places if n >= 3 and n + 3 <= size] for places, size in ((rows, HEIGHT), (cols, WIDTH))
        )
        assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform()[0] == 500000 + 10 * (cols[0] - step // 2)
    at = np.ix_(np.array(rows), np.array(cols))
    expected = [2 * padded[3:, 3:, 0][at], 2 * padded[3:, 3:, 1][at], padded[..., 0][at]]
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rfield": 8}, r"xs \[any, 6, 6, 2\].*Received: 8 × 8"),
        ({"efield": 4}, "EFIELD = 1 and CROP = 0"),
        ({"scale": 0.5}, "cannot lie closer"),
        ({"user_inputs": []}, r"k=… \(float32"),
        ({"mode": "fully convolutional", "rfield": 6, "efield": 2}, "is no image.*patch-based"),
        ({"scale": 1.5}, "whole number"),
        ({"mode": "other"}, "one of automatic"),
        ({"edges": "other"}, "one of reflect"),
    ],
)
def test_what_does_not_suit_patches_is_refused(apply, otbtf, options, message):
    with pytest.raises(InputError, match=message):
        apply(otbtf("patches"), **{"output_type": "raw", "user_inputs": ["k=2"], **options})


def test_a_network_of_one_size_gets_no_smaller_blocks_at_the_border(apply, otbtf, in_one_pass):
    found = apply(otbtf("one_size"), output_type="raw", rfield=24, crop=2)
    np.testing.assert_allclose(found, in_one_pass, atol=1e-6)


@pytest.mark.parametrize("bias", [0.0, 0.3, -2.0])
def test_there_is_no_confidence_of_what_is_no_probability(apply, tmp_path, bias):
    image = keras.Input((None, None, 2), name="xs")
    logits = keras.layers.Conv2D(3, 1, bias_initializer=keras.initializers.Constant(bias), name="logits")(image)
    keras.Model(image, logits).save(tmp_path / "model.keras")
    with pytest.raises(InputError, match=r"logits gives no probabilities.*add up to.*softmax"):
        apply(tmp_path / "model.keras", confidence=str(tmp_path / "confidence.tif"))


def test_results_that_wait_to_be_written_count_as_memory(apply, make_raster, tmp_path, reporter):
    image = keras.Input((None, None, 2), name="xs")
    keras.Model(image, keras.layers.Conv2D(150, 1)(image)).save(tmp_path / "model.keras")
    raster = [make_raster(np.ones((3, 1100, 2), np.uint16))]
    for kind in ("raw", "classes"):
        apply(tmp_path / "model.keras", source1=raster, output_type=kind)
    fields = [int(one.split("expression field ")[1].split(",")[0]) for one in reporter.messages if "expression" in one]
    assert fields[0] < fields[1]


def test_a_keras_file_that_must_know_the_size_is_mapped(apply, tmp_path):
    keras.utils.set_random_seed(1)
    layers = [
        keras.layers.Conv2D(4, 3, padding="same"),
        keras.layers.MaxPooling2D(2),
        keras.layers.UpSampling2D(2, interpolation="bilinear"),
    ]
    model = keras.Sequential([keras.Input((None, None, 2), name="xs"), *layers])
    model.save(tmp_path / "model.keras")
    found = apply(tmp_path / "model.keras", output_type="raw", efield=16)
    padded = np.pad(IMAGE, ((8, 8 + 3), (8, 8 + 5), (0, 0)), mode="reflect").astype(np.float32)
    expected = model(padded[None], training=False)[0, 8 : 8 + HEIGHT, 8 : 8 + WIDTH].numpy().transpose(2, 0, 1)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-2)


@pytest.fixture(scope="module")
def two_sources(tmp_path_factory):
    """A Keras file with a source of 2 bands and one of 1 band that is twice as coarse, and a coarse output."""
    path = tmp_path_factory.mktemp("models") / "two.keras"
    keras.utils.set_random_seed(5)
    fine, coarse = keras.Input((None, None, 2), name="a"), keras.Input((None, None, 1), name="b")
    down = keras.layers.Conv2D(3, 3, 2, "same", activation="relu")(keras.layers.Rescaling(0.001)(fine))
    both = keras.layers.Concatenate()([down, keras.layers.Rescaling(0.001)(coarse)])
    coarse_out = keras.layers.Conv2D(3, 3, padding="same", name="coarse")(both)
    out = keras.layers.Conv2DTranspose(3, 3, 2, "same", activation="softmax", name="fine")(both)
    keras.Model([fine, coarse], [out, coarse_out]).save(path)
    return path


@pytest.fixture
def coarse_image(make_raster):
    """Pixels twice as large; one row and column more than the image needs."""
    values = RNG.integers(1, 1000, (HEIGHT // 2 + 2, WIDTH // 2 + 2)).astype(np.uint16)
    return values, make_raster(values, name="coarse.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))


@pytest.mark.parametrize("efield", [0, 8, 16])
@pytest.mark.parametrize(("name", "scale"), [("fine", 1), ("coarse", 2)])
def test_blocks_of_two_sources_equal_one_pass(apply, two_sources, coarse_image, tmp_path, efield, name, scale):
    values, path = coarse_image
    found = apply(two_sources, source2=[path], output_names=[name], output_type="raw", efield=efield)
    model = keras.saving.load_model(two_sources)
    inner = 48 // scale  # what the images' other borders do not reach
    images = [IMAGE[None, :52, :74].astype(np.float32), values[None, :26, :37, None].astype(np.float32)]
    whole = model(images)[0 if name == "fine" else 1][0].numpy().transpose(2, 0, 1)
    assert found.shape == (3, ceil_div(HEIGHT, scale), ceil_div(WIDTH, scale))
    part = np.s_[:, 8 // scale : inner, 8 // scale : inner]
    np.testing.assert_allclose(found[part], whole[part], atol=1e-5)
    assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform() == (500000, 10 * scale, 0, 4000000, 0, -10 * scale)


def test_sources_of_other_resolutions_than_the_network_s_are_refused(apply, two_sources, make_raster):
    with pytest.raises(InputError, match=r"resolutions of the sources.*b: pixels × 1"):
        apply(two_sources, source2=[make_raster(IMAGE[..., 0], name="b.tif")], output_names=["fine"])


def test_a_scale_that_is_not_the_network_s_is_refused(apply, two_sources, coarse_image):
    with pytest.raises(InputError, match="SCALE = 2, or 0"):
        apply(two_sources, source2=[coarse_image[1]], output_names=["coarse"], scale=4.0, output_type="raw")
    with pytest.raises(InputError, match="differ in size"):
        apply(two_sources, source2=[coarse_image[1]], output_names=["coarse", "fine"], output_type="raw")


def test_sources_elsewhere_are_refused(apply, two_sources, make_raster):
    far = make_raster(IMAGE[:9, :9, 0], name="far.tif", transform=(900000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))
    with pytest.raises(InputError, match="do not overlap"):
        apply(two_sources, source2=[far])


def test_a_source_that_covers_a_part_is_warned_about(apply, two_sources, make_raster, reporter):
    part = make_raster(IMAGE[:10, :10, 0], name="part.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))
    found = apply(two_sources, source2=[part], output_names=["fine"])
    expected = np.ones((HEIGHT, WIDTH), bool)
    expected[:20, :20] = False
    np.testing.assert_array_equal(found == 255, expected)
    assert any("columns 0 to 19" in warning for warning in reporter.warnings)


def test_a_source_that_does_not_nest_can_be_resampled(apply, two_sources, coarse_image, make_raster):
    values, _ = coarse_image
    odd = make_raster(values, name="odd.tif", transform=(500003.0, 7.0, 0.0, 4000000.0, 0.0, -7.0))
    with pytest.raises(InputError, match="RESAMPLE"):
        apply(two_sources, source2=[odd])
    with pytest.raises(InputError, match="resolutions"):  # now it lies on the image's own grid
        apply(two_sources, source2=[odd], resample=True)


def test_an_extent_gives_a_part_of_the_same_map(apply, otbtf, tmp_path):
    options = {"output_names": ["softmax_tensor"], "output_type": "raw", "efield": 16}
    whole = apply(otbtf("serve"), **options)
    found = apply(otbtf("serve"), extent=[500101.0, 500299.0, 3999705.0, 3999895.0], **options)
    np.testing.assert_allclose(found, whole[:, 10:30, 10:30], rtol=0, atol=1e-6)
    assert gdal.Open(str(tmp_path / "map.tif")).GetGeoTransform() == (500100.0, 10.0, 0.0, 3999900.0, 0.0, -10.0)


def test_outside_a_mask_there_is_no_data(apply, otbtf, make_vector, box, tmp_path):
    mask = make_vector([(box(10, 5, 20, 7), "a"), (box(40, 40, 3, 3), "b")])
    confidence = str(tmp_path / "confidence.tif")
    found = apply(otbtf("serve"), output_names=["softmax_tensor"], mask=mask, efield=8, confidence=confidence)
    inside = np.zeros((HEIGHT, WIDTH), bool)
    inside[5:12, 10:30] = inside[40:43, 40:43] = True
    np.testing.assert_array_equal(found != 255, inside)
    np.testing.assert_array_equal(gdal.Open(confidence).ReadAsArray()[0] != -1, inside)


def test_a_no_data_value_that_the_image_does_not_say(apply, otbtf, make_raster):
    values = IMAGE.copy()
    values[10:12, 20:25] = 9999
    found = apply(otbtf("serve"), source1=[make_raster(values)], output_names=["softmax_tensor"], nodata="9999")
    assert (found == 255).sum() == 10
    with pytest.raises(InputError, match=r"no-data value.*Received: none"):
        apply(otbtf("serve"), nodata="none")


def test_another_no_data_value_of_the_map(apply, otbtf, make_raster):
    image = make_raster(np.zeros((20, 20, 2), np.uint16), nodata=0)
    assert (apply(otbtf("serve"), source1=[image], output_names=["softmax_tensor"], output_nodata="77") == 77).all()


def test_a_value_that_equals_the_no_data_value_stays_data(apply, otbtf, make_raster, tmp_path):
    values = IMAGE.astype(np.float32)
    values[3, 4], values[5, 6, 1] = np.nan, 7
    found = apply(otbtf("finer"), source1=[make_raster(values)], output_type="raw", output_nodata="7")
    assert (found[:, 6:8, 8:10] == 7).all()
    assert (found == 7).sum() == 8
    np.testing.assert_allclose(found[1, 10:12, 12:14], 7, rtol=1e-6)


@pytest.mark.parametrize(("option", "kind"), [("COMPRESS=LERC|MAX_Z_ERROR=2", "classes"), ("NBITS=1", "classes")])
def test_options_that_change_classes_are_refused_before_any_work(apply, otbtf, tmp_path, reporter, option, kind):
    with pytest.raises(InputError, match=r"would change the values of the map"):
        apply(otbtf("serve"), output_names=["softmax_tensor"], output_type=kind, creation_options=option)
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]
    assert not any("Mapping" in one for one in reporter.messages)


def test_options_that_change_probabilities_are_warned_about(apply, otbtf, in_one_pass, reporter):
    options = {"output_names": ["softmax_tensor"], "creation_options": "COMPRESS=LERC|MAX_Z_ERROR=0.01"}
    found = apply(otbtf("serve"), output_type="probabilities", **options)
    np.testing.assert_allclose(found, in_one_pass, rtol=0, atol=0.011)
    assert any("MAX_Z_ERROR=0.01 change the values" in one for one in reporter.warnings)


def test_the_form_of_the_file(apply, otbtf, tmp_path):
    apply(otbtf("serve"), output_type="raw", cog=True, overviews=True, creation_options="COMPRESS=LZW|BLOCKSIZE=128")
    dataset = gdal.Open(str(tmp_path / "map.tif"))
    structure = dataset.GetMetadata("IMAGE_STRUCTURE")
    assert (structure["LAYOUT"], structure["COMPRESSION"]) == ("COG", "LZW")


RESUMED = {"output_names": ["softmax_tensor"], "output_type": "probabilities", "efield": 4, "resume": True}


def test_a_killed_run_is_continued_to_the_same_bytes(otbtf, make_raster, tmp_path, reporter, monkeypatch):
    job = ApplyModel(
        model=otbtf("serve"), source1=[make_raster(IMAGE)], output=str(tmp_path / "map.tif"),
        confidence=str(tmp_path / "confidence.tif"), **RESUMED,
    )  # fmt: skip
    (tmp_path / "job.json").write_text(job.to_json())
    slow = (
        "import time; from geodl_plugin.inference import finished; save = finished.Finished.save\n"
        "finished.Finished.save = lambda *args: (time.sleep(0.02), save(*args))\n"
        "from geodl_plugin.__main__ import main; main()"
    )
    kept = tmp_path / ".map.tif.blocks"
    with (tmp_path / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", slow, "run", "job.json"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=log,
        )
        until = time.monotonic() + 300
        while len(list(kept.glob("*.npz"))) < 100 and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    count = len(list(kept.glob("*.npz")))
    assert 100 <= count < 266, (tmp_path / "log.txt").read_text()
    assert not (tmp_path / "map.tif").exists()
    job.run(reporter)
    assert f"Going on after {count} finished blocks of an earlier run." in reporter.messages
    assert not kept.exists()
    resumed = [Path(path).read_bytes() for path in (job.output, job.confidence)]
    job.resume = False
    job.run(reporter)
    assert [Path(path).read_bytes() for path in (job.output, job.confidence)] == resumed
    assert sorted(one.suffix for one in tmp_path.iterdir()) == [".json", ".tif", ".tif", ".tif", ".txt"]


def test_a_cancelled_run_keeps_its_blocks_only_for_the_same(
    otbtf, make_raster, make_vector, box, tmp_path, reporter, monkeypatch
):
    parameters = {"model": otbtf("serve"), "source1": [make_raster(IMAGE)], "output": str(tmp_path / "map.tif")}
    reporter.cancel_at = 40
    with pytest.raises(Cancelled):
        ApplyModel(**parameters, **RESUMED, mask=make_vector([(box(0, 0, 50, 50), "a")], name="a.gpkg")).run(reporter)
    reporter.cancel_at = None
    assert not (tmp_path / "map.tif").exists()
    same = make_vector([(box(0, 0, 50, 50), "a")], name="b.gpkg")
    other = make_vector([(box(0, 0, 50, 40), "a")], name="c.gpkg")
    for change in ({"mask": other}, {"output_names": ["first"]}, {"model": otbtf("whole_image"), "output_names": []}):
        with pytest.raises(InputError, match=f"changed: .*{next(iter(change))}"):
            ApplyModel(**{**parameters, **RESUMED, "mask": same, "output_type": "raw", **change}).run(reporter)
    with monkeypatch.context() as other_machine, pytest.raises(InputError, match=r"changed: precision\. "):
        other_machine.setattr("geodl_plugin.inference.precision.has_bfloat16_units", lambda: True)
        ApplyModel(**parameters, **RESUMED, mask=same, precision="bfloat16").run(reporter)
    beside = Path(parameters["source1"][0] + ".aux.xml")
    band = "<PAMDataset><PAMRasterBand band='1'><NoDataValue>7</NoDataValue></PAMRasterBand></PAMDataset>"
    beside.write_text(band)
    with pytest.raises(InputError, match=r"changed: no-data values\. "):
        ApplyModel(**parameters, **RESUMED, mask=same).run(reporter)
    beside.unlink()
    os.utime(parameters["source1"][0])
    with pytest.raises(InputError, match="changed: images"):
        ApplyModel(**parameters, **RESUMED, mask=same).run(reporter)


@pytest.fixture
def stopped(make_raster, tmp_path, reporter):
    """Cancel a run after some blocks, and give what continues it with other parameters; gives the bytes of its map."""

    def stop(model, **parameters):
        output = tmp_path / "map.tif"
        every = {"model": model, "source1": [make_raster(IMAGE)], "output": str(output), "resume": True, **parameters}
        reporter.cancel_at = len(reporter.fractions) + 12
        with pytest.raises(Cancelled):
            ApplyModel(**every).run(reporter)
        reporter.cancel_at = None
        count = len(list((tmp_path / ".map.tif.blocks").glob("*.npz")))
        assert count

        def go_on(**changes):
            ApplyModel(**{**every, **changes}).run(reporter)
            assert f"Going on after {count} finished blocks of an earlier run." in reporter.messages
            return output.read_bytes()

        return go_on

    return stop


def test_what_was_resampled_is_continued(two_sources, coarse_image, make_raster, stopped, tmp_path, reporter):
    odd = make_raster(coarse_image[0][:20, :20], name="odd.tif", transform=(500003.0, 21.0, 0.0, 4000000.0, 0.0, -21.0))
    same = tmp_path / "one.keras"
    image = [keras.Input((None, None, bands), name=name) for bands, name in ((2, "a"), (1, "b"))]
    keras.Model(image, keras.layers.Conv2D(2, 1, name="out")(keras.layers.Concatenate()(image))).save(same)
    options = {"source2": [odd], "resample": True, "output_type": "raw", "efield": 8}
    found = stopped(str(same), **options)()
    job = ApplyModel(
        model=str(same), source1=[str(tmp_path / "image.tif")], output=str(tmp_path / "map.tif"), **options
    )
    job.run(reporter)
    assert (tmp_path / "map.tif").read_bytes() == found
    go_on = stopped(str(same), **options)
    os.utime(odd, (1, 1))
    with pytest.raises(InputError, match="changed: images"):
        go_on()


@pytest.mark.parametrize(
    "change", [{"creation_options": "COMPRESS=LZW"}, {"cog": True}, {"overviews": True}, {"memory": 1150}]
)
def test_blocks_do_not_depend_on(otbtf, stopped, tmp_path, reporter, change):
    options = {"output_names": ["softmax_tensor"], "efield": 16}
    found = stopped(otbtf("serve"), **options)(**change)
    parameters = {"source1": [str(tmp_path / "image.tif")], "output": str(tmp_path / "map.tif"), **options, **change}
    ApplyModel(model=otbtf("serve"), **parameters).run(reporter)
    assert (tmp_path / "map.tif").read_bytes() == found


@pytest.fixture
def little_memory(monkeypatch):
    """As if a pixel took so much that blocks of this tiny image depend on MEMORY."""
    monkeypatch.setattr("geodl_plugin.inference.cutting.bytes_needed", lambda *_: 1e6)


def test_with_more_memory_blocks_stay_as_they_were(otbtf, stopped, little_memory, tmp_path, reporter):
    options = {"output_names": ["softmax_tensor"]}
    found = stopped(otbtf("serve"), memory=800, **options)(memory=4000)
    parameters = {"source1": [str(tmp_path / "image.tif")], "output": str(tmp_path / "map.tif"), **options}
    ApplyModel(model=otbtf("serve"), memory=800, **parameters).run(reporter)
    assert (tmp_path / "map.tif").read_bytes() == found


def test_blocks_that_do_not_fit_any_more_are_said(otbtf, stopped, little_memory):
    go_on = stopped(otbtf("serve"), output_names=["softmax_tensor"], memory=1200)
    with pytest.raises(InputError, match=r"too little memory to continue.*MEMORY = 1200 or more.*MEMORY = 800, for"):
        go_on(memory=800)
    go_on(memory=1200)


def test_blocks_of_another_field_are_refused(otbtf, stopped):
    go_on = stopped(otbtf("serve"), output_names=["softmax_tensor"], efield=16)
    with pytest.raises(InputError, match="changed: efield, rfield"):
        go_on(efield=8)
    go_on(efield=0)  # automatic: as they were


def test_patches_are_computed_as_many_at_a_time_as_before(otbtf, stopped, monkeypatch):
    monkeypatch.setattr("geodl_plugin.inference.blocks.PATCHES_SIDE", 16)
    go_on = stopped(otbtf("patches"), output_type="raw", user_inputs=["k=1"], memory=2000)
    with pytest.raises(InputError, match=r"as much MEMORY as in the earlier run.*patches of 6 × 6 pixels at a time"):
        go_on(memory=800)
    go_on(memory=3000)


@pytest.mark.parametrize("change", ["written to", "removed"])
def test_an_image_that_changes_meanwhile_gives_no_map(
    otbtf, make_raster, tmp_path, reporter, monkeypatch, change, request
):
    if change == "removed":
        request.getfixturevalue("open_files_go")
    image, output = Path(make_raster(IMAGE)), tmp_path / "map.tif"
    output.write_text("earlier")
    mapped = apply_model.map_blocks

    def disturbed(*arguments):
        mapped(*arguments)
        if change == "removed":
            image.unlink()
        else:
            with image.open("ab") as file:
                file.write(b" ")

    monkeypatch.setattr(apply_model, "map_blocks", disturbed)
    job = ApplyModel(otbtf("serve"), [str(image)], str(output), output_type="raw")
    with pytest.raises(InputError, match=r"image changed while it was mapped.*image\.tif"):
        job.run(reporter)
    assert output.read_text() == "earlier"
    assert {one.name for one in tmp_path.iterdir()} <= {"map.tif", "image.tif"}


def test_an_image_that_is_cut_meanwhile_gives_no_map(otbtf, make_raster, tmp_path, reporter, monkeypatch):
    values = RNG.integers(1, 1000, (700, 700, 2)).astype(np.uint16)
    image = Path(make_raster(values))
    read = BlockReader.__call__

    def cut(self, block):
        os.truncate(image, 1000)
        return read(self, block)

    monkeypatch.setattr(BlockReader, "__call__", cut)
    job = ApplyModel(otbtf("serve"), [str(image)], str(tmp_path / "map.tif"), output_type="raw", efield=100)
    with pytest.raises(InputError, match=r"cannot be read|changed while"):
        job.run(reporter)
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]


def test_a_fault_of_ours_stays_one(otbtf, make_raster, tmp_path, reporter, monkeypatch):
    """Only what the network says of the shapes that it is tried with is about the images."""

    def faulty(*_):
        raise ValueError("ours")

    monkeypatch.setattr("geodl_plugin.inference.network._finished", faulty)
    with pytest.raises(ValueError, match="ours"):
        ApplyModel(otbtf("serve"), [make_raster(IMAGE)], str(tmp_path / "map.tif"), output_type="raw").run(reporter)
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]


def test_images_that_a_network_rejects_are_the_user_s(apply, tmp_path):
    image = keras.Input((None, None, 2), name="xs")
    mean = keras.layers.GlobalAveragePooling2D(keepdims=True)(image)
    halved = keras.layers.UpSampling2D(2)(keras.layers.MaxPooling2D(2)(image))
    keras.Model(image, keras.layers.Concatenate()([image - mean, halved])).save(tmp_path / "model.keras")
    with pytest.raises(InputError, match="does not run on these images"):
        apply(tmp_path / "model.keras", output_type="raw", rfield=21, efield=11)
    assert not (tmp_path / "map.tif").exists()


def test_blocks_have_the_one_size_that_a_network_takes(apply, otbtf, tmp_path):
    with pytest.raises(InputError, match=r"network takes blocks of one size.*24, 24, 2\].*RFIELD = 20"):
        apply(otbtf("one_size"), output_type="raw", rfield=20, crop=2)
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]


@pytest.mark.parametrize(
    "fault",
    [
        MemoryError("std::bad_alloc"),
        tf.errors.ResourceExhaustedError(None, None, "OOM when allocating"),
        tf.errors.AbortedError(None, None, "Operation received an exception:Status: 1, message: could not create"),
    ],
)
@pytest.mark.parametrize("place", ["reading", "computing"])
def test_too_little_memory_is_said(apply, otbtf, tmp_path, monkeypatch, fault, place):
    def full(*_):
        raise fault

    if place == "reading":
        monkeypatch.setattr("geodl_plugin.rasters.raster.Source.read", full)
    else:
        monkeypatch.setattr("geodl_plugin.inference.network.block_function", lambda *_: full)
    with pytest.raises(InputError, match=r"not enough memory for a block.*less MEMORY"):
        apply(otbtf("serve"), output_type="raw")
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]


def test_jobs_with_all_parameters_are_json(apply, otbtf, make_raster, reporter, tmp_path):
    from geodl_plugin.jobs import from_json

    job = ApplyModel(
        model=otbtf("patches"), source1=[make_raster(IMAGE)], output=str(tmp_path / "map.tif"), output_type="raw",
        user_inputs=["k=1"], extent=[500000.0, 500100.0, 3999900.0, 4000000.0],
    )  # fmt: skip
    assert from_json(json.dumps(json.loads(job.to_json()))).run(reporter)["rfield"] == 6
