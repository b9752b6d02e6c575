"""Which QGIS an environment belongs to.

It is bound to the Python that it was made from, as its pyvenv.cfg says.  That of a QGIS whose path has its version in
it is gone after an update; the environment then goes over to the new one.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from ..errors import EnvironmentProblem, InputError
from ..language import tr
from ..runtime.companions import discard
from ..systems.folders import base_python, same_place
from .folder import LOG, STAMP, default_folder, former_folder, home

_NAMES = re.compile(r"py\d+\.\d+-[0-9a-f]{6}|python\d+\.\d+")  # of the folders that are not the user's choice


@dataclass(frozen=True)
class Base:
    """The Python that an environment is made from.

    Attributes:
        home: folder of its interpreter.
        version: major and minor.
    """

    home: str
    version: tuple[int, int]

    def is_same(self, other: Base) -> bool:
        """Whether both are one Python."""
        return self.version == other.version and same_place(self.home, other.home)

    def exists(self) -> bool:
        """Whether it is still there."""
        return base_python(self.home, self.version).is_file()


def read_base(folder: Path) -> Base | None:
    """What an environment was made from, as its pyvenv.cfg says; None if it says nothing."""
    try:
        lines = (folder / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    settings = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    numbers = re.match(r"(\d+)\.(\d+)", settings.get("version", ""))
    if not numbers or not settings.get("home"):
        return None
    return Base(settings["home"], (int(numbers.group(1)), int(numbers.group(2))))


def check_owner(folder: Path, base: Base) -> None:
    """Make sure that an environment is not that of another QGIS which still uses it.

    Raises:
        InputError: it is.
    """
    recorded = read_base(folder)
    if recorded and not recorded.is_same(base) and recorded.exists():
        raise InputError(
            tr("The environment in {folder} is that of another QGIS, with the Python in {home}.").format(
                folder=folder, home=recorded.home
            ),
            expected=tr("a folder of its own for each QGIS"),
            remedy=tr(
                "Leave FOLDER empty or choose another one; if no QGIS uses that environment any more, delete it."
            ),
        )


def usual_folder(python: str) -> Path:
    """Where the environment of this QGIS is kept unless the user chose otherwise.

    It is `default_folder`, or where GeoDL 0.1 made it: moving it could disturb a training in another window.

    Args:
        python: QGIS's own interpreter.
    """
    recorded = read_base(former_folder())
    own = Base(str(Path(python).parent), sys.version_info[:2])
    return former_folder() if recorded and recorded.is_same(own) else default_folder()


def adopt(folder: Path, base: Base) -> Path | None:
    """Give a QGIS that has no environment one whose QGIS is gone, so that nothing need be downloaded.

    Args:
        folder: where the environment of this QGIS has to be; if the user chose it, nothing is done.
        base: the Python of this QGIS.

    Returns:
        The folder from which the environment was moved; None if there was none.

    Raises:
        EnvironmentProblem: it cannot be moved.
    """
    if folder.parent != home() or any(folder.glob("*")):
        return None
    finished = [other for other, gone in _orphans(folder) if gone.version == base.version and (other / STAMP).is_file()]
    if not finished:
        return None
    try:
        discard(folder)
        finished[0].rename(folder)
    except OSError as error:
        raise EnvironmentProblem(
            tr("The environment in {old} cannot be moved to {folder}.").format(old=finished[0], folder=folder),
            received=error.strerror or str(error),
            remedy=tr("Close all windows of QGIS, then run this again."),
        ) from error
    return finished[0]


def unused(folder: Path) -> list[tuple[Path, float]]:
    """The folders of environments whose QGIS is gone, with their gigabytes.

    Args:
        folder: an environment that is not among them.
    """
    return [(other, size(other)) for other, _ in _orphans(folder)]


def size(folder: Path) -> float:
    """Gigabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e9


def _orphans(folder: Path) -> list[tuple[Path, Base]]:
    """The environments in folders that we named, but one, whose QGIS is gone, with what they were made from."""
    logs = sorted(home().glob(f"py*/{LOG}"), key=lambda log: log.stat().st_mtime, reverse=True)
    named = [log.parent for log in logs if log.parent != folder and _NAMES.fullmatch(log.parent.name)]
    pairs = [(other, read_base(other)) for other in named]
    return [(other, recorded) for other, recorded in pairs if recorded and not recorded.exists()]
