"""Reports on models."""

import dataclasses
import html
import re
from fractions import Fraction

import keras
import pytest
import tensorflow as tf
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.inference.members import Member
from geodl_plugin.inference.tiling import plan_tiling
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.models.inspect_model import InspectModelRequest, inspect_model
from geodl_plugin.models.inspection import ModelInspection
from geodl_plugin.models.loading import open_model
from geodl_plugin.operations.sources import rasters_of
from geodl_plugin.rasters.sources import Sources

C = keras.layers.Conv2D
FIELDS = {"total_stride": 16, "valid_margin": 16, "receptive_field": 47, "crop": 16, "rfield": 1056, "efield": 1024}


@pytest.fixture
def report(tmp_path):
    """Where the report goes."""
    return tmp_path / "report.html"


def keras_file(path, **named):
    """A Keras file of a network that convolves an image, and what is made of that."""
    image = keras.Input((None, None, 2), name="image")
    tensor = C(3, 5, padding="same", name="conv")(image)
    made = {name: layer(tensor) for name, layer in named.items()}
    file = path / "mine.keras"
    keras.Model({"image": image}, {"whole": tensor, **made}).save(file)
    return file


def test_a_model_folder(trained_folder, report, reporter):
    found = InspectModel(str(trained_folder), str(report)).run(reporter)
    assert found == {"report": str(report), **FIELDS}
    shown = report.read_text(encoding="utf-8")
    texts = (
        *("GeoDL model folder", "network fcnn", "follows from the layers", "conv4", "Transposed Conv2D", "source1"),
        *("[any, any, any, 4]", "nir", "16, 32", "forest", "predictions_crop16", "rfieldx 48"),
    )
    for text in texts:
        assert text in shown
    assert "CROP = 16, RFIELD = 1056, EFIELD = 1024" in reporter.messages[-1]
    assert reporter.warnings == []


def test_the_layers_are_shown_for_the_size_of_the_input(trained_folder, report, reporter):
    cells = r"<td>{0}</td>\s*<td>{1}</td></tr>"
    for size, valid in ((64, 33), (128, 97)):
        InspectModel(str(trained_folder), str(report), input_size=size).run(reporter)
        shown = report.read_text(encoding="utf-8")
        assert f"for an input of {size} × {size} pixels" in shown
        assert re.search(cells.format(size, valid), shown)


def test_a_folder_without_layers_is_measured(untrained, report, reporter, tmp_path):
    _, network = untrained("fcnn")
    network.save(tmp_path / "bare")
    found = InspectModel(str(tmp_path / "bare"), str(report)).run(reporter)
    # How much memory such a network takes is not known: blocks are smaller.
    assert found == {"report": str(report), **FIELDS, "rfield": 736, "efield": 704}
    shown = report.read_text(encoding="utf-8")
    assert "was measured by running the network" in shown
    assert "64 × 64 pixels, of which 33 × 33 are valid" in shown


def test_a_size_that_is_no_multiple_of_the_stride_is_refused(trained_folder, report, reporter):
    with pytest.raises(InputError, match=r"Invalid input size.*total stride 16.*INPUT_SIZE = 50.*Use 48"):
        InspectModel(str(trained_folder), str(report), input_size=50).run(reporter)
    assert not report.exists()


def test_the_output_can_be_chosen(report, reporter, tmp_path):
    file = keras_file(tmp_path, wide=C(1, 7, padding="same"), near=C(1, 1))
    margins = {
        name: InspectModel(str(file), str(report), output_name=name).run(reporter)["valid_margin"]
        for name in ("near", "wide", "")
    }
    assert margins == {"near": 2, "wide": 5, "": 2}


def test_the_operation_returns_what_the_job_reports(trained_folder):
    found = inspect_model(InspectModelRequest(str(trained_folder), input_size=128))
    assert isinstance(found, ModelInspection) and found.problem == "" and not found.is_measured
    assert (found.receptive_field.fields.total_stride, found.receptive_field.size) == (16, 47)
    assert found.rows[-1].valid_size == (97, 97)


def test_the_fields_of_the_job_keep_their_order():
    assert [field.name for field in dataclasses.fields(InspectModel)] == [
        *("model", "report", "input_size", "output_name"),
    ]


def test_a_cropped_output_stands_for_the_whole_one(trained_folder):
    found = inspect_model(InspectModelRequest(str(trained_folder), output_name="predictions_crop32"))
    assert found.output.name == "predictions"
    assert found.receptive_field.fields.crop == 16


def test_an_unknown_output_is_refused(trained_folder, report, reporter):
    with pytest.raises(InputError, match=r"no output probabilities.*predictions, predictions_crop16"):
        InspectModel(str(trained_folder), str(report), output_name="probabilities").run(reporter)


def test_a_network_that_looks_at_the_whole_image_has_no_fields(report, reporter, tmp_path):
    image = keras.Input((None, None, 2), name="image")
    mean = keras.layers.GlobalAveragePooling2D(keepdims=True, name="mean_of_all")(image)
    file = tmp_path / "global.keras"
    keras.Model({"image": image}, {"out": keras.layers.subtract([image, mean])}).save(file)
    found = InspectModel(str(file), str(report)).run(reporter)
    assert found == {"report": str(report)}
    assert "mean_of_all (GlobalAveragePooling2D) depends on the whole image" in reporter.warnings[0]
    assert reporter.warnings[0] in html.unescape(report.read_text(encoding="utf-8"))


