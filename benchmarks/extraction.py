"""From raster to TFRecords: our one pass against its two bare steps, in one run.

    python benchmarks/extraction.py [--patches 5000] [--flat 50000] [--folder DIR]

Cuts patches of 64 × 64 × 4 UInt16 from a tiled GeoTIFF of 6000 × 6000 pixels at random places.  The bare steps are
GDAL reading the same windows in block order and nothing else, and a plain `tf.io.TFRecordWriter` that writes patches
from memory.  Each job runs in a process of its own, so that its peak of memory is its own.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIDE, SIZE, BANDS = 6000, 64, 4
gdal.UseExceptions()


def make_image(path):
    """A tiled raster of noise on a slope."""
    driver = gdal.GetDriverByName("GTiff")
    raster = driver.Create(str(path), SIDE, SIDE, BANDS, gdal.GDT_UInt16, ["TILED=YES", "INTERLEAVE=PIXEL"])
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32636)
    raster.SetProjection(crs.ExportToWkt())
    raster.SetGeoTransform((500000, 10, 0, 4000000, 0, -10))
    chance = np.random.default_rng(0)
    for row in range(0, SIDE, 500):
        values = chance.integers(0, 2000, (BANDS, 500, SIDE)) + row // 4
        raster.WriteArray(values.astype(np.uint16), 0, row)


def make_positions(path, count):
    """Points with two classes, whose patches lie inside."""
    chance = np.random.default_rng(1)
    dataset = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32636)
    layer = dataset.CreateLayer("positions", crs, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTInteger64))
    layer.StartTransaction()
    for number, (col, row) in enumerate(chance.integers(SIZE, SIDE - SIZE, (count, 2)).tolist()):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("class", number % 2 + 1)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT({500005 + 10 * col} {3999995 - 10 * row})"))
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def gdal_alone(folder, count):
    """Seconds that GDAL needs to read the windows, sorted by block."""
    places = np.random.default_rng(1).integers(SIZE, SIDE - SIZE, (count, 2))
    order = np.lexsort((places[:, 0], places[:, 0] // 256, places[:, 1] // 256))
    raster = gdal.Open(str(folder / "image.tif"))
    started = time.perf_counter()
    for col, row in (places[order] - SIZE // 2).tolist():
        raster.ReadAsArray(col, row, SIZE, SIZE, interleave="pixel")
    return time.perf_counter() - started


def writer_alone(folder, count):
    """Seconds that a plain writer needs for so many patches from memory."""
    import tensorflow as tf

    patches = np.random.default_rng(2).integers(0, 3000, (64, SIZE, SIZE, BANDS)).astype(np.uint16)
    started = time.perf_counter()
    with tf.io.TFRecordWriter(str(folder / f"plain_{count}.records")) as writer:
        for number in range(count):
            content = tf.io.serialize_tensor(patches[number % 64]).numpy()
            feature = tf.train.Feature(bytes_list=tf.train.BytesList(value=[content]))
            writer.write(tf.train.Example(features=tf.train.Features(feature={"x": feature})).SerializeToString())
    return time.perf_counter() - started


def ours(folder, count):
    """Seconds from raster and points to the dataset folder, TensorFlow loaded before."""
    import tensorflow as tf

    from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
    from geodl_plugin.runtime.reporter import ConsoleReporter

    class Silent(ConsoleReporter):
        """Tells nobody."""

        def show(self, fraction, message, remaining):
            pass

    tf.constant(0)
    positions, output = str(folder / f"positions_{count}.gpkg"), folder / f"dataset_{count}"
    started = time.perf_counter()
    ExportTFRecords([str(folder / "image.tif")], positions, str(output), SIZE, "position").run(Silent())
    return time.perf_counter() - started


STEPS = {"gdal": gdal_alone, "writer": writer_alone, "ours": ours}


def measure(step, folder, count):
    """Seconds and peak memory in MB of a step in a new process."""
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder), "--patches", str(count)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(answer.splitlines()[-1])


def main():
    """Run all steps, or the one that the parent asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--patches", type=int, default=5000)
    parser.add_argument("--flat", type=int, default=50000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--step", choices=STEPS)
    arguments = parser.parse_args()
    if arguments.step:
        seconds = STEPS[arguments.step](arguments.folder, arguments.patches)
        print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder, count = Path(name), arguments.patches
        make_image(folder / "image.tif")
        make_positions(folder / f"positions_{count}.gpkg", count)
        rates = dict.fromkeys(STEPS, 0.0)
        peak = 0.0
        for _ in range(arguments.runs):  # in turns, since a busy machine changes; the best of each
            for step in STEPS:
                seconds, memory = measure(step, folder, count)
                rates[step] = max(rates[step], count / seconds)
                peak = max(peak, memory) if step == "ours" else peak
        print(f"{count} patches of {SIZE} × {SIZE} × {BANDS}, best of {arguments.runs}; load {os.getloadavg()[0]:.1f}")
        for step, rate in rates.items():
            print(f"  {step:7} {rate:8.0f} patches/s")
        slower = min(rates["gdal"], rates["writer"])
        print(f"  ours : slower bare step = {rates['ours'] / slower:.2f}; peak {peak:.0f} MB")
        if arguments.flat:
            make_positions(folder / f"positions_{arguments.flat}.gpkg", arguments.flat)
            seconds, memory = measure("ours", folder, arguments.flat)
            print(f"{arguments.flat} patches: {arguments.flat / seconds:.0f} patches/s, peak {memory:.0f} MB")


if __name__ == "__main__":
    main()
