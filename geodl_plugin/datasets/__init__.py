"""Datasets: patches and their labels, as folders of TFRecords or as patches images.

What training scripts use can be imported from here::

    from geodl_plugin.datasets import DatasetFromPatchesImages, TFRecords

    dataset = DatasetFromPatchesImages({"xs": ["xs_1.tif", "xs_2.tif"], "labels": ["labels_1.tif", "labels_2.tif"]})
    dataset.to_tfrecords("records")
    data = TFRecords("records").read(batch_size=16, target_keys=["labels"], shuffle_buffer_size=1000)

Each name is loaded when it is first asked for: QGIS's process imports this package, and must not load TensorFlow.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "PatchesImagesReader": "patches_images",
    "IteratorBase": "iterators",
    "RandomIterator": "iterators",
    "Dataset": "streams",
    "DatasetFromPatchesImages": "streams",
    "RecordsWriter": "tfrecords",
    "TFRecords": "tfrecords",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605 (what is lazy can only be listed so)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
