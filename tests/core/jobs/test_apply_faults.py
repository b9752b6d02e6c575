"""The job that maps a raster, when something goes wrong meanwhile."""

import importlib
import os
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.errors import InputError
from geodl_plugin.inference.reading import BlockReader
from geodl_plugin.jobs.apply_model import ApplyModel

from .foreign_models import IMAGE


@pytest.mark.parametrize("change", ["written to", "removed"])
def test_an_image_that_changes_meanwhile_gives_no_map(
    otbtf, make_raster, tmp_path, reporter, monkeypatch, change, request
):
    if change == "removed":
        request.getfixturevalue("open_files_go")
    image, output = Path(make_raster(IMAGE)), tmp_path / "map.tif"
    output.write_text("earlier")
    module = importlib.import_module("geodl_plugin.inference.map_raster")  # the package has the function of that name
    mapped = module.map_blocks

    def disturbed(*arguments, **options):
        mapped(*arguments, **options)
        if change == "removed":
            image.unlink()
        else:
            with image.open("ab") as file:
                file.write(b" ")

    monkeypatch.setattr(module, "map_blocks", disturbed)
    job = ApplyModel(otbtf("serve"), [str(image)], str(output), output_type="raw")
    with pytest.raises(InputError, match=r"image changed while it was mapped.*image\.tif"):
        job.run(reporter)
    assert output.read_text() == "earlier"
    assert {one.name for one in tmp_path.iterdir()} <= {"map.tif", "image.tif"}


def test_an_image_that_is_cut_meanwhile_gives_no_map(otbtf, make_raster, tmp_path, reporter, monkeypatch):
    values = np.random.default_rng(4).integers(1, 1000, (700, 700, 2)).astype(np.uint16)
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

    def faulty(*_, **__):
        raise ValueError("ours")

    monkeypatch.setattr("geodl_plugin.inference.predictions.PredictionSpec.computed", faulty)
    with pytest.raises(ValueError, match="ours"):
        ApplyModel(otbtf("serve"), [make_raster(IMAGE)], str(tmp_path / "map.tif"), output_type="raw").run(reporter)
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
        monkeypatch.setattr("geodl_plugin.inference.averaging.block_function", lambda *_: full)
    with pytest.raises(InputError, match=r"not enough memory for a block.*less MEMORY"):
        apply(otbtf("serve"), output_type="raw")
    assert [one.name for one in tmp_path.iterdir()] == ["image.tif"]
