"""Which files of a model folder are those of the training, by their SHA-256 in ``model.json``.

Checksums tell of files that were damaged or exchanged.  They are no signature: who changes a model can write new ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ..language import tr
from .folder import KERAS_NAME

SAVED_MODEL_NAME = "saved_model.pb"
VARIABLES = "variables"
_CHUNK = 1 << 20  # bytes that are read at a time


def checksum(path: Path) -> str:
    """The SHA-256 of a file, hexadecimal; it is read in pieces, so that its size does not matter."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def checksums(folder: Path) -> dict[str, str]:
    """The checksums of the files that a network is in.

    Args:
        folder: the model folder.

    Returns:
        By path in the folder, with ``/``: the graph and the variables of the SavedModel, and the Keras file.
    """
    files = [folder / SAVED_MODEL_NAME, *sorted((folder / VARIABLES).glob("*")), folder / KERAS_NAME]
    return {path.relative_to(folder).as_posix(): checksum(path) for path in files if path.is_file()}


def changed_files(folder: Path, known: Mapping[str, str]) -> tuple[str, ...]:
    """The files of a model folder that have other bytes than when it was saved.

    Args:
        folder: the model folder.
        known: their checksums then; empty for models of earlier versions: nothing is known.
    """
    return tuple(
        name for name, value in known.items() if (folder / name).is_file() and checksum(folder / name) != value
    )


def told_changes(folder: Path, changed: tuple[str, ...]) -> str:
    """A warning that files of a model folder were changed, for people.

    Args:
        folder: the model folder.
        changed: as `changed_files` gives them.
    """
    return tr(
        "The model {folder} was changed after its training ({changed}): its report and model.json tell of the "
        "network as it was. If nobody changed it on purpose, take the original, or train the network again."
    ).format(folder=folder, changed=", ".join(changed))
