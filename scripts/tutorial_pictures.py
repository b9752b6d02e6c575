#!/usr/bin/env python3
"""Draw the pictures of the tutorial: the first steps, and from what `make demo` made, if it did, positions and layout.

It needs QGIS's Python with Pillow, such as build/environment/bin/python, but no screen.
"""

import io
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from scripts.algorithm_pages import ROOT, load_plugin, start_qgis
from scripts.dialog_pictures import make_interface, settle

PICTURES = ROOT / "docs" / "images" / "tutorial"
MADE = ROOT / "build" / "demo"
COLORS = 128
DPI = 100


def save(image, path):
    """Save a QImage as a small file: photographs as JPEG, all else as PNG of few colours.

    Args:
        image: of Qt.
        path: of the picture.
    """
    from PIL import Image
    from qgis.PyQt.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data()))).convert("RGB")
    if path.suffix == ".jpg":
        picture.save(path, quality=52, optimize=True, progressive=True)
    else:
        picture.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name} {path.stat().st_size // 1000} kB", flush=True)


def draw_first_steps(iface, folder):
    """Save pictures of the message in a new installation, and of where to begin, in a light theme and a dark one.

    Args:
        iface: of QGIS.
        folder: of the pictures.
    """
    from geodl.algorithms.desktop import entry
    from geodl.algorithms.desktop.guide import Guide
    from qgis.core import QgsApplication

    entry.is_set_up = lambda: False
    shown = entry.Entry(iface)
    settle(0.5)
    bar = iface.messageBar()
    bar.resize(900, bar.sizeHint().height())
    save(bar.grab().toImage(), folder / "message.png")
    shown.remove()
    for theme, name in (("default", "guide.png"), ("Night Mapping", "guide_dark.png")):
        QgsApplication.setUITheme(theme)
        guide = Guide(iface, {})
        guide.show()
        settle(0.5)
        save(guide.grab().toImage(), folder / name)
        guide.close()
    QgsApplication.setUITheme("default")


def draw_positions(layers, path):
    """Save a picture of the polygons and the positions on the image.

    Args:
        layers: from the top to the bottom; the first decides what is seen.
        path: of the picture.
    """
    from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
    from qgis.PyQt.QtCore import QSize

    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(640, 440))
    settings.setDestinationCrs(layers[0].crs())
    extent = layers[0].extent()
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    save(job.renderedImage(), path)


def draw_layout(layer, path):
    """Save a picture of a print layout: map, title, legend, scale bar, north arrow and where the data come from.

    Args:
        layer: the map.
        path: of the picture.
    """
    from qgis.core import (
        QgsApplication,
        QgsLayoutExporter,
        QgsLayoutItemLabel,
        QgsLayoutItemLegend,
        QgsLayoutItemMap,
        QgsLayoutItemPicture,
        QgsLayoutItemScaleBar,
        QgsLayoutPoint,
        QgsLayoutSize,
        QgsMapLayerLegendUtils,
        QgsPrintLayout,
        QgsProject,
        QgsUnitTypes,
    )
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QFont

    layout = QgsPrintLayout(QgsProject.instance())
    layout.initializeDefaults()  # a page of A4, landscape
    unit = QgsUnitTypes.LayoutUnit.LayoutMillimeters

    def add(item, left, top, width, height):
        layout.addLayoutItem(item)
        item.attemptMove(QgsLayoutPoint(left, top, unit))
        item.attemptResize(QgsLayoutSize(width, height, unit))
        return item

    def add_text(text, size, *place):
        label = add(QgsLayoutItemLabel(layout), *place)
        label.setText(text)
        label.setFont(QFont("DejaVu Sans", size))

    page = QgsLayoutItemMap(layout)
    page.setRect(0, 0, 222, 169)  # without a size it has no scale, and never gets one
    add(page, 10, 24, 222, 169)
    page.setCrs(layer.crs())
    page.setLayers([layer])
    page.zoomToExtent(layer.extent())
    page.setFrameEnabled(True)
    add_text("Land cover around Gewata, Kafa (Ethiopia), February 2001", 16, 10, 9, 270, 12)
    source = "Data: GeoScripting, Wageningen University, CC BY-SA 4.0. Landsat 7: U.S. Geological Survey."
    add_text(source, 7, 10, 197, 222, 6)
    legend = add(QgsLayoutItemLegend(layout), 238, 24, 50, 60)
    legend.setAutoUpdateModel(False)
    legend.model().rootGroup().clear()
    node = legend.model().rootGroup().addLayer(layer)
    classes = range(1, len(legend.model().layerLegendNodes(node)))  # the first only says which band it is
    QgsMapLayerLegendUtils.setLegendNodeOrder(node, list(classes))
    legend.model().refreshLayerLegend(node)
    bar = add(QgsLayoutItemScaleBar(layout), 238, 150, 50, 15)
    bar.setLinkedMap(page)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceKilometers)
    bar.setUnitLabel("km")
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(2)
    bar.setUnitsPerSegment(4)
    north = add(QgsLayoutItemPicture(layout), 252, 120, 20, 24)
    north.setPicturePath(os.path.join(QgsApplication.svgPaths()[0], "arrows", "NorthArrow_02.svg"))
    save(QgsLayoutExporter(layout).renderPageToImage(0, QSize(), DPI), path)


def main():
    """Draw the pictures."""
    start_qgis(with_windows=True)
    import qgis.utils
    from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer

    qgis.utils.iface = make_interface()
    load_plugin()
    from geodl.algorithms.desktop.demo import open_demo

    image, polygons, _ = open_demo(qgis.utils.iface)
    positions = QgsVectorLayer(str(MADE / "positions.gpkg"), "Patch positions")
    made = QgsRasterLayer(str(MADE / "map.tif"), "Land cover")
    QgsProject.instance().addMapLayers([positions, made])
    QgsProject.instance().setCrs(image.crs())
    PICTURES.mkdir(parents=True, exist_ok=True)
    draw_first_steps(qgis.utils.iface, PICTURES)
    if positions.isValid():
        draw_positions([positions, polygons, image], PICTURES / "positions.jpg")
    if made.isValid():
        draw_layout(made, PICTURES / "layout.png")
    sys.stdout.flush()
    os._exit(0)  # QGIS may crash when a script tears it down


if __name__ == "__main__":
    main()
