"""The parameters of the algorithm that applies a model, but for the model and the image."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
)

from ..geodl_plugin import options
from .declaring import DOUBLE, LARGEST, choice, described, flag, integer, text
from .parameters import further_source, precision, resample
from .settings import map_memory
from .translation import tr

_RASTER_OPTIONS = {"widget_wrapper": {"widget_type": "rasteroptions"}}


def field_parameters():
    """Further sources, and the sizes of the blocks."""
    for number in (2, 3, 4):
        use = tr("Choose the sources in the order of the model's inputs. The map is aligned with the first image.")
        yield further_source(number, use)
    yield resample()
    yield integer(
        "RFIELD",
        tr("Receptive field (pixels, 0 = automatic)"),
        0,
        0,
        tr(
            "Width and height, in pixels of the image, of what is read for a block: SCALE × (EFIELD + 2 × CROP). For "
            "patch-based models, of a patch. 0: chosen for the network."
        ),
        advanced=True,
    )
    yield integer(
        "EFIELD",
        tr("Expression field (pixels, 0 = automatic)"),
        0,
        0,
        tr(
            "Width and height, in pixels of the map, of what a block contributes to the map: a multiple of the "
            "network's total stride, which Inspect a model shows. 0: chosen for the network."
        ),
        advanced=True,
    )
    yield integer(
        "CROP",
        tr("Crop (pixels, 0 = automatic)"),
        0,
        0,
        tr(
            "Pixels at each border of a block that are computed but not used, since the network has too little context "
            "there: a multiple of the total stride, at least the valid margin, which Inspect a model shows. 0: chosen "
            "for the network."
        ),
        advanced=True,
    )


def model_parameters():
    """How the model is used."""
    yield text(
        "OUTPUT_NAMES",
        tr("Outputs of the model"),
        tr(
            "Names of outputs, separated by commas; several are stacked as bands (output 'raw'). Inspect a model lists "
            "them. Empty: the model's main output, or the first in alphabetical order."
        ),
        advanced=True,
    )
    yield choice(
        "MODE",
        tr("Mode"),
        options.MODES,
        options.MODES[0],
        tr("How the network is applied to the image."),
        {
            "automatic": tr("by the shape of the model's output."),
            "fully convolutional": tr("the network turns an image into an image."),
            "patch-based": tr(
                "it gives one answer for a small image, a patch, so it is applied to the patch around each pixel of "
                "the map."
            ),
        },
        advanced=True,
    )
    scale = QgsProcessingParameterNumber("SCALE", tr("Scale (0 = automatic)"), DOUBLE, 0.0, False, 0.0, LARGEST)
    scale.setMetadata({"widget_wrapper": {"decimals": 4}})
    yield described(
        scale,
        tr(
            "Pixel size of the map divided by that of the image: 2, 3, … for a coarser map, 0.5, 0.25, … for a finer "
            "one. For patch-based models, the distance between patches in pixels. 0: that of the network."
        ),
        advanced=True,
    )
    yield text(
        "USER_INPUTS",
        tr("Values of other inputs"),
        tr(
            "For models that take other inputs than images: name=value, separated by semicolons, such as k=2.5; "
            "flag=true; v=(1.2, 4)."
        ),
        advanced=True,
    )
    yield precision(
        options.MAP_PRECISIONS,
        options.MAP_PRECISION,
        tr(
            "Number type of the computation. With numbers of 16 bits about one pixel in a thousand may get another "
            "class, and probabilities may differ by 0.02. On devices without support float32 is used; the log says "
            "what was used."
        ),
        {
            "float32": tr("the most exact: maps of different computers are the same but for rounding."),
            "bfloat16": tr("faster on processors with AMX."),
            "float16": tr("faster on GPUs."),
            "automatic": tr(
                "numbers of 16 bits where that is expected to be much faster, that is for large networks on a device "
                "with units for it, otherwise float32; maps by 'unet' take half the time on processors with AMX."
            ),
        },
    )
    yield integer(
        "MEMORY",
        tr("Memory (MB)"),
        map_memory(),
        1,
        tr(
            "How much memory may be used, approximately. More memory allows larger blocks (up to 1024 pixels), which "
            "take less time."
        ),
        advanced=True,
    )


def averaging_parameters():
    """What predictions are averaged."""
    yield choice(
        "TTA",
        tr("Orientations to average (TTA)"),
        options.TTA,
        options.TTA[0],
        tr(
            "The network is applied to the image in several orientations, and the mean of the probabilities (or "
            "values) is mapped. This is often a little more accurate, and takes 2, 4 or 8 times as long. For networks "
            "that were trained with flips and turns, as they are by default."
        ),
        {
            "1": tr("the image as it is."),
            "2": tr("also mirrored left-right."),
            "4": tr("mirrored along both axes."),
            "8": tr("all flips and turns by right angles."),
        },
        advanced=True,
    )
    yield described(
        QgsProcessingParameterMultipleLayers(
            "FURTHER_MODELS", tr("Further models"), QgsProcessing.SourceType.TypeFile, optional=True
        ),
        tr(
            "Models of the same classes (or of the same quantity) for the same bands, such as networks that were "
            "trained with other seeds or architectures. The mean of the probabilities (or values) of all models is "
            "mapped. Each takes as long as one alone. Choose the file saved_model.pb in each model folder, or a Keras "
            "file (….keras); the paths of the folders are accepted as well."
        ),
        advanced=True,
    )


def area_parameters():
    """The area of the map, its edges, and no data."""
    yield choice(
        "EDGES",
        tr("Edges"),
        options.EDGES,
        options.EDGES[0],
        tr("How the image is continued beyond its border."),
        {
            "reflect": tr("mirrored."),
            "zero": tr("with zeros."),
            "valid only": tr("not at all, so the map is a little smaller than the image, as in OTBTF."),
        },
        advanced=True,
    )
    yield text(
        "NODATA",
        tr("No-data value of the images"),
        tr("A number, for bands without a no-data value of their own."),
        advanced=True,
    )
    yield text(
        "OUTPUT_NODATA",
        tr("No-data value of the map"),
        tr(
            "A number. Empty: 0 for classes, or the highest value of the data type if 0 is a class; -1 for "
            "probabilities, 255 for probabilities (uint8), NaN for other numbers."
        ),
        advanced=True,
    )
    yield described(
        QgsProcessingParameterExtent("EXTENT", tr("Extent of the map"), optional=True),
        tr(
            "Only pixels that overlap this extent are mapped. They have the same values as in a map of the whole image."
        ),
    )
    yield described(
        QgsProcessingParameterFeatureSource(
            "MASK", tr("Mask"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
        ),
        tr("Only pixels whose centre is in one of these polygons are mapped. All others have no data."),
    )


def minimum_area():
    """The minimum mapping unit."""
    return integer(
        "MINIMUM_AREA",
        tr("Minimum area (pixels of the map)"),
        0,
        0,
        tr(
            "For maps of classes. Areas of a class with fewer pixels are given to the largest area beside them, so "
            "that the map has fewer specks. An area is pixels of one class that are joined by their sides, as in a "
            "polygon made of the map. Areas that are surrounded by no-data stay, and so do those that have only small "
            "neighbours. The confidence is that of the network's own classes. 0: all areas stay."
        ),
        advanced=True,
    )


def file_parameters():
    """The format of the file, and resuming."""
    creation = text(
        "CREATION_OPTIONS",
        tr("Creation options"),
        tr(
            "Creation options of GDAL, separated by |, such as COMPRESS=ZSTD|ZSTD_LEVEL=9. They override the defaults "
            "(tiled, DEFLATE). Options that would change classes, such as COMPRESS=JPEG, are refused. Each map is read "
            "back and compared before it is kept."
        ),
        advanced=True,
    )
    creation.setMetadata(_RASTER_OPTIONS)
    yield creation
    yield flag(
        "COG",
        tr("Cloud-optimised GeoTIFF"),
        tr("A file of which web servers can send parts. Takes twice the disk space while it is made."),
        advanced=True,
    )
    yield flag(
        "OVERVIEWS",
        tr("Build overviews"),
        tr("Smaller copies within the file, with which QGIS displays large maps faster."),
        advanced=True,
    )
    yield flag(
        "RESUME",
        tr("Keep finished blocks, and resume from them"),
        tr(
            "Finished blocks are kept in a hidden folder beside the map until the map is complete. After a crash, or "
            "when a run was cancelled, run the algorithm again with the same parameters to resume it; the map is the "
            "same as that of an uninterrupted run. Other models, images and parameters are refused, except for MEMORY "
            "and the format of the file. Not for temporary outputs."
        ),
        advanced=True,
    )
