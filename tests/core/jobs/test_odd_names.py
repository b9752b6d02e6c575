"""The whole chain where folders and files have names that programs stumble over."""

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.description import DatasetDescription
from geodl_plugin.inference.checkpoint import checkpoint_folder
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.extract_patches import ExtractPatches
from geodl_plugin.jobs.inspect_dataset import InspectDataset
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.jobs.patches_to_tfrecords import PatchesToTFRecords
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.jobs.train_model import TrainModel

NAMES = {
    "signs": "~OneDrive - Firma & Co; 100% %20 #1 'a' [x] {y} $z +=,!@^`",
    "letters": "δοκιμή 地图 тест " + unicodedata.normalize("NFD", "größe") + unicodedata.normalize("NFC", " größe"),
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_the_chain_with_such_names(name, tmp_path, write_raster, write_vector, reporter):
    from conftest import write_scene

    folder = tmp_path / name
    folder.mkdir()
    scene = write_scene(folder, write_raster, write_vector)

    def path(ending):
        return str(folder / f"{name}{ending}")

    image = [str(Path(scene["image"]).rename(path(".tif")))]
    polygons = str(Path(scene["polygons"]).rename(path(".gpkg")))
    positions, patches, labels = path(" points.gpkg"), path(" patches.tif"), path(" labels.tif")
    SampleVector(image, polygons, positions, class_field="class", patch_size=16, count=40).run(reporter)
    ExtractPatches(image, positions, patches, patch_size=16, class_field="class", labels=labels).run(reporter)
    PatchesToTFRecords([patches], [labels], path(" other dataset")).run(reporter)
    dataset, model, mapped = path(" dataset"), path(" model"), path(" map.tif")
    options = {"patch_size": 16, "labels_vector": polygons, "class_field": "class"}
    ExportTFRecords(image, positions, dataset, report=path(" export.html"), **options).run(reporter)
    InspectDataset(dataset, path(" dataset.html")).run(reporter)
    small = {
        "architecture": "fcnn",
        "width": 4,
        "epochs": 1,
        "batch_size": 8,
        "crops": [16],
        "pixel_classifier": "none",
    }
    TrainModel(dataset, model, path(" model.html"), **small, resume=True, tensorboard=True).run(reporter)
    InspectModel(model, path(" fields.html")).run(reporter)
    EvaluateModel(model, dataset, "valid", path(" scores.html"), path(" scores.csv")).run(reporter)
    ApplyModel(model, image, mapped, resume=True, cog=True, confidence=path(" sure.tif")).run(reporter)
    EvaluateMap(mapped, reference_raster=scene["truth"], report=path(" map.html"), matrix=path(".csv")).run(reporter)

    assert DatasetDescription.read(Path(dataset)).splits["train"].samples > 10
    assert set(np.unique(gdal.Open(mapped).ReadAsArray())) <= {1, 2, 3}
    assert list((folder / f"{name} model" / "logs").rglob("events*"))
    assert not checkpoint_folder(Path(mapped)).exists()
    assert [one.name for one in folder.iterdir() if one.name.startswith(".")] == []
