"""What the algorithms share that make layers for people to label."""

from pathlib import Path

from qgis.core import QgsProcessingParameterVectorDestination, QgsProcessingUtils

from .base import GeodlAlgorithm
from .declaring import described
from .parameters import seed
from .translation import tr
from .values import counted


class LabellingAlgorithm(GeodlAlgorithm):
    """An algorithm that makes a layer whose form offers the classes of a map."""

    def add_output(self, label):
        """The random seed, and the layer.

        Args:
            label: of the layer.
        """
        self.addParameter(seed())
        layer = QgsProcessingParameterVectorDestination("OUTPUT", label)
        self.addParameter(described(layer, tr("A GeoPackage. One that already holds labels is never replaced.")))

    def results(self, found, feedback):
        self._classes = found["classes"]  # for the form
        if Path(QgsProcessingUtils.tempFolder()) in Path(found["output"]).parents:
            text = tr(
                "The layer {layer} is temporary: it is gone when QGIS is closed. Save it elsewhere, with its style, "
                "before you label it."
            )
            feedback.pushWarning(text.format(layer=found["output"]))
        by_class = counted(found["counts"])
        return {"OUTPUT": found["output"], **self.figures(found, by_class)}

    def figures(self, found, by_class):
        """The outputs beside the layer.

        Args:
            found: the job's results.
            by_class: the numbers of features of each class, as text.
        """
        raise NotImplementedError
