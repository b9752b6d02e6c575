"""The GeoDL core library: from polygons on an image to a network and to a map.

It stands on GDAL, numpy and TensorFlow and knows nothing of QGIS.  Modules by concept:

=========================  ===========================================================
``errors``, ``reporter``   how anything here fails, and how it tells of its progress
``files``, ``locks``       outputs that are whole or not there, made by one run at a time
``publishing``             how what was written takes the place of its target
``companions``             the files that belong to a file, and go with it
``inputs``                 what is read, which no output may replace
``limits``                 numbers that several jobs bound alike
``json_values``            JSON that every program can read, and values out of it
``grid``, ``raster``       where pixels are, and their values
``connections``            what GDAL opens, with its options and CRS, as one text
``crs``, ``ground``        coordinate reference systems; how large pixels are on the ground
``reprojection``           geometries of any CRS in the coordinates of a grid
``vector_file``            vector layers in files, their fields and CRS
``vector``, ``classes``    labelled geometries, and the classes they name
``points``                 points of any layer as pixels
``sampling``               patch positions and their splits
``datasets``              TFRecord folders with their ``dataset.json``
``models``                 networks, their fields, and the model folder
``training``               from dataset folder to model folder
``inference``              from model folder to map
``accuracy``               from maps or networks, and a reference, to figures
``reports``                HTML for people: charts, patches, networks drawn
``jobs``                   the work that can be asked for, one module a job
``worker``, ``__main__``   jobs run in a process of their own, and the command line
``remote``                 such a process, from outside
``process``, ``stopping``  what that process sets before it computes, and how signals end it
``environment``            the Python environment that has TensorFlow
``trial``, ``diagnosis``   whether that environment does what jobs need, and what to tell if not
``devices``                what computes
``systems``                what differs between Linux, Windows and macOS
=========================  ===========================================================

What scripts use can be imported from here, and is loaded when it is first asked for::

    from geodl_plugin import DatasetFromPatchesImages, ModelBase, TFRecords, layers, ops
"""

import importlib
from typing import Any

_HOMES = {
    "Dataset": ".datasets",
    "DatasetFromPatchesImages": ".datasets",
    "IteratorBase": ".datasets",
    "PatchesImagesReader": ".datasets",
    "RandomIterator": ".datasets",
    "TFRecords": ".datasets",
    "ModelBase": ".models.base",
    "StandardizedModel": ".models.base",
    "cropped_tensor_name": ".models.base",
}
_MODULES = {"layers": ".models.layers", "ops": ".ops"}
__all__ = [*_HOMES, "layers", "ops"]  # noqa: PLE0604 (what is lazy can only be listed so)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(_MODULES[name], __name__)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name], __name__), name)
