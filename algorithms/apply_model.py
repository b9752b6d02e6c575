"""geodl:applymodel"""

from pathlib import Path

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm, tr
from .layers import raster_paths
from .parameters import (
    DOUBLE,
    LARGEST,
    choice,
    described,
    flag,
    further_source,
    integer,
    resample,
    source,
    text,
    words,
)

_RASTER_OPTIONS = {"widget_wrapper": {"widget_type": "rasteroptions"}}


class ApplyModel(GeodlAlgorithm):
    """Apply a model to a raster."""

    NAME = "applymodel"
    TITLE = "Apply a model to a raster"
    GROUP = "inference"
    TAGS = "deep learning,inference,prediction,segmentation,classification,map,OTBTF,TensorflowModelServe"
    HELP = (
        "Maps a whole raster of any size with a trained network. The raster is computed block by block, with fields "
        "that follow from the network itself: the map has no seams, is the same for every block size, and covers the "
        "image to its border.\n"
        "The map carries class names, colours and its no-data value in the file. Pixels without data in the image "
        "have none in the map. A network of continuous values, such as tree cover, maps the values (Float32, no data "
        "is NaN).\n"
        "Models of other people work as well: SavedModels, such as those of OTBTF, and Keras files. Their fields are "
        "measured. A SavedModel is a program: apply only those of people you trust.\n"
        "Next step: Evaluate a map."
    )

    def initAlgorithm(self, configuration=None):
        self.addParameter(
            described(
                QgsProcessingParameterFile("MODEL", tr("Model"), behavior=QgsProcessingParameterFile.Behavior.Folder),
                "A folder made by Train a network, or a SavedModel; or type the path of a Keras file (….keras).",
            )
        )
        self.addParameter(source())
        self.addParameter(
            choice(
                "OUTPUT_TYPE",
                tr("Output"),
                options.OUTPUT_TYPES,
                "classes",
                "'classes': one band, the value of the most probable class, or, of a network of continuous values, the "
                "values. 'probabilities': a band for each class, 0 to 1. 'probabilities (uint8)': the same, but "
                "stored as 0 to 250 with a scale of 0.004, which QGIS shows as 0 to 1. 'raw': what the "
                "network gives, as Float32, for any output of any model.",
            )
        )
        for number in (2, 3, 4):
            use = (
                "Choose the sources in the order of the model's inputs; the map lies on the pixels of the first image."
            )
            self.addParameter(further_source(number, use))
        self.addParameter(resample())
        for name, label, help_text in (
            ("RFIELD", "Receptive field", "Pixels of the image that are read for a block: SCALE × (EFIELD + 2 × CROP). "
             "For patches, their side."),
            ("EFIELD", "Expression field", "Pixels of the map that a block gives: a multiple of the total stride."),
            ("CROP", "Crop", "Pixels dropped on each side of a block's output: a multiple of the total stride that is "
             "not below the valid margin."),
        ):  # fmt: skip
            long = f"{tr(label)} ({tr('pixels, 0 = automatic')})"
            self.addParameter(integer(name, long, 0, 0, f"{help_text} 0: chosen from the network.", advanced=True))
        self._add_model_parameters()
        self._add_place_parameters()
        self._add_file_parameters()
        self.addParameter(QgsProcessingParameterRasterDestination("OUTPUT", tr("Map")))
        self.addParameter(
            described(
                QgsProcessingParameterRasterDestination(
                    "CONFIDENCE", tr("Confidence"), optional=True, createByDefault=False
                ),
                "Two bands: the highest class probability, and the entropy of all (0: certain, 1: no idea). Not for "
                "networks of continuous values.",
            )
        )
        for name, label in (
            ("RFIELD_USED", "Receptive field used"),
            ("EFIELD_USED", "Expression field used"),
            ("CROP_USED", "Crop used"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, tr(label)))

    def _add_model_parameters(self):
        self.addParameter(
            text(
                "OUTPUT_NAMES",
                tr("Outputs of the model"),
                "Names with commas between; several are stacked band-wise (output 'raw'). Inspect a model lists them. "
                "Empty: the one that maps are made of, or the first of the alphabet.",
                advanced=True,
            )
        )
        self.addParameter(
            choice(
                "MODE",
                tr("Mode"),
                options.MODES,
                options.MODES[0],
                "'fully convolutional': the network gives an image for an image. 'patch-based': it gives one answer "
                "for each patch, so that a patch is fed for each pixel of the map. 'automatic': what its output says.",
                advanced=True,
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterNumber("SCALE", tr("Scale (0 = automatic)"), DOUBLE, 0.0, False, 0.0, LARGEST),
                "Pixel size of the map divided by that of the image: 2, 3, … for a coarser map, 0.5, 0.25, … for a "
                "finer one. Needed for finer outputs; for patches, pixels from one to the next. 0: from the network.",
                advanced=True,
            )
        )
        self.addParameter(
            text(
                "USER_INPUTS",
                tr("Values of other inputs"),
                "For models with inputs that are no images: name=value with ; between, such as k=2.5; flag=true; "
                "v=(1.2, 4).",
                advanced=True,
            )
        )

    def _add_place_parameters(self):
        self.addParameter(
            choice(
                "EDGES",
                tr("Edges"),
                options.EDGES,
                options.EDGES[0],
                "How the image goes on beyond its border: 'reflect': mirrored; 'zero': with zeros; 'valid only': not "
                "at all, the map ends where the network would look beyond, as in OTBTF.",
                advanced=True,
            )
        )
        self.addParameter(
            text(
                "NODATA",
                tr("No-data value of the images"),
                "A number, for bands that do not say it themselves.",
                advanced=True,
            )
        )
        self.addParameter(
            text(
                "OUTPUT_NODATA",
                tr("No-data value of the map"),
                "A number. Empty: 0 for classes, or the highest value of the type if 0 is a class; -1 for "
                "probabilities, 255 for those of 8 bits, NaN for other numbers.",
                advanced=True,
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterExtent("EXTENT", tr("Extent of the map"), optional=True),
                "Only the pixels that meet it are mapped; they have the same values as in the map of the whole image.",
                advanced=True,
            )
        )
        self.addParameter(
            described(
                QgsProcessingParameterFeatureSource(
                    "MASK", tr("Mask"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
                ),
                "Only pixels with their centre in one of these polygons are mapped; the others have no data.",
                advanced=True,
            )
        )

    def _add_file_parameters(self):
        creation = text(
            "CREATION_OPTIONS",
            tr("Creation options"),
            "GDAL's, with | between, such as COMPRESS=ZSTD|ZLEVEL=9; they go before ours (tiled, DEFLATE).",
            advanced=True,
        )
        creation.setMetadata(_RASTER_OPTIONS)
        self.addParameter(creation)
        self.addParameter(
            flag("COG", tr("Cloud-optimised GeoTIFF"), "Takes as much disk again while it is made.", advanced=True)
        )
        self.addParameter(flag("OVERVIEWS", tr("Build overviews"), "Large maps are displayed faster.", advanced=True))
        self.addParameter(
            flag(
                "RESUME",
                tr("Keep finished blocks, and go on from them"),
                "Finished blocks are kept in a hidden folder beside the map until it is whole. After a crash or a "
                "cancelled run the same run goes on from there; the map is the same as without a stop. A run with "
                "another model, image or parameter is refused. Not for temporary outputs.",
                advanced=True,
            )
        )

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.apply_model import ApplyModel as Job

        mask = self.features(parameters, "MASK", context)
        return Job(
            model=self.parameterAsString(parameters, "MODEL", context),
            **{f"source{n}": raster_paths(self, parameters, f"SOURCE{n}", context) for n in range(1, 5)},
            resample=self.parameterAsBool(parameters, "RESAMPLE", context),
            output_type=self.parameterAsString(parameters, "OUTPUT_TYPE", context),
            rfield=self.parameterAsInt(parameters, "RFIELD", context),
            efield=self.parameterAsInt(parameters, "EFIELD", context),
            crop=self.parameterAsInt(parameters, "CROP", context),
            output_names=words(self.parameterAsString(parameters, "OUTPUT_NAMES", context)),
            mode=self.parameterAsString(parameters, "MODE", context),
            scale=self.parameterAsDouble(parameters, "SCALE", context),
            user_inputs=words(self.parameterAsString(parameters, "USER_INPUTS", context), ";"),
            edges=self.parameterAsString(parameters, "EDGES", context),
            nodata=self.parameterAsString(parameters, "NODATA", context),
            output_nodata=self.parameterAsString(parameters, "OUTPUT_NODATA", context),
            extent=self._extent(parameters, context),
            mask=mask.path,
            mask_name=mask.name,
            creation_options=self.parameterAsString(parameters, "CREATION_OPTIONS", context),
            cog=self.parameterAsBool(parameters, "COG", context),
            overviews=self.parameterAsBool(parameters, "OVERVIEWS", context),
            resume=self.parameterAsBool(parameters, "RESUME", context),
            output="",
        )

    def _extent(self, parameters, context):
        """The extent in the CRS of the first image; empty if none is chosen."""
        layers = self.parameterAsLayerList(parameters, "SOURCE1", context)
        if not parameters.get("EXTENT") or not layers:
            return []
        found = self.parameterAsExtent(parameters, "EXTENT", context, layers[0].crs())
        return [found.xMinimum(), found.xMaximum(), found.yMinimum(), found.yMaximum()]

    def style(self, results, context):
        from ..geodl_plugin.models.folder import FILE_NAME, ModelDescription
        from .styling import style_class_map, style_value_map

        folder = Path(self._job.model)
        values = ModelDescription.read(folder).values if (folder / FILE_NAME).is_file() else None
        if values:
            if not self._job.output_names:
                style_value_map(results["OUTPUT"], *values.common_range(), context)
        elif self._job.output_type == "classes":
            style_class_map(results["OUTPUT"], context)

    def results(self, found, feedback):
        outputs = {"OUTPUT": found["output"]}
        if found["confidence"]:
            outputs["CONFIDENCE"] = found["confidence"]
        return {**outputs, **{f"{name.upper()}_USED": found[name] for name in ("rfield", "efield", "crop")}}
