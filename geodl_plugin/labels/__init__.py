"""Labels: the classes of pixels, from polygons, lines, points or a raster.

=================  ======================================================================
``classes``        the classes: the user's values and names, and the indices of networks
``colors``         colours of classes, by the meaning of their names
``class_raster``   names and colours of classes in rasters
``label_raster``   labels from a raster of classes or of continuous values
``features``       features of a layer, made usable
``digests``        which features a network has seen
``geometries``     labelled geometries, and the pixels that they cover
``reference``      labels from features or from a raster, whichever is given
``splits``         names of the splits of labelled data
=================  ======================================================================

It may use `vectors`, `rasters` and `runtime`.
"""
