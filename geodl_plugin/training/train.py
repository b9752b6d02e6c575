"""Train a network on a dataset folder."""

from __future__ import annotations

import dataclasses
import importlib.util
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..datasets.description import DatasetDescription
from ..datasets.merging import merged_for_now
from ..datasets.thin_ground import thin_ground
from ..errors import InputError
from ..language import tr
from ..models.checksums import changed_files, told_changes
from ..models.folder import ModelDescription
from ..operations import operation
from ..options import AUTOMATIC
from ..runtime import files
from ..runtime.reporter import Reporter, duration_text
from ..systems.sharing import replace
from .checks import check_request
from .cluster import processes
from .request import SCENE_FIELDS, TrainRequest

if TYPE_CHECKING:
    from ..accuracy.results import Evaluation
    from ..reports.network_comparison import NetworkComparison
    from .fitting import TrainedNetwork
    from .selection import Selection
    from .strategy import TrainingDevices

REPORT_NAME = "report.html"
_SCENES = ("dataset", *SCENE_FIELDS)
_MERGING = 0.02  # share of the progress, of several scenes
__all__ = ["TrainRequest", "TrainResult", "train"]


@dataclass(frozen=True)
class TrainResult:
    """The outputs of a training.

    Args:
        output: the model folder; empty in a process that is not the chief.
        report: the HTML file beside it; empty if there is none.
        best_epoch: the epoch whose weights were kept, counted from 1; None in a process that is not the chief.
        figures: accuracy measures by split and name, such as ``valid_f1``.
        verdict: how the network compares with one that sees single pixels, and what followed; empty: not compared.
        written_by: the process that writes the outputs, if it is not this one.
    """

    output: str
    report: str = ""
    best_epoch: int | None = None
    figures: dict[str, float] = field(default_factory=dict)
    verdict: str = ""
    written_by: str = ""


@operation
def train(request: TrainRequest, reporter: Reporter) -> TrainResult:
    """Train a network on a dataset folder, evaluate it, and save it as a model folder with a report.

    Args:
        request: the parameters.
        reporter: receives progress, epochs and warnings; it can cancel between two steps.

    Raises:
        InputError: a parameter is invalid, the dataset or a checkpoint cannot be used, the training diverged, or
            there is not enough memory.
        ClusterError: of several processes that train together, another one is lost.
    """
    check_request(request)
    with _one_dataset(request, reporter) as (request_of_one, rest):
        return _train(request_of_one, request, rest)


def _train(request: TrainRequest, asked: TrainRequest, reporter: Reporter) -> TrainResult:
    """Train on a single dataset folder.

    Args:
        request: names this folder.
        asked: names those of all scenes, as the user does.
        reporter: as for `train`.
    """
    description = check_request(request)
    if request.tensorboard and importlib.util.find_spec("tensorboard") is None:
        raise InputError(
            tr("The logs for TensorBoard cannot be written: the package tensorboard is missing."),
            remedy=tr("Run Set up the environment again, or train without the logs."),
        )
    count = processes() if request.device == AUTOMATIC else 1
    reporter.progress(
        0,
        tr("Starting TensorFlow in {count} processes").format(count=count) if count > 1 else tr("Starting TensorFlow"),
    )
    from .checkpoints import Checkpoints, resumable_folder
    from .finishing import finish
    from .refitting import is_refitted, refitted
    from .selection import assist, select
    from .strategy import select_devices

    for warning in (*thin_ground(description), *_changes(request)):
        reporter.warning(warning)
    devices = select_devices(request.device)
    resumable = Checkpoints(resumable_folder(Path(request.output).absolute()), writes=devices.is_chief)
    if not devices.is_chief:
        # Without RESUME the chief starts anew in a folder of its own, whatever an earlier training has left.
        checkpoints = resumable if request.resume else Checkpoints(Path(request.output) / "state", writes=False)
        with _explained_errors(request), _explained_loss(request, devices):
            assist(request, description, devices, checkpoints, reporter.part(0, 0.95))
        chief = tr("process 0 ({address})").format(address=devices.addresses[0])
        reporter.done(tr("Trained along with {chief}, which writes the outputs").format(chief=chief))
        return TrainResult("", written_by=chief)
    started = time.monotonic()
    with files.unfinished(request.output, marker=request.FOLDER_MARKER) as folder:
        folder.mkdir()
        checkpoints = resumable if request.resume else Checkpoints(folder / "state")
        is_trained_again = is_refitted(request, description, devices)
        selected = 0.55 if is_trained_again else 0.95
        with _explained_errors(request), _explained_loss(request, devices):
            selection = select(request, description, devices, checkpoints, reporter.part(0, selected))
            if selection.is_cancelled:
                reporter = reporter.finishing()
            trained, pipeline = selection.chosen.trained, selection.chosen.pipeline
            part = reporter.part(selected, selected + 0.01)
            additions = finish(trained.network, pipeline, description, request.batch_size, part)
        evaluations = _evaluate(request, description, trained, reporter.part(selected + 0.01, selected + 0.025))
        if is_trained_again and not selection.is_cancelled:
            with _explained_errors(request):
                selection = refitted(selection, description, devices, checkpoints, reporter.part(0.575, 0.975))
            if selection.is_cancelled:
                reporter = reporter.finishing()
        seconds = time.monotonic() - started
        reporter.progress(0.975, tr("Saving the network"))
        html = _save(folder, selection, asked, description, additions, evaluations, seconds)
        if request.tensorboard:
            replace(checkpoints.logs, folder / "logs")
        if not request.resume:
            checkpoints.remove()
    resumable.remove()
    if request.report:
        files.write_text(request.report, html)
    reporter.done(
        tr("Trained in {duration}, best epoch {best_epoch}").format(
            duration=duration_text(time.monotonic() - started), best_epoch=trained.best_epoch
        )
    )
    return TrainResult(
        request.output, request.report, trained.best_epoch, _figures(evaluations), " ".join(selection.verdict)
    )


