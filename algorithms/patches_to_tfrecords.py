"""geodl:patchestotfrecords"""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterMultipleLayers,
)

from .base import GeodlAlgorithm
from .dataset_parameters import dataset_output, dataset_outputs, dataset_results
from .declaring import described
from .layers import raster_paths, source_paths
from .parameters import shares
from .translation import tr
from .values import field_values, words


class PatchesToTFRecords(GeodlAlgorithm):
    """Convert patches images to TFRecords."""

    NAME = "patchestotfrecords"
    TITLE = "Convert patches images to TFRecords"
    GROUP = "datasets"
    TAGS = "patch,patches image,dataset,TFRecord,training,OTBTF,to_tfrecords"
    HELP = (
        "Writes patches images and their labels, made by Extract patches or by OTBTF's PatchesExtraction, into a "
        "dataset folder: one subfolder of TFRecords for each split, and a file <i>dataset.json</i> that describes "
        "them.\n"
        "Patches are assigned to the splits at random: where patches overlap, the same ground is in several splits, "
        "and the accuracy reported by training is too high. Export patches and labels as TFRecords avoids that.\n"
        "Next step: Train a network."
    )

    def declare(self):
        for name, text, help_text, optional in (
            (
                "SOURCE1",
                tr("Patches images"),
                tr("One or more rasters, each as wide as a patch; their patches are taken in the order of the list."),
                False,
            ),
            (
                "LABELS",
                tr("Patches images of labels"),
                tr(
                    "Class values of the same patches in the same order, or one label for each patch in a raster of 1 "
                    "× n pixels. Pixels with no data are unlabelled. Real numbers (Float32, Float64) are continuous "
                    "values to learn."
                ),
                False,
            ),
            *(
                (
                    f"SOURCE{number}",
                    tr("Patches images of source {number}").format(number=number),
                    tr("Patches images of a further source: the same patches in the same order."),
                    True,
                )
                for number in (2, 3, 4)
            ),
        ):
            self.addParameter(
                described(
                    QgsProcessingParameterMultipleLayers(
                        name, text, QgsProcessing.SourceType.TypeRaster, optional=optional
                    ),
                    help_text,
                    advanced=optional,
                )
            )
        fractions = shares(
            tr("Fraction of the patches that the best state of the network is chosen with: the split valid."),
            tr("Fraction of the patches that the trained network is evaluated with: the split test."),
        )
        self.add_parameters(*fractions, *dataset_output())
        for output in dataset_outputs():
            self.addOutput(output)

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.patches_to_tfrecords import PatchesToTFRecords as Job

        chosen = field_values(self, parameters, context)
        return Job(
            **{**chosen, "names": words(chosen["names"])},
            **source_paths(self, parameters, context),
            labels=raster_paths(self, parameters, "LABELS", context),
            output="",
        )

    def results(self, found, feedback):
        return dataset_results(found)
