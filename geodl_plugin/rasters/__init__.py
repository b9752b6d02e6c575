"""Rasters: where their pixels are, what they hold, and several of them as the sources of a network.

=================  ======================================================================
``grid``           pixels on the ground: size, transform and CRS, and windows of them
``raster``         a source: rasters of one grid, stacked band-wise
``sources``        the sources of a network, whose grids nest or are resampled
``connections``    what GDAL opens, with its options and CRS, as one text
``crs``            coordinate reference systems
``coordinates``    points of any CRS in the CRS of a grid
``ground``         how large pixels are on the ground
=================  ======================================================================

It may use `runtime`.
"""
