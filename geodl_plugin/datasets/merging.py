"""Merging dataset folders of several scenes into one.

The files of records are linked, or copied where the disk allows no links; only those are written anew whose classes,
types or no-data values are others in the merged dataset, or of which only some patches are taken.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from .. import options
from ..operations import InputPath, OutputPath, Request, operation
from ..runtime import files
from ..runtime.reporter import Reporter
from .description import FILE_NAME, DatasetDescription
from .merge_plan import plan_merge
from .scenes import SceneRules, name_together


@dataclass
class MergeRequest(Request):
    """Dataset folders to be merged into one.

    Args:
        datasets: dataset folders, one for each scene.
        output: dataset folder to make.
        names: of the scenes; empty: the names of their folders.
        split: one of `options.SCENE_SPLITS`: scenes keep their splits, or each belongs to one split as a whole.
        valid_scenes: for ``by scene``: names, or numbers from 1, of the scenes that validate.
        test_scenes: for ``by scene``: names or numbers of those that test.
        weighting: one of `options.SCENE_WEIGHTINGS`: all patches count the same, or all scenes, by repeating patches.
        seed: of the patches that are repeated once more than others.
    """

    FOLDER_MARKER: ClassVar = FILE_NAME

    datasets: list[InputPath]
    output: OutputPath
    names: list[str] = field(default_factory=list)
    split: str = options.SCENE_SPLITS[0]
    valid_scenes: list[str] = field(default_factory=list)
    test_scenes: list[str] = field(default_factory=list)
    weighting: str = options.SCENE_WEIGHTINGS[0]
    seed: int = 0

    def rules(self) -> SceneRules:
        """How the scenes become one dataset."""
        return SceneRules(self.names, self.split, self.valid_scenes, self.test_scenes, self.weighting, self.seed)


@dataclass(frozen=True)
class MergeResult:
    """What a merge made.

    Args:
        output: the dataset folder.
        description: what is in it.
    """

    output: str
    description: DatasetDescription


@operation
def merge(request: MergeRequest, reporter: Reporter) -> MergeResult:
    """Merge dataset folders of several scenes into one, which OTBTF reads as well.

    Classes are united by name.  Bands and patches must be the same.  Statistics are those of all patches together.

    Args:
        request: what to merge.
        reporter: receives progress and warnings; None: they are logged.

    Raises:
        InputError: a parameter is invalid, or the datasets do not fit together or are damaged.

    Example::

        merge(MergeRequest(["north", "south"], "both"))
    """
    plan = plan_merge(request.datasets, request.rules())
    plan.tell(reporter)
    with files.unfinished(request.output, marker=FILE_NAME) as folder:
        from .merge_writer import write_merged  # which loads TensorFlow

        description = write_merged(plan, folder, reporter)
    return MergeResult(request.output, description)


def described_together(folders: Sequence[str], rules: SceneRules) -> DatasetDescription:
    """What several dataset folders, or a single one, hold, as far as it is known before records are read.

    Args:
        folders: the dataset folders.
        rules: how they would be merged.

    Raises:
        InputError: a folder is none, or the datasets do not fit together.
    """
    if _stays(folders, rules):
        return DatasetDescription.read(folders[0])
    return plan_merge(folders, rules).expected()


@contextmanager
def merged_for_now(folders: Sequence[str], rules: SceneRules, reporter: Reporter) -> Iterator[Path]:
    """Several dataset folders as one, for as long as the block runs.

    Its files of records are links, but for those that must be written anew; they go to the temporary folder.

    Args:
        folders: the dataset folders.
        rules: how they are merged; a single folder is not merged.
        reporter: receives progress and warnings.

    Yields:
        The dataset folder, whose name tells those of the scenes.

    Raises:
        InputError: the datasets do not fit together or are damaged.
    """
    if _stays(folders, rules):
        yield Path(folders[0])
        return
    from .merge_writer import write_merged

    plan = plan_merge(folders, rules)
    plan.tell(reporter)
    scratch = Path(tempfile.mkdtemp(prefix="geodl_"))
    with files.discarded_in_the_end(scratch):
        folder = scratch / name_together(folders)
        write_merged(plan, folder, reporter, for_now=True)
        yield folder


def _stays(folders: Sequence[str], rules: SceneRules) -> bool:
    """Whether there is a single dataset, which stays as it is."""
    return len(folders) == 1 and rules.split == options.SCENE_SPLITS[0]
