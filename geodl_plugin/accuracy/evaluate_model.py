"""How well a network does on a split of a dataset: `evaluate_model`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..datasets.description import DatasetDescription
from ..datasets.merging import described_together, merged_for_now
from ..datasets.scenes import SceneRules
from ..datasets.thin_ground import thin_ground
from ..errors import InputError
from ..language import tr
from ..models.checksums import changed_files, told_changes
from ..models.folder import ModelDescription
from ..operations import InputPath, Request, operation
from ..options import EVALUATED_SPLITS
from ..runtime.checks import check_choice
from ..runtime.reporter import Reporter
from .results import ClassEvaluation, Evaluation
from .table import text_table
from .verdict import verdict_on


@dataclass
class EvaluateModelRequest(Request):
    """What `evaluate_model` compares.

    Args:
        model: model folder.
        dataset: dataset folder with the inputs and classes, or continuous values, of the model.
        split: the patches to evaluate on, one of `EVALUATED_SPLITS`.
        further_datasets: dataset folders of further scenes, which are evaluated together with the first.
    """

    model: InputPath
    dataset: InputPath
    split: str = EVALUATED_SPLITS[0]
    further_datasets: list[InputPath] = field(default_factory=list)

    def datasets(self) -> list[str]:
        """The dataset folders of all scenes."""
        return [self.dataset, *self.further_datasets]


@dataclass(frozen=True)
class ModelAccuracy:
    """How well a network does on a split of a dataset.

    Args:
        evaluation: figures, and the best and worst patches.
        model: description of the model.
        dataset: description of the dataset.
    """

    evaluation: Evaluation
    model: ModelDescription
    dataset: DatasetDescription


@operation
def evaluate_model(request: EvaluateModelRequest, reporter: Reporter) -> ModelAccuracy:
    """Compare what a network predicts with the labels of a dataset folder, pixel by pixel.

    Classes are matched by name.  The network may know classes that the dataset lacks, but not the other way round.

    Args:
        request: the model and the dataset.
        reporter: receives progress and the table of figures.

    Returns:
        Figures, and the best and worst patches.

    Raises:
        InputError: a folder cannot be read, or the model was not made for the dataset's sources and labels.
    """
    check_choice(tr("split"), request.split, EVALUATED_SPLITS)
    model, rules = ModelDescription.read(Path(request.model)), SceneRules()
    dataset = described_together(request.datasets(), rules)
    _check_split(request, dataset)
    _check_labels(model, dataset)
    _check_inputs(model, dataset)
    _check_patch_size(model, dataset)
    reporter.progress(0, tr("Starting TensorFlow"))
    from .evaluation import evaluate, saved_model_predictor

    predict = saved_model_predictor(Path(request.model), model.output)
    if changed := changed_files(Path(request.model), model.checksums):
        reporter.warning(told_changes(Path(request.model), changed))
    with merged_for_now(request.datasets(), rules, reporter.part(0, 0.05)) as folder:
        dataset = DatasetDescription.read(folder)
        evaluation = evaluate(predict, folder, dataset, request.split, reporter.part(0.05, 0.95), classes=model.classes)
    if isinstance(evaluation, ClassEvaluation):
        reporter.info(text_table(evaluation.confusion))
    for warning in thin_ground(dataset, [request.split]):
        reporter.warning(warning)
    reporter.info(verdict_on(evaluation, dataset).headline)
    return ModelAccuracy(evaluation, model, dataset)


def _check_split(request: EvaluateModelRequest, dataset: DatasetDescription) -> None:
    """Raise `InputError` if a split has no labels."""
    labelled = [name for name, split in dataset.splits.items() if sum(split.pixels)]
    if request.split not in labelled:
        raise InputError(
            tr("The dataset {datasets} has no labelled pixels in the split {split}.").format(
                datasets=" + ".join(request.datasets()), split=request.split
            ),
            expected=tr("one of its splits with labels: {labelled}").format(
                labelled=", ".join(labelled) or tr("there is none")
            ),
            received=request.split,
        )


def _check_labels(model: ModelDescription, dataset: DatasetDescription) -> None:
    """Raise `InputError` if the model does not predict what the labels are."""
    if bool(dataset.values) != bool(model.values):
        kinds = {True: tr("continuous values"), False: tr("classes")}
        raise InputError(
            tr("The labels of the dataset are not what the model predicts."),
            expected=kinds[bool(model.values)],
            received=kinds[bool(dataset.values)],
        )
    unknown = [labelled.name for labelled in dataset.classes.classes if model.classes.index_of(labelled) is None]
    if unknown:
        raise InputError(
            tr("The model does not know the classes {unknown} of the dataset.").format(unknown=", ".join(unknown)),
            expected=", ".join(model.classes.names),
            received=", ".join(dataset.classes.names),
        )


def _check_inputs(model: ModelDescription, dataset: DatasetDescription) -> None:
    """Raise `InputError` unless the sources have the names and the bands, in the same order, of the model's inputs."""
    inputs = {source.name: source.bands for source in model.inputs}
    sources = {source.name: source.bands for source in dataset.sources}
    different = [
        name
        for name in {**inputs, **sources}
        if len(inputs.get(name, [])) != len(sources.get(name, []))
        or (inputs[name] != sources[name] and sorted(inputs[name]) == sorted(sources[name]))
    ]
    if different:
        raise InputError(
            tr("The sources of the dataset are not the inputs of the model: {different}.").format(
                different=", ".join(different)
            ),
            expected=_bands_text(inputs),
            received=_bands_text(sources),
            remedy=tr(
                "Export a dataset with the same sources, names and bands as the one that the model was trained on."
            ),
        )


def _check_patch_size(model: ModelDescription, dataset: DatasetDescription) -> None:
    """Raise `InputError` if the model cannot run on the patches."""
    fields, size = model.fields, dataset.sources[0].patch_size
    if fields is None:  # it takes patches of any size that it runs on
        return
    one_label = fields.scale == fields.total_stride > 1  # for a patch of one size
    if size % fields.total_stride or (one_label and size != fields.total_stride):
        several = tr("{total_stride} pixels, its total stride, or a multiple")
        wanted = tr("{total_stride} pixels") if one_label else several
        raise InputError(
            tr("The model cannot run on the patch size of the dataset."),
            expected=wanted.format(total_stride=fields.total_stride),
            received=tr("{size} pixels").format(size=size),
            remedy=tr("Export a dataset with another patch size."),
        )


def _bands_text(inputs: dict[str, list[str]]) -> str:
    return "; ".join(
        tr("{name} with the bands {bands}").format(name=name, bands=", ".join(bands)) for name, bands in inputs.items()
    )
