"""Styles of result layers, written as .qml files beside them."""

from pathlib import Path

from osgeo import gdal
from qgis.core import (
    QgsColorRampLegendNodeSettings,
    QgsColorRampShader,
    QgsExpression,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsMarkerSymbol,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRuleBasedRenderer,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..geodl_plugin.labels.class_raster import read_classes
from .loading import finish
from .translation import tr

SPLIT_COLOURS = {"train": "#66ccee", "valid": "#ddcc77", "test": "#ee6677"}  # safe for colour-blind people
_SHAPES = ("triangle", "square", "cross2", "circle", "diamond", "star", "pentagon", "line", "arrowhead", "cross")
VIRIDIS = ("#440154", "#3b528b", "#21918c", "#5ec962", "#fde725")


def style_class_map(path, context):
    """Style a class map with its own classes only.

    Args:
        path: the map; the .qml file is written beside it.
        context: of Processing; the style is used if the map is to be loaded.
    """
    layer = QgsRasterLayer(path)
    classes = [
        QgsPalettedRasterRenderer.Class(each.value, QColor(each.color), each.name)
        for each in read_classes(path).classes
    ]
    _use(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes), layer, path, context)


def style_value_map(path, low, high, context):
    """Style a map of continuous values, from dark for low to bright for high.

    The range is given, rather than taken from the map, so that all maps of one network have the same colours.

    Args:
        path: the map; the .qml file is written beside it.
        low: the value of the darkest colour.
        high: the value of the brightest colour.
        context: of Processing; the style is used if the map is to be loaded.
    """
    layer = without_style(path)
    stops = [QgsGradientStop(number / (len(VIRIDIS) - 1), QColor(color)) for number, color in enumerate(VIRIDIS)]
    ramp = QgsGradientColorRamp(stops[0].color, stops[-1].color, False, stops[1:-1])
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    renderer.createShader(ramp, QgsColorRampShader.Type.Interpolated, QgsColorRampShader.ClassificationMode.Continuous)
    _use(renderer, layer, path, context)


def style_confidence(path, classes, context):
    """Style the confidence of a map: its first band, the highest probability of all classes.

    Args:
        path: the raster; the .qml file is written beside it.
        classes: how many there are; the darkest colour is where all of them are equally probable; 0: that is unknown.
        context: of Processing; the style is used if the raster is to be loaded.
    """
    style_value_map(path, round(1 / classes, 2) if classes else 0, 1, context)


def style_unfamiliarity(path, context):
    """Style what is strange to a network: pale and blue as far as it was trained, from orange to red beyond.

    Args:
        path: the raster; the .qml file is written beside it.
        context: of Processing; the style is used if the raster is to be loaded.
    """
    layer = without_style(path)
    items = [
        QgsColorRampShader.ColorRampItem(value, QColor(color), label)
        for value, color, label in (
            (0.0, "#f7fbff", tr("0: as in training")),
            (1.0, "#6baed6", tr("1: the limit")),
            (1.000001, "#fdae61", tr("above 1: do not trust the map")),
            (2.0, "#a50026", tr("2 and more")),
        )
    ]
    ramp = QgsColorRampShader(0, 2, None, QgsColorRampShader.Type.Interpolated)
    ramp.setColorRampItemList(items)
    legend = QgsColorRampLegendNodeSettings()
    legend.setUseContinuousLegend(False)  # the threshold is a jump, which it would hide
    ramp.setLegendSettings(legend)
    shader = QgsRasterShader(0, 2)
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(2)
    _use(renderer, layer, path, context)


def style_positions(path, context):
    """Style patch positions: a disc in the colour of the split, with the shape of the class on it.

    Args:
        path: the points; the .qml file is written beside it.
        context: of Processing; the style is used if the points are to be loaded.
    """
    layer = QgsVectorLayer(path)
    root = QgsRuleBasedRenderer.Rule(None)
    splits = layer.uniqueValues(layer.fields().indexOf("split"))
    for split, color in SPLIT_COLOURS.items():
        if split in splits:
            symbol = _marker("circle", color, 3.4)
            root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f"\"split\" = '{split}'", split))
    classes = sorted(layer.uniqueValues(layer.fields().indexOf("class")), key=str)
    for number, name in enumerate(classes if len(classes) > 1 else []):
        symbol = _marker(_SHAPES[number % len(_SHAPES)], "#222222", 1.7)
        halo = _marker(_SHAPES[number % len(_SHAPES)], "#ffffff", 1.7, 0.8)  # for the legend in dark themes
        symbol.insertSymbolLayer(0, halo.takeSymbolLayer(0))
        rule = f'"class" = {QgsExpression.quotedValue(name)}'
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, rule, str(name)))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    use_beside(layer, path, context)


def _marker(shape, color, size, outline=0.4):
    return QgsMarkerSymbol.createSimple(
        {
            "name": shape,
            "color": color,
            "size": str(size),
            "outline_style": "no" if shape == "circle" else "solid",
            "outline_color": color,
            "outline_width": str(outline),
        }
    )


def without_style(path):
    """A raster layer that leaves no large histogram beside the file, as the default style of QGIS does."""
    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False
    gdal.SetThreadLocalConfigOption("GDAL_PAM_ENABLED", "NO")  # of several bands QGIS makes one all the same
    try:
        return QgsRasterLayer(path, "", "gdal", options)
    finally:
        gdal.SetThreadLocalConfigOption("GDAL_PAM_ENABLED", None)


def _use(renderer, layer, path, context):
    layer.setRenderer(renderer)
    use_beside(layer, path, context)


def use_beside(layer, path, context):
    """Save the style of a layer beside its file, and use it if the file is to be loaded.

    Args:
        layer: has the style.
        path: the file; the .qml file is written beside it.
        context: of Processing.
    """
    layer.saveNamedStyle(str(Path(path).with_suffix(".qml")))
    finish(path, context)
