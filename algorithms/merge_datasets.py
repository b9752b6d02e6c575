"""geodl:mergedatasets"""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from ..geodl_plugin.errors import GeodlError
from .base import GeodlAlgorithm
from .dataset_parameters import chosen_scenes, dataset_outputs, dataset_paths, dataset_results, datasets, scene_rules
from .declaring import new_folder, text
from .parameters import seed
from .translation import tr
from .values import field_values, words


class MergeDatasets(GeodlAlgorithm):
    """Merge datasets."""

    NAME = "mergedatasets"
    TITLE = "Merge datasets"
    GROUP = "datasets"
    TAGS = "dataset,merge,combine,several scenes,several images,dates,TFRecord,held-out scene,cross-validation"
    HELP = (
        "Makes one dataset folder of several, so that one network learns from several images: scenes of other places, "
        "dates or years, each with labels of its own.\n"
        "Classes are united by their names; a scene need not have all of them. Sources, bands and patch size must be "
        "the same. Statistics are those of all patches together.\n"
        "Files are linked where nothing changes, so that the merged dataset takes little space: do not change files of "
        "the datasets by hand afterwards; deleting them is fine. OTBTF can read merged datasets, too.\n"
        "Train a network takes several datasets as well, and merges them for as long as it runs.\n"
        "Next step: Train a network."
    )

    def declare(self):
        self.add_parameters(
            datasets(
                "DATASETS", tr("Datasets"), tr("Folders made by Export patches and labels as TFRecords, one a scene.")
            ),
            *scene_rules(advanced=False),
            text(
                "NAMES",
                tr("Names of the scenes"),
                tr("One name for each dataset, separated by commas. Empty: the names of the folders."),
                advanced=True,
            ),
            seed(),
            new_folder(
                "OUTPUT",
                tr("Merged dataset folder"),
                tr("A new folder, or an existing dataset folder, which is replaced."),
                "merged dataset",
            ),
        )
        for output in dataset_outputs():
            self.addOutput(output)
        self.addOutput(QgsProcessingOutputNumber("CLASSES", tr("Number of classes")))
        self.addOutput(QgsProcessingOutputString("SCENES", tr("Names of the scenes")))

    def checkParameterValues(self, parameters, context):
        fine, problem = super().checkParameterValues(parameters, context)
        if not fine:
            return fine, problem
        from ..geodl_plugin.datasets.merging import plan_merge

        job = self.job(parameters, context)
        try:
            plan_merge(job.datasets, job.rules())
        except GeodlError as error:
            return False, str(error)
        return True, ""

    def job(self, parameters, context):
        from ..geodl_plugin.jobs.merge_datasets import MergeDatasets as Job

        chosen = chosen_scenes(field_values(self, parameters, context))
        return Job(
            **{**chosen, "names": words(chosen["names"])},
            datasets=dataset_paths(self, parameters, "DATASETS", context),
            output="",
        )

    def results(self, found, feedback):
        return {**dataset_results(found), "CLASSES": len(found["classes"]), "SCENES": ", ".join(found["scenes"])}
