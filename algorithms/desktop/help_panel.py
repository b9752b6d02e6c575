"""The panel beside a dialog: what each parameter means, in the order of the dialog."""

from qgis.core import QgsProcessingParameterDefinition

from ..translation import tr

_ADVANCED = QgsProcessingParameterDefinition.Flag.FlagAdvanced


def parameters_as_html(algorithm):
    """The help of all parameters, those that are folded away last; each in a line, as QGIS makes paragraphs of lines.

    Args:
        algorithm: whose parameters they are.
    """
    basic, advanced = [], []  # <strong>: QGIS writes <b> in a grey that nobody can read in its dark themes
    for one in algorithm.parameterDefinitions():
        (advanced if one.flags() & _ADVANCED else basic).append(f"<strong>{one.description()}</strong><br>{one.help()}")
    lines = [f"<h3>{tr('Parameters')}</h3>", *basic]
    if advanced:
        lines += [f"<h3>{tr('Advanced parameters')}</h3>", *advanced]
    return "\n".join(lines)
