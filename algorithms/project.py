"""What the open project suggests for a dialog."""

import os
from itertools import count
from pathlib import Path

from qgis.core import (
    QgsProcessingParameterFolderDestination,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..geodl_plugin.options import likely_class_fields
from .translation import tr


def suggest_class_field(parameter):
    """Let dialogs begin with the likeliest class field of the project's layers; runs without a dialog do not change.

    Where the chosen layer does not have the field, the dialog shows none.

    Args:
        parameter: of a field.
    """
    names = {field.name() for layer in _layers() if isinstance(layer, QgsVectorLayer) for field in layer.fields()}
    likely = likely_class_fields(sorted(names))
    if likely:
        parameter.setGuiDefaultValueOverride(likely[0])


def suggest_folder(parameter, name):
    """Let dialogs begin with a new folder beside the project, or else beside the image, rather than a temporary one.

    Args:
        parameter: of a folder to make.
        name: of the folder, to which a number is added if there is one already.
    """
    layers = _layers()
    images = (Path(layer.source().split("|")[0]).parent for layer in layers if isinstance(layer, QgsRasterLayer))
    home = QgsProject.instance().homePath() if layers else ""
    for place in [Path(home)] if home else images:
        if place.is_absolute() and os.access(place, os.W_OK) and not is_temporary(place):
            names = (f"{name} {number}" if number > 1 else name for number in count(1))
            parameter.setGuiDefaultValueOverride(next(str(place / new) for new in names if not (place / new).exists()))
            return


def is_temporary(path):
    """Whether a file or folder lies where Processing keeps what goes when QGIS ends.

    Args:
        path: absolute, or relative to the working folder.
    """
    temporary = Path(QgsProcessingUtils.tempFolder()).absolute()
    return temporary in [path.absolute(), *path.absolute().parents]


def warn_of_temporary(destinations, results, feedback):
    """Warn of datasets and models that go when QGIS ends: they took long to make.

    Args:
        destinations: the parameters of outputs.
        results: the outputs by name.
        feedback: of Processing.
    """
    for destination in destinations:
        made = results.get(destination.name())
        if isinstance(destination, QgsProcessingParameterFolderDestination) and made and is_temporary(Path(made)):
            text = tr(
                "{name}: the folder {folder} is temporary and will be deleted when QGIS ends. To keep it, copy it "
                "before, or choose another folder ({parameter}) and run this again."
            )
            name = destination.description()
            feedback.pushWarning(text.format(name=name, folder=made, parameter=destination.name()))


def _layers():
    """The layers of the project; none in other threads than the main one, to which they belong."""
    application = QCoreApplication.instance()
    if application is None or QThread.currentThread() != application.thread():
        return []
    return list(QgsProject.instance().mapLayers().values())
