"""The parameters of applying a model."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
)

from ..geodl_plugin import options
from .base import tr
from .parameters import DOUBLE, LARGEST, choice, described, flag, further_source, integer, resample, text

_RASTER_OPTIONS = {"widget_wrapper": {"widget_type": "rasteroptions"}}


def field_parameters():
    """What is read for a block, of which sources."""
    for number in (2, 3, 4):
        use = "Choose the sources in the order of the model's inputs; the map lies on the pixels of the first image."
        yield further_source(number, use)
    yield resample()
    for name, label, help_text in (
        ("RFIELD", "Receptive field", "Pixels of the image that are read for a block: SCALE × (EFIELD + 2 × CROP). "
         "For patches, their side."),
        ("EFIELD", "Expression field", "Pixels of the map that a block gives: a multiple of the total stride."),
        ("CROP", "Crop", "Pixels dropped on each side of a block's output: a multiple of the total stride that is "
         "not below the valid margin."),
    ):  # fmt: skip
        long = f"{tr(label)} ({tr('pixels, 0 = automatic')})"
        yield integer(name, long, 0, 0, f"{help_text} 0: chosen from the network.", advanced=True)


def model_parameters():
    """How the model is used."""
    yield text(
        "OUTPUT_NAMES",
        tr("Outputs of the model"),
        "Names with commas between; several are stacked band-wise (output 'raw'). Inspect a model lists them. "
        "Empty: the one that maps are made of, or the first of the alphabet.",
        advanced=True,
    )
    yield choice(
        "MODE",
        tr("Mode"),
        options.MODES,
        options.MODES[0],
        "'fully convolutional': the network gives an image for an image. 'patch-based': it gives one answer "
        "for each patch, so that a patch is fed for each pixel of the map. 'automatic': what its output says.",
        advanced=True,
    )
    yield described(
        QgsProcessingParameterNumber("SCALE", tr("Scale (0 = automatic)"), DOUBLE, 0.0, False, 0.0, LARGEST),
        "Pixel size of the map divided by that of the image: 2, 3, … for a coarser map, 0.5, 0.25, … for a "
        "finer one; for patches, pixels from one to the next. 0: from the network.",
        advanced=True,
    )
    yield text(
        "USER_INPUTS",
        tr("Values of other inputs"),
        "For models with inputs that are no images: name=value with ; between, such as k=2.5; flag=true; v=(1.2, 4).",
        advanced=True,
    )
    yield choice(
        "PRECISION",
        tr("Precision"),
        options.MAP_PRECISIONS,
        options.MAP_PRECISIONS[0],
        "'bfloat16' is faster on processors with units for it (AMX or AVX-512-BF16), 'float16' on GPUs; some pixels "
        "may get another class. On other devices the map is computed in float32, and the log says so.",
        advanced=True,
    )
    yield integer(
        "MEMORY",
        tr("Memory (MB)"),
        options.MAP_MEMORY,
        1,
        "What the map may take, about: blocks are as large as that allows, up to 1024 pixels.",
        advanced=True,
    )


def place_parameters():
    """Where there is a map, and what stands elsewhere."""
    yield choice(
        "EDGES",
        tr("Edges"),
        options.EDGES,
        options.EDGES[0],
        "How the image goes on beyond its border: 'reflect': mirrored; 'zero': with zeros; 'valid only': not "
        "at all, the map ends where the network would look beyond, as in OTBTF.",
        advanced=True,
    )
    yield text(
        "NODATA",
        tr("No-data value of the images"),
        "A number, for bands that do not say it themselves.",
        advanced=True,
    )
    yield text(
        "OUTPUT_NODATA",
        tr("No-data value of the map"),
        "A number. Empty: 0 for classes, or the highest value of the type if 0 is a class; -1 for "
        "probabilities, 255 for those of 8 bits, NaN for other numbers.",
        advanced=True,
    )
    yield described(
        QgsProcessingParameterExtent("EXTENT", tr("Extent of the map"), optional=True),
        "Only the pixels that meet it are mapped; they have the same values as in the map of the whole image.",
        advanced=True,
    )
    yield described(
        QgsProcessingParameterFeatureSource(
            "MASK", tr("Mask"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
        ),
        "Only pixels with their centre in one of these polygons are mapped; the others have no data.",
        advanced=True,
    )


def file_parameters():
    """In which form the map is stored."""
    creation = text(
        "CREATION_OPTIONS",
        tr("Creation options"),
        "GDAL's, with | between, such as COMPRESS=ZSTD|ZSTD_LEVEL=9; they go before ours (tiled, DEFLATE). Those that "
        "would change classes, such as COMPRESS=JPEG, are refused; each map is read back before it counts as made.",
        advanced=True,
    )
    creation.setMetadata(_RASTER_OPTIONS)
    yield creation
    yield flag("COG", tr("Cloud-optimised GeoTIFF"), "Takes as much disk again while it is made.", advanced=True)
    yield flag("OVERVIEWS", tr("Build overviews"), "Large maps are displayed faster.", advanced=True)
    yield flag(
        "RESUME",
        tr("Keep finished blocks, and go on from them"),
        "Finished blocks are kept in a hidden folder beside the map until it is whole. After a crash or a "
        "cancelled run the same run goes on from there; the map is the same as without a stop. A run with "
        "another model, image or parameter is refused, but for MEMORY and the form of the file. Not for temporary "
        "outputs.",
        advanced=True,
    )
