"""Parameters at and beyond their limits, a few of each job that needs no TensorFlow; ``make test-faults`` tries all."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.jobs.sample_vector import SampleVector
from tests.faults.parameters import Quiet, try_job
from tests.faults.scenarios import HEIGHT, NAMES, WIDTH, World, write_scene

EXAMPLES = 15


@pytest.fixture(scope="module")
def world(tmp_path_factory, write_raster):
    """The scene of the faults, with positions and labels on it."""
    world = World(tmp_path_factory.mktemp("parameters"))
    world.inputs.mkdir()
    write_scene(world.inputs)
    given = [str(world.inputs / name) for name in ("image.tif", "polygons.gpkg", "positions.gpkg")]
    SampleVector(given[:1], *given[1:], class_field="class", patch_size=16, count=60).run(Quiet())
    values = np.arange(HEIGHT * WIDTH, dtype=np.uint8).reshape(HEIGHT, WIDTH) % 4
    dataset = gdal.Open(write_raster(world.inputs, values, "map.tif", nodata=0))
    dataset.GetRasterBand(1).SetCategoryNames(["", *NAMES])
    return world


@pytest.mark.parametrize(
    "job", ["samplevector", "samplelabelraster", "samplegrid", "classstatistics", "extractpatches", "evaluatemap"]
)
def test_any_parameters_give_a_result_or_one_error(world, job):
    tried, results, failures = try_job(world, job, EXAMPLES, 1)
    assert failures == []
    assert tried == EXAMPLES
    assert results > 0


def test_what_is_wrong_is_noticed(world, monkeypatch):
    def broken(self, reporter):
        (world.folder / "parameters" / "out" / ".half.part").touch()
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(SampleVector, "run", broken)
    _, results, failures = try_job(world, "samplevector", EXAMPLES, 1)
    assert results == 0
    assert any("ZeroDivisionError at" in failure for failure in failures)
