"""Vector layers: their features, and their geometries in the coordinates of a grid.

=================  ======================================================================
``vector_file``    layers in files, their fields and CRS
``reprojection``   geometries of any CRS in the coordinates of a grid
``points``         the points of a layer as pixels
``lines``          lines and points as the pixels that they meet
=================  ======================================================================

It may use `rasters` and `runtime`.
"""
