"""GeoDL: deep learning on rasters, as QGIS Processing algorithms."""


def classFactory(iface):  # noqa: N802 (QGIS asks for this name)
    """Make the plugin; ``iface`` is None in qgis_process."""
    from .algorithms.plugin import GeodlPlugin

    return GeodlPlugin(iface)
