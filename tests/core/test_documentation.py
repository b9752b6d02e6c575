"""The examples of LIBRARY.md, run one after the other as a reader would."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.jobs.job_file import read_job

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "LIBRARY.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def told(tmp_path_factory, write_raster, write_vector):
    """What the examples print, and the folder that they run in."""
    from conftest import write_scene

    folder = tmp_path_factory.mktemp("documentation")
    scene = write_scene(folder, write_raster, write_vector)
    (folder / "scenes").mkdir()
    shutil.copy(scene["image"], folder / "scenes" / "a.tif")
    shutil.copy(scene["polygons"], folder / "scenes" / "a.gpkg")
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(EXAMPLES)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def test_the_examples_make_what_they_say(told):
    printed, folder = told
    assert re.search(r"^\d+ positions to train with$", printed, re.MULTILINE)
    assert "best epoch: " in printed
    assert float(re.search(r"overall accuracy (\S+)", printed)[1]) > 1 / 3  # of three classes
    for name in ("positions.gpkg", "dataset/dataset.json", "model/model.json", "map.tif", "confidence.tif", "job.json"):
        assert (folder / name).is_file()
    for name in ("sample_a.json", "export_a.json", "merge.json"):
        read_job(folder / name)


def test_there_are_examples():
    assert len(EXAMPLES) > 5
