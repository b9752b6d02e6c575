"""Points for people to label: a sample to judge a map by, and where to label next.

=====================  ======================================================================
``sample_map``         a stratified random sample of a class map
``suggest_positions``  where further labels would help a network most
``map_sample``         such a sample as points in a file, with the sizes of its strata
``strata``             the classes of a map as strata: measured, and drawn from
``sample_size``        how many points a sample needs, and how many of each class
``uncertainty``        how uncertain a map is, square by square
``spread``             which of the uncertain squares to choose
``label_layer``        layers with a field that people fill in
``division``           a number, divided among classes
=====================  ======================================================================

The first two are operations, functions of a request::

    from geodl_plugin.fieldwork import SampleMapRequest, sample_map

    print(sample_map(SampleMapRequest("map.tif", "sample.gpkg", standard_error=0.02)).counts)

It may use `sampling`, `labels`, `vectors`, `operations`, `rasters`, `options` and `runtime`.
"""

from .sample_map import MapSample, SampleMapRequest, sample_map
from .suggest_positions import SuggestedPositions, SuggestPositionsRequest, suggest_positions

# Imported here and not on demand: a function would be hidden by the module of its name as soon as that is imported.
__all__ = [
    "MapSample",
    "SampleMapRequest",
    "SuggestPositionsRequest",
    "SuggestedPositions",
    "sample_map",
    "suggest_positions",
]
