"""What the benchmarks of mapping share: networks with random weights, a raster of noise, and the worker's memory."""

import re
import time
from pathlib import Path

import numpy as np
import tensorflow as tf
from osgeo import gdal

from geodl_plugin.classes import ClassMap
from geodl_plugin.models.architectures import architecture
from geodl_plugin.models.folder import KERAS_NAME, ModelDescription, ModelInput
from geodl_plugin.models.heads import PREDICTIONS, Head
from geodl_plugin.models.layer_fields import fields_of

BANDS = ["blue", "green", "red", "nir"]
STATISTICS = {"mean": [500.0] * 4, "stddev": [100.0] * 4}
_ROWS = 1024  # that are made at a time


def model_folder(folder, name):
    """Write a model folder of 4 bands and 3 classes; gives its Keras model."""
    network = architecture(name)(
        head=Head.of_classes(3),
        statistics={"source1": {**STATISTICS, "nodata": [None] * 4}},
        dataset_element_spec=({"source1": tf.TensorSpec([None, 64, 64, 4], tf.float32)}, {}),
    )
    network.save(folder)
    network.model.save(folder / KERAS_NAME)
    ModelDescription(
        architecture=name,
        inputs=[ModelInput("source1", BANDS, [None] * 4, STATISTICS)],
        output=PREDICTIONS,
        classes=ClassMap.from_values(["field", "forest", "water"]),
        fields=fields_of(network.model, PREDICTIONS),
        crops=network.inference_cropping,
        parameters=network.model.count_params(),
        training={},
    ).write(folder)
    return network.model


def noise_raster(path, side):
    """Write a tiled, compressed UInt16 raster of 4 bands."""
    options = ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "INTERLEAVE=PIXEL", "NUM_THREADS=ALL_CPUS", "BIGTIFF=YES"]
    raster = gdal.GetDriverByName("GTiff").Create(str(path), side, side, 4, gdal.GDT_UInt16, options)
    raster.SetGeoTransform((500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0))
    chance = np.random.default_rng(0)
    for number, band in enumerate(BANDS, start=1):
        raster.GetRasterBand(number).SetDescription(band)
    for row in range(0, side, _ROWS):
        height = min(_ROWS, side - row)
        coarse = chance.integers(300, 700, (4, -(-height // 16), -(-side // 16)), np.uint16)
        smooth = coarse.repeat(16, axis=1).repeat(16, axis=2)[:, :height, :side]
        raster.WriteArray(smooth + chance.integers(0, 16, smooth.shape, np.uint16), 0, row)
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
