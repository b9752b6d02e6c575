"""Progress, messages and warnings of the library in the feedback of Processing."""

import time

from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..geodl_plugin.runtime.reporter import Reporter, with_remaining_time

_REPEAT = 10  # seconds after which the same message is shown with a new estimate of the remaining time


class FeedbackReporter(Reporter):
    """Passes progress, messages and warnings of a job on to a Processing feedback.

    Args:
        feedback: a QgsProcessingFeedback.
    """

    def __init__(self, feedback):
        super().__init__()
        self._feedback = feedback
        self._message = ""
        self._shown = 0.0  # when

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
        self._feedback.setProgress(100 * fraction)
        now = time.monotonic()
        if message != self._message or now - self._shown > _REPEAT:
            self._message, self._shown = message, now
            self._feedback.setProgressText(with_remaining_time(message, remaining))
