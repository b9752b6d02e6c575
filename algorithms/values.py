"""Values of parameters: read for a job, and checked with messages that name the value and what was expected."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..geodl_plugin.errors import InputError
from ..geodl_plugin.runtime.checks import check_choice, check_range
from .declaring import INTEGER
from .translation import tr


def field_values(algorithm, parameters, context):
    """The values of all parameters but layers and outputs.

    Args:
        algorithm: whose parameters they are.
        parameters: what Processing passed.
        context: of Processing.

    Returns:
        Values by the names of a job's fields, which are the parameters' names in lower case.
    """
    values = {}
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        if isinstance(definition, QgsProcessingParameterNumber):
            kind = algorithm.parameterAsInt if definition.dataType() == INTEGER else algorithm.parameterAsDouble
        elif isinstance(definition, QgsProcessingParameterBoolean):
            kind = algorithm.parameterAsBool
        elif isinstance(definition, QgsProcessingParameterEnum) and definition.allowMultiple():
            kind = algorithm.parameterAsEnumStrings
        elif isinstance(
            definition,
            (
                QgsProcessingParameterEnum,
                QgsProcessingParameterField,
                QgsProcessingParameterFile,
                QgsProcessingParameterString,
            ),
        ):
            kind = algorithm.parameterAsString
        else:
            continue
        values[name.lower()] = kind(parameters, name, context)
    return values


def words(given, mark=","):
    """Split a text.

    Args:
        given: words with a mark between.
        mark: the mark.

    Returns:
        The words without blanks around; empty ones are left out.
    """
    return [word.strip() for word in given.split(mark) if word.strip()]


def counted(counts):
    """Counts as a text.

    Args:
        counts: by name.
    """
    return ", ".join(tr("{name}: {count}").format(name=name, count=count) for name, count in counts.items())


def invalid_parameter(algorithm, parameters, context):
    """Check numbers, choices and lists of layers: Processing's own messages name neither the value nor the expectation.

    Args:
        algorithm: whose parameters they are.
        parameters: what Processing passed.
        context: of Processing.

    Returns:
        The message about the first invalid one; empty if all are valid.
    """
    try:
        for definition in algorithm.parameterDefinitions():
            _check(algorithm, definition, parameters, context)
    except InputError as error:
        return str(error)
    return ""


def _is_of_layers(definition):
    """Whether a parameter takes several layers, not files of other kinds."""
    is_list = isinstance(definition, QgsProcessingParameterMultipleLayers)
    return is_list and definition.layerType() != QgsProcessing.SourceType.TypeFile


def _check(algorithm, definition, parameters, context):
    """Raise `InputError` if the value of a parameter is invalid."""
    value, name = parameters.get(definition.name()), f"{definition.description()} ({definition.name()})"
    if isinstance(definition, QgsProcessingParameterNumber) and isinstance(value, (int, float, str)):
        number = algorithm.parameterAsDouble(parameters, definition.name(), context)
        shown = int(number) if number.is_integer() else number
        check_range(name, shown, definition.minimum(), definition.maximum())
    elif isinstance(definition, QgsProcessingParameterEnum) and isinstance(value, (str, list)):
        choices = [value] if isinstance(value, str) and not definition.allowMultiple() else value
        for choice in choices if isinstance(choices, list) else []:
            check_choice(name, choice, definition.options())
    elif _is_of_layers(definition) and isinstance(value, (str, list)):
        layers = [layer for layer in ([value] if isinstance(value, str) else value) if isinstance(layer, str)]
        missing = [layer for layer in layers if QgsProcessingUtils.mapLayerFromString(layer, context) is None]
        if missing:
            raise InputError(
                tr("Invalid {name}.").format(name=name),
                expected=tr("raster layers, or files that exist"),
                received=", ".join(missing),
            )
