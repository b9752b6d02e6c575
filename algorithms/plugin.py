"""The plugin: registers the provider, in the desktop and in qgis_process alike."""

from qgis.core import QgsApplication

from .provider import GeodlProvider
from .worker import end_worker


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
        QgsApplication.instance().aboutToQuit.connect(end_worker)

    def initGui(self):
        """Called by the desktop only."""
        self.initProcessing()

    def unload(self):
        """Remove the provider, and end the worker that is kept."""
        end_worker()
        if self.provider is not None:
            QgsApplication.instance().aboutToQuit.disconnect(end_worker)
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
