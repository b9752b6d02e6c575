"""The plugin: registers the provider, in the desktop and in qgis_process alike."""

from qgis.core import QgsApplication

from .provider import GeodlProvider


class GeodlPlugin:
    """The plugin as QGIS loads it."""

    def __init__(self):
        self.provider = None

    def initProcessing(self):
        """Register the provider; qgis_process calls nothing else."""
        self.provider = GeodlProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        # Models look up their steps in the registry: those that ship with the plugin find its algorithms only now.
        self.provider.refreshAlgorithms()

    def initGui(self):
        """Called by the desktop only."""
        self.initProcessing()

    def unload(self):
        """Remove the provider."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