def _changes(request: TrainRequest) -> list[str]:
    """Warnings that the model that the training starts from was changed after its own."""
    if not request.init_model:
        return []
    folder = Path(request.init_model)
    changed = changed_files(folder, ModelDescription.read(folder).checksums)
    return [told_changes(folder, changed)] if changed else []


@contextmanager
def _one_dataset(request: TrainRequest, reporter: Reporter) -> Iterator[tuple[TrainRequest, Reporter]]:
    """The request with a single dataset, to which those of several scenes are merged, and the rest of the reporter."""
    if not request.further_datasets:
        yield request, reporter
        return
    with merged_for_now(request.datasets(), request.scene_rules(), reporter.part(0, _MERGING)) as folder:
        one = TrainRequest(str(folder), request.output)
        without_scenes = {name: getattr(one, name) for name in _SCENES}
        yield dataclasses.replace(request, **without_scenes), reporter.part(_MERGING, 1)


def _evaluate(
    request: TrainRequest, description: DatasetDescription, trained: TrainedNetwork, reporter: Reporter
) -> dict[str, Evaluation]:
    """Evaluate the network on all splits but train, and tell how good it is."""
    from ..accuracy import evaluation
    from ..accuracy.verdict import verdict_on

    splits = [split for split in description.splits if split != "train"]
    evaluations = {}
    for number, split in enumerate(splits):
        part = reporter.part(number / len(splits), (number + 1) / len(splits))
        predict = evaluation.keras_predictor(trained.network.model)
        with _explained_errors(request):
            evaluations[split] = evaluation.evaluate(
                predict, Path(request.dataset), description, split, part, batch_size=request.batch_size
            )
    if evaluations:
        most_telling = evaluations.get("test", next(iter(evaluations.values())))
        reporter.info(verdict_on(most_telling, description).headline)
    return evaluations


def _figures(evaluations: dict[str, Evaluation]) -> dict[str, float]:
    return {
        f"{split}_{name}": value
        for split, evaluation in evaluations.items()
        for name, value in evaluation.figures.items()
    }


def _save(
    folder: Path,
    selection: Selection,
    asked: TrainRequest,
    description: DatasetDescription,
    additions: dict[str, Any],
    evaluations: dict[str, Evaluation],
    seconds: float,
) -> str:
    """Write the network, its description and the report into the model folder; returns the report."""
    from ..reports.training import training_report
    from .saving import save_trained_network

    trained = selection.chosen.trained
    scenes = {name: getattr(asked, name) for name in _SCENES}
    parameters = {**dataclasses.asdict(selection.chosen.request), **scenes, "precision": trained.precision}
    found = {"seconds": round(seconds, 1), "selection": selection.to_json(), **_figures(evaluations), **additions}
    model = save_trained_network(folder, trained, description, {"parameters": parameters, **found})
    html = training_report(
        description=model,
        model=trained.network.model,
        dataset=description,
        history=trained.history,
        best_epoch=trained.best_epoch,
        evaluations=evaluations,
        parameters={**parameters, **_used(selection, description)},
        seconds=seconds,
        device=trained.device,
        warnings=[trained.builder.problem] if trained.builder.problem else [],
        comparison=_comparison(selection, evaluations),
        folder=Path(selection.chosen.request.dataset),
    )
    (folder / REPORT_NAME).write_text(html, encoding="utf-8")
    return html


def _used(selection: Selection, description: DatasetDescription) -> dict[str, Any]:
    """The parameters that were left open, 0, as they were chosen in the training."""
    from .compilation import maximum_learning_rate

    request = selection.chosen.request
    options = getattr(selection.chosen.trained.network, "options", {})  # custom networks have none
    sizes = {name: options.get(name) or getattr(request, name) or None for name in ("width", "depth")}
    return {**sizes, "learning_rate": maximum_learning_rate(request, description)}


def _comparison(selection: Selection, evaluations: dict[str, Evaluation]) -> NetworkComparison:
    """What the report says about the networks that were compared; of the chosen one, the final figures."""
    from ..reports.network_comparison import NetworkComparison

    rows = {
        tr(candidate.name): evaluations if candidate is selection.chosen else candidate.evaluations
        for candidate in selection.candidates
    }
    return NetworkComparison(rows, tr(selection.chosen.name), selection.verdict, selection.is_doubtful)


@contextmanager
def _explained_errors(request: TrainRequest) -> Iterator[None]:
    """Turn TensorFlow's errors about damaged records and too little memory into errors that say what to do."""
    import tensorflow as tf

    from ..datasets.damage import explained_damage

    try:
        with explained_damage(Path(request.dataset), tf.errors.DataLossError):
            yield
    except (tf.errors.ResourceExhaustedError, MemoryError) as error:
        raise InputError(
            tr("There is not enough memory to train on batches of {batch_size} patches.").format(
                batch_size=request.batch_size
            ),
            received=" ".join(str(error).split())[:300],
            remedy=tr("Choose a smaller batch size, smaller patches, or a network of smaller width or depth."),
        ) from error


@contextmanager
def _explained_loss(request: TrainRequest, devices: TrainingDevices) -> Iterator[None]:
    """Turn TensorFlow's error about a process that is lost into one that says what to do."""
    from .lost_processes import explained_loss

    again = tr("Start all processes again: the training goes on after its last finished epoch.")
    if not request.resume:
        again = tr("Start all processes again; with RESUME a training goes on after its last finished epoch.")
    with explained_loss(devices.addresses, devices.worker, again):
        yield
