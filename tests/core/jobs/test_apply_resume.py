"""The job that maps a raster, when a run that was stopped is resumed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import keras
import pytest

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.jobs.apply_model import ApplyModel

from .foreign_models import IMAGE

ROOT = Path(__file__).resolve().parents[3]
RESUMED = {"output_names": ["softmax_tensor"], "output_type": "probabilities", "efield": 4, "resume": True}


def test_a_killed_run_is_continued_to_the_same_bytes(otbtf, make_raster, tmp_path, reporter, monkeypatch):
    job = ApplyModel(
        model=otbtf("serve"), source1=[make_raster(IMAGE)], output=str(tmp_path / "map.tif"),
        confidence=str(tmp_path / "confidence.tif"), **RESUMED,
    )  # fmt: skip
    (tmp_path / "job.json").write_text(job.to_json())
    slow = (
        "import time; from geodl_plugin.inference import checkpoint; save = checkpoint.Checkpoint.save\n"
        "checkpoint.Checkpoint.save = lambda *args: (time.sleep(0.02), save(*args))\n"
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
    monkeypatch.setattr("geodl_plugin.inference.tiling.bytes_needed", lambda *_: 1e6)


def test_with_more_memory_blocks_stay_as_they_were(otbtf, stopped, little_memory, tmp_path, reporter):
    options = {"output_names": ["softmax_tensor"]}
    found = stopped(otbtf("serve"), memory=800, **options)(memory=4000)
    parameters = {"source1": [str(tmp_path / "image.tif")], "output": str(tmp_path / "map.tif"), **options}
    ApplyModel(model=otbtf("serve"), memory=800, **parameters).run(reporter)
    assert (tmp_path / "map.tif").read_bytes() == found


def test_blocks_that_do_not_fit_any_more_are_said(otbtf, stopped, little_memory):
    go_on = stopped(otbtf("serve"), output_names=["softmax_tensor"], memory=1200)
    with pytest.raises(InputError, match=r"too little memory to resume.*MEMORY = 1200 or more.*MEMORY = 800, for"):
        go_on(memory=800)
    go_on(memory=1200)


def test_blocks_of_another_field_are_refused(otbtf, stopped):
    go_on = stopped(otbtf("serve"), output_names=["softmax_tensor"], efield=16)
    with pytest.raises(InputError, match="changed: efield, rfield"):
        go_on(efield=8)
    go_on(efield=0)  # automatic: as they were


def test_patches_are_computed_as_many_at_a_time_as_before(otbtf, stopped, monkeypatch):
    monkeypatch.setattr("geodl_plugin.inference.blocks.PATCH_BLOCK_SIDE", 16)
    go_on = stopped(otbtf("patches"), output_type="raw", user_inputs=["k=1"], memory=2000)
    with pytest.raises(InputError, match=r"as much MEMORY as in the earlier run.*patches of 6 × 6 pixels at a time"):
        go_on(memory=800)
    go_on(memory=3000)
