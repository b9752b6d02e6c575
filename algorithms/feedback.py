"""The library's reports, shown by QGIS."""

from ..geodl_plugin.reporter import Reporter, duration_text


class FeedbackReporter(Reporter):
    """Passes a job's reports on to a Processing feedback."""

    def __init__(self, feedback):
        super().__init__()
        self._feedback = feedback
        self._message = ""

    def info(self, message):
        self._feedback.pushInfo(message)

    def warning(self, message):
        self._feedback.pushWarning(message)

    def is_cancelled(self):
        return self._feedback.isCanceled()

    def show(self, fraction, message, remaining):
        """Show progress that has been computed already, here or in the worker."""
        self._feedback.setProgress(100 * fraction)
        left = "" if remaining is None else f" ({duration_text(remaining)} left)"
        if message + left != self._message:
            self._message = message + left
            self._feedback.setProgressText(self._message)

    _show = show
