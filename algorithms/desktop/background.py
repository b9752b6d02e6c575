"""Algorithms of ours that run as tasks of QGIS, with their progress in a message and all they say in the log."""

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsMessageLog,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QProgressBar, QPushButton

from ..translation import tr

LOG = "GeoDL"  # the tab of QGIS's log
_PATIENCE = 10000  # milliseconds that a cancelled run may take to end


class _Feedback(QgsProcessingFeedback):
    """Writes all to QGIS's log, and remembers what went wrong.

    Attributes:
        text: of the progress, as it changes.
        errors: all of them.
    """

    text = pyqtSignal(str)

    def __init__(self):
        super().__init__(False)
        self.errors = []

    def pushInfo(self, info):
        QgsMessageLog.logMessage(info, LOG, Qgis.MessageLevel.Info, False)

    def pushWarning(self, warning):
        QgsMessageLog.logMessage(warning, LOG, Qgis.MessageLevel.Warning, False)

    def reportError(self, error, fatal=False):
        self.errors.append(error)
        QgsMessageLog.logMessage(error, LOG, Qgis.MessageLevel.Critical, False)

    def setProgressText(self, text):
        self.text.emit(text)


class Background(QObject):
    """Runs one algorithm at a time while people go on working.

    Args:
        iface: of QGIS.
    """

    def __init__(self, iface):
        super().__init__()
        self._iface = iface
        self._run = None  # Python must hold all of it until it has ended

    def start(self, name, then):
        """Start an algorithm with its default values, unless one is running.

        Args:
            name: its id, without the provider's.
            then: called with whether it succeeded, its results, and its last error, which is empty if it was cancelled.

        Returns:
            Whether it was started.
        """
        if self._run is not None:
            self._iface.messageBar().pushInfo("GeoDL", tr("This is running already: see QGIS's task bar."))
            return False
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"geodl:{name}")
        context, feedback = QgsProcessingContext(), _Feedback()
        context.setProject(QgsProject.instance())
        task = QgsProcessingAlgRunnerTask(algorithm, _defaults(algorithm), context, feedback)
        message = self._message(algorithm.displayName(), feedback, task)
        self._run = task, context, feedback, algorithm, message

        def ended(succeeded, results):
            cancelled = feedback.isCanceled()
            error = "" if cancelled or not feedback.errors else feedback.errors[-1]
            self._iface.messageBar().popWidget(message)
            self._run = None
            QTimer.singleShot(0, lambda: then(succeeded, results, error))  # after QGIS's own message, and above it

        if task.isCanceled():  # its parameters are wrong
            ended(False, {})
            return False
        task.executed.connect(ended)
        QgsApplication.taskManager().addTask(task)
        return True

    def cancel(self):
        """Cancel what is running, if anything is, and wait for its end."""
        if self._run is not None:
            task = self._run[0]
            task.executed.disconnect()
            task.cancel()
            if task.waitForFinished(_PATIENCE):
                self._run = None

    def _message(self, title, feedback, task):
        """The message with the progress; closing it does not stop the task."""
        bar = self._iface.messageBar()
        message = bar.createMessage("GeoDL", f"{title}…")
        progress = QProgressBar()
        progress.setMaximumWidth(200)
        feedback.progressChanged.connect(lambda share: progress.setValue(round(share)))
        feedback.text.connect(message.setText)
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(task.cancel)
        message.layout().addWidget(progress)
        message.layout().addWidget(cancel)
        bar.pushWidget(message, Qgis.MessageLevel.Info)
        return message


def _defaults(algorithm):
    """The default of each parameter; outputs that are made by default go to temporary files."""
    defaults = {one.name(): one.defaultValue() for one in algorithm.parameterDefinitions()}
    for output in algorithm.destinationParameterDefinitions():
        defaults[output.name()] = "TEMPORARY_OUTPUT" if output.createByDefault() else None
    return defaults
