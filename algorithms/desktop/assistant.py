"""Helps while a dialog of ours is filled in: offers what the project has, says what choices mean and what will come."""

import threading
from contextlib import suppress
from html import escape

import qgis.utils
from qgis.core import (
    QgsProcessingParameterMultipleLayers,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsGui, QgsProcessingAlgorithmDialogBase, QgsProcessingGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel

from ...geodl_plugin.errors import GeodlError
from . import memory
from .entry import entries
from .outlooks import OUTLOOKS
from .sentences import explain

_PAUSE = 300  # milliseconds without a change before the outlook is made anew


class Assisted:
    """What Processing calls for the widget of a parameter: the usual one, whose dialog gets an assistant.

    See `declaring.assisted`. Batch dialogs and the designer get the usual widget only.
    """

    def __new__(cls, parameter, dialog, row=0, column=0, **_):
        registry, kind = QgsGui.processingGuiRegistry(), type(dialog).__name__
        if kind == "ModelerParametersDialog":
            wrapper = registry.createModelerParameterWidget(dialog.model, dialog.childId, parameter, dialog.context)
        elif kind == "BatchAlgorithmDialog":
            wrapper = registry.createParameterWidgetWrapper(parameter, QgsProcessingGui.WidgetType.Batch)
        else:
            wrapper = registry.createParameterWidgetWrapper(parameter, QgsProcessingGui.WidgetType.Standard)
            if isinstance(dialog, QgsProcessingAlgorithmDialogBase):
                QTimer.singleShot(0, lambda: assist(dialog))  # when it has all its widgets
        wrapper.setDialog(dialog)
        return wrapper


def assist(dialog):
    """Give a dialog its assistant.

    Args:
        dialog: of Processing, for one run of an algorithm.

    Returns:
        The assistant; None if the dialog is gone, or has other widgets than those that are known.
    """
    if sip.isdeleted(dialog) or not getattr(dialog.mainWidget(), "wrappers", None):
        return None
    return Assistant(dialog)


class Assistant(QObject):
    """Fills in a dialog, explains its choices and shows the outlook under its parameters.

    Args:
        dialog: of Processing.

    Attributes:
        line: the outlook; None if there is none for the algorithm.
    """

    told = pyqtSignal(int, str)

    def __init__(self, dialog):
        super().__init__(dialog)
        self._dialog, self._panel, self.line = dialog, dialog.mainWidget(), None
        self._number = 0  # of the last question: answers to earlier ones are not shown
        self._offer_set_up()
        self._fill()
        for wrapper in self._panel.wrappers.values():
            explain(wrapper)
        self._look = OUTLOOKS.get(dialog.algorithm().name())
        if self._look is not None:
            self.line = QLabel()
            self.line.setWordWrap(True)
            self.line.setMargin(4)
            dialog.tabWidget().widget(0).layout().addWidget(self.line)  # below what scrolls
            self.told.connect(self._show)
            self._timer = QTimer(self)
            self._timer.setSingleShot(True)
            self._timer.timeout.connect(self._ask)
            for wrapper in self._panel.wrappers.values():
                wrapper.widgetValueHasChanged.connect(lambda *_: self._timer.start(_PAUSE))
            self._timer.start(0)

    def _offer_set_up(self):
        """Give the provider's warning the button that ends it; the dialogs of the set-up itself need no warning."""
        bar, provider = self._dialog.messageBar(), self._dialog.algorithm().provider()
        if provider.warningMessage() and bar is not None:
            bar.clearWidgets()
            if self._dialog.algorithm().groupId() != "environment" and entries:
                entries[-1].greet(bar)

    def _fill(self):
        """Offer an image of the project, and the model that was made last; lists of files cannot be set."""
        for name, wrapper in self._panel.wrappers.items():
            definition = wrapper.parameterDefinition()
            if definition.isDestination() or wrapper.parameterValue():
                continue
            value = None
            if name == "SOURCE1" and isinstance(definition, QgsProcessingParameterMultipleLayers):
                image = usual_image()
                value = [image.id()] if image is not None else None
            elif name == "MODEL":
                value = memory.last("model")
            if value:
                wrapper.setParameterValue(value, self._panel.processing_context)

    def _ask(self):
        """Have the outlook made, in another thread."""
        self._number += 1
        parameters = {name: wrapper.parameterValue() for name, wrapper in self._panel.wrappers.items()}
        try:
            tell = self._look(self._dialog.algorithm(), parameters, self._panel.processing_context)
        except GeodlError as error:
            self._show(self._number, f"⚠ {error}")
            return
        if tell is None:
            self._show(self._number, "")
        else:
            threading.Thread(target=self._tell, args=(tell, self._number), daemon=True).start()

    def _tell(self, tell, number):
        try:
            text = tell()
        except GeodlError as error:
            text = f"⚠ {error}"
        with suppress(RuntimeError):  # the dialog is gone
            self.told.emit(number, text)

    def _show(self, number, text):
        if number == self._number:
            self.line.setText(escape(text))
            self.line.setVisible(bool(text))


def usual_image():
    """The raster of the project that is most likely meant: the active one, or else that with the most bands.

    Returns:
        A layer; None if there is no raster.
    """
    active = qgis.utils.iface.activeLayer() if qgis.utils.iface is not None else None
    if isinstance(active, QgsRasterLayer):
        return active
    rasters = QgsProcessingUtils.compatibleRasterLayers(QgsProject.instance())
    return max(rasters, key=lambda layer: layer.bandCount(), default=None)
