"""geodl:applymodel"""

import json
from pathlib import Path

from qgis.core import QgsProcessingOutputString, QgsProcessingParameterRasterDestination

from ..geodl_plugin import options
from .apply_model_parameters import (
    area_parameters,
    averaging_parameters,
    field_parameters,
    file_parameters,
    minimum_area,
    model_parameters,
)
from .base import GeodlAlgorithm
from .declaring import choice, described, folder
from .layers import layer_extent, source_paths
from .parameters import source
from .translation import tr
from .values import field_values, words


class ApplyModel(GeodlAlgorithm):
    """Apply a model to a raster."""

    NAME = "applymodel"
    TITLE = "Apply a model to a raster"
    GROUP = "inference"
    TAGS = "deep learning,inference,prediction,segmentation,classification,map,OTBTF,TensorflowModelServe"
    HELP = (
        "Makes a map of a raster of any size with a trained model. The raster is processed in blocks. Their size and "
        "overlap are chosen for the network, so that the map has no seams, does not depend on the block size except "
        "for rounding, and covers the image up to its border.\n"
        "The map contains class names, colours and its no-data value. Pixels without data in the image have no data in "
        "the map. A model of continuous values, such as tree cover, maps these values (Float32, no data is NaN).\n"
        "Models from other software work as well: SavedModels, such as those of OTBTF, and Keras files. How far they "
        "look around a pixel is then measured. A model can contain program code: use only models from people you "
        "trust.\n"
        "Next step: Evaluate a map."
    )

    def declare(self):
        self.add_parameters(
            folder(
                "MODEL",
                tr("Model"),
                tr(
                    "A folder made by Train a network, or a SavedModel folder. For a Keras file, type its path "
                    "(….keras)."
                ),
            ),
            source(),
            choice(
                "OUTPUT_TYPE",
                tr("Output"),
                options.OUTPUT_TYPES,
                "classes",
                tr("What the map holds."),
                {
                    "classes": tr(
                        "one band with the value of the most probable class; of a model of continuous values, the "
                        "values."
                    ),
                    "probabilities": tr("one band for each class, from 0 to 1."),
                    "probabilities (uint8)": tr(
                        "the same in small files, stored as 0 to 250 with a scale of 0.004, which QGIS shows as 0 to 1."
                    ),
                    "raw": tr("the numbers that the network gives, as Float32, for any output of any model."),
                },
            ),
            *field_parameters(),
            *model_parameters(),
            *averaging_parameters(),
            *area_parameters(),
            minimum_area(),
            *file_parameters(),
            described(
                QgsProcessingParameterRasterDestination("OUTPUT", tr("Map")),
                tr("A GeoTIFF on the grid of the first image, with the names and colours of the classes in it."),
            ),
            described(
                QgsProcessingParameterRasterDestination(
                    "CONFIDENCE", tr("Confidence"), optional=True, createByDefault=False
                ),
                tr(
                    "A raster that shows how certain the map is, with two bands: the highest class probability, and "
                    "the normalised entropy of all classes (0: certain, 1: all classes are equally probable). Not for "
                    "models of continuous values."
                ),
            ),
            described(
                QgsProcessingParameterRasterDestination(
                    "UNFAMILIARITY", tr("Unfamiliarity"), optional=True, createByDefault=False
                ),
                tr(
                    "A raster that shows where the network has never been, however certain it is: how far what it sees "
                    "is from everything that it was trained on. 0: the same; 1: as far as labelled pixels hardly ever "
                    "are; above 1: do not trust the map there, and draw polygons there. For models made by this "
                    "version of Train a network."
                ),
            ),
        )
        self.add_numbers(
            RFIELD_USED=tr("Receptive field used"),
            EFIELD_USED=tr("Expression field used"),
            CROP_USED=tr("Crop used"),
        )
        self.addOutput(QgsProcessingOutputString("CLASSES", tr("Names of the classes by value (JSON)")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.apply_model import ApplyModel as Job

        chosen = field_values(self, parameters, context)
        lists = {
            "output_names": words(chosen["output_names"]),
            "user_inputs": words(chosen["user_inputs"], ";"),
        }
        mask = self.features(parameters, "MASK", context)
        layers = self.parameterAsLayerList(parameters, "SOURCE1", context)
        self._image = layers[0].name() if layers else ""
        further_models = self.parameterAsFileList(parameters, "FURTHER_MODELS", context)
        return Job(
            **{**chosen, **lists},
            further_models=[path for path in further_models if path],
            **source_paths(self, parameters, context),
            extent=layer_extent(self, parameters, "EXTENT", "SOURCE1", context),
            mask=mask.path,
            mask_name=mask.name,
            output="",
        )

    def style(self, results, context):
        from ..geodl_plugin.models.folder import FILE_NAME, ModelDescription
        from .styling import style_class_map, style_confidence, style_unfamiliarity, style_value_map

        model = Path(self._job.model)
        description = ModelDescription.read(model) if (model / FILE_NAME).is_file() else None
        values = description.values if description else None
        if "UNFAMILIARITY" in results:
            style_unfamiliarity(results["UNFAMILIARITY"], context)
        if "CONFIDENCE" in results:
            classes = len(description.classes.classes) if description else len(json.loads(results["CLASSES"]))
            style_confidence(results["CONFIDENCE"], classes, context)
        if values:
            if not self._job.output_names:
                style_value_map(results["OUTPUT"], *values.common_range(), context)
        elif self._job.output_type == "classes":
            style_class_map(results["OUTPUT"], context)
        elif self._job.output_type.startswith("probabilities"):
            style_value_map(results["OUTPUT"], 0, 1, context)
        self._name(results, description, context)

    def _name(self, results, description, context):
        """Name the layers after what they are."""
        from .loading import name_layers, titled

        titles = {"classes": tr("Class map"), "raw": tr("Output of the network")}
        title = titles.get(self._job.output_type, tr("Probabilities"))
        if description and description.values:
            title = description.values.name[:1].upper() + description.values.name[1:]
        network = description.architecture if description else Path(self._job.model).stem
        further = len(self._job.further_models)
        origins = f"{network} + {further}" if further else network, self._image
        names = {"OUTPUT": title, "CONFIDENCE": tr("Confidence"), "UNFAMILIARITY": tr("Unfamiliarity")}
        named = {output: titled(name, *origins) for output, name in names.items()}
        name_layers(self, results, named, titled(tr("Map"), *origins), context)

    def results(self, found, feedback):
        outputs = {"OUTPUT": found["output"]}
        for name in ("confidence", "unfamiliarity"):
            if found[name]:
                outputs[name.upper()] = found[name]
        outputs["CLASSES"] = json.dumps(found["classes"], ensure_ascii=False)
        return {**outputs, **{f"{name.upper()}_USED": found[name] for name in ("rfield", "efield", "crop")}}
