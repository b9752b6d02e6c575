"""The library's reports, shown by QGIS."""

import time

from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..geodl_plugin.runtime.reporter import Reporter, duration_text

_TELL_AGAIN = 10  # seconds after which the same message comes with a new estimate of the time left


class FeedbackReporter(Reporter):
    """Passes a job's reports on to a Processing feedback."""

    def __init__(self, feedback):
        super().__init__()
        self._feedback = feedback
        self._message = ""
        self._told = 0.0

    def info(self, message):
        self._feedback.pushInfo(message)

    def warning(self, message):
        self._feedback.pushWarning(message)

    def is_cancelled(self):
        application = QCoreApplication.instance()
        if application is not None and QThread.currentThread() == application.thread():
            application.processEvents()  # in qgis_process, that is how Ctrl-C gets through
        return self._feedback.isCanceled()

    def show(self, fraction, message, remaining):
        """Show progress that has been computed already, here or in the worker."""
        self._feedback.setProgress(100 * fraction)
        now = time.monotonic()
        if message != self._message or now - self._told > _TELL_AGAIN:
            self._message, self._told = message, now
            left = "" if not remaining or remaining < 1 else f" ({duration_text(remaining)} left)"
            self._feedback.setProgressText(message + left)
