"""The classes of several scenes as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from ..labels.classes import Class, ClassList
from ..labels.colors import free_colors
from ..language import tr
from .scenes import Scene


@dataclass(frozen=True)
class UnitedClasses:
    """The classes of several scenes.

    Args:
        classes: all of them.
        indices: by scene, the index that each of its classes has among all.
        changes: what has another value in the united list than in a scene, as phrases.
    """

    classes: ClassList
    indices: list[list[int]]
    changes: list[str]


def unite_classes(scenes: Sequence[Scene]) -> UnitedClasses:
    """Unite classes by their names (see `ClassList.index_of`), in the order in which they first occur.

    A class has the value and the colour of the first scene that has it.  If another class has them already, it gets
    the smallest value that no scene uses, and the next colour of the palette.

    Args:
        scenes: whose classes they are.

    Raises:
        InputError: there are too many classes, or no map can hold their values.
    """
    used = {value for scene in scenes for value in scene.description.classes.values}
    united, indices, changes = ClassList(()), [], []
    for scene in scenes:
        found = []
        for own in scene.description.classes.classes:
            index = united.index_of(own)
            if index is None:
                index, free = len(united), _with_free_value_and_color(own, united.classes, used)
                united = ClassList((*united.classes, free))
                used.add(free.value)
            if united.values[index] != own.value:
                changes.append(
                    tr("{name} = {value} ({own} in {scene})").format(
                        name=united.names[index], value=united.values[index], own=own.value, scene=scene.name
                    )
                )
            found.append(index)
        indices.append(found)
    if len(united):
        _ = united.map_dtype
    return UnitedClasses(united, indices, changes)


def _with_free_value_and_color(new: Class, classes: Sequence[Class], used: set[int]) -> Class:
    """A class as it is, but with another value or colour where one of the classes has the same."""
    colors = {each.color.lower() for each in classes}
    if new.value in {each.value for each in classes}:
        new = replace(new, value=next(value for value in count(1) if value not in used))
    if new.color.lower() in colors:
        new = replace(new, color=next(free_colors(colors)))
    return new
