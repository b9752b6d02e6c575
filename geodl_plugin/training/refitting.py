"""Where labels are few, the network is trained once more, with those of the split valid as well, and that one is saved.

Whole polygons that validate are missing in training: of two polygons of a class, half of what is known.  What was found
with their help stays: which network, for how many epochs, and its temperature.  The figures stay, too, since the
network that is saved has seen the labels by which the first one was judged.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ..datasets.description import DatasetDescription
from ..datasets.record_files import SHAPES_FILE, SUFFIX, TYPES_FILE, link_or_copy
from ..errors import Cancelled
from ..labels.splits import TRAIN, VALID
from ..language import mark, tr
from ..options import REFITS
from ..runtime import files
from ..runtime.reporter import Reporter
from .calibration import take_over_temperature
from .candidates import CandidateTrainer
from .checkpoints import Checkpoints
from .effort import STANDARD, networks_of
from .familiarity import add_unfamiliarity
from .request import TrainRequest
from .selection import Selection
from .strategy import TrainingDevices

_AUTOMATIC, ALWAYS, _NEVER = REFITS
_PART, _PIXELS = "all_labels", "all_labels_of_pixels"  # of the checkpoints
_TOLD = mark(
    "The network that is saved was then trained again, with the labels of the split valid as well. The "
    "figures are those of the network before, which had not seen them."
)


def is_refitted(request: TrainRequest, description: DatasetDescription, devices: TrainingDevices) -> bool:
    """Whether the network is trained again: if it is asked for or, automatically, where whole features validate.

    Args:
        request: the parameters.
        description: of the dataset.
        devices: what is trained on; several train large datasets only.
    """
    valid = description.splits.get(VALID)
    if devices.strategy.num_replicas_in_sync > 1 or not (valid and sum(valid.pixels)):
        return False
    return request.refit == ALWAYS or (request.refit == _AUTOMATIC and description.has_few_labels)


def refitted(
    selection: Selection,
    description: DatasetDescription,
    devices: TrainingDevices,
    checkpoints: Checkpoints,
    reporter: Reporter,
) -> Selection:
    """Train the chosen network again with the labels of train and valid, for all its epochs.

    Args:
        selection: its network is finished and evaluated.
        description: of the dataset.
        devices: what to train on.
        checkpoints: those of the training.
        reporter: receives the progress; it can cancel between two steps.

    Returns:
        The selection with the new network; as it was, but cancelled, if that is what the user did and the best network
        so far is wanted.
    """
    chosen = selection.chosen
    request = chosen.request
    (effort,) = networks_of(STANDARD)  # which chooses nothing: the request has it all
    try:
        with _joined(Path(request.dataset), description) as (folder, joined):
            again = replace(request, dataset=str(folder), keep_best=False, tensorboard=False)
            silent = reporter.silent(tr("Training with the labels of the split valid as well"))
            trainer = CandidateTrainer(joined, devices, checkpoints)
            teacher = trainer.train_pixels(again, silent.part(0, 0.1), _PIXELS) if chosen.teacher else None
            found = trainer.train(chosen.name, again, effort, _PART, [], silent.part(0.1, 1), teacher)
            network = found.trained.network
            take_over_temperature(chosen.trained.network, network)
        # As for the first network: what distances are usual is told by places that are not among the reference points.
        add_unfamiliarity(network, chosen.pipeline, description, request.batch_size)
    except (Cancelled, KeyboardInterrupt):
        if not request.keep_best:
            raise
        return replace(selection, is_cancelled=True)
    reporter.info(_TOLD)
    new = replace(chosen, trained=replace(chosen.trained, network=network))
    candidates = [new if candidate is chosen else candidate for candidate in selection.candidates]
    return replace(selection, chosen=new, candidates=candidates, verdict=[*selection.verdict, tr(_TOLD)])


@contextmanager
def _joined(folder: Path, description: DatasetDescription) -> Iterator[tuple[Path, DatasetDescription]]:
    """A dataset folder whose only split, train, has the patches of valid, too, for as long as the block runs.

    Yields:
        The folder, whose files are links, and its description.
    """
    train, valid = description.splits[TRAIN], description.splits[VALID]
    together = replace(
        train,
        samples=train.samples + valid.samples,
        shards=train.shards + valid.shards,
        pixels=[one + other for one, other in zip(train.pixels, valid.pixels)],
    )
    scratch = Path(tempfile.mkdtemp(prefix="geodl_"))
    with files.discarded_in_the_end(scratch):
        joined = scratch / folder.name
        (joined / TRAIN).mkdir(parents=True)
        for name in (TYPES_FILE, SHAPES_FILE):
            shutil.copyfile(folder / TRAIN / name, joined / TRAIN / name)
        numbers = iter(range(together.shards))
        for split, info in ((TRAIN, train), (VALID, valid)):
            for number in range(info.shards):
                target = joined / TRAIN / f"{next(numbers)}{SUFFIX}"
                link_or_copy(folder / split / f"{number}{SUFFIX}", target, for_now=True)
        found = replace(description, splits={TRAIN: together})
        found.write(joined)
        yield joined, found
