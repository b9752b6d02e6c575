"""Patch positions: which pixels patches are centred on, and which split each belongs to.

=======================  ===========================================================================
``sample_vector``        positions inside polygons, lines or points
``sample_label_raster``  positions at the labelled pixels of a raster
``sample_grid``          positions at regular steps over an image
``class_statistics``     how much of each class is labelled
``positions``            positions as a table, and as points in a vector file
``origin``               how positions were sampled, as their file tells it
``strategies``           how many positions are drawn from each class, one strategy a module
``request``, ``rules``   parameters: how many positions, in which splits, how far apart
``result``               what the operations return
``drawing``              how many of each class and split, from where, and how far apart
``candidates``           labelled pixels, counted and drawn without holding them all
``centres``              which pixels a patch can be centred on
``automatic``            the choice of a way to split labels
``splits``               which blocks of the image belong to which split
``feature_split``        which polygons, lines and points belong to which split
``spacing``              how far positions are apart
``messages``             messages and warnings about positions
=======================  ===========================================================================

Each of the first four is an operation, a function of a request::

    from geodl_plugin.sampling import SampleVectorRequest, sample_vector

    request = SampleVectorRequest(["image.tif"], "polygons.gpkg", "positions.gpkg", class_field="class", count=300)
    print(sample_vector(request).counts)  # {'train': 210, 'valid': 60, 'test': 30}

It may use `labels`, `vectors`, `operations`, `rasters`, `options` and `runtime`.
"""

from .class_statistics import ClassCounts, ClassStatisticsRequest, class_statistics
from .positions import Positions, read_positions, write_positions
from .result import SamplingResult
from .sample_grid import SampleGridRequest, sample_grid
from .sample_label_raster import SampleLabelRasterRequest, sample_label_raster
from .sample_vector import SampleVectorRequest, SampleVectorResult, sample_vector

# Imported here and not on demand: a function would be hidden by the module of its name as soon as that is imported.
__all__ = [
    "ClassCounts",
    "ClassStatisticsRequest",
    "Positions",
    "SampleGridRequest",
    "SampleLabelRasterRequest",
    "SampleVectorRequest",
    "SampleVectorResult",
    "SamplingResult",
    "class_statistics",
    "read_positions",
    "sample_grid",
    "sample_label_raster",
    "sample_vector",
    "write_positions",
]
