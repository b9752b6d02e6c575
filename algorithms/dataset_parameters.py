"""Parameters and outputs of dataset folders, of one scene or of several."""

import os

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..geodl_plugin import options
from .declaring import choice, described, integer, new_folder, text
from .parameters import seed
from .translation import tr
from .values import words


def datasets(name, label, help_text):
    """One or several dataset folders.

    Processing lets people choose several files, but not several folders: ``dataset.json`` stands for its folder.

    Args:
        name: of the parameter.
        label: its label.
        help_text: what the datasets are.
    """
    return described(
        QgsProcessingParameterMultipleLayers(name, label, QgsProcessing.SourceType.TypeFile),
        help_text
        + " "
        + tr(
            "In the dialog, choose the file dataset.json of each folder, or add a directory that holds only dataset "
            "folders. Elsewhere the folders themselves will do."
        ),
    )


def dataset_paths(algorithm, parameters, name, context):
    """The folders that a parameter of `datasets` stands for.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        name: of the parameter.
        context: of Processing.
    """
    from ..geodl_plugin.datasets.scenes import dataset_folders

    return dataset_folders(path for path in algorithm.parameterAsFileList(parameters, name, context) if path)


def scene_rules(*, advanced):
    """How several scenes become one dataset.

    Args:
        advanced: whether the parameters are among the advanced ones.
    """
    yield choice(
        "SPLIT",
        tr("Splits of the scenes"),
        options.SCENE_SPLITS,
        options.SCENE_SPLITS[0],
        tr("Of several scenes: which patches train, validate and test."),
        {
            "as they are": tr("each scene keeps its patches for training, validation and test."),
            "by scene": tr(
                "whole scenes validate and test, all others train. The figures then tell how good the network is "
                "where it has never been."
            ),
        },
        advanced=advanced,
    )
    yield text(
        "VALID_SCENES",
        tr("Scenes for validation"),
        tr(
            "For 'by scene': the scenes that the best state of the network is chosen with, separated by commas: names "
            "of dataset folders, or their numbers in the list of datasets, from 1."
        ),
        advanced=advanced,
    )
    yield text(
        "TEST_SCENES",
        tr("Scenes for the test"),
        tr(
            "For 'by scene': the scenes that the trained network is evaluated with, separated by commas: names of "
            "dataset folders, or their numbers in the list of datasets, from 1."
        ),
        advanced=advanced,
    )
    yield choice(
        "WEIGHTING",
        tr("Weights of the scenes"),
        options.SCENE_WEIGHTINGS,
        options.SCENE_WEIGHTINGS[0],
        tr("Of several scenes: how much each counts in training."),
        {
            "by patches": tr("all patches count the same, so that large scenes count more."),
            "equally": tr("all scenes count the same: patches of smaller scenes are repeated in training."),
        },
        advanced=advanced,
    )


def chosen_scenes(values):
    """Values by field, with the scenes for validation and test as lists.

    Args:
        values: of `values.field_values`.
    """
    return {**values, "valid_scenes": words(values["valid_scenes"]), "test_scenes": words(values["test_scenes"])}


def dataset_outputs():
    """The outputs that all algorithms have that make a dataset, see `dataset_results`.

    The file stands for the folder where files are chosen, as in the model designer.
    """
    yield QgsProcessingOutputFile("DATASET_FILE", tr("The dataset's file dataset.json"))
    yield QgsProcessingOutputNumber("COUNT_TRAIN", tr("Training patches"))
    yield QgsProcessingOutputNumber("COUNT_VALID", tr("Validation patches"))
    yield QgsProcessingOutputNumber("COUNT_TEST", tr("Test patches"))


def dataset_results(found):
    """The values of `dataset_outputs` and of the folder itself.

    Args:
        found: the job's results.
    """
    counts = {f"COUNT_{split.upper()}": count for split, count in found["counts"].items()}
    return {"OUTPUT": found["output"], "DATASET_FILE": os.path.join(found["output"], "dataset.json"), **counts}


def dates():
    """When the images of a time series were taken."""
    return text(
        "DATES",
        tr("Dates of a time series"),
        tr(
            "For the network 'timeseries': when the images were taken, such as 2018-06-03, 2018-06-13. The bands must "
            "be those of the first date, then those of the second, and so on, in one raster or in one for each date. "
            "If only the number of dates is known, give it, such as 12: they are then taken for equal steps of a year. "
            "Several sources: with ';' between. Empty: the dates in the names or the metadata of bands and files. "
            "Dates may be missing in parts of the image (clouds): these pixels must be no data."
        ),
        advanced=True,
    )


def dataset_output():
    """How samples are written to files, and the dataset folder, in the order of the dialog."""
    return (
        described(
            QgsProcessingParameterString("NAMES", tr("Names of the sources"), "", optional=True),
            tr(
                "Names of the sources in the dataset, which become the names of the network's inputs: one word for "
                "each source, separated by commas. Empty: source1, source2…"
            ),
            advanced=True,
        ),
        integer(
            "SAMPLES_PER_SHARD",
            tr("Patches per file"),
            options.SAMPLES_PER_SHARD,
            1,
            tr("Approximate number of patches in each TFRecords file."),
            advanced=True,
        ),
        choice(
            "COMPRESSION",
            tr("Compression"),
            options.COMPRESSIONS,
            options.COMPRESSIONS[0],
            tr("Whether the files are compressed."),
            {
                "none": tr("as they are, which is the fastest to write and to read."),
                "gzip": tr("smaller files, but slower to write and to read; OTBTF cannot read them."),
            },
            advanced=True,
        ),
        described(
            QgsProcessingParameterBoolean("DROP_REMAINDER", tr("Drop patches that do not fill a file"), False),
            tr(
                "All files of a split then have the same number of patches, which suits training on several computers. "
                "A message says how many patches are dropped."
            ),
            advanced=True,
        ),
        seed(),
        new_folder(
            "OUTPUT",
            tr("Dataset folder"),
            tr("A new folder, or an existing dataset folder, which is replaced."),
            "dataset",
        ),
    )
