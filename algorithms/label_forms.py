"""Styles of layers that people label: a form that offers the classes, and a symbol that shows what is left to do."""

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsEditorWidgetSetup,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..geodl_plugin.fieldwork.map_sample import HIDDEN, REFERENCE
from ..geodl_plugin.fieldwork.suggest_positions import TO_FILL_IN
from .styling import use_beside
from .translation import tr

_OPEN, _DONE = "#cc3311", "#228833"
_NULL = "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}"  # QGIS's word for NULL in value maps
_OWN = ("id", "mapped", "uncertain")  # which nobody types into


def style_sample(path, classes, context):
    """Style a sample of a map; its form hides what the map says.

    Args:
        path: the GeoPackage; the .qml file is written beside it.
        classes: those of the map, as the job gives them.
        context: of Processing; the style is used if the layer is to be loaded.
    """
    layer = QgsVectorLayer(path, "", "ogr")
    offer(layer, REFERENCE, tr("Class that you see"), [(each["name"], each["value"]) for each in classes])
    for name in HIDDEN:
        layer.setEditorWidgetSetup(layer.fields().indexOf(name), QgsEditorWidgetSetup("Hidden", {}))
    columns = layer.attributeTableConfig()
    columns.update(layer.fields())
    shown = columns.columns()
    for column in shown:
        column.hidden = column.name in HIDDEN
    columns.setColumns(shown)
    layer.setAttributeTableConfig(columns)
    _finish(layer, REFERENCE, path, context)


def style_suggestions(path, classes, context):
    """Style places to label.

    Args:
        path: the GeoPackage; the .qml file is written beside it.
        classes: those of the map, as the job gives them.
        context: of Processing; the style is used if the layer is to be loaded.
    """
    layer = QgsVectorLayer(path, "", "ogr")
    is_text = layer.fields().field(TO_FILL_IN).typeName() == "String"
    choices = [(each["name"], each["name"] if is_text else each["value"]) for each in classes]
    offer(layer, TO_FILL_IN, tr("Class"), choices)
    _finish(layer, TO_FILL_IN, path, context)


def offer(layer, field, alias, choices):
    """Offer choices for a field in the form of a layer, and none.

    Args:
        layer: a vector layer.
        field: name of its field.
        alias: what the form calls it.
        choices: texts and values.
    """
    number = layer.fields().indexOf(field)
    layer.setFieldAlias(number, alias)  # before the choices, which QGIS 3.22 may forget when the alias changes
    entries = [{tr("not labelled yet"): _NULL}, *({text: str(value)} for text, value in choices)]
    layer.setEditorWidgetSetup(number, QgsEditorWidgetSetup("ValueMap", {"map": entries}))


def _finish(layer, field, path, context):
    """What all layers to label have: fields that are only read, and the symbols."""
    form = layer.editFormConfig()
    for number, name in enumerate(layer.fields().names()):
        if name in _OWN:
            form.setReadOnly(number, True)
    layer.setEditFormConfig(form)
    layer.setEditorWidgetSetup(layer.fields().indexOf("fid"), QgsEditorWidgetSetup("Hidden", {}))
    layer.setDisplayExpression('"id"')
    categories = [
        QgsRendererCategory(value, _symbol(layer, color), text)
        for value, color, text in ((1, _OPEN, tr("to label")), (0, _DONE, tr("labelled")))
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer(f'"{field}" IS NULL', categories))
    use_beside(layer, path, context)


def _symbol(layer, color):
    """An outline, which hides nothing of the image below."""
    if layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry:
        return QgsMarkerSymbol.createSimple(
            {"name": "circle", "color": "0,0,0,0", "outline_color": color, "outline_width": "0.6", "size": "4"}
        )
    return QgsFillSymbol.createSimple({"style": "no", "outline_color": color, "outline_width": "0.6"})
