#!/usr/bin/env python3
"""Draw the dialogs of the algorithms for the documentation site: dialog_pictures.py [NAME…]

Without names, of all algorithms.  It needs QGIS's Python with Pillow, such as build/environment/bin/python, but no
screen.  Dialogs that ask for an image and polygons have those of the tutorial.
"""

import io
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from scripts.algorithm_pages import PICTURES, ROOT, load_plugin, start_qgis

LAYERS = {"Image": "gewata_l7_6band_uint16.tif", "Training polygons": "gewata_training_polygons.gpkg"}
WITH_LAYERS = {
    *("classstatistics", "samplevector", "exporttfrecords"),
    *("map_land_cover_from_polygons", "map_land_cover_polygons"),
}
FOLDERS = {
    "OUTPUT": "tutorial/{}",
    "trainmodel:Model": "tutorial/model",
    "mergedatasets:Merged dataset": "tutorial/merged",
}
NAMES = {
    "exporttfrecords": "dataset",
    "trainmodel": "model",
    "mergedatasets": "merged",
    "patchestotfrecords": "dataset",
}
WIDTH, HEIGHT = 960, 800
COLORS = 48
LARGEST = 60_000  # bytes


def make_interface():
    """As much of QGIS's interface as the dialogs of Processing ask for."""
    from qgis.core import QgsLayerTreeModel, QgsProject
    from qgis.gui import QgsLayerTreeView, QgsMapCanvas, QgsMessageBar
    from qgis.PyQt.QtWidgets import QMainWindow

    class Interface:
        def __init__(self, **known):
            self.__dict__.update(known)

        def __getattr__(self, name):
            return lambda *args, **kwargs: None

    window = QMainWindow()
    parts = {"mapCanvas": QgsMapCanvas(window), "messageBar": QgsMessageBar(window)}
    tree = QgsLayerTreeView(window)
    tree.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), tree))
    parts.update(mainWindow=window, layerTreeView=tree)
    return Interface(**{name: lambda part=part: part for name, part in parts.items()})


def add_layers():
    """Put the tutorial's layers into the project."""
    from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

    QgsProject.instance().clear()
    for name, file in LAYERS.items():
        kind = QgsVectorLayer if file.endswith(".gpkg") else QgsRasterLayer
        QgsProject.instance().addMapLayer(kind(str(ROOT / "resources" / "demo" / file), name))


def settle(seconds):
    """Let Qt do what it has to do."""
    from qgis.PyQt.QtCore import QCoreApplication, QElapsedTimer

    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < seconds * 1000:
        QCoreApplication.processEvents()


def draw(algorithm, path):
    """Save a picture of the dialog of an algorithm.

    Args:
        algorithm: of Processing.
        path: of the picture.
    """
    import qgis.utils
    from PIL import Image
    from processing.gui.AlgorithmDialog import AlgorithmDialog
    from qgis.PyQt.QtCore import QBuffer, QIODevice

    dialog = AlgorithmDialog(algorithm, False, qgis.utils.iface.mainWindow())
    name = NAMES.get(algorithm.name(), "")
    folders = {one: place.format(name) for one, place in FOLDERS.items() if algorithm.parameterDefinition(one)}
    dialog.setParameters({one: place for one, place in folders.items() if not place.endswith("/")})
    dialog.resize(WIDTH, HEIGHT)
    dialog.show()
    settle(2)  # until the assistant has said what will come
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    dialog.grab().save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data()))).convert("RGB")
    picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    dialog.close()


def main(names):
    """Draw the dialogs and say how large the pictures are.

    Args:
        names: of the algorithms; none: of all.
    """
    start_qgis(with_windows=True)
    import qgis.utils

    qgis.utils.iface = make_interface()
    plugin = load_plugin()
    PICTURES.mkdir(parents=True, exist_ok=True)
    chosen = [one for one in plugin.provider.algorithms() if not names or one.name() in names]
    for one in sorted(chosen, key=lambda one: one.name() in WITH_LAYERS):
        if one.name() in WITH_LAYERS:
            add_layers()
        path = PICTURES / f"{one.name()}.png"
        draw(one.create(), path)
        size = path.stat().st_size
        print(f"{path.name} {size // 1000} kB" + (" TOO LARGE" if size > LARGEST else ""), flush=True)
    os._exit(0)  # QGIS may crash when a script tears it down


if __name__ == "__main__":
    main(sys.argv[1:])
