"""From a network and a raster of any size to a map without seams."""
