"""How result layers are loaded into the project: with their style, a name that says what they are, and as a group."""

from bisect import bisect

from qgis.core import QgsProcessingLayerPostProcessorInterface, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt import sip

_finishers = []  # Python must hold them until they have been used; then the context deletes them


class _Group:
    """The layers of one run; the group is made when the first of them is loaded.

    Args:
        name: of the group.
    """

    def __init__(self, name):
        self._name, self._node, self._ranks = name, None, []

    def take(self, node, rank):
        """Move a layer into the group, in the order of ranks."""
        parent = node.parent()
        if self._node is None:
            self._node = parent.insertGroup(0, self._name)
        index = bisect(self._ranks, rank)
        self._ranks.insert(index, rank)
        self._node.insertChildNode(index, node.clone())
        parent.removeChildNode(node)


class _Finisher(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style beside its file, which Processing does not load by itself, and its place.

    Attributes:
        group: of the layer; None: it stays where Processing puts it.
        rank: in the group.
    """

    group, rank = None, 0

    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()
        layer.triggerRepaint()
        project = context.project()
        node = project.layerTreeRoot().findLayer(layer.id()) if project else None
        if node is None:
            return
        if isinstance(layer, QgsRasterLayer):
            node.setExpanded(True)  # QGIS has folded the 256 colours that a map in one byte had before its style
        if self.group:
            self.group.take(node, self.rank)
        _uncover(project.layerTreeRoot(), context)


def _uncover(root, context):
    """Move vector layers of a run above its rasters, which hide them: QGIS loads the layers of a model in any order."""
    loaded = context.layersToLoadOnCompletion()
    ours = [
        (node, loaded[path].postProcessor())
        for node in root.findLayers()
        if node.layer() and (path := node.layer().source().split("|")[0]) in loaded
    ]
    if any(isinstance(node.layer(), QgsRasterLayer) for node, _ in ours):
        for node, finisher in ours:
            if isinstance(node.layer(), QgsVectorLayer) and isinstance(finisher, _Finisher):
                root.insertChildNode(0, node.clone())
                node.parent().removeChildNode(node)


def finish(path, context):
    """Have a layer finished when it is loaded.

    Args:
        path: of the layer.
        context: of Processing.

    Returns:
        The one that does it; None if the layer is not to be loaded.
    """
    if not context.willLoadLayerOnCompletion(path):
        return None
    details = context.layerToLoadOnCompletionDetails(path)
    if details.postProcessor() is None:
        _finishers[:] = [one for one in _finishers if not sip.isdeleted(one)]
        _finishers.append(_Finisher())
        details.setPostProcessor(_finishers[-1])
    return details.postProcessor()


def name_layers(algorithm, results, names, group, context):
    """Name the layers that are to be loaded, and put them into a group if they are several.

    Layers that a model, or a person, has named keep their names.

    Args:
        algorithm: that has made them.
        results: its outputs.
        names: of the layers by output, the topmost first.
        group: name of the group.
        context: of Processing.
    """
    loaded = [name for name in names if name in results and context.willLoadLayerOnCompletion(results[name])]
    together = _Group(group)
    for rank, name in enumerate(loaded):
        details = context.layerToLoadOnCompletionDetails(results[name])
        if details.name == algorithm.parameterDefinition(name).description():
            details.name = names[name]
        if len(loaded) < 2:
            continue
        if hasattr(details, "groupName"):  # QGIS 3.32
            details.groupName, details.layerSortKey = group, len(loaded) - rank  # the greatest is on top
        else:
            finisher = finish(results[name], context)
            finisher.group, finisher.rank = together, rank


def titled(title, *origins):
    """A name such as "Confidence (unet, image)".

    Args:
        title: what it is.
        origins: what it was made of and by; empty ones are left out.
    """
    known = ", ".join(origin for origin in origins if origin)
    return f"{title} ({known})" if known else title
