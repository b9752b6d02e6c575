"""What the benchmarks of mapping share: networks with random weights, a large scene, a clock, the worker's memory."""

import re
import time
from pathlib import Path

import numpy as np
import tensorflow as tf
from demo_data import SCENE
from osgeo import gdal

from geodl_plugin.labels.classes import ClassList
from geodl_plugin.models.architectures import architecture
from geodl_plugin.models.folder import KERAS_NAME, ModelDescription, ModelInput
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import fields_of
from geodl_plugin.runtime.numbers import ceil_div
from geodl_plugin.runtime.reporter import Reporter

BANDS = ["blue", "green", "red", "nir"]
SIX_BANDS = [*BANDS, "swir 1", "swir 2"]


class Clock(Reporter):
    """Remembers when blocks were done, and what was said at the end."""

    def __init__(self):
        super().__init__()
        self.blocks, self.said = [], ""  # blocks: when they were done, share of the work, time left as it was told

    def info(self, message):
        self.said = message

    def warning(self, message):
        print(message)

    def is_cancelled(self):
        return False

    def show(self, fraction, message, remaining):
        if message.startswith("Mapping"):
            self.blocks.append((time.perf_counter(), fraction, remaining))

    @property
    def seconds(self):
        """From the end of the first block to that of the last."""
        return self.blocks[-1][0] - self.blocks[0][0]

    def worst_estimate(self):
        """By what share of the time the end was foretold wrongly, at most, after the first tenth."""
        end = self.blocks[-1][0]
        told = [(now, left) for now, share, left in self.blocks if share >= 0.1 and left is not None]
        return max(abs(now + left - end) for now, left in told) / self.seconds


def model_folder(folder, name, scene=None, bands=BANDS):
    """Write a model folder of 3 classes; gives its Keras model.

    With a scene, [batch, y, x, bands], batch normalisation has seen what it normalises, as after a training.
    """
    count = len(bands)
    statistics, nodata = {"mean": [500.0] * count, "stddev": [100.0] * count}, [None] * count
    network = architecture(name)(
        head=Head.of_classes(3),
        statistics={"source1": {**statistics, "nodata": nodata}},
        dataset_element_spec=({"source1": tf.TensorSpec([None, 64, 64, count], tf.float32)}, {}),
    )
    for _ in range(0 if scene is None else 20):
        network.model({"source1": scene}, training=True)
    network.save(folder)
    network.model.save(folder / KERAS_NAME)
    ModelDescription(
        architecture=name,
        inputs=[ModelInput("source1", bands, nodata, statistics)],
        output=PREDICTIONS,
        classes=ClassList.from_values(["field", "forest", "water"]),
        fields=fields_of(network.model, PREDICTIONS),
        crops=network.inference_cropping,
        parameters=network.model.count_params(),
        training={},
    ).write(folder)
    return network.model


def scene_raster(path, side, compression="DEFLATE", bands=BANDS, nodata=None):
    """Write the first bands of the demo's scene, repeated to a tiled raster of that side."""
    options = ["TILED=YES", f"COMPRESS={compression}", "INTERLEAVE=PIXEL", "NUM_THREADS=ALL_CPUS", "BIGTIFF=YES"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), side, side, len(bands), gdal.GDT_UInt16, options)
    raster.SetGeoTransform((500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0))
    for number, band in enumerate(bands, start=1):
        raster.GetRasterBand(number).SetDescription(band)
        if nodata is not None:
            raster.GetRasterBand(number).SetNoDataValue(nodata)
    scene = gdal.Open(SCENE).ReadAsArray()[: len(bands)]
    row = np.tile(scene, (1, 1, ceil_div(side, scene.shape[2])))[..., :side]
    for first in range(0, side, scene.shape[1]):
        raster.WriteArray(row[:, : side - first], 0, first)
    raster.FlushCache()
    return str(path)


def finish(process):
    """Wait for a process; gives its peak of memory in megabytes, as Linux counts it."""
    peak, status = 0.0, Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        peak = int(found[1]) / 1024 if found else peak
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit("the map failed")
    return peak
