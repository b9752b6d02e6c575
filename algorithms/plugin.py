"""The plugin: registers the provider, in the desktop and in qgis_process alike."""

from qgis.core import QgsApplication

from .provider import GeodlProvider


class GeodlPlugin:
    """What QGIS loads."""

    def __init__(self):
        self.provider = None

    def initProcessing(self):
        """Register the provider; all that qgis_process calls."""
        self.provider = GeodlProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        # Models load their steps from the registry: those that we ship find ours only from now on.
        self.provider.refreshAlgorithms()

    def initGui(self):
        """Called by the desktop only."""
        self.initProcessing()

    def unload(self):
        """Take everything away again."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
