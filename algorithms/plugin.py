"""The plugin: registers the provider, in the desktop and in qgis_process alike."""

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer

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
        """Register the provider and its models; qgis_process calls nothing else."""
        self.register()
        self.provider.load_models()

    def initGui(self):
        """Called by the desktop only."""
        from .desktop.entry import Entry

        self.register()
        QTimer.singleShot(0, self.provider.load_models)  # once QGIS has started: they take as long as all else
        self._entry = Entry(self._iface)

    def register(self):
        """Register the provider with its algorithms."""
        speak_as_qgis()  # before the algorithms declare their parameters
        self.provider = GeodlProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        QgsApplication.instance().aboutToQuit.connect(end_worker)

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
