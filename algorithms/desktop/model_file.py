"""Asks before a Python file of a custom network is run, once for each content of a file."""

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QMessageBox

from ..base import tr


def may_run(path, digest):
    """Whether a file may be run, as was answered before for the same content, or else as is answered now.

    Consent is kept in QGIS's settings; who refuses is asked again the next time. Graphical models may call this from
    another thread, which waits for the answer.

    Args:
        path: of the file.
        digest: SHA-256 of its content.
    """
    settings, key = QgsSettings(), f"geodl/model_files/{digest}"
    if settings.contains(key):
        return True
    if not _Question().answer(path):
        return False
    settings.setValue(key, path)
    return True


class _Question(QObject):
    """Asks in the main thread, where windows live."""

    _asked = pyqtSignal(str)

    def __init__(self):
        super().__init__()
        main = QCoreApplication.instance().thread()
        is_here = QThread.currentThread() == main
        self.moveToThread(main)
        waiting = Qt.ConnectionType.DirectConnection if is_here else Qt.ConnectionType.BlockingQueuedConnection
        self._asked.connect(self._ask, waiting)
        self._allowed = False

    def answer(self, path):
        """Whether the file may be run."""
        self._asked.emit(path)
        return self._allowed

    def _ask(self, path):
        text = tr(
            "Run the Python file {file}?\n\nIt is a program, and may do all that you may do: read, change, delete and "
            "send your files. Run it only if you trust whoever wrote it. You will not be asked again unless the file "
            "changes."
        )
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        window = QApplication.activeWindow()
        self._allowed = QMessageBox.question(window, "GeoDL", text.format(file=path), yes | no, no) == yes
