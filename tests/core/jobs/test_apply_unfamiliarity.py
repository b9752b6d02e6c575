"""Maps that tell where the network has never been."""

import json

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.errors import InputError
from geodl_plugin.jobs.apply_model import ApplyModel


@pytest.fixture
def mapped(trained_folder, session_scene, tmp_path, reporter):
    """Map the scene that the network was trained on; gives the unfamiliarity, [y, x]."""

    def run(source=session_scene["image"], **options):
        outputs = {name: str(tmp_path / f"{name}.tif") for name in ("output", "confidence", "unfamiliarity")}
        job = ApplyModel(str(trained_folder), [source], **{**outputs, **options})
        result = job.run(reporter)
        assert result["unfamiliarity"] == job.unfamiliarity
        return gdal.Open(job.unfamiliarity).ReadAsArray()

    return run


def copy_of(source, path, change):
    """A raster with other values."""
    copy = gdal.GetDriverByName("GTiff").CreateCopy(str(path), gdal.Open(source))
    copy.WriteArray(change(copy.ReadAsArray()))
    copy = None
    return str(path)


def test_the_scene_of_the_training_is_familiar_and_another_is_not(mapped, session_scene, tmp_path):
    known = mapped()
    other = mapped(copy_of(session_scene["image"], tmp_path / "other.tif", lambda values: values[::-1] * 3 + 2000))
    assert known.dtype == np.float32 and (known >= 0).all()
    assert (known > 1).mean() < 0.2
    assert (other > 1).mean() > 0.9


def test_blocks_of_any_size_give_the_same(mapped):
    whole = mapped()
    for efield in (16, 48):
        np.testing.assert_allclose(mapped(efield=efield, crop=32), whole, rtol=2e-6, atol=2e-6)


@pytest.mark.parametrize("output_type", ["probabilities", "raw"])
def test_all_outputs_can_have_it(mapped, output_type):
    np.testing.assert_allclose(mapped(output_type=output_type), mapped(), rtol=2e-6, atol=2e-6)


def test_it_does_not_change_the_map(mapped, tmp_path):
    mapped()
    rasters = [gdal.Open(str(tmp_path / f"{name}.tif")).ReadAsArray() for name in ("output", "confidence")]
    mapped(unfamiliarity=str(tmp_path / "again.tif"), confidence="", output=str(tmp_path / "map again.tif"))
    np.testing.assert_array_equal(gdal.Open(str(tmp_path / "map again.tif")).ReadAsArray(), rasters[0])


def test_pixels_without_data_have_none(mapped, session_scene, tmp_path):
    def punch(values):
        values[:, 10:20, 30:50] = 0
        return values

    found = mapped(copy_of(session_scene["image"], tmp_path / "holes.tif", punch), nodata="0")
    assert gdal.Open(str(tmp_path / "unfamiliarity.tif")).GetRasterBand(1).GetNoDataValue() == -1
    assert (found[10:20, 30:50] == -1).all() and (found[40:] >= 0).all()


def test_a_model_that_does_not_know_what_it_was_trained_on_is_refused(untrained, session_scene, tmp_path, reporter):
    job = ApplyModel(
        str(untrained("fcnn")[0]),
        [session_scene["image"]],
        str(tmp_path / "map.tif"),
        unfamiliarity=str(tmp_path / "unfamiliarity.tif"),
    )
    with pytest.raises(InputError, match=r"does not know what it was trained on.*Received: the outputs predictions"):
        job.run(reporter)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_is_resumed_must_make_it_as_well(mapped, tmp_path):
    folder = tmp_path / ".output.tif.blocks"
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"computed from": {"unfamiliarity": False}, "cut": {}}))
    with pytest.raises(InputError, match=r"changed:.*unfamiliarity"):
        mapped(resume=True)
