"""Proves the pins of `geodl_plugin.environment.pins`: ``make pins``.

``sets``        every system, Python, numpy and build that has pins
``resolving``   what the pins resolve to there, and how much is downloaded
``libraries``   what the libraries inside Windows wheels import and export
``clashes``     libraries that QGIS for Windows has under the same name, and whether its own will do
``tables``      the tables in SYSTEMS.md

On Windows a library is found by its name, and the one that was loaded first serves all that ask for that name later.
QGIS's libraries come first.  So each symbol that a package imports must be in QGIS's library of that name, or the
worker has to load the package's own one before.
"""
