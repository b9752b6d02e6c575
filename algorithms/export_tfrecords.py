"""geodl:exporttfrecords"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
)

from ..geodl_plugin import options
from .base import GeodlAlgorithm
from .class_colors import raster_colors, vector_colors
from .dataset_parameters import dataset_output, dataset_outputs, dataset_results, dates
from .declaring import choice, described, report
from .layers import raster_path, source_paths
from .parameters import class_field, further_source, patch_edges, patch_size_of_positions, positions, resample, source
from .translation import tr
from .values import field_values, words


class ExportTFRecords(GeodlAlgorithm):
    """Export patches and labels as TFRecords."""

    NAME = "exporttfrecords"
    TITLE = "Export patches and labels as TFRecords"
    GROUP = "datasets"
    TAGS = "patch,dataset,TFRecord,training,label,regression,extract,OTBTF,PatchesExtraction"
    HELP = (
        "Cuts a small square, a <i>patch</i>, out of the image around each position, together with the labels of its "
        "pixels. Writes them into a dataset folder, from which networks are trained: one subfolder of TFRecords for "
        "each split, and a file <i>dataset.json</i> that describes them. OTBTF can read these folders, too.\n"
        "Further images may have another resolution: all patches of a position cover the same ground.\n"
        "Labels need not cover the image: pixels outside your polygons, or with no data, are unlabelled and are "
        "ignored in training. Each label belongs to one split: in patches of the others it is unlabelled, also where "
        "patches overlap.\n"
        "Labels may also be continuous values, such as tree cover in percent: the network then predicts values "
        "instead of classes.\n"
        "Next step: Train a network."
    )

    def declare(self):
        self.add_parameters(
            source(),
            positions(
                tr(
                    "Their field 'split' (train, valid, test) chooses the split; without it, all patches are for "
                    "training."
                )
            ),
            patch_size_of_positions(),
            choice(
                "LABEL_MODE",
                tr("Labels from"),
                options.LABEL_MODES,
                "polygons",
                tr("Where the patches get their labels from."),
                {
                    "polygons": tr(
                        "each pixel gets the class of the polygon that contains its centre; where polygons overlap, "
                        "that of the later feature."
                    ),
                    "raster": tr("a raster of class values."),
                    "position": tr(
                        "one label for each patch, from the class field of its position, or else its field 'class'; "
                        "real numbers are continuous values."
                    ),
                    "values": tr("a raster of continuous values; patches without any are left out."),
                },
            ),
            described(
                QgsProcessingParameterFeatureSource(
                    "LABELS_VECTOR",
                    tr("Labelled polygons"),
                    [QgsProcessing.SourceType.TypeVectorAnyGeometry],
                    optional=True,
                ),
                tr("Needed for 'polygons': usually the layer that the positions were sampled from."),
            ),
            class_field("LABELS_VECTOR"),
            described(
                QgsProcessingParameterRasterLayer("LABELS_RASTER", tr("Label raster"), optional=True),
                tr(
                    "Needed for 'raster': one band of integers; if it is on another grid than the image, the nearest "
                    "pixel is used. Needed for 'values': one band of numbers; on another grid it is averaged if its "
                    "pixels are smaller than those of the image, else resampled bilinearly. Pixels with no data are "
                    "unlabelled."
                ),
            ),
        )
        for number in (2, 3, 4):
            self.addParameter(further_source(number))
        self.add_parameters(
            resample(),
            patch_edges(),
            dates(),
            *dataset_output(),
            report(
                tr("Dataset report"),
                tr("What Inspect a dataset shows: classes, values of the bands, sample patches and warnings."),
                by_default=False,
            ),
        )
        for output in dataset_outputs():
            self.addOutput(output)
        self.addOutput(QgsProcessingOutputNumber("COUNT_REJECTED", tr("Positions left out")))

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.export_tfrecords import ExportTFRecords as Job

        chosen = field_values(self, parameters, context)
        mode = chosen["label_mode"]
        points = self.features(parameters, "POSITIONS", context)
        labels = self.features(parameters, "LABELS_VECTOR", context) if mode == "polygons" else None
        colors = []
        if mode == "polygons":
            colors = vector_colors(self, parameters, "LABELS_VECTOR", chosen["class_field"], context)
        elif mode == "raster":
            colors = raster_colors(self, parameters, "LABELS_RASTER", context)
        raster = raster_path(self, parameters, "LABELS_RASTER", context) if mode in ("raster", "values") else ""
        job = Job(
            **{**chosen, "names": words(chosen["names"])},
            **source_paths(self, parameters, context),
            positions=points.path,
            positions_name=points.name,
            labels_vector=labels.path if labels else "",
            labels_name=labels.name if labels else "",
            labels_raster=raster,
            class_colors=colors,
            output="",
        )
        job.check()  # the worker would report the same, later
        return job

    def results(self, found, feedback):
        report = {"REPORT": found["report"]} if found["report"] else {}
        return {**report, **dataset_results(found), "COUNT_REJECTED": found["count_rejected"]}
