"""The job that maps a raster."""

import dataclasses
import gc
import json
import re
import shutil
from pathlib import Path

import keras
import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.description import RegressionTarget
from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.inference.output_rasters import CONFIDENCE
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.labels.class_raster import read_classes
from geodl_plugin.models.architectures import ARCHITECTURES
from geodl_plugin.models.folder import FILE_NAME, ModelDescription
from geodl_plugin.models.heads import PREDICTIONS

from ..ties import assert_same_classes

pytestmark = pytest.mark.rounding

WIDTH, HEIGHT = 203, 157


SHIPPED = pytest.mark.parametrize(
    "architecture", [name for name, kind in ARCHITECTURES.items() if kind.label_kind == "image"]
)
OF_VALUES = pytest.mark.parametrize(
    "quantity", [RegressionTarget("tree cover", 40.0, 20.0, 0.0, 100.0)], ids=["of values"]
)


@pytest.fixture
def architecture():
    """The network that a test takes if it does not say otherwise."""
    return "fcnn"


@pytest.fixture
def quantity():
    """What the network's values are; None: it gives classes."""
    return None


@pytest.fixture
def untrained_folder(untrained, architecture, quantity):
    """Model folder and network."""
    return untrained(architecture, quantity)


@pytest.fixture
def apply(untrained_folder, session_scene, tmp_path, reporter):
    """Run the job; gives the map as an array [bands, y, x] or [y, x]."""

    def run(**options):
        parameters = {
            "model": str(untrained_folder[0]),
            "source1": [session_scene["image"]],
            "output": str(tmp_path / "map of it.tif"),
        }
        result = ApplyModel(**{**parameters, **options}).run(reporter)
        return gdal.Open(result["output"]).ReadAsArray()

    return run


def predicted(model, session_scene):
    """What a Keras model gives in one pass over the whole reflected image, [class, y, x]."""
    image = gdal.Open(session_scene["image"]).ReadAsArray().transpose(1, 2, 0).astype(np.float32)
    before = 64
    after = [before + -(before + size + before) % 32 for size in (HEIGHT, WIDTH)]
    padded = np.pad(image, ((before, after[0]), (before, after[1]), (0, 0)), mode="reflect")
    whole = model({"source1": padded[None]}, training=False)[PREDICTIONS][0].numpy()
    return whole[before : before + HEIGHT, before : before + WIDTH].transpose(2, 0, 1)


@pytest.fixture
def in_one_pass(untrained_folder, session_scene):
    """The probabilities as Keras gives them, [class, y, x]."""
    return predicted(untrained_folder[1].model, session_scene)


@pytest.fixture
def in_one_block(apply):
    """The probabilities if the whole image, with its margin, goes through the network at once, [class, y, x]."""
    return apply(output_type="probabilities")


@pytest.fixture
def truth(untrained_folder, session_scene):
    """The probabilities as the network gives them in float64, [class, y, x]."""
    model = untrained_folder[1].model
    exact = keras.models.model_from_json(model.to_json().replace("float32", "float64"))
    exact.set_weights(model.get_weights())
    found = predicted(exact, session_scene)
    assert found.dtype == np.float64
    return found


@pytest.fixture
def rounding(truth, in_one_pass):
    """What float32 takes from the probabilities of this network: twice what Keras' own pass loses, or 1e-6."""
    return max(2 * np.abs(in_one_pass - truth).max(), 1e-6)


@SHIPPED
def test_the_map_is_as_exact_as_keras(truth, rounding, in_one_block):
    """Both round differently: variables are constants in a map, so that layers are folded into each other."""
    assert np.abs(in_one_block - truth).max() <= rounding


@pytest.mark.parametrize(
    "fields",
    [{"efield": 32}, {"efield": 48}, {"efield": 96}, {"efield": 64, "crop": 64}, {"rfield": 240, "crop": 64}],
)
@SHIPPED
def test_blocks_equal_one_pass_over_the_whole(apply, in_one_block, fields):
    probabilities = apply(output_type="probabilities", **fields)
    np.testing.assert_allclose(probabilities, in_one_block, rtol=0, atol=1e-6)


@SHIPPED
def test_a_large_network_keeps_its_variables(apply, truth, rounding, monkeypatch):
    monkeypatch.setattr("geodl_plugin.inference.block_function._MAXIMUM_CONSTANT_BYTES", 0)
    np.testing.assert_allclose(apply(output_type="probabilities", efield=64), truth, rtol=0, atol=rounding)


