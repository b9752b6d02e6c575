"""Parameters that several algorithms share, with their help, and short ways to declare any."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..geodl_plugin import options
from ..geodl_plugin.runtime import registry

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double
LARGEST = 2147483647


def described(parameter, help_text, *, advanced=False):
    """The parameter with its help, folded away if advanced."""
    parameter.setHelp(help_text)
    if advanced:
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def choice(name, text, options, default, help_text, *, advanced=False):
    """One of several words; their text is what is passed and stored."""
    parameter = QgsProcessingParameterEnum(
        name, text, options=list(options), defaultValue=default, usesStaticStrings=True
    )
    values = ", ".join(f"'{option}'" for option in options)
    return described(parameter, f"{help_text} Values: {values}; default '{default}'.", advanced=advanced)


def choices_help(package):
    """The help texts of all choices that a package of the library defines (see `registry`), as one text."""
    return " ".join(f"'{name}': {choice.help}" for name, choice in registry.choices(package).items())


def integer(name, text, default, minimum, help_text, *, maximum=None, advanced=False):
    """A whole number; from ``minimum`` on."""
    parameter = QgsProcessingParameterNumber(
        name, text, INTEGER, default, False, minimum, LARGEST if maximum is None else maximum
    )
    return described(parameter, help_text, advanced=advanced)


def fraction(name, text, default, help_text, *, maximum=1.0, advanced=False):
    """A number from 0 to ``maximum``."""
    return described(
        QgsProcessingParameterNumber(name, text, DOUBLE, default, False, 0.0, maximum), help_text, advanced=advanced
    )


def text(name, label, help_text, *, default="", advanced=False):
    """A line of text, which may be empty."""
    parameter = QgsProcessingParameterString(name, label, default, optional=True)
    return described(parameter, help_text, advanced=advanced)


def flag(name, label, help_text, *, default=False, advanced=False):
    """Yes or no."""
    return described(QgsProcessingParameterBoolean(name, label, default), help_text, advanced=advanced)


def folder(name, label, help_text, *, optional=False, advanced=False):
    """A folder that is there."""
    parameter = QgsProcessingParameterFile(
        name, label, behavior=QgsProcessingParameterFile.Behavior.Folder, optional=optional
    )
    return described(parameter, help_text, advanced=advanced)


def source(number=1):
    """The rasters of one source."""
    return described(
        QgsProcessingParameterMultipleLayers(f"SOURCE{number}", "Image", QgsProcessing.SourceType.TypeRaster),
        "The image: one raster, or several on the same grid, whose bands are stacked in the order of the list.",
    )


def further_source(number, use="Patches lie in all sources."):
    """The rasters of a source beside the first; ``use`` says what becomes of it."""
    return described(
        QgsProcessingParameterMultipleLayers(
            f"SOURCE{number}", f"Source {number}", QgsProcessing.SourceType.TypeRaster, optional=True
        ),
        "Another image of the same ground, of any resolution: one raster, or several on one grid. Its pixels must "
        f"be a whole number of times as large or as small as those of the image, with common edges. {use}",
        advanced=True,
    )


def class_field(parent, *, optional=False):
    """The field that names the classes."""
    parameter = QgsProcessingParameterField(
        "CLASS_FIELD", "Class field", parentLayerParameterName=parent, optional=optional
    )
    return described(
        parameter,
        "Field that names the class of each feature. Integers are kept as the values of the map; names get "
        "the values 1, 2, 3… in alphabetical order.",
    )


def features_or_raster(features, label, raster, raster_label, use):
    """Labels from features with their class field, or from a raster; ``use`` tells what the features are."""
    return (
        described(
            QgsProcessingParameterFeatureSource(
                features, label, [QgsProcessing.SourceType.TypeVectorAnyGeometry], optional=True
            ),
            use,
        ),
        class_field(features, optional=True),
        described(
            QgsProcessingParameterRasterLayer(raster, raster_label, optional=True),
            "A raster of class values, if there are no such features.",
        ),
    )


def positions(split=""):
    """The points that patches are cut around; ``split`` tells what their split is for."""
    return described(
        QgsProcessingParameterFeatureSource("POSITIONS", "Patch positions", [QgsProcessing.SourceType.TypeVectorPoint]),
        f"Points from Sample patch positions, or any points, in any CRS. {split}".strip(),
    )


def patch_size():
    """The side of patches."""
    return integer(
        "PATCH_SIZE",
        "Patch size (pixels)",
        64,
        1,
        "Side of the square patches that the network is trained on, in pixels of the image. 64 suits most "
        "images; multiples of 16 suit all networks. Use the same value in each step.",
    )


def shares(what):
    """How much of the positions or patches valid and test get."""
    return (
        fraction(
            "VALID_FRACTION",
            "Share for validation",
            options.VALID_FRACTION,
            f"Share of the {what} that choose the best state of the network: the split valid.",
        ),
        fraction(
            "TEST_FRACTION",
            "Share for the test",
            options.TEST_FRACTION,
            f"Share of the {what} that judge the network: the split test.",
        ),
    )


def seed():
    """The source of chance."""
    return integer(
        "SEED", "Random seed", 0, 0, "The same seed gives the same result; another seed another draw.", advanced=True
    )


def resample():
    """What becomes of sources that do not nest."""
    return described(
        QgsProcessingParameterBoolean("RESAMPLE", "Resample sources that do not nest", False),
        "Sources whose pixels are not a whole number of times as large or as small as those of the image, or have "
        "other edges, are read as if they lay on its grid (bilinear); the others keep their resolution. Without "
        "this they are an error.",
        advanced=True,
    )


def records():
    """How samples become files, in the order of the dialog."""
    return (
        described(
            QgsProcessingParameterString("NAMES", "Names of the sources", "", optional=True),
            "The names of the sources in the records, and of the network's inputs: words with commas between, one a "
            "source. Empty: source1, source2…",
            advanced=True,
        ),
        integer(
            "SAMPLES_PER_SHARD",
            "Patches in one file",
            options.SAMPLES_PER_SHARD,
            1,
            "About so many per file.",
            advanced=True,
        ),
        choice(
            "COMPRESSION",
            "Compression",
            options.COMPRESSIONS,
            options.COMPRESSIONS[0],
            "'gzip' makes the files smaller, and slower to write and to read; OTBTF does not read them.",
            advanced=True,
        ),
        described(
            QgsProcessingParameterBoolean("DROP_REMAINDER", "Drop patches that do not fill a file", False),
            "All files of a split hold the same number of patches, as training on several workers likes it. How many "
            "patches are dropped is told.",
            advanced=True,
        ),
    )
