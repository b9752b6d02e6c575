"""Parameters that several algorithms share, with their help."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
)

from ..geodl_plugin import options
from .declaring import choice, described, flag, fraction, integer
from .project import suggest_class_field
from .translation import tr


def source(number=1):
    """The rasters of a source.

    Args:
        number: of the source, from 1.
    """
    return described(
        QgsProcessingParameterMultipleLayers(f"SOURCE{number}", tr("Image"), QgsProcessing.SourceType.TypeRaster),
        tr("The image: one raster, or several on the same grid, whose bands are stacked in the order of the list."),
    )


def further_source(number, use=""):
    """The rasters of a source beside the first.

    Args:
        number: of the source, from 2.
        use: the sentence of its help that says how it is used; empty: that of sources of patches.
    """
    return described(
        QgsProcessingParameterMultipleLayers(
            f"SOURCE{number}",
            tr("Source {number}").format(number=number),
            QgsProcessing.SourceType.TypeRaster,
            optional=True,
        ),
        tr(
            "Another image of the same area, at any resolution: one raster, or several on the same grid. Its pixels "
            "must be a whole number of times as large or as small as those of the image, and share their edges."
        )
        + " "
        + (use or tr("Patches lie in all sources.")),
        advanced=True,
    )


def class_map():
    """A map of classes."""
    return described(
        QgsProcessingParameterRasterLayer("MAP", tr("Class map")),
        tr("A raster with one band of class values, such as one made by Apply a model to a raster."),
    )


def class_field(parent, *, default=options.CLASS_FIELD):
    """The field that names the classes, which may be left out.

    Args:
        parent: the parameter of the layer.
        default: the field that is taken where the layer has it, in dialogs and elsewhere; None: none.
    """
    parameter = QgsProcessingParameterField(
        "CLASS_FIELD", tr("Class field"), default, parentLayerParameterName=parent, optional=True
    )
    if default:
        suggest_class_field(parameter)
    return described(
        parameter,
        tr(
            "Field with the class of each feature, such as class, label or lulc; not one that numbers the features. "
            "Integers are the class values of the map; names get the values 1, 2, 3… in alphabetical order."
        ),
    )


def one_class():
    """That there is no class field by intent."""
    return flag(
        "ONE_CLASS",
        tr("All features are of one class"),
        tr(
            "The class field does not count then. Without this, a class field is needed, so that not all polygons "
            "become one class by mistake."
        ),
        advanced=True,
    )


def chosen_class_field(algorithm, parameters, context):
    """The class field of an algorithm that also has `one_class`; empty if that is chosen.

    Args:
        algorithm: whose parameters they are.
        parameters: what Processing passed.
        context: of Processing.
    """
    if algorithm.parameterAsBool(parameters, "ONE_CLASS", context):
        return ""
    return algorithm.parameterAsString(parameters, "CLASS_FIELD", context)


def features_or_raster(features, label, raster, raster_label, use, *, default=options.CLASS_FIELD):
    """Labels from features with a class field, or from a raster.

    Args:
        features: name of the parameter of the features.
        label: its label.
        raster: name of the parameter of the raster.
        raster_label: its label.
        use: help of the features.
        default: the class field that is taken where the layer has it; None: none.

    Returns:
        The parameters of features, class field and raster.
    """
    return (
        described(
            QgsProcessingParameterFeatureSource(
                features, label, [QgsProcessing.SourceType.TypeVectorAnyGeometry], optional=True
            ),
            use,
        ),
        class_field(features, default=default),
        described(
            QgsProcessingParameterRasterLayer(raster, raster_label, optional=True),
            tr("A raster of class values, as an alternative to features."),
        ),
    )


def positions(split=""):
    """The points that patches are centred on.

    Args:
        split: a sentence about the use of their splits.
    """
    return described(
        QgsProcessingParameterFeatureSource(
            "POSITIONS", tr("Patch positions"), [QgsProcessing.SourceType.TypeVectorPoint]
        ),
        f"{tr('Points from Sample positions, or any points, in any CRS.')} {split}".strip(),
    )


def patch_size():
    """The side of patches in pixels."""
    return integer(
        "PATCH_SIZE",
        tr("Patch size (pixels)"),
        options.PATCH_SIZE,
        1,
        tr(
            "Side of the square patches that the network is trained on, in pixels of the image. 64 is a good value for "
            "most images; all networks accept multiples of 16. The positions keep it for the next step."
        ),
    )


def patch_size_of_positions():
    """The side of patches in pixels, which is that of their positions if it is not given."""
    return integer(
        "PATCH_SIZE",
        tr("Patch size (pixels, 0 = that of the positions)"),
        0,
        0,
        tr(
            "Side of the square patches, in pixels of the image. 0: the size for which the positions were sampled, or "
            "{size} for points that do not tell it. Larger patches may overlap those of other splits; a warning then "
            "says how many."
        ).format(size=options.PATCH_SIZE),
    )


def patch_edges():
    """Whether patches may reach beyond the images."""
    return choice(
        "EDGES",
        tr("Patches at the border"),
        options.PATCH_EDGES,
        options.PATCH_EDGES[0],
        tr("Whether patches may reach beyond the image."),
        {
            "reflect": tr(
                "patches may reach beyond the image, which is continued there as in a mirror, and unlabelled; no label "
                "near the border is lost."
            ),
            "inside": tr("patches lie inside every image, as in OTBTF."),
        },
        advanced=True,
    )


def shares(valid, test):
    """The fractions of the data for validation and for the test.

    Args:
        valid: help of the first.
        test: help of the second.

    Returns:
        Two parameters.
    """
    return (
        fraction(
            "VALID_FRACTION",
            tr("Validation fraction"),
            options.VALID_FRACTION,
            valid,
            decimals=2,
        ),
        fraction(
            "TEST_FRACTION",
            tr("Test fraction"),
            options.TEST_FRACTION,
            test,
            decimals=2,
        ),
    )


def seed():
    """The random seed."""
    return integer(
        "SEED",
        tr("Random seed"),
        0,
        0,
        tr("The same seed gives the same result; another seed gives another random choice."),
        advanced=True,
    )


def precision(precisions, default, help_text, sentences):
    """The number type of a computation.

    Args:
        precisions: the choices.
        default: one of them.
        help_text: what it is for.
        sentences: what each choice means.
    """
    return choice("PRECISION", tr("Precision"), precisions, default, help_text, sentences, advanced=True)


def resample():
    """Whether sources that do not nest are resampled."""
    return described(
        QgsProcessingParameterBoolean("RESAMPLE", tr("Resample sources that do not nest"), False),
        tr(
            "Sources whose pixels are not a whole number of times as large or as small as those of the image, or do "
            "not share their edges, are resampled to its grid (bilinear); the others keep their resolution. If not "
            "checked, such sources are an error."
        ),
        advanced=True,
    )
