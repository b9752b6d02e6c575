"""Making, repairing and re-using an environment."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import Cancelled, EnvironmentProblem, InputError
from ..files import discard
from ..reporter import Reporter
from . import folder as folders
from .command import Commands, Failed
from .explain import explain
from .folder import python_of
from .lock import exclusive
from .probe import Probe, probe
from .progress import Installation
from .requirements import PIP, requirements
from .variables import for_pip

_GIGABYTES = {"processor": 3, "gpu": 12}  # wheels and what they unpack to, at the same time
_OLDEST_PIP = (22, 2)  # has --dry-run --report
_OLDEST_PIP_ONLINE = (24, 1)  # has --progress-bar raw
_TRIAL = "import tensorflow, keras; print('TensorFlow', tensorflow.__version__, 'Keras', keras.__version__)"


@dataclass(frozen=True)
class Environment:
    """An environment that works.

    Attributes:
        folder: where it is.
        python: its interpreter.
        log: what pip said.
        probe: what it has.
        reused: whether it was there already, and nothing had to be done.
    """

    folder: Path
    python: Path
    log: Path
    probe: Probe
    reused: bool


def build_environment(
    folder: str | Path, base_python: str, build: str, reporter: Reporter, *, wheels: str = "", proxy: str = ""
) -> Environment:
    """Make an environment, go on with one that was interrupted, repair it, or find that it is as it should be.

    Args:
        folder: where; see `default_folder`.
        base_python: QGIS's interpreter, whose packages (GDAL above all) the environment sees.
        build: ``processor`` or ``gpu``.
        wheels: folder with all packages as wheels, to work without network; empty: the index that pip knows.
        proxy: URL of the proxy with user and password; empty: the system's own.

    Raises:
        Cancelled: what was installed until then is kept; the next call goes on from there.
        EnvironmentProblem: it cannot be made; the message says why and names the log.
        InputError: the folder or the wheels cannot be used.
    """
    folder = Path(folder).absolute()
    folders.check_folder(folder)
    _check_wheels(wheels)
    base = probe(base_python)
    if not base.python_version:
        raise EnvironmentProblem(f"QGIS's Python {base_python} does not work: {base.problem}.")
    major, minor = base.python_version[:2]
    pins = requirements((major, minor), base.system, base.machine, build, base.version("numpy")[0])
    stamp = {"base": [str(base_python), major, minor], "pins": pins}
    _begin(folder)
    with exclusive(folder / folders.LOCK) as inherited:
        builder = _Builder(folder, base, pins, reporter, wheels, proxy, inherited)
        found = folders.read_stamp(folder)
        reused = found == stamp and builder.works()
        if not reused:
            if found is not None and (found == stamp or found["base"] != stamp["base"]):
                folders.clear(folder)  # damaged, or made from another QGIS; with other pins only, it is repaired
            discard(folder / folders.STAMP)
            builder.build(_GIGABYTES[build])
            folders.write_stamp(folder, stamp)
    reporter.progress(1, "Environment ready")
    python = python_of(folder)
    return Environment(folder, python, folder / folders.LOG, probe(python), reused)


def _check_wheels(wheels: str) -> None:
    if wheels and not any(Path(wheels).glob("*.whl")):
        raise InputError(
            f"The folder {wheels} holds no packages.",
            expected="a folder with wheels (files that end in .whl)",
            received="a folder without" if Path(wheels).is_dir() else "no folder",
        )


def _begin(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / folders.LOG).touch()
        (folder / folders.LOCK).touch()
    except OSError as error:
        raise EnvironmentProblem(
            f"The environment cannot be made in {folder}.",
            received=error.strerror or str(error),
            remedy="Choose a folder that you may write to.",
        ) from error


class _Builder:
    def __init__(
        self,
        folder: Path,
        base: Probe,
        pins: list[str],
        reporter: Reporter,
        wheels: str,
        proxy: str,
        inherited: tuple[int, ...],
    ) -> None:
        self._folder, self._base, self._pins, self._reporter = folder, base, pins, reporter
        self._wheels = wheels
        self._temporary = folder / "tmp"
        self._commands = Commands(
            folder / folders.LOG,
            for_pip(self._temporary, proxy),
            reporter,
            inherited,
            secrets=_passwords(proxy),
        )

    def works(self) -> bool:
        """Whether all packages are there and TensorFlow can be loaded."""
        self._reporter.progress(0, "Trying the environment")
        try:
            self._try()
        except (Failed, EnvironmentProblem):
            return False
        return True

    def build(self, gigabytes: float) -> None:
        """Do what is missing."""
        self._commands.write(f"\n{datetime.now():%Y-%m-%d %H:%M:%S} {self._base.interpreter}: {' '.join(self._pins)}")
        try:
            venv = self._venv()
            self._check_disk(gigabytes)
            self._update_pip(venv)
            self._install(venv, self._missing())
            self._reporter.progress(0.95, "Trying TensorFlow")
            self._try()
        except Failed as failure:
            raise explain(failure, self._commands.log, self._pins, self._wheels) from failure
        except Cancelled:
            self._reporter.info(f"What was installed in {self._folder} is kept: run this again to go on.")
            raise
        finally:
            discard(self._temporary)

    def _venv(self) -> Probe:
        """The venv itself: the one that is there if it works, else a new one."""
        self._reporter.progress(0, "Making the environment")
        discard(self._temporary)
        found = probe(python_of(self._folder))
        if found.python_version == self._base.python_version and "pip" in found.packages:
            _forget_unfinished(Path(found.site))
            self._temporary.mkdir()
            return found
        folders.clear(self._folder)
        self._temporary.mkdir()
        options = ["--system-site-packages", *_without_pip(self._base)]
        self._commands.run([self._base.interpreter, "-m", "venv", *options, str(self._folder)])
        return probe(python_of(self._folder))

    def _check_disk(self, gigabytes: float) -> None:
        free = shutil.disk_usage(self._folder).free / 1e9
        if free < gigabytes:
            free += sum(path.stat().st_size for path in Path(self._folder).rglob("*") if path.is_file()) / 1e9
        if free < gigabytes:
            raise EnvironmentProblem(
                f"There is too little space for the environment in {self._folder}.",
                expected=f"{gigabytes} GB",
                received=f"{free:.1f} GB",
                remedy="Make room, or choose a folder on another disk.",
            )

    def _update_pip(self, venv: Probe) -> None:
        if venv.version("pip") < (_OLDEST_PIP if self._wheels else _OLDEST_PIP_ONLINE):
            self._reporter.progress(0.03, "Updating pip")
            self._pip(PIP)

    def _missing(self) -> list[str]:
        """All that is yet to be installed, as exact requirements."""
        self._reporter.progress(0.05, "Looking up the packages")
        report = self._temporary / "report.json"
        self._pip("--dry-run", "--report", str(report), *self._pins)
        items = [item["metadata"] for item in json.loads(report.read_text(encoding="utf-8"))["install"]]
        return [f"{item['name']}=={item['version']}" for item in items]

    def _install(self, venv: Probe, packages: list[str]) -> None:
        if not packages:
            return
        names = [package.split("==")[0] for package in packages]
        follower = Installation(names, Path(venv.site), self._reporter.part(0.1, 0.95))
        bar = "off" if self._wheels else "raw"
        self._pip("--no-deps", "--progress-bar", bar, *packages, hear=follower.hear, look=follower.look)

    def _pip(self, *arguments: str, **followers: Any) -> None:
        source = ["--no-index", "--find-links", str(Path(self._wheels).absolute())] if self._wheels else []
        self._commands.run(
            [str(python_of(self._folder)), "-m", "pip", "install", "--only-binary", ":all:", *source, *arguments],
            **followers,
        )

    def _try(self) -> None:
        python = python_of(self._folder)
        found = probe(python)
        if not found.usable:
            raise EnvironmentProblem(
                "The environment was made, but cannot be used.",
                received=found.problem,
                remedy=f"Delete {self._folder} and run this again. The log is {self._commands.log}.",
            )
        self._commands.run([str(python), "-c", _TRIAL])


def _without_pip(base: Probe) -> list[str]:
    """The option with which a venv is made where its own pip is not to be had but QGIS's is seen from it.

    Raises:
        EnvironmentProblem: there is no pip at all, or no venv.
    """
    missing = [module for module in ("venv", "ensurepip") if module not in base.packages]
    if not missing:
        return []
    if missing == ["ensurepip"] and "pip" in base.packages:
        return ["--without-pip"]
    raise EnvironmentProblem(
        f"QGIS's Python {base.interpreter} cannot make environments.",
        expected="the modules venv and ensurepip",
        received=f"no {' and no '.join(missing)}",
        remedy="On Debian and Ubuntu install the package python3-venv (sudo apt install python3-venv), then run this "
        "again.",
    )


def _passwords(proxy: str) -> list[str]:
    password = urlsplit(proxy).password
    return [password, unquote(password)] if password else []


def _forget_unfinished(site: Path) -> None:
    """Let pip install again what it was installing when it was stopped; INSTALLER is the last file that it writes."""
    for path in site.glob("*.dist-info"):
        if not (path / "INSTALLER").is_file():
            discard(path)
    for path in site.glob("~*"):  # what pip had put aside while it replaced it
        discard(path)
