"""Making, repairing and re-using an environment."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import Cancelled, EnvironmentProblem, InputError
from ..files import discard
from ..reporter import Reporter
from ..systems.folders import python_of
from . import folder as folders
from .command import Commands, Failed
from .explain import explain
from .lock import exclusive
from .pins import PIP, requirements
from .probing import Probe, probe
from .progress import Installation, downloading
from .variables import for_pip

_GIGABYTES = {"processor": 3, "gpu": 12}  # wheels and what they unpack to, at the same time
_OLDEST_PIP = (22, 2)  # has --dry-run --report
_OLDEST_PIP_ONLINE = (24, 1)  # has --progress-bar raw
_LOOKUP = 0.04  # progress meanwhile; so early that no time left is foretold: the lookup says nothing about the rest


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
    folder: str | Path,
    base_python: str,
    build: str,
    reporter: Reporter,
    *,
    wheels: str = "",
    proxy: str = "",
    trial: Callable[[Probe], None],
) -> Environment:
    """Make an environment, go on with one that was interrupted, repair it, or find that it is as it should be.

    Args:
        folder: where; see `default_folder`.
        base_python: QGIS's interpreter, whose packages (GDAL above all) the environment sees.
        build: ``processor`` or ``gpu``.
        wheels: folder with all packages as wheels, to work without network; empty: the index that pip knows.
        proxy: URL of the proxy with user and password; empty: the system's own.
        trial: tries whether the environment can do what jobs do; it raises `EnvironmentProblem` if it cannot.

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
        commands = Commands(
            folder / folders.LOG,
            for_pip(folder / folders.TEMPORARY, proxy),
            reporter,
            inherited=inherited,
            secrets=_passwords(proxy),
        )
        builder = _Builder(folder, base, pins, wheels, reporter, commands, trial)
        found = folders.read_stamp(folder)
        reused = found == stamp and builder.works()
        if not reused:
            if found is not None and (found == stamp or found["base"] != stamp["base"]):
                folders.clear(folder)  # damaged, or made from another QGIS; with other pins only, it is repaired
            discard(folder / folders.STAMP)
            builder.build(_GIGABYTES[build])
            folders.write_stamp(folder, stamp)
    reporter.done("Environment ready")
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


@dataclass(frozen=True)
class _Builder:
    folder: Path
    base: Probe
    pins: list[str]
    wheels: str
    reporter: Reporter
    commands: Commands
    trial: Callable[[Probe], None]

    @property
    def temporary(self) -> Path:
        return self.folder / folders.TEMPORARY

    def works(self) -> bool:
        """Whether all packages are there and do what jobs need."""
        self.reporter.progress(0, "Trying the environment")
        try:
            self._try()
        except (Failed, EnvironmentProblem):
            return False
        return True

    def build(self, gigabytes: float) -> None:
        """Do what is missing."""
        self.commands.write(f"\n{datetime.now():%Y-%m-%d %H:%M:%S} {self.base.interpreter}: {' '.join(self.pins)}")
        try:
            venv = self._venv()
            self._check_disk(gigabytes)
            self._update_pip(venv)
            self._install(venv, self._missing())
            self.reporter.progress(0.95, "Trying the environment")
            self._try()
        except Failed as failure:
            raise explain(failure, self.commands.log, self.pins, self.wheels) from failure
        except Cancelled:
            self.reporter.info(f"What was installed in {self.folder} is kept: run this again to go on.")
            raise
        finally:
            discard(self.temporary)

    def _venv(self) -> Probe:
        """The venv itself: the one that is there if it works, else a new one."""
        self.reporter.progress(0, "Making the environment")
        discard(self.temporary)
        found = probe(python_of(self.folder))
        if found.python_version == self.base.python_version and self._has_pip():
            _forget_unfinished(Path(found.site))
            self.temporary.mkdir()
            return found
        folders.clear(self.folder)
        self.temporary.mkdir()
        options = ["--system-site-packages", *_without_pip(self.base)]
        self.commands.run([self.base.interpreter, "-m", "venv", *options, str(self.folder)])
        return probe(python_of(self.folder))

    def _has_pip(self) -> bool:
        try:
            self.commands.run([str(python_of(self.folder)), "-m", "pip", "--version"])
        except Failed:  # it was stopped while it was updating itself
            return False
        return True

    def _check_disk(self, gigabytes: float) -> None:
        free = shutil.disk_usage(self.folder).free / 1e9
        if free < gigabytes:
            free += sum(path.stat().st_size for path in Path(self.folder).rglob("*") if path.is_file()) / 1e9
        if free < gigabytes:
            raise EnvironmentProblem(
                f"There is too little space for the environment in {self.folder}.",
                expected=f"{gigabytes} GB",
                received=f"{free:.1f} GB",
                remedy="Make room, or choose a folder on another disk.",
            )

    def _update_pip(self, venv: Probe) -> None:
        if venv.version("pip") < (_OLDEST_PIP if self.wheels else _OLDEST_PIP_ONLINE):
            self.reporter.progress(0.02, "Updating pip")
            self._pip(PIP)

    def _missing(self) -> list[str]:
        """All that is yet to be installed, as exact requirements."""
        self.reporter.progress(_LOOKUP, "Looking up the packages")
        report = self.temporary / "report.json"
        self._pip("--dry-run", "--report", str(report), *self.pins, hear=self._hear_lookup)
        items = [item["metadata"] for item in json.loads(report.read_text(encoding="utf-8"))["install"]]
        return [f"{item['name']}=={item['version']}" for item in items]

    def _install(self, venv: Probe, packages: list[str]) -> None:
        if not packages:
            return
        names = [package.split("==")[0] for package in packages]
        follower = Installation(names, Path(venv.site), self.reporter.part(0.1, 0.95))
        bar = "off" if self.wheels else "raw"
        self._pip("--no-deps", "--progress-bar", bar, *packages, hear=follower.hear, look=follower.look)

    def _hear_lookup(self, line: str) -> bool:
        package = downloading(line)
        if package:  # this index has no separate metadata: pip fetches whole packages to learn what they need
            self.reporter.progress(_LOOKUP, f"Looking up {package}")
        return True

    def _pip(self, *arguments: str, **followers: Any) -> None:
        source = ["--no-index", "--find-links", str(Path(self.wheels).absolute())] if self.wheels else []
        self.commands.run(
            [str(python_of(self.folder)), "-m", "pip", "install", "--only-binary", ":all:", *source, *arguments],
            **followers,
        )

    def _try(self) -> None:
        python = python_of(self.folder)
        found = probe(python)
        if not found.usable:
            raise EnvironmentProblem(
                "The environment was made, but cannot be used.",
                received=found.problem,
                remedy=f"Delete {self.folder} and run this again. The log is {self.commands.log}.",
            )
        self.trial(found)


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
