"""A cluster on this computer, and a map that is made on it."""

import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.cluster.map_on_cluster import map_on_cluster
from geodl_plugin.cluster.request import ClusterRequest
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.systems.processor import limited_to

LIBRARY = Path(__file__).resolve().parents[3] / "geodl_plugin"
HEIGHT, WIDTH, EFIELD, SHEET = 150, 200, 32, 64


@pytest.fixture(scope="package")
def cluster():
    """Two workers of one thread."""
    from distributed import LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with LocalCluster(**options, memory_limit=0, dashboard_address="127.0.0.1:0") as found:
        yield found


@pytest.fixture(scope="package")
def original(tmp_path_factory):
    """An image in tiles of 16 pixels, part of it without data."""
    rng = np.random.default_rng(3)
    values = rng.integers(100, 1000, (4, HEIGHT, WIDTH)).astype(np.uint16)
    values[:, 20:60, 120:170] = 0
    path = tmp_path_factory.mktemp("original") / "image.tif"
    options = ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE", "INTERLEAVE=PIXEL"]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), WIDTH, HEIGHT, 4, gdal.GDT_UInt16, options)
    dataset.SetGeoTransform((500000.0, 10.0, 1.0, 4000000.0, 1.0, -10.0))
    dataset.WriteArray(values)
    for number in range(1, 5):
        dataset.GetRasterBand(number).SetNoDataValue(0)
    dataset = None
    return path


@pytest.fixture
def image(original, tmp_path):
    """The path of a copy of the image."""
    return str(shutil.copy(original, tmp_path))


@pytest.fixture
def on_cluster(cluster, untrained, image, tmp_path, reporter):
    """Map the image on the cluster; gives the result."""

    def run(output="map.tif", **options):
        parameters = {
            **{"scheduler": cluster.scheduler_address, "sheet": SHEET, "efield": EFIELD},
            **{name: str(tmp_path / value) if name == "confidence" else value for name, value in options.items()},
        }
        model = str(untrained("fcnn")[0])
        return map_on_cluster(ClusterRequest(model, [image], str(tmp_path / output), **parameters), reporter)

    return run


@pytest.fixture(scope="package")
def in_one_process(untrained, original, tmp_path_factory):
    """Map the image in one process with as many threads as a worker has; gives the paths of the map and its kin."""

    @functools.cache
    def run(names, text):
        folder = tmp_path_factory.mktemp("one")
        paths = {name: str(folder / f"{name}.tif") for name in names}
        job = ApplyModel(str(untrained("fcnn")[0]), [str(original)], **paths, **{"efield": EFIELD, **json.loads(text)})
        (folder / "job.json").write_text(job.to_json())
        command = [sys.executable, "-W", "ignore", str(LIBRARY), "run", str(folder / "job.json")]
        done = subprocess.run(command, env={**os.environ, **limited_to(1)}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return {name: Path(path) for name, path in paths.items()}

    return lambda *names, **options: run(("output", *names), json.dumps(options))