@pytest.mark.parametrize("fields", [{"efield": 32}, {"efield": 112}])
@SHIPPED
def test_no_class_depends_on_the_blocks(apply, in_one_block, fields):
    assert_same_classes(apply(**fields).astype(int) - 1, in_one_block, 1e-6)


@pytest.mark.parametrize("fields", [{}, {"efield": 32}])
@SHIPPED
def test_classes_are_those_of_one_pass_in_float64(apply, truth, rounding, fields):
    assert_same_classes(apply(**fields).astype(int) - 1, truth, rounding)


@pytest.mark.parametrize(("units", "used", "warnings"), [(False, "float32", 1), (True, "bfloat16", 0)])
def test_the_precision_is_used_and_said(apply, reporter, monkeypatch, units, used, warnings):
    monkeypatch.setattr("geodl_plugin.inference.precision.has_bfloat16_units", lambda: units)
    apply(precision="bfloat16")
    assert f"million pixels per second, in {used} on " in reporter.messages[-1]
    assert "of the time computing" in reporter.messages[-1]
    assert sum("computed in float32" in warning for warning in reporter.warnings) == warnings


def test_memory_limits_the_blocks_and_changes_no_value(apply, make_raster, reporter):
    values = np.random.default_rng(5).integers(300, 900, (40, 1100, 4)).astype(np.uint16)
    image = [make_raster(values, band_names=("blue", "green", "red", "nir"))]
    maps = [apply(source1=image, memory=memory, output_type="probabilities") for memory in (1, 1200)]
    sides = [
        int(found[1]) for found in (re.search(r"expression field (\d+)", one) for one in reporter.messages) if found
    ]
    assert sides[0] < sides[1]
    np.testing.assert_allclose(*maps, rtol=0, atol=1e-6)


def test_the_same_run_twice_gives_the_same_bytes(apply, tmp_path):
    for name in ("a.tif", "b.tif"):
        apply(output=str(tmp_path / name), efield=64)
    assert (tmp_path / "a.tif").read_bytes() == (tmp_path / "b.tif").read_bytes()


def test_the_map_lies_where_the_image_lies(apply, make_raster, any_transform, tmp_path):
    image = make_raster(
        np.full((40, 50, 4), 500, np.uint16), transform=any_transform, band_names=("blue", "green", "red", "nir")
    )
    apply(source1=[image])
    dataset = gdal.Open(str(tmp_path / "map of it.tif"))
    assert dataset.GetGeoTransform() == any_transform
    assert dataset.GetProjection() == gdal.Open(image).GetProjection()


def test_a_rotated_raster_is_mapped_by_its_pixels(apply, session_scene, tmp_path):
    turned = str(tmp_path / "turned.tif")
    gdal.GetDriverByName("GTiff").CreateCopy(turned, gdal.Open(session_scene["image"]))
    dataset = gdal.Open(turned, gdal.GA_Update)
    dataset.SetGeoTransform((500000.0, 8.0, 3.0, 4000000.0, 3.0, -8.0))
    dataset = None
    np.testing.assert_array_equal(apply(source1=[turned]), apply())


def test_the_file_names_its_classes(apply, tmp_path):
    apply()
    classes = read_classes(str(tmp_path / "map of it.tif"))
    assert list(zip(classes.values, classes.names)) == [(1, "field"), (2, "forest"), (3, "water")]
    assert classes.classes[0].color == "#e6b422"  # of fields


def test_probability_bands_have_the_names_of_the_classes(apply, tmp_path):
    apply(output_type="probabilities")
    dataset = gdal.Open(str(tmp_path / "map of it.tif"))
    assert [dataset.GetRasterBand(n).GetDescription() for n in (1, 2, 3)] == ["field", "forest", "water"]
    assert dataset.GetRasterBand(1).GetNoDataValue() == -1


def test_confidence_is_the_highest_probability_and_the_entropy(apply, in_one_pass, tmp_path):
    apply(confidence=str(tmp_path / "confidence.tif"))
    dataset = gdal.Open(str(tmp_path / "confidence.tif"))
    highest, entropy = dataset.ReadAsArray()
    np.testing.assert_allclose(highest, in_one_pass.max(axis=0), atol=1e-6)
    np.testing.assert_allclose(entropy, -(in_one_pass * np.log(in_one_pass)).sum(axis=0) / np.log(3), atol=1e-5)
    assert tuple(dataset.GetRasterBand(n).GetDescription() for n in (1, 2)) == CONFIDENCE.names


