"""What was made last and how fast, so that the next dialog can offer it and foretell the time."""

from pathlib import Path

from qgis.core import QgsSettings

from ..project import is_temporary
from ..styling import without_style

_MAKERS = {  # algorithms whose output is what another one begins with
    "trainmodel": "model",
    "exporttfrecords": "dataset",
    "mergedatasets": "dataset",
    "patchestotfrecords": "dataset",
}


def remember(algorithm, job, results, seconds):
    """Keep what a run has made, and its pace.

    Args:
        algorithm: its id, without the provider's.
        job: what was run.
        results: the outputs.
        seconds: that it took.
    """
    settings = QgsSettings()
    made = results.get("OUTPUT", "")
    if algorithm in _MAKERS and not is_temporary(Path(made)):
        settings.setValue(f"geodl/last/{_MAKERS[algorithm]}", made)
    if algorithm == "applymodel":
        layer = without_style(made)
        _keep_pace(f"map/{network(job.model)}/{job.tta}", layer.width() * layer.height(), seconds)
    if algorithm == "trainmodel":
        _keep_pace(f"training/{job.architecture}/{job.effort}", patches_to_train(job.dataset), seconds)


def last(kind):
    """The folder that was made last.

    Args:
        kind: ``model`` or ``dataset``.

    Returns:
        Its path; empty if there is none any more.
    """
    folder = QgsSettings().value(f"geodl/last/{kind}", "", str)
    return folder if folder and Path(folder).is_dir() else ""


def foretold(work, amount):
    """Seconds that work will take at the pace of the last time; None if there was none.

    Args:
        work: its kind.
        amount: of pixels or patches.
    """
    pace = QgsSettings().value(f"geodl/pace/{work}", 0.0, float)
    return pace * amount if pace else None


def network(model):
    """The architecture of a model folder; the name of one that is not ours."""
    from ...geodl_plugin.models.folder import FILE_NAME, ModelDescription

    folder = Path(model)
    return ModelDescription.read(folder).architecture if (folder / FILE_NAME).is_file() else folder.stem


def patches_to_train(dataset):
    """How many patches of a dataset folder are for training."""
    from ...geodl_plugin.datasets.description import DatasetDescription

    splits = DatasetDescription.read(Path(dataset)).splits
    return splits["train"].samples if "train" in splits else 0


def _keep_pace(work, amount, seconds):
    if amount:
        QgsSettings().setValue(f"geodl/pace/{work}", seconds / amount)
