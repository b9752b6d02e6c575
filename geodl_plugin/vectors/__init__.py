"""Vector layers: their features, and their geometries in the coordinates of a grid.

=================  ======================================================================
``vector_file``    layers in files, their fields and CRS
``class_fields``   which field of a layer holds its classes
``reprojection``   geometries of any CRS in the coordinates of a grid
``geometry``       geometries cut, moved, put together and made
``points``         the points of a layer as pixels
``rasterizers``    polygons, lines and points burnt onto pixels
=================  ======================================================================

It may use `rasters` and `runtime`.
"""
