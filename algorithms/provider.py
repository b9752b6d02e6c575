"""The provider: lists the algorithms and the models that ship with the plugin."""

from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingParameterField,
    QgsProcessingParameterFolderDestination,
    QgsProcessingProvider,
)
from qgis.PyQt.QtGui import QIcon

from ..geodl_plugin.options import POSITION_FORMATS
from .apply_model import ApplyModel
from .base import CHAINS
from .check_environment import CheckEnvironment
from .class_statistics import ClassStatistics
from .evaluate_map import EvaluateMap
from .evaluate_model import EvaluateModel
from .export_tfrecords import ExportTFRecords
from .extract_patches import ExtractPatches
from .inspect_dataset import InspectDataset
from .inspect_model import InspectModel
from .interpreter import is_set_up
from .merge_datasets import MergeDatasets
from .patches_to_tfrecords import PatchesToTFRecords
from .project import suggest_class_field, suggest_folder
from .sample_grid import SampleGrid
from .sample_label_raster import SampleLabelRaster
from .sample_map import SampleMap
from .sample_vector import SampleVector
from .settings import add_settings, remove_settings
from .setup_environment import SetupEnvironment
from .suggest_positions import SuggestPositions
from .train_model import TrainModel
from .translation import tr

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
ALGORITHMS = (
    ClassStatistics,
    SampleVector,
    SampleLabelRaster,
    SampleGrid,
    SuggestPositions,
    ExtractPatches,
    ExportTFRecords,
    PatchesToTFRecords,
    MergeDatasets,
    InspectDataset,
    TrainModel,
    EvaluateModel,
    InspectModel,
    ApplyModel,
    SampleMap,
    EvaluateMap,
    CheckEnvironment,
    SetupEnvironment,
)


def title_of_model(name):
    """The id of a model that ships with the plugin, as words."""
    return name.replace("_", " ").capitalize()


class ShippedModel(QgsProcessingModelAlgorithm):
    """A model that ships with the plugin: its name is an id without blanks, which is displayed as words.

    Its file is English; here it is translated.

    Args:
        path: the .model3 file.
    """

    def __init__(self, path):
        super().__init__()
        self._path = path
        self.fromFile(path)
        # QGIS sorts outputs by step and name; what people want first is the map.
        outputs = sorted(self.destinationParameterDefinitions(), key=lambda each: ":Map" not in each.name())
        for output in [each.clone() for each in outputs]:
            self.removeParameter(output.name())
            self.addParameter(output)

    def initAlgorithm(self, configuration=None):
        super().initAlgorithm(configuration or {})
        self.setHelpContent({name: tr(text) for name, text in self.helpContent().items()})
        for output in self.outputDefinitions():
            output.setDescription(tr(output.description()))
        for parameter in self.parameterDefinitions():
            if isinstance(parameter, QgsProcessingParameterField):
                suggest_class_field(parameter)
            elif isinstance(parameter, QgsProcessingParameterFolderDestination):
                suggest_folder(parameter, parameter.description().lower())
            parameter.setDescription(tr(parameter.description()))
            parameter.setHelp(tr(parameter.help()) if parameter.help() else "")

    def displayName(self):
        return tr(title_of_model(self.name()))

    def group(self):
        return tr(CHAINS)

    def createInstance(self):
        return ShippedModel(self._path)


class GeodlProvider(QgsProcessingProvider):
    """GeoDL in the Processing toolbox: its algorithms and models."""

    def id(self):
        return "geodl"

    def name(self):
        return "GeoDL"

    def longName(self):
        return tr("GeoDL: deep learning on rasters")

    def icon(self):
        return QIcon(str(RESOURCES / "icons" / "geodl.svg"))

    def svgIconPath(self):
        return str(RESOURCES / "icons" / "geodl.svg")

    def supportedOutputVectorLayerExtensions(self):
        return [suffix.lstrip(".") for suffix in POSITION_FORMATS]

    def supportsNonFileBasedOutput(self):
        return False

    def warningMessage(self):
        if is_set_up():
            return ""
        return tr(
            "GeoDL is not set up on this computer: run Set up the environment once (menu Plugins, GeoDL). It takes "
            "some minutes."
        )

    def load(self):
        add_settings(self.icon())
        return super().load()

    def unload(self):
        remove_settings()
        super().unload()

    def loadAlgorithms(self):
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        if QgsApplication.processingRegistry().providerById(self.id()) is not None:
            self._add_models()

    def load_models(self):
        """Add the models: they look up their steps in the registry, in which the provider must be."""
        self._add_models()
        self.algorithmsLoaded.emit()

    def _add_models(self):
        for path in sorted((RESOURCES / "models").glob("*.model3")):
            self.addAlgorithm(ShippedModel(str(path)))
