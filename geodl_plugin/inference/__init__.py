"""From a model and rasters of any size to maps without seams.

====================  =================================================================
``map_raster``        the operation, step by step
``many_images``       the same for many images, with one model
``image_list``        which images these are
``mosaic``            their maps as one raster
``networks``          what their maps share
``map_sheet``         the same for one sheet of a map
``request``           its request and its result
``preparing``         what is opened, compared and planned before blocks are computed
``members``           the models: one, or several whose predictions are averaged
``compatibility``     whether a model can be applied to sources
``found_fields``      how far a network looks for the outputs that are mapped
``tiling``            the tiling plan: blocks from parameters, network and memory
``blocks``            which window is read for which block of the map: pure arithmetic
``sheets``            which blocks are mapped apart from the others, on a cluster: pure arithmetic
``memory``            how much memory blocks take, and their order
``reading``           the inputs of the network for a block
``patch_grid``        the same for networks that take a patch for each pixel
``block_function``    a network as a function from these inputs to blocks of rasters
``orientations``      the eight orientations of an image
``averaging``         the mean of several networks, and of several orientations
``channels``          what the network's channels are called and stand for
``user_inputs``       values of inputs that are no images
``precision``         the number type that the network is computed in
``pipeline``          blocks are read ahead, computed and written
``output_rasters``    the rasters that are made: bands, types, no-data values
``raster_format``     GDAL's creation options
``raster_writer``     GeoTIFFs, written block by block and read back
``sieving``           small areas of a class map are removed
``checksums``         of these blocks
``checkpoint``        finished blocks that are kept, to resume a run
``fingerprint``       what tells the inputs of a run from others
====================  =================================================================

It may use `models`, `labels`, `vectors`, `rasters`, `operations` and `runtime`.
"""

from .many_images import ManyImagesRequest, ManyImagesResult, map_images
from .map_raster import map_raster
from .request import MapRequest, MapResult

# Imported here and not on demand: a function would be hidden by the module of its name as soon as that is imported.
__all__ = ["ManyImagesRequest", "ManyImagesResult", "MapRequest", "MapResult", "map_images", "map_raster"]
