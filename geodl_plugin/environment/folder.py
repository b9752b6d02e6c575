"""Where an environment is, and what lies in its folder."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..language import tr
from ..runtime.companions import discard
from ..systems.folders import data_folder, normal
from ..systems.sharing import replace

LOG = "geodl-setup.log"  # there from the first moment: tells our folders from others
STAMP = "geodl-setup.json"  # there only when all is installed
LOCK = "geodl-setup.lock"
TEMPORARY = "tmp"  # there only while pip works
_PLUGIN = Path(__file__).resolve().parents[2]


def default_folder(base_prefix: str = "", python_version: tuple[int, int] = sys.version_info[:2]) -> Path:
    """Where the environment of a QGIS is kept unless the user chose otherwise.

    It is outside the plugin, which an update replaces, and one for each QGIS.  The name is short: with TensorFlow's
    own paths it comes near the 260 characters that Windows allows.

    Args:
        base_prefix: folder of the Python of that QGIS; empty: of this one.
        python_version: its version.
    """
    key = hashlib.sha256(normal(base_prefix or sys.base_prefix).encode()).hexdigest()[:6]
    return home() / "py{}.{}-{}".format(*python_version, key)


def former_folder(python_version: tuple[int, int] = sys.version_info[:2]) -> Path:
    """Where GeoDL 0.1 kept the environment: one for all QGIS of a Python version."""
    return home() / "python{}.{}".format(*python_version)


def home() -> Path:
    """The folder that holds the environments."""
    return data_folder() / "geodl"


def check_folder(folder: Path) -> None:
    """Make sure that an environment may be made in a folder.

    Raises:
        InputError: it is the plugin's own, or holds something else.
    """
    if _PLUGIN in (folder.resolve(), *folder.resolve().parents) and _is_installed():
        raise InputError(
            tr("The environment cannot be in the plugin's own folder: an update of GeoDL would delete it."),
            expected=tr("a folder outside {folder}").format(folder=_PLUGIN),
            received=str(folder),
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(tr("The environment needs a folder."), received=tr("the file {folder}").format(folder=folder))
    if folder.is_dir() and any(folder.iterdir()) and not (folder / LOG).is_file():
        raise InputError(
            tr("The folder {folder} cannot be used for the environment.").format(folder=folder),
            expected=tr("a new folder, an empty one, or one with an environment that GeoDL made"),
            received=tr("a folder with other files in it"),
            remedy=tr("Choose another folder."),
        )


def clear(folder: Path) -> None:
    """Remove the environment, but not its log and its lock."""
    for child in folder.iterdir():
        if child.name not in (LOG, LOCK):
            discard(child)


def read_stamp(folder: Path) -> dict[str, Any] | None:
    """What the finished environment was made of; None if it was never finished."""
    try:
        stamp: dict[str, Any] = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return stamp


def write_stamp(folder: Path, stamp: dict[str, Any]) -> None:
    """Declare the environment finished."""
    part = folder / f".{STAMP}.part"
    part.write_text(json.dumps(stamp, indent=2), encoding="utf-8")
    replace(part, folder / STAMP)


def _is_installed() -> bool:
    """Whether QGIS installed the plugin, and so replaces its folder when it updates it; a checkout stays."""
    return _PLUGIN.parent.name == "plugins" and not (_PLUGIN / ".git").exists()
