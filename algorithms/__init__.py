"""GeoDL in QGIS Processing: each algorithm translates its parameters into one job of the core library."""