def test_a_network_of_fixed_size_has_no_fields(report, reporter, tmp_path):
    module = tf.Module()
    mean = tf.function(lambda patch: {"mean": tf.reduce_mean(patch, [1, 2])}, [tf.TensorSpec([None, 16, 16, 3])])
    tf.saved_model.save(module, str(tmp_path / "patches"), {"serving_default": mean})
    found = InspectModel(str(tmp_path / "patches"), str(report)).run(reporter)
    assert found == {"report": str(report)}
    assert "not fully convolutional" in reporter.warnings[0]
    assert "[any, 16, 16, 3]" in report.read_text(encoding="utf-8")


def test_a_layer_that_is_not_known_is_measured(tmp_path):
    image = keras.Input((None, None, 2), name="image")
    rolled = keras.ops.pad(image, ((0, 0), (2, 2), (2, 2), (0, 0)), mode="reflect")
    file = tmp_path / "padded.keras"
    keras.Model({"image": image}, {"out": C(1, 5)(rolled)}).save(file)
    found = inspect_model(InspectModelRequest(str(file)))
    assert found.is_measured
    assert (found.receptive_field.fields.total_stride, found.receptive_field.fields.valid_margin) == (1, 2)


def test_the_resolutions_of_inputs_are_found(tmp_path):
    fine, coarse = (keras.Input((None, None, 1), name=name) for name in ("a_fine", "b_coarse"))
    joined = keras.layers.concatenate([fine, keras.layers.UpSampling2D(4)(coarse)])
    file = tmp_path / "two.keras"
    keras.Model({"a_fine": fine, "b_coarse": coarse}, {"out": C(1, 3, padding="same")(joined)}).save(file)
    found = inspect_model(InspectModelRequest(str(file)))
    assert found.ratios == {"a_fine": 1, "b_coarse": Fraction(4)}
    assert (found.receptive_field.fields.total_stride, found.receptive_field.fields.valid_margin) == (4, 1)


def test_the_resolutions_of_inputs_are_shown(report, reporter, tmp_path):
    fine, coarse = (keras.Input((None, None, 1), name=name) for name in ("a_fine", "b_coarse"))
    joined = keras.layers.concatenate([fine, keras.layers.UpSampling2D(2)(coarse)])
    file = tmp_path / "two.keras"
    keras.Model({"a_fine": fine, "b_coarse": coarse}, {"out": joined}).save(file)
    InspectModel(str(file), str(report)).run(reporter)
    assert "<td>b_coarse</td><td>float32</td><td>[any, any, any, 1]</td><td>1</td>\n<td>2</td>" in (
        report.read_text(encoding="utf-8")
    )


@pytest.fixture
def sparse_raster(tmp_path):
    """A raster of 8192 × 8192 m without content."""

    def make(name, pixel_size, bands):
        path, side = str(tmp_path / name), 8192 // pixel_size
        dataset = gdal.GetDriverByName("GTiff").Create(path, side, side, bands, options=["SPARSE_OK=TRUE", "TILED=YES"])
        dataset.SetGeoTransform((500000, pixel_size, 0, 4000000, 0, -pixel_size))
        dataset.FlushCache()
        return [path]

    return make


def saved(path, size, channels):
    """A Keras file of a network for 2 fine and 60 coarse bands, or for fine ones only, of one size or of any."""
    fine, coarse = keras.Input((size, size, 2), name="a_fine"), keras.Input((None, None, 60), name="b_coarse")
    inputs, tensor = {"a_fine": fine}, fine
    if size is None:
        inputs["b_coarse"], tensor = (
            coarse,
            keras.layers.concatenate([fine, keras.layers.UpSampling2D(4)(C(2, 1)(coarse))]),
        )
    out = C(1, 5, padding="same", name="out")(C(channels, 1)(tensor))
    file = path / "saved.keras"
    keras.Model(inputs, {"out": out}).save(file)
    return str(file)


@pytest.mark.parametrize(("size", "channels"), [(None, 160), (64, 4)])
def test_the_recommended_fields_are_those_that_rasters_are_cut_by(
    report, reporter, tmp_path, sparse_raster, size, channels
):
    file = saved(tmp_path, size, channels)
    coarse = {} if size else {"source2": sparse_raster("coarse.tif", 8, 60)}
    job = ApplyModel(file, sparse_raster("fine.tif", 2, 2), str(tmp_path / "map.tif"), **coarse)
    layout = plan_tiling(job, [Member(open_model(file), ("out",), {})], Sources.open(rasters_of(job)), reporter).layout
    found = InspectModel(file, str(report)).run(reporter)
    assert (found["crop"], found["rfield"], found["efield"]) == (layout.crop, layout.rfield, layout.efield)
    assert layout.rfield == (size or layout.rfield) and layout.efield < 1024  # size or memory limits it


def test_a_size_that_would_leave_seams_is_said(report, reporter, tmp_path):
    image = keras.Input((16, 16, 2), name="image")
    pooled = keras.layers.UpSampling2D(8)(keras.layers.MaxPooling2D(8)(image))
    file = tmp_path / "small.keras"
    keras.Model({"image": image}, {"out": C(1, 3, padding="same")(pooled)}).save(file)
    found = InspectModel(str(file), str(report)).run(reporter)
    assert found == {"report": str(report), "total_stride": 8, "valid_margin": 1, "receptive_field": 16}
    (warning,) = reporter.warnings
    assert "would leave seams" in warning and "from RFIELD = 16" in warning
    shown = html.unescape(report.read_text(encoding="utf-8"))
    assert warning in shown and "Total stride" in shown and "How to apply it" not in shown
    assert "Recommended" not in reporter.messages[-1]


def test_what_is_no_model_is_refused(report, reporter, tmp_path):
    with pytest.raises(InputError, match="is not a model"):
        InspectModel(str(tmp_path), str(report)).run(reporter)
    assert not report.exists()
