"""Rasters: their grids, their values, and several of them as the sources of a network.

=================  ======================================================================
``grid``           pixels on the ground: size, transform and CRS, and windows of them
``extent``         the pixels that an extent covers
``opening``        rasters as GDAL opens them: grid, types, masks
``raster``         a source: rasters of one grid, stacked band-wise
``sources``        the sources of a network, whose grids nest or are resampled
``nesting``        where the pixels of nested grids lie in each other
``continuation``   windows that reach beyond a raster's border
``lookup``         values at scattered pixels
``coverage``       which part of a grid a source covers
``resampling``     a source on another grid
``connections``    names of rasters for GDAL, with open options and a CRS, as one text
``pixel_types``    the types of GDAL and those of numpy
``nodata``         no-data values, as users write them and as bands hold them
``crs``            coordinate reference systems
``coordinates``    points of any CRS in the CRS of a grid
``ground``         areas of pixels on the ground
=================  ======================================================================

It may use `runtime`.
"""
