"""Scenes: dataset folders that are to become one, each with a name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .. import options
from ..errors import InputError
from ..labels.splits import SPLITS, TEST, TRAIN, VALID
from ..language import tr
from ..runtime.checks import check_choice, check_seed
from .description import FILE_NAME, DatasetDescription

_LONGEST_NAME = 60  # characters


@dataclass(frozen=True)
class Scene:
    """A dataset folder that is to become a part of a larger dataset.

    Args:
        name: of the scene.
        folder: the dataset folder.
        description: of the dataset.
    """

    name: str
    folder: Path
    description: DatasetDescription


@dataclass(frozen=True)
class SceneRules:
    """How scenes become one dataset.

    Args:
        names: of the scenes, in their order; empty: the names of their folders.
        split: one of `options.SCENE_SPLITS`: each scene keeps its splits, or belongs to one split as a whole.
        valid_scenes: names, or numbers from 1, of the scenes that validate.
        test_scenes: names or numbers of those that test.  All others train.
        weighting: one of `options.SCENE_WEIGHTINGS`: whether patches of smaller scenes are repeated in the split train,
            until all of its scenes have as many.
        seed: of the patches that are repeated once more than others.
    """

    names: Sequence[str] = ()
    split: str = options.SCENE_SPLITS[0]
    valid_scenes: Sequence[str] = field(default=())
    test_scenes: Sequence[str] = field(default=())
    weighting: str = options.SCENE_WEIGHTINGS[0]
    seed: int = 0

    def check(self) -> None:
        """Raise `InputError` if a rule is invalid, whatever the scenes."""
        check_choice(tr("split of the scenes"), self.split, options.SCENE_SPLITS)
        check_choice(tr("weighting of the scenes"), self.weighting, options.SCENE_WEIGHTINGS)
        check_seed(self.seed)
        held_out = [*self.valid_scenes, *self.test_scenes]
        if held_out and self.split != "by scene":
            raise InputError(
                tr("Scenes for validation or for the test are given, but scenes keep their own splits."),
                expected=tr("SPLIT 'by scene'"),
                received=tr("'{split}' and {held_out}").format(split=self.split, held_out=", ".join(held_out)),
            )
        if self.split == "by scene" and not held_out:
            raise InputError(
                tr("No scene is given for validation or for the test."),
                expected=tr("VALID_SCENES or TEST_SCENES with SPLIT 'by scene'"),
                received=tr("neither"),
            )

    def splits_of(self, scenes: Sequence[Scene]) -> list[str]:
        """The split that each scene belongs to as a whole; all empty if they keep their own.

        Raises:
            InputError: a name is unknown or stands for two splits, or no scene is left to train with.
        """
        if self.split != "by scene":
            return [""] * len(scenes)
        found = [TRAIN] * len(scenes)
        for split, names in ((VALID, self.valid_scenes), (TEST, self.test_scenes)):
            for name in names:
                number = _number(name, scenes)
                if found[number] not in (TRAIN, split):
                    raise InputError(
                        tr("The scene {name} is given both for validation and for the test.").format(
                            name=scenes[number].name
                        ),
                        expected=tr("one of them"),
                        received=name,
                    )
                found[number] = split
        if TRAIN not in found:
            raise InputError(
                tr("No scene is left to train with."),
                expected=tr("at least one scene that is neither for validation nor for the test"),
                received=", ".join(f"{scene.name}: {split}" for scene, split in zip(scenes, found)),
            )
        return found


def dataset_folders(paths: Iterable[str]) -> list[str]:
    """The dataset folders that files and folders belong to, each once, in the order of the paths.

    Args:
        paths: dataset folders, or files in them, such as ``dataset.json``.  What lies in none is given back as it is.
    """
    found: dict[str, None] = {}
    for path in paths:
        given = Path(path)
        holders = (folder for folder in given.parents if os.path.isfile(folder / FILE_NAME))
        found[str(next(holders, path)) if os.path.isfile(path) else path] = None
    return list(found)


def open_scenes(folders: Sequence[str], names: Sequence[str] = ()) -> list[Scene]:
    """Open the dataset folders of scenes.

    Args:
        folders: the folders, or their ``dataset.json``.
        names: of the scenes; empty: those of their folders, with numbers where several have the same.

    Raises:
        InputError: a folder is no dataset folder or is given twice, or the names are not one for each.
    """
    given = [_folder(folder) for folder in folders]
    identities = [folder.resolve() for folder in given]
    twice = [str(folder) for folder, identity in zip(given, identities) if identities.count(identity) > 1]
    if twice or not given:
        raise InputError(
            tr("Invalid datasets."),
            expected=tr("one or more dataset folders, each once"),
            received=tr("{folders} more than once").format(folders=", ".join(dict.fromkeys(twice)))
            if twice
            else tr("none"),
        )
    wanted = [name.strip() for name in names] or _distinct([identity.name for identity in identities])
    if len(wanted) != len(given) or len(set(wanted)) < len(wanted) or not all(wanted):
        raise InputError(
            tr("Invalid names of the scenes."),
            expected=tr("{count} different names, one for each dataset").format(count=len(given)),
            received=", ".join(names),
        )
    return [Scene(name, folder, DatasetDescription.read(folder)) for name, folder in zip(wanted, given)]


def name_together(folders: Sequence[str]) -> str:
    """A name for several dataset folders, or a single one, made of their names.

    Args:
        folders: the folders, or their ``dataset.json``.
    """
    names = [_folder(folder).resolve().name for folder in folders]
    whole = " + ".join(names)
    return (
        whole
        if len(whole) <= _LONGEST_NAME
        else tr("{names} and {count} others").format(names=names[0][:_LONGEST_NAME], count=len(names) - 1)
    )


def splits_in(scene: Scene) -> list[str]:
    """The splits of a scene that have samples, in the usual order."""
    return [split for split in SPLITS if split in scene.description.splits]


def _folder(given: str) -> Path:
    """A dataset folder that is given by its name or by that of its ``dataset.json``."""
    return Path(given).parent if Path(given).name == FILE_NAME else Path(given)


def _distinct(names: Sequence[str]) -> list[str]:
    """Names, with the number of the scene behind those that are not the only ones."""
    numbered = [f"{name} ({number})" if names.count(name) > 1 else name for number, name in enumerate(names, start=1)]
    return numbered if len(set(numbered)) == len(names) else [str(number + 1) for number in range(len(names))]


def _number(given: str, scenes: Sequence[Scene]) -> int:
    """The index of the scene with a name, or with a number from 1."""
    names = [scene.name for scene in scenes]
    if given in names:
        return names.index(given)
    if given.isascii() and given.isdigit() and 1 <= int(given) <= len(names):
        return int(given) - 1
    raise InputError(
        tr("Invalid name of a scene."),
        expected=tr("one of {names}, or a number from 1 to {count}").format(names=", ".join(names), count=len(names)),
        received=given,
    )
