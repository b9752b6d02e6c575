"""Which patches of which scenes go to which split of the dataset that they become.  Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import InputError
from ..labels.splits import SPLITS, TRAIN
from ..language import joined, tr
from .scenes import Scene, SceneRules, splits_in

MOST_REPEATS = 100  # of a patch: a scene of so few patches is learnt by heart, and has as many files as repeats


@dataclass(frozen=True)
class Part:
    """The patches of one split of a scene, and where they go.

    Args:
        scene: number of the scene, from 0.
        origin: the split of the scene.
        target: the split that they go to.
        repeats: how often all of them go there.
        drawn: numbers of those that go there once more, ascending; patches are numbered in the order of the files.
    """

    scene: int
    origin: str
    target: str
    repeats: int = 1
    drawn: tuple[int, ...] = ()


def plan_parts(scenes: Sequence[Scene], rules: SceneRules) -> list[Part]:
    """All parts, by their target, then by scene.

    If scenes count equally, each scene with patches to train with gets as many as the largest has: all of its patches
    as often as they fit in, and once more some of them, drawn at random.

    Args:
        scenes: what is merged.
        rules: how.

    Raises:
        InputError: a scene of the rules is unknown, nothing is left to train with, or a scene is so small that it
            cannot count as much as the largest.
    """
    wholes = rules.splits_of(scenes)
    parts = [
        Part(number, origin, target)
        for target in SPLITS
        for number, (scene, whole) in enumerate(zip(scenes, wholes))
        for origin in splits_in(scene)
        if (whole or origin) == target
    ]
    training = [part for part in parts if part.target == TRAIN]
    if not training:
        raise InputError(
            tr("There are no patches to train with."),
            expected=tr("a scene with a split train"),
            received=", ".join(f"{scene.name}: {joined(splits_in(scene)) or tr('no split')}" for scene in scenes),
        )
    if rules.weighting == "equally":
        training = _equal(scenes, training, rules.seed)
    return training + [part for part in parts if part.target != TRAIN]


def samples_of(scenes: Sequence[Scene], part: Part) -> int:
    """Number of patches in the split of a scene that a part takes."""
    return scenes[part.scene].description.splits[part.origin].samples


def _equal(scenes: Sequence[Scene], training: Sequence[Part], seed: int) -> list[Part]:
    """The parts to train with, repeated until all scenes have as many patches."""
    by_scene: dict[int, list[Part]] = {}
    for part in training:
        by_scene.setdefault(part.scene, []).append(part)
    totals = {number: sum(samples_of(scenes, part) for part in parts) for number, parts in by_scene.items()}
    most, least = max(totals.values()), min(totals, key=totals.__getitem__)
    if most > MOST_REPEATS * totals[least]:
        raise InputError(
            tr("The scene {name} is too small to count as much as the others.").format(name=scenes[least].name),
            expected=tr("at least one patch for {count} of the largest scene").format(count=MOST_REPEATS),
            received=tr("{least} patches to train with, where the largest scene has {most}").format(
                least=totals[least], most=most
            ),
            remedy=tr("Weigh the scenes by their patches, sample more positions in this scene, or leave it out."),
        )
    found = []
    for number, parts in by_scene.items():
        repeats, rest = divmod(most, totals[number])
        chosen = np.sort(np.random.default_rng([seed, number]).choice(totals[number], rest, replace=False))
        start = 0
        for part in parts:
            end = start + samples_of(scenes, part)
            drawn = chosen[(start <= chosen) & (chosen < end)] - start
            found.append(Part(number, part.origin, part.target, repeats, tuple(drawn.tolist())))
            start = end
    return found
