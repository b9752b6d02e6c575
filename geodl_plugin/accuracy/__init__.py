"""How good a map or a network is: from predictions and a reference to figures.

===================  ===========================================================================
``evaluate_map``     a class map against reference features or a label raster
``evaluate_values``  a map of values against a raster of values, or features that have one each
``map_kinds``        whether a map holds classes or values
``evaluate_model``   a model folder against the labels of a dataset folder
``evaluation``       any network against the labels of a dataset folder; needs TensorFlow
``results``          what the evaluation of a network gives
``confusion``        the confusion matrix, and accuracy and areas that follow from it
``regression``       errors of continuous values
``reliability``      how well the network's confidence agrees with its accuracy
``temperature``      the temperature that corrects the confidence
``ranking``          the best and the worst patches
``patch_errors``     errors patch by patch, and which patches show the same labelled pixels
``comparison``       which of two networks does better, and whether that is more than chance
``labelled_sample``  a labelled random sample against a map
``stratified``       accuracy and areas of the whole map, from such a sample
``verdict``          how good a network is, in words
``table``            the confusion matrix as text and CSV
===================  ===========================================================================

It may use `operations`, `labels`, `fieldwork`, `datasets` and `models`, and knows nothing of reports.
"""

from .evaluate_map import EvaluateMapRequest, MapAccuracy, evaluate_map
from .evaluate_model import EvaluateModelRequest, ModelAccuracy, evaluate_model
from .evaluate_values import ValueAccuracy, evaluate_values

# Imported here and not on demand: a function would be hidden by the module of its name as soon as that is imported.
__all__ = [
    "EvaluateMapRequest",
    "EvaluateModelRequest",
    "MapAccuracy",
    "ModelAccuracy",
    "ValueAccuracy",
    "evaluate_map",
    "evaluate_model",
    "evaluate_values",
]
