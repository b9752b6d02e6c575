"""What the user chose: read for a job, and looked through for what does not fit."""

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from .parameters import INTEGER, LARGEST


def field_values(algorithm, parameters, context):
    """The values of all parameters but layers and outputs, by their names in lower case: those of a job's fields."""
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
    """What commas, or another mark, divide, without blanks around."""
    return [word.strip() for word in given.split(mark) if word.strip()]


def misfit(algorithm, parameters, context):
    """What is wrong with a number, choice or list of layers among the parameters, as a sentence; empty if nothing is.

    Processing's own message names neither the value nor what was expected.
    """
    for definition in algorithm.parameterDefinitions():
        name, value = definition.name(), parameters.get(definition.name())
        expected = ""
        if isinstance(definition, QgsProcessingParameterNumber) and isinstance(value, (int, float, str)):
            low, high = definition.minimum(), definition.maximum()
            if not low <= algorithm.parameterAsDouble(parameters, name, context) <= high:
                expected = f"at least {low:g}" if high >= LARGEST else f"{low:g} to {high:g}"
        elif isinstance(definition, QgsProcessingParameterEnum) and isinstance(value, (str, list)):
            values = [value] if isinstance(value, str) and not definition.allowMultiple() else value
            if isinstance(values, list) and not set(values) <= set(definition.options()):
                expected = "one of " + ", ".join(f"'{option}'" for option in definition.options())
        elif isinstance(definition, QgsProcessingParameterMultipleLayers) and isinstance(value, (str, list)):
            names = [one for one in ([value] if isinstance(value, str) else value) if isinstance(one, str)]
            lost = [one for one in names if QgsProcessingUtils.mapLayerFromString(one, context) is None]
            expected, value = "raster layers, or files that are there" if lost else "", ", ".join(lost)
        if expected:
            return f"{definition.description()} ({name}) does not fit. Expected: {expected}. Received: {value}."
    return ""