@OF_VALUES
@pytest.mark.parametrize("fields", [{}, {"efield": 32}])
def test_a_model_of_values_maps_them(apply, in_one_pass, reporter, tmp_path, fields):
    found = apply(**fields)
    assert found.dtype == np.float32
    assert found.std() > 0.1
    np.testing.assert_allclose(found, in_one_pass[0], rtol=0, atol=2e-5)
    dataset = gdal.Open(str(tmp_path / "map of it.tif"))
    band = dataset.GetRasterBand(1)
    assert (dataset.RasterCount, band.GetDescription()) == (1, "tree cover")
    assert np.isnan(band.GetNoDataValue())
    assert any("continuous values, not classes: tree cover" in message for message in reporter.messages)


@OF_VALUES
def test_values_are_nan_where_the_image_has_no_data(apply, make_raster):
    values = np.full((50, 60, 4), 500, np.uint16)
    values[10:20, 30:40] = 0
    found = apply(source1=[make_raster(values, nodata=0, band_names=("blue", "green", "red", "nir"))])
    expected = np.zeros((50, 60), bool)
    expected[10:20, 30:40] = True
    np.testing.assert_array_equal(np.isnan(found), expected)


@OF_VALUES
@pytest.mark.parametrize("wanted", ["probabilities", "confidence"])
def test_what_values_do_not_have_is_refused(apply, tmp_path, wanted):
    options = {"probabilities": {"output_type": wanted}, "confidence": {wanted: str(tmp_path / "confidence.tif")}}
    with pytest.raises(InputError, match=f"gives no {wanted}.*tree cover"):
        apply(**options[wanted])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 40), (7, 5), (16, 16), (300, 3)])
def test_rasters_smaller_than_a_block(apply, make_raster, height, width):
    image = make_raster(np.full((height, width, 4), 500, np.uint16), band_names=("blue", "green", "red", "nir"))
    found = apply(source1=[image])
    assert found.shape == (height, width)
    assert {*np.unique(found).tolist()} <= {1, 2, 3}


@pytest.mark.parametrize(("output_type", "nodata"), [("classes", 0), ("probabilities", -1)])
def test_no_data_in_gives_no_data_out(apply, make_raster, output_type, nodata, tmp_path):
    values = np.full((50, 60, 4), 500, np.uint16)
    values[10:20, 30:40] = 0
    image = make_raster(values, nodata=0, band_names=("blue", "green", "red", "nir"))
    found = apply(source1=[image], output_type=output_type, confidence=str(tmp_path / "confidence.tif"))
    found = found if found.ndim == 2 else found[0]
    expected = np.zeros((50, 60), bool)
    expected[10:20, 30:40] = True
    np.testing.assert_array_equal(found == nodata, expected)
    np.testing.assert_array_equal(gdal.Open(str(tmp_path / "confidence.tif")).ReadAsArray()[1] == -1, expected)


def test_nan_in_gives_no_data_out_and_spoils_no_neighbour(apply, make_raster):
    values = np.full((50, 60, 4), 500, np.float32)
    values[10, 30] = np.nan
    values[40, 30, 2] = np.nan
    found = apply(
        source1=[make_raster(values, band_names=("blue", "green", "red", "nir"))], output_type="probabilities"
    )
    assert (found[:, 10, 30] == -1).all()
    assert np.isfinite(found).all() and (found == -1).sum() == 3


@pytest.mark.parametrize("dtype", [np.uint8, np.uint32, np.float64])
def test_any_type_of_values(apply, make_raster, dtype):
    rows, cols = np.mgrid[:40, :50]
    values = np.stack([rows + cols, rows, cols, rows * 2], axis=-1)
    reference = apply(
        source1=[make_raster(values.astype(np.uint16), name="a.tif", band_names=("blue", "green", "red", "nir"))]
    )
    found = apply(source1=[make_raster(values.astype(dtype), name="b.tif", band_names=("blue", "green", "red", "nir"))])
    np.testing.assert_array_equal(found, reference)


def test_rasters_are_stacked(apply, session_scene, tmp_path):
    parts = []
    for name, bands in (("a.tif", [1, 2]), ("b.tif", [3, 4])):
        gdal.Translate(str(tmp_path / name), session_scene["image"], bandList=bands)
        parts.append(str(tmp_path / name))
    np.testing.assert_array_equal(apply(source1=parts), apply())


