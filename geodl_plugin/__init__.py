"""The GeoDL core library: from polygons on an image to a network and to a map.

It stands on GDAL, numpy and TensorFlow and knows nothing of QGIS.  Packages by concept, the later ones on the earlier:

===================  ============================================================================
``language``         the language of what people read
``errors``           how anything here fails
``systems``          what differs between Linux, Windows and macOS
``runtime``          progress, outputs that are whole or not there, checks, registries
``options``          the choices that parameters offer, and their defaults
``rasters``          grids, windows, rasters and sources
``operations``       what all operations have in common
``vectors``          vector layers and their geometries in the coordinates of a grid
``labels``           classes, and the labels of pixels
``sampling``         patch positions and their splits
``datasets``         TFRecord folders with their ``dataset.json``, and patches images
``models``           networks, their fields, and the model folder
``accuracy``         from maps or networks, and a reference, to figures
``inference``        from a model and rasters to maps
``environment``      the Python environment that has TensorFlow
``diagnosis``        what is wrong with it, and what to do
``reports``          pages for people
``training``         from dataset folder to model folder
``trial``            whether an environment can do what jobs do
``worker``           jobs in a process of their own
``jobs``             operations by name, as JSON
``cluster``          maps on a cluster, with Dask
``command``          the command ``geodl``: jobs without QGIS
===================  ============================================================================

Everything that a script needs can be imported from here, and is loaded when it is first used; LIBRARY.md has examples::

    from geodl_plugin import MapRequest, map_raster

    map_raster(MapRequest("model", ["image.tif"], "map.tif"))
"""

from __future__ import annotations

import importlib
from typing import Any

_PACKAGES = {
    "sampling": (
        *("ClassStatisticsRequest", "SampleGridRequest", "SampleLabelRasterRequest", "SampleVectorRequest"),
        *("class_statistics", "sample_grid", "sample_label_raster", "sample_vector"),
    ),
    "datasets": (
        *("ConvertRequest", "ExportRequest", "ExtractRequest", "InspectRequest", "MergeRequest"),
        *("convert_patches", "export", "extract_patches", "inspect", "merge"),
        *("Dataset", "DatasetDescription", "DatasetFromPatchesImages", "IteratorBase", "PatchesImagesReader"),
        *("RandomIterator", "TFRecords"),
    ),
    "fieldwork": ("SampleMapRequest", "SuggestPositionsRequest", "sample_map", "suggest_positions"),
    "training": ("TrainRequest", "train"),
    "inference": ("ManyImagesRequest", "MapRequest", "map_images", "map_raster"),
    "cluster.map_on_cluster": ("map_on_cluster",),
    "cluster.request": ("ClusterRequest",),
    "accuracy": ("EvaluateMapRequest", "EvaluateModelRequest", "evaluate_map", "evaluate_model"),
    "models": ("InspectModelRequest", "inspect_model"),
    "models.base": ("ModelBase", "StandardizedModel", "cropped_tensor_name"),
    "models.folder": ("ModelDescription",),
    "models.loading": ("open_model",),
    "runtime.reporter": ("ConsoleReporter", "Reporter"),
    "runtime.progress_bar": ("ProgressBarReporter",),
    "errors": ("GeodlError",),
}
_HOMES = {name: package for package, names in _PACKAGES.items() for name in names}
_MODULES = {"layers": "models.layers", "ops": "ops"}
__all__ = [*_HOMES, *_MODULES]  # noqa: PLE0604 (what is lazy can only be listed so)
__version__ = "0.2.0"


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f".{_MODULES[name]}", __name__)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
