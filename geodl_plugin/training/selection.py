"""Which network a training gives: the one that was asked for, unless another one does better on the split valid.

A network that looks at the surroundings of a pixel should gain by that.  It is compared with one that sees single
pixels, which takes seconds to train, by the same labels.  If the network is worse, a smaller one with stronger weight
decay is trained, which learns less by heart; and if that is worse as well, the result is the one of single pixels.
With the effort ``thorough``, a larger network is trained beside the usual one, and the better of both is kept.
Where labels are few, the one of single pixels is trained first: the others learn from it as well (see `unlabelled`),
and few places of the split valid, or a class that is missed there, no longer decide against them.

All of it rests on the labels of the split valid.  Where there are none, the network is kept, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..accuracy.comparison import compare
from ..datasets.description import DatasetDescription
from ..errors import Cancelled
from ..language import mark, tr
from ..models.architectures.pixel import Pixel
from ..options import PIXEL_CLASSIFIERS
from ..runtime.reporter import Reporter
from . import verdicts
from .candidates import Candidate, CandidateTrainer, smaller
from .checkpoints import Checkpoints
from .effort import STANDARD, Effort, networks_of
from .fitting import fit
from .network_builder import NetworkBuilder
from .request import TrainRequest
from .sizing import sized
from .strategy import TrainingDevices
from .unlabelled import is_taught

FALL_BACK, COMPARE, NONE = PIXEL_CLASSIFIERS
VALID = "valid"


@dataclass(frozen=True)
class Selection:
    """The network that a training gives, and what it was chosen from.

    Args:
        chosen: one of the candidates.
        candidates: all networks that were trained, in this order.
        verdict: sentences for people: what was compared, and what followed.
        is_doubtful: whether the verdict must not be overlooked.
        is_cancelled: whether the user cancelled, and this is the best network so far.
    """

    chosen: Candidate
    candidates: list[Candidate]
    verdict: list[str] = field(default_factory=list)
    is_doubtful: bool = False
    is_cancelled: bool = False

    def to_json(self) -> dict[str, Any]:
        """The selection as JSON values."""
        candidates = [{**candidate.to_json(), "chosen": candidate is self.chosen} for candidate in self.candidates]
        return {"verdict": self.verdict, "candidates": candidates}


def select(
    request: TrainRequest,
    description: DatasetDescription,
    devices: TrainingDevices,
    checkpoints: Checkpoints,
    reporter: Reporter,
) -> Selection:
    """Train a network and those that it is compared with, and select one.

    Args:
        request: the parameters, which were checked.
        description: of the dataset.
        devices: what to train on.
        checkpoints: where each epoch is saved; if they are those of an unfinished training, it is resumed.
        reporter: receives progress, epochs, warnings and the verdict; it can cancel between two steps.

    Raises:
        InputError: as of `fitting.fit`.
    """
    trainer = CandidateTrainer(description, devices, checkpoints)
    first, further = _efforts(request, description, devices)
    splits, pixels = [VALID] if _has_labels(description) else [], None
    if is_taught(request, description, devices) and _can_be_taught(NetworkBuilder(request, description)):
        pixels, reporter = trainer.train_pixels(request, reporter.part(0, 0.1)), reporter.part(0.1, 1)
    part = reporter.part(0, 0.4 if further else 0.8)
    network = trainer.train(mark("the network"), request, first, "", splits, part, pixels)
    selection = Selection(
        network, [network], [tr(verdicts.TAUGHT)] if pixels else [], is_cancelled=network.trained.cancelled
    )
    if selection.is_cancelled or _sees_pixels(network):
        return selection
    try:
        if further:
            part = reporter.part(0.4, 0.8)
            selection = _against_larger(trainer, selection, request, further, part, pixels)
        if request.pixel_classifier != NONE:
            reason = _why_not_compared(network, devices)
            if reason:
                selection.verdict.append(reason)
            else:
                selection = _against_pixels(trainer, selection, reporter.part(0.8, 1), pixels)
    except (Cancelled, KeyboardInterrupt):
        if not request.keep_best:
            raise
        return replace(selection, is_cancelled=True)
    missed = verdicts.of_missed(selection.chosen.evaluations.get(VALID))
    if missed:
        selection = replace(selection, verdict=[*selection.verdict, missed], is_doubtful=True)
    if selection.verdict:
        tell = reporter.warning if selection.is_doubtful else reporter.info
        tell(" ".join(selection.verdict))
    return selection


def assist(
    request: TrainRequest,
    description: DatasetDescription,
    devices: TrainingDevices,
    checkpoints: Checkpoints,
    reporter: Reporter,
) -> None:
    """Train the network along with the chief of several processes, which selects and saves it.

    Args:
        request: as for `select`, like the other arguments.
        description: of the dataset.
        devices: what to train on.
        checkpoints: of the training.
        reporter: receives progress and epochs.
    """
    effort, _ = _efforts(request, description, devices)
    request = sized(request, effort, description, devices, checkpoints, reporter)
    fit(request, description, devices, checkpoints, reporter)


def _efforts(
    request: TrainRequest, description: DatasetDescription, devices: TrainingDevices
) -> tuple[Effort, Effort | None]:
    """What the network is asked for, and a further one that it is compared with, if it can be."""
    first, *further = networks_of(request.effort)
    if not further or request.architecture == Pixel.NAME:
        return first, None
    if devices.workers > 1:
        return further[0], None
    return first, further[0] if _has_labels(description) else None


def _against_larger(
    trainer: CandidateTrainer,
    selection: Selection,
    request: TrainRequest,
    effort: Effort,
    reporter: Reporter,
    teacher: Candidate | None,
) -> Selection:
    """Compare the network with a larger one, and choose the better one."""
    network = selection.chosen
    other = replace(request, keep_best=False, tensorboard=False)
    larger = trainer.train(
        mark("a larger network, trained for longer"), other, effort, "larger", [VALID], reporter, teacher
    )
    usual, found = network.evaluations[VALID], larger.evaluations[VALID]
    comparison = compare(found, usual)
    chosen = larger if comparison.gain > 0 and not comparison.lost else network
    verdict = verdicts.of_larger(usual, found, is_kept=chosen is larger)
    return Selection(chosen, [network, larger], [*selection.verdict, verdict])


def _against_pixels(
    trainer: CandidateTrainer, selection: Selection, reporter: Reporter, teacher: Candidate | None
) -> Selection:
    """Compare the chosen network with single pixels, and choose another one if it is worse."""
    network = selection.chosen
    pixels = teacher or trainer.train_pixels(network.request, reporter.part(0, 0.3))
    candidates = [*selection.candidates, pixels]
    found, by_pixels = network.evaluations[VALID], pixels.evaluations[VALID]
    comparison = compare(found, by_pixels)
    # Labels are few then, and a class may rest on a single place of the split valid.
    is_undecided = bool(network.teacher) and (comparison.has_few_places or not comparison.is_less_accurate)
    verdict = [*selection.verdict, verdicts.of_pixels(found, by_pixels, comparison, is_undecided=is_undecided)]
    if comparison.has_few_places:
        verdict.append(tr(verdicts.FEW_PLACES))
    if is_undecided or not comparison.is_worse:
        return Selection(network, candidates, verdict)
    if not _may_replace(network.request):
        return Selection(network, candidates, [*verdict, tr(verdicts.KEPT)], is_doubtful=True)
    request = smaller(network.request)
    chosen = pixels
    if request is not None:
        (effort,) = networks_of(STANDARD)
        part = reporter.part(0.3, 1)
        other = trainer.train(mark("a smaller network"), request, effort, "smaller", [VALID], part, teacher)
        candidates.append(other)
        if not compare(other.evaluations[VALID], by_pixels).is_worse:
            chosen = other
        verdict.append(verdicts.of_smaller(other.evaluations[VALID], is_kept=chosen is other))
    if chosen is pixels:
        verdict.append(tr(verdicts.PIXELS_KEPT))
    return Selection(chosen, candidates, verdict, is_doubtful=True)


def _has_labels(description: DatasetDescription) -> bool:
    return VALID in description.splits and sum(description.splits[VALID].pixels) > 0


def _sees_pixels(candidate: Candidate) -> bool:
    return candidate.trained.builder.architecture == Pixel.NAME


def _may_replace(request: TrainRequest) -> bool:
    """Whether another network may take its place: not that of a network that the user made."""
    return request.pixel_classifier == FALL_BACK and not request.init_model and request.architecture != "custom"


def _why_not_compared(candidate: Candidate, devices: TrainingDevices) -> str:
    """Why a network cannot be compared with single pixels, a sentence; empty if it can."""
    if not candidate.evaluations:
        return tr(verdicts.NO_LABELS)
    if devices.workers > 1:
        return tr(verdicts.SEVERAL_PROCESSES)
    return _why_not_alike(candidate.trained.builder)


def _can_be_taught(builder: NetworkBuilder) -> bool:
    return builder.architecture != Pixel.NAME and not _why_not_alike(builder)


def _why_not_alike(builder: NetworkBuilder) -> str:
    """Why single pixels cannot tell what a network does, a sentence; empty if they can."""
    if builder.label_kind == "patch":
        return tr(verdicts.WHOLE_PATCHES)
    if any(1 not in (ratio.numerator, ratio.denominator) for ratio in builder.ratios.values()):
        return tr(verdicts.NO_COMMON_GRID)
    return ""