def test_too_few_bands_are_refused_by_name(apply, make_raster):
    with pytest.raises(InputError, match=r"4 bands \(blue, green, red, nir\)"):
        apply(source1=[make_raster(np.ones((20, 20, 3), np.uint16))])


def test_bands_in_another_order_are_refused(apply, make_raster):
    with pytest.raises(InputError, match="another order"):
        apply(source1=[make_raster(np.ones((20, 20, 4), np.uint16), band_names=("nir", "red", "green", "blue"))])


def test_bands_of_other_names_are_warned_about(apply, make_raster, reporter):
    apply(source1=[make_raster(np.ones((20, 20, 4), np.uint16))])
    assert any("band 1" in warning for warning in reporter.warnings)


def test_fields_that_make_seams_are_refused_before_any_work(apply, tmp_path):
    with pytest.raises(InputError, match="seams"):
        apply(crop=5)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["map.png", "map", "map.tif.txt"])
def test_only_geotiffs_are_written(apply, tmp_path, name):
    with pytest.raises(InputError, match=r"\.tif"):
        apply(output=str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_map_and_confidence_cannot_be_one_file(apply, tmp_path):
    with pytest.raises(InputError):
        apply(confidence=str(tmp_path / "map of it.tif"))


@pytest.mark.parametrize("when", [2, 4])
def test_a_cancelled_map_leaves_nothing(apply, tmp_path, reporter, when):
    reporter.cancel_at = when
    with pytest.raises(Cancelled):
        apply(efield=32, confidence=str(tmp_path / "confidence.tif"))
    gc.collect()  # a writer that dies later must not come back
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_map_leaves_the_older_one(apply, tmp_path, reporter):
    (tmp_path / "map of it.tif").write_text("old")
    reporter.cancel_at = 3
    with pytest.raises(Cancelled):
        apply(efield=32)
    gc.collect()
    assert [path.name for path in tmp_path.iterdir()] == ["map of it.tif"]
    assert (tmp_path / "map of it.tif").read_text() == "old"


def test_a_map_does_not_replace_its_image(apply, session_scene, tmp_path):
    image = tmp_path / "image.tif"
    shutil.copy(session_scene["image"], image)
    with pytest.raises(InputError, match="is an input as well, which would be lost"):
        apply(source1=[str(image)], output=str(image))
    assert image.read_bytes() == Path(session_scene["image"]).read_bytes()


def test_a_folder_that_is_no_model_is_refused(apply, tmp_path):
    with pytest.raises(InputError, match="is not a model"):
        apply(model=str(tmp_path))


def test_a_damaged_model_is_refused(apply, untrained_folder, tmp_path):
    folder = tmp_path / "damaged"
    shutil.copytree(untrained_folder[0], folder)
    (folder / "saved_model.pb").write_bytes(b"damaged")
    with pytest.raises(InputError, match="cannot be loaded"):
        apply(model=str(folder))


@pytest.mark.parametrize("values", [[0, 1, 2], [-7, 0, 300], [1, 255, 70000], [5, 6, 3 * 10**9]])
def test_maps_carry_the_values_of_the_user(apply, untrained_folder, tmp_path, values):
    from geodl_plugin.labels.classes import ClassList

    folder = tmp_path / "other classes"
    shutil.copytree(untrained_folder[0], folder)
    description = ModelDescription.read(folder)
    dataclasses.replace(description, classes=ClassList.from_values(values)).write(folder)
    np.testing.assert_array_equal(apply(model=str(folder)), np.array(values)[apply() - 1])


def test_a_name_of_the_model_with_blanks_and_other_letters(apply, untrained_folder, tmp_path):
    folder = tmp_path / "μοντέλο 模型 1"
    shutil.copytree(untrained_folder[0], folder)
    assert json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    apply(model=str(folder), output=str(tmp_path / "χάρτης 1.tif"))


def test_a_network_without_finite_field_is_applied_with_explicit_fields(
    apply, untrained_folder, reporter, monkeypatch, in_one_block
):
    description = dataclasses.replace(ModelDescription.read(untrained_folder[0]), fields=None)
    monkeypatch.setattr(ModelDescription, "read", lambda *_: description)
    with pytest.raises(InputError, match=r"none are given.*RFIELD, EFIELD and CROP.*depends on all pixels"):
        apply()
    found = apply(rfield=160, efield=96, output_type="probabilities")
    np.testing.assert_allclose(found, in_one_block, rtol=0, atol=1e-6)
    assert any("may have seams" in one and "depends on all pixels" in one for one in reporter.warnings)
