"""Functions that declare a parameter of Processing together with its help."""

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..geodl_plugin.runtime import registry
from ..geodl_plugin.runtime.checks import LARGEST
from .project import suggest_folder
from .translation import tr

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double
SENTENCES = "geodl_sentences"  # in a parameter's metadata: what its words mean


def described(parameter, help_text, *, advanced=False):
    """A parameter with its help.

    Args:
        parameter: as Processing has it.
        help_text: for its tooltip and the help.
        advanced: whether it is among the advanced parameters, which are folded away.
    """
    parameter.setHelp(help_text)
    if advanced:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def assisted(parameter):
    """Let a parameter's widget call the assistant of its dialog, which fills in and foretells.

    Args:
        parameter: the first of an algorithm.
    """
    metadata = parameter.metadata()
    widget = {**metadata.get("widget_wrapper", {}), "class": f"{__package__}.desktop.assistant.Assisted"}
    parameter.setMetadata({**metadata, "widget_wrapper": widget})


def choice(name, text, options, default, help_text, sentences=None, *, advanced=False):
    """A choice of one of several words, which are passed and stored as text.

    Args:
        name: of the parameter.
        text: its label.
        options: the words.
        default: one of them.
        help_text: for its tooltip and the help, to which the words and their sentences are added.
        sentences: what words mean, by word; dialogs show them in the list (see `desktop.sentences`). None: the words
            say all.
        advanced: whether it is among the advanced parameters.
    """
    parameter = QgsProcessingParameterEnum(
        name, text, options=list(options), defaultValue=default, usesStaticStrings=True
    )
    parameter.setMetadata({SENTENCES: sentences or {}})
    if sentences:
        help_text = f"{help_text} {explanation({option: sentences[option] for option in options})}"
    values = ", ".join(f"'{option}'" for option in options)
    whole = tr("{help} Values: {values}; default '{default}'.").format(help=help_text, values=values, default=default)
    return described(parameter, whole, advanced=advanced)


def sentences_of(package):
    """What the choices that a package of the library defines (see `registry`) mean, by name."""
    return {name: tr(choice.help) for name, choice in registry.choices(package).items()}


def explanation(sentences):
    """One text of what words mean.

    Args:
        sentences: by word.
    """
    return " ".join(tr("'{name}': {help}").format(name=word, help=text) for word, text in sentences.items())


def integer(name, text, default, minimum, help_text, *, maximum=None, advanced=False):
    """An integer.

    Args:
        name: of the parameter.
        text: its label.
        default: its default value.
        minimum: the smallest valid value.
        help_text: for its tooltip and the help.
        maximum: the largest valid value; None: that of QGIS.
        advanced: whether it is among the advanced parameters.
    """
    parameter = QgsProcessingParameterNumber(
        name, text, INTEGER, default, False, minimum, LARGEST if maximum is None else maximum
    )
    return described(parameter, help_text, advanced=advanced)


def fraction(name, text, default, help_text, *, maximum=1.0, decimals=6, advanced=False):
    """A number from 0 to a maximum.

    Args:
        name: of the parameter.
        text: its label.
        default: its default value.
        help_text: for its tooltip and the help.
        maximum: the largest valid value.
        decimals: how many the dialog shows.
        advanced: whether it is among the advanced parameters.
    """
    parameter = QgsProcessingParameterNumber(name, text, DOUBLE, default, False, 0.0, maximum)
    parameter.setMetadata({"widget_wrapper": {"decimals": decimals}})
    return described(parameter, help_text, advanced=advanced)


def text(name, label, help_text, *, default="", advanced=False):
    """A line of text, which may be empty.

    Args:
        name: of the parameter.
        label: its label.
        help_text: for its tooltip and the help.
        default: its default value.
        advanced: whether it is among the advanced parameters.
    """
    parameter = QgsProcessingParameterString(name, label, default, optional=True)
    return described(parameter, help_text, advanced=advanced)


def flag(name, label, help_text, *, default=False, advanced=False):
    """A check box.

    Args:
        name: of the parameter.
        label: its label.
        help_text: for its tooltip and the help.
        default: whether it is checked by default.
        advanced: whether it is among the advanced parameters.
    """
    return described(QgsProcessingParameterBoolean(name, label, default), help_text, advanced=advanced)


def new_folder(name, label, help_text, suggested):
    """A folder to make.

    Args:
        name: of the parameter.
        label: its label.
        help_text: for its tooltip and the help.
        suggested: what dialogs call it if there is a project.
    """
    parameter = described(QgsProcessingParameterFolderDestination(name, label), help_text)
    suggest_folder(parameter, suggested)
    return parameter


def report(label, help_text, *, optional=True, by_default=True):
    """The parameter REPORT: an HTML file to make.

    Args:
        label: its label.
        help_text: for its tooltip and the help.
        optional: whether it may be left out.
        by_default: whether dialogs make it unless it is left out.
    """
    parameter = QgsProcessingParameterFileDestination(
        "REPORT", label, tr("HTML files (*.html)"), optional=optional, createByDefault=by_default
    )
    return described(parameter, help_text)


def folder(name, label, help_text, *, optional=False, advanced=False):
    """An existing folder.

    Args:
        name: of the parameter.
        label: its label.
        help_text: for its tooltip and the help.
        optional: whether it may be left out.
        advanced: whether it is among the advanced parameters.
    """
    parameter = QgsProcessingParameterFile(
        name, label, behavior=QgsProcessingParameterFile.Behavior.Folder, optional=optional
    )
    return described(parameter, help_text, advanced=advanced)
