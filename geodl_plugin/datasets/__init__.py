"""Datasets: patches and their labels, as folders of TFRecords or as patches images.

Operations, each with a request and a reporter that may be left out:

- `export`: rasters and positions → a dataset folder
- `extract_patches`: a raster and positions → a patches image
- `convert_patches`: patches images → a dataset folder
- `merge`: dataset folders of several scenes → one
- `inspect`: a dataset folder → its values, sample patches and warnings

What training scripts use, with the interface of OTBTF::

    from geodl_plugin.datasets import DatasetFromPatchesImages, TFRecords

    dataset = DatasetFromPatchesImages({"xs": ["xs_1.tif", "xs_2.tif"], "labels": ["labels_1.tif", "labels_2.tif"]})
    dataset.to_tfrecords("records")
    data = TFRecords("records").read(batch_size=16, target_keys=["labels"], shuffle_buffer_size=1000)

It may use `sampling`, `labels`, `vectors`, `operations`, `rasters` and `runtime`.  Names are loaded when they are first
used: QGIS's process imports this package, and must not load TensorFlow.  No module has the name of a function here,
which it would replace when it is imported.
"""

from __future__ import annotations

import importlib
from typing import Any

_MODULES = {
    "export": "raster_export",
    "ExportRequest": "export_request",
    "ExportResult": "raster_export",
    "extract_patches": "patch_extraction",
    "ExtractRequest": "patch_extraction",
    "ExtractResult": "patch_extraction",
    "convert_patches": "patch_conversion",
    "ConvertRequest": "patch_conversion",
    "ConvertResult": "patch_conversion",
    "merge": "merging",
    "MergeRequest": "merging",
    "MergeResult": "merging",
    "inspect": "inspection",
    "InspectRequest": "inspection",
    "DatasetInspection": "inspection",
    "DatasetDescription": "description",
    "PatchesImagesReader": "patches_images",
    "IteratorBase": "iterators",
    "RandomIterator": "iterators",
    "Dataset": "streams",
    "DatasetFromPatchesImages": "streams",
    "RecordsWriter": "records_writer",
    "TFRecords": "tfrecords",
}
__all__ = sorted(_MODULES)  # noqa: PLE0605 (what is lazy can only be listed so)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_MODULES[name]}", __name__), name)
