"""The plugin: registers the provider, in the desktop and in qgis_process alike."""

from qgis.core import QgsApplication

from .provider import GeodlProvider
from .translation import speak_as_qgis, speak_english
from .worker import end_worker


class GeodlPlugin:
    """The plugin as QGIS loads it.

    Args:
        iface: of QGIS; None in qgis_process.
    """

    def __init__(self, iface=None):
        self._iface = iface
        self._entry = None
        self.provider = None

    def initProcessing(self):
        """Register the provider; qgis_process calls nothing else."""
        speak_as_qgis()  # before the algorithms declare their parameters
        self.provider = GeodlProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        self.provider.load_models()
        QgsApplication.instance().aboutToQuit.connect(end_worker)

    def initGui(self):
        """Called by the desktop only."""
        from .desktop.entry import Entry

        self.initProcessing()
        self._entry = Entry(self._iface)

    def unload(self):
        """Remove the provider and the menu, and end the worker that is kept."""
        if self._entry is not None:
            self._entry.remove()
            self._entry = None
        end_worker()
        if self.provider is not None:
            QgsApplication.instance().aboutToQuit.disconnect(end_worker)
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        speak_english()
