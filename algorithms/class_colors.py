"""The colours that the user gave classes, in the style of their layer, as a job takes them."""

from pathlib import Path

from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingFeatureSourceDefinition,
)


def vector_colors(algorithm, parameters, name, class_field, context):
    """The colours of a layer's own categories.

    A layer that is not in the project, as in ``qgis_process``, has the style that is saved with it: a .qml beside the
    file, or the default style in a GeoPackage.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        name: of the parameter of the layer.
        class_field: the field that must be the one of the categories.
        context: of Processing.

    Returns:
        Texts such as ``forest=#1e7b34``: values of the field and colours; empty if there is no such style.
    """
    value = parameters.get(name)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    layer = algorithm.parameterAsVectorLayer({**parameters, name: value}, name, context) if value else None
    if layer is None or not class_field:
        return []
    styled = _styled(layer, context)  # owns its renderer
    renderer = styled.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer) or renderer.classAttribute().strip('"') != class_field:
        return []
    colors = []
    for category in renderer.categories():
        values = category.value() if isinstance(category.value(), list) else [category.value()]
        colors += [
            f"{_text(each)}={category.symbol().color().name()}" for each in values if each not in (None, NULL, "")
        ]
    return colors


def raster_colors(algorithm, parameters, name, context):
    """The colours of a raster's own classes; the arguments and the result are those of `vector_colors`."""
    layer = algorithm.parameterAsRasterLayer(parameters, name, context) if parameters.get(name) else None
    if layer is None:
        return []
    styled = _styled(layer, context)  # owns its renderer
    renderer = styled.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return []
    return [f"{_text(each.value)}={each.color.name()}" for each in renderer.classes()]


def _styled(layer, context):
    """The layer if it is in the project, else a copy with the style that is saved with it."""
    project = context.project()
    if project is not None and project.mapLayer(layer.id()) is not None:
        return layer
    path = Path(layer.source().split("|")[0])
    if not path.with_suffix(".qml").exists() and path.suffix.lower() != ".gpkg":
        return layer
    copy = layer.clone()
    copy.loadDefaultStyle()
    return copy


def _text(value):
    """A value as the class of an integer field has it, although QGIS may keep it as a real number."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
