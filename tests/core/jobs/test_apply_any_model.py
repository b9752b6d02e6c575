"""The job that maps a raster, with models of all kinds."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.runtime.numbers import ceil_div

from ..ties import assert_same_classes
from .foreign_models import HEIGHT, IMAGE, WIDTH


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
    with pytest.raises(InputError, match=r"scale is not that of the network.*Expected: SCALE = 1/2"):
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


def test_jobs_with_all_parameters_are_json(apply, otbtf, make_raster, reporter, tmp_path):
    from geodl_plugin.jobs import from_json

    job = ApplyModel(
        model=otbtf("patches"), source1=[make_raster(IMAGE)], output=str(tmp_path / "map.tif"), output_type="raw",
        user_inputs=["k=1"], extent=[500000.0, 500100.0, 3999900.0, 4000000.0],
    )  # fmt: skip
    assert from_json(json.dumps(json.loads(job.to_json()))).run(reporter)["rfield"] == 6
