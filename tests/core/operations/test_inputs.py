"""What is read is not overwritten."""

import os
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.jobs import JOBS
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.inspect_dataset import InspectDataset
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.operations.inputs import check_outputs


@pytest.fixture
def image(make_raster):
    """A raster."""
    return make_raster(np.ones((40, 40), np.uint8), name="a.tif")


def refused(output, *inputs):
    """The error of an output."""
    with pytest.raises(InputError, match="an input as well, which would be lost") as caught:
        check_outputs([Path(output)], list(inputs))
    return str(caught.value)


def test_an_output_that_is_new_is_fine(image, tmp_path):
    check_outputs([tmp_path / "b.tif", tmp_path / "new" / "c.tif"], [image])


def test_names_that_no_file_can_have_are_fine_here(image, tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "b.tif").touch()
    check_outputs([tmp_path / ("a" * 300), tmp_path / "b.tif", Path("/proc/1/root/x")], [str(tmp_path / "loop"), image])


def test_another_file_in_the_same_folder_is_fine(image, tmp_path):
    (tmp_path / "b.tif").touch()
    check_outputs([tmp_path / "b.tif"], [image])


def test_the_same_file_is_refused(image):
    assert image in refused(image, "nothing.tif", image)


def test_the_same_file_by_another_name_is_refused(image, tmp_path, monkeypatch):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.tif").symlink_to(image)
    (tmp_path / "folder link").symlink_to(tmp_path)
    os.link(image, tmp_path / "hard.tif")
    monkeypatch.chdir(tmp_path)
    for name in ("a.tif", "folder/../a.tif", "link.tif", "folder link/a.tif", "hard.tif"):
        refused(name, image)
        refused(image, name)


def test_the_files_behind_a_virtual_raster_are_read(image, tmp_path):
    gdal.BuildVRT(str(tmp_path / "b.vrt"), [image]).FlushCache()
    gdal.BuildVRT(str(tmp_path / "c.vrt"), [str(tmp_path / "b.vrt")]).FlushCache()
    refused(image, str(tmp_path / "b.vrt"))
    refused(image, str(tmp_path / "c.vrt"))
    refused(tmp_path / "b.vrt", str(tmp_path / "c.vrt"))


def test_an_archive_is_read(image, tmp_path):
    (tmp_path / "x.zip").touch()
    refused(tmp_path / "x.zip", f"/vsizip/{tmp_path}/x.zip/a.tif")
    refused(tmp_path / "x.zip", f"/vsizip//vsigzip/{tmp_path}/x.zip/a.tif")


def test_what_a_connection_names_is_read(image, tmp_path):
    refused(image, f"{image}|option:NUM_THREADS=1")
    refused(image, f"{image}|crs:EPSG:32636")
    gdal.Translate(str(tmp_path / "r.gpkg"), image, format="GPKG").FlushCache()
    refused(tmp_path / "r.gpkg", f"{tmp_path / 'r.gpkg'}|option:ZOOM_LEVEL=0|crs:EPSG:32636")
    (tmp_path / "x.zip").touch()
    refused(tmp_path / "x.zip", f"/vsizip/{{{tmp_path}/x.zip}}/a.tif|crs:EPSG:32636")


def test_a_raster_in_a_geopackage_is_read(image, tmp_path):
    gdal.Translate(str(tmp_path / "r.gpkg"), image, format="GPKG", creationOptions=["RASTER_TABLE=one"]).FlushCache()
    refused(tmp_path / "r.gpkg", f"GPKG:{tmp_path / 'r.gpkg'}:one")


def test_what_would_be_removed_with_the_old_output_is_refused(image, tmp_path):
    (tmp_path / "b.tif").touch()
    mask = Path(image).rename(tmp_path / "b.tif.msk")
    refused(tmp_path / "b.tif", str(mask))


def test_a_folder_that_is_or_holds_an_input_is_refused(image, tmp_path):
    assert "holds" in refused(tmp_path, image)
    assert "is an" in refused(tmp_path, str(tmp_path))
    check_outputs([tmp_path / "a.html"], [str(tmp_path)])


def test_a_folder_that_holds_what_a_link_points_to_is_refused(image, tmp_path):
    (tmp_path / "data").mkdir()
    Path(image).rename(tmp_path / "data" / "a.tif")
    Path(image).symlink_to(tmp_path / "data" / "a.tif")
    refused(tmp_path / "data", image)


@pytest.mark.parametrize("name", JOBS)
def test_every_job_knows_its_inputs(name):
    """Fields that are no input are known: a new field is one or the other."""
    no_inputs = {
        *("output", "report", "confidence", "matrix", "confusion", "class_field", "split_field", "creation_options"),
        *("strategy", "split", "label_mode", "compression", "architecture", "backbone", "loss", "class_weights"),
        *("class_weight_values", "precision", "device", "output_type", "mode", "edges", "nodata", "output_nodata"),
        *("output_name", "augment", "names", "output_names", "user_inputs", "unfamiliarity", "tta", "dates"),
        *("users_accuracies", "allocation", "shape"),
        *("effort", "pixel_classifier", "refit", "unlabelled", "valid_scenes", "test_scenes", "weighting"),
        *("gdal_of_qgis", "qgis", "problem", "journal", "assets", "fingerprint", "class_colors", "kind"),
    }
    module, cls = JOBS[name].split(".")
    job = getattr(__import__(f"geodl_plugin.jobs.{module}", fromlist=[cls]), cls)
    fields = job.__dataclass_fields__.values()
    texts = {field.name for field in fields if field.type in ("str", "list[str]") and not field.name.endswith("_name")}
    texts -= {"labels"} if name == "extractpatches" else set()  # there an output
    assert texts - no_inputs == set()


def test_the_job_refuses_before_any_work(scene, tmp_path, reporter):
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    image, polygons = scene["image"], scene["polygons"]
    for job in (
        ApplyModel("no model", [image], image),
        ApplyModel("no model", [image], str(tmp_path / "map.tif"), mask=polygons, confidence=polygons),
        SampleVector([image], polygons, polygons, class_field="class"),
        SampleGrid([image], polygons, mask=polygons),
    ):
        with pytest.raises(InputError, match="an input as well, which would be lost"):
            job.run(reporter)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_dataset_is_not_replaced_by_the_model(tmp_path, reporter):
    for name in ("dataset.json", "model.json"):
        (tmp_path / name).write_text("{}")
    file = str(tmp_path / "dataset.json")
    for job in (TrainModel(str(tmp_path), str(tmp_path)), InspectDataset(file, file)):
        with pytest.raises(InputError, match="an input as well"):
            job.run(reporter)


@pytest.mark.parametrize("name", ["n" * 300, "n" * 250 + ".tif"])
def test_an_output_whose_name_is_too_long_is_left_to_who_makes_it(image, tmp_path, name):
    check_outputs([tmp_path / name], [image])
