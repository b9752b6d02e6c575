"""The menu, the message when GeoDL is not set up, and what both of them start."""

from pathlib import Path

from qgis.core import Qgis
from qgis.PyQt.QtCore import QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import QAction, QPushButton

from ..base import ICON, ROOT
from ..interpreter import is_set_up
from ..translation import tr
from . import demo
from .background import Background
from .guide import Guide

MENU = "GeoDL"
entries = []  # the one in the window, if there is one
_LONG = 15  # seconds that a message of success is shown


class Entry:
    """GeoDL in the window of QGIS: *Plugins → GeoDL*, and a message as long as it is not set up.

    Args:
        iface: of QGIS.
    """

    def __init__(self, iface):
        self._iface = iface
        self.background = Background(iface)
        self._actions = [
            self._action(tr("Where to begin…"), self.show_guide),
            self._action(tr("Set up the environment"), self.set_up),
            self._action(tr("Check the environment"), self.check),
        ]
        if demo.is_there():
            self._actions.insert(1, self._action(tr("Add the tutorial's data to the project"), self.open_demo))
        for action in self._actions:
            iface.addPluginToMenu(MENU, action)
        entries.append(self)
        QTimer.singleShot(0, self.greet)  # QGIS has its window before it hears of what is missing

    def remove(self):
        """Take all of it away."""
        self.background.cancel()
        for action in self._actions:
            self._iface.removePluginMenu(MENU, action)
        self._actions = []
        if self in entries:
            entries.remove(self)

    def greet(self, bar=None):
        """Offer to set GeoDL up, if it is not.

        Args:
            bar: for the message; None: that of the window.
        """
        if self._actions and not is_set_up():
            text = tr("needs TensorFlow, in a folder of its own (2 GB, some minutes).")
            self._say(text, Qgis.MessageLevel.Warning, (tr("Set up now"), self.set_up), bar=bar)

    def set_up(self):
        """Set up the environment in the background."""
        self._iface.messageBar().clearWidgets()
        self.background.start("setupenvironment", self._set_up)

    def check(self):
        """Check the environment in the background."""
        self._iface.messageBar().clearWidgets()
        self.background.start("checkenvironment", self._checked)

    def show_guide(self):
        """Show where to begin."""
        actions = {"demo": self.open_demo, "check": self.check, "readme": lambda: _open(str(ROOT / "README.md"))}
        Guide(self._iface, actions).show()

    def open_demo(self):
        """Add the tutorial's data to the project."""
        demo.open_demo(self._iface)

    def _set_up(self, succeeded, results, error):
        if succeeded:
            text = tr("The environment is ready.")  # the log has its folder and versions, too long for a message
            self._say(text, Qgis.MessageLevel.Success, (tr("Where to begin…"), self.show_guide))
        elif error:
            again = (tr("Try again"), self.set_up)
            text = tr("could not be set up: {error}").format(error=error)
            self._say(text, Qgis.MessageLevel.Critical, again, self._log())
        else:
            text = tr("The set-up was cancelled. What was installed is kept: the next one goes on from there.")
            self._say(text, Qgis.MessageLevel.Info, (tr("Go on"), self.set_up))

    def _checked(self, succeeded, results, error):
        report = results.get("REPORT", "")
        page = [(tr("Diagnosis"), lambda: _open(report))] if report and Path(report).is_file() else []
        if succeeded and results.get("WORKS", True):
            text = tr("Everything works: TensorFlow {version}, {devices}")
            text = text.format(version=results["TENSORFLOW"], devices=results["DEVICES"])
            self._say(text, Qgis.MessageLevel.Success, *page)
        elif succeeded or error:
            again = (tr("Set up again"), self.set_up)
            self._say(results.get("PROBLEM") or error, Qgis.MessageLevel.Critical, again, *page, self._log())

    def _log(self):
        return tr("Log"), self._iface.openMessageLog

    def _say(self, text, level, *buttons, bar=None):
        """Show a message with buttons, each of which takes it away and does something."""
        bar = bar or self._iface.messageBar()
        message = bar.createMessage(MENU, text)
        for label, action in buttons:
            button = QPushButton(label)
            button.clicked.connect(lambda _=False, action=action: (bar.popWidget(message), action()))
            message.layout().addWidget(button)
        bar.pushWidget(message, level, _LONG if level == Qgis.MessageLevel.Success else 0)

    def _action(self, text, slot):
        action = QAction(QIcon(ICON), text, self._iface.mainWindow())
        action.triggered.connect(slot)
        return action


def _open(page):
    QDesktopServices.openUrl(QUrl.fromLocalFile(page))
