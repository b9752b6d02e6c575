"""The pictures of where the splits lie on the image, as reports show them."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from ..datasets.description import DatasetDescription
from ..datasets.overview import overviews
from ..language import tr


@dataclass(frozen=True)
class OverviewPicture:
    """A picture of a scene: its name, and the picture as data URI."""

    name: str
    data: str


def overview_pictures(folder: Path | None, dataset: DatasetDescription) -> list[OverviewPicture]:
    """The pictures in a dataset folder.

    Args:
        folder: the dataset folder; None: there are no pictures.
        dataset: its description, which names the scenes.
    """
    paths = [] if folder is None else overviews(folder)
    scenes = [scene["name"] for scene in dataset.provenance.get("scenes", [])]
    numbered = [tr("Scene {number}").format(number=number) for number in range(1, len(paths) + 1)]
    names = scenes if len(scenes) == len(paths) else numbered
    return [
        OverviewPicture(name, f"data:image/jpeg;base64,{base64.b64encode(path.read_bytes()).decode()}")
        for name, path in zip(names, paths)
    ]
