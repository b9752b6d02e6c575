"""Making, repairing and re-using an environment."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import Cancelled, EnvironmentProblem, GeodlError, InputError
from ..language import joined, mark, tr
from ..runtime.companions import discard
from ..runtime.reporter import Reporter
from ..systems.folders import python_of, pythons_of
from ..systems.packaging import packaging
from . import folder as folders
from . import owner
from .command import Commands, Failed
from .explain import explain
from .interpreter import Probe
from .lock import exclusive
from .pins import PIP, requirements
from .probing import probe
from .progress import Installation, downloading, is_large
from .variables import for_pip

_GIGABYTES = {"processor": 3, "gpu": 12}  # wheels and what they unpack to, at the same time
_OLDEST_PIP = (22, 2)  # has --dry-run --report
_OLDEST_PIP_ONLINE = (24, 1)  # has --progress-bar raw
_REMEDIES = {  # by packaging, if QGIS has no pip
    "": mark(
        "On Debian and Ubuntu install the package python3-venv (sudo apt install python3-venv), then run this again."
    ),
    "Flatpak": mark(
        "Flatpak leaves pip out. In a terminal, run flatpak install $(flatpak info --show-sdk "
        "org.qgis.qgis), then start QGIS by flatpak run --devel org.qgis.qgis and run this again. Later "
        "you can start QGIS as usual."
    ),
}
_LOOKUP = 0.04  # progress meanwhile; so early that no time left is foretold: the lookup says nothing about the rest


@dataclass(frozen=True)
class Environment:
    """An environment that works.

    Attributes:
        folder: where it is.
        python: its interpreter.
        log: what pip said.
        probe: what it has.
        reused: whether it was there already, and nothing had to be installed.
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

    One whose QGIS is gone, as after an update, is taken over.

    Args:
        folder: where; see `usual_folder`.
        base_python: QGIS's interpreter, whose packages (GDAL above all) the environment sees.
        build: ``processor`` or ``gpu``.
        reporter: receives progress and messages; it is asked whether to stop.
        wheels: folder with all packages as wheels, to work without network; empty: the index that pip knows.
        proxy: URL of the proxy with user and password; empty: the system's own.
        trial: given the probe of the environment's interpreter; raises a `GeodlError` if the environment does not work.

    Raises:
        Cancelled: what was installed until then is kept; the next call goes on from there.
        EnvironmentProblem: it cannot be made; the message says why and names the log.
        InputError: the folder or the wheels cannot be used.
        GeodlError: what the trial raises after the installation.
    """
    folder = Path(folder).absolute()
    folders.check_folder(folder)
    _check_wheels(wheels)
    base = probe(base_python)
    if not base.python_version:
        raise EnvironmentProblem(
            tr("QGIS's Python {base_python} does not work: {problem}.").format(
                base_python=base_python, problem=base.problem
            )
        )
    major, minor = base.python_version[:2]
    pins = requirements((major, minor), base.system, base.machine, build, base.version("numpy")[0])
    moved_from = owner.adopt(folder, base.base)
    owner.check_owner(folder, base.base)
    _begin(folder)
    with exclusive(folder / folders.LOCK) as inherited:
        commands = Commands(
            folder / folders.LOG,
            for_pip(folder / folders.TEMPORARY, proxy, base.needs),
            reporter,
            inherited=inherited,
            secrets=_passwords(proxy),
        )
        builder = _Builder(folder, base, pins, wheels, reporter, commands, trial)
        if moved_from:
            commands.write(f"{moved_from} is now {folder}")
        builder.take_over()
        found = folders.read_stamp(folder)
        reused = found is not None and found["pins"] == pins and builder.works()
        if not reused:
            discard(folder / folders.STAMP)
            builder.build(_GIGABYTES[build])
            folders.write_stamp(folder, {"pins": pins})
    for other, gigabytes in owner.unused(folder):
        reporter.info(
            tr("No QGIS uses the environment in {other} any more ({gigabytes:.1f} GB): you may delete it.").format(
                other=other, gigabytes=gigabytes
            )
        )
    reporter.done(tr("Environment ready"))
    python = python_of(folder)
    return Environment(folder, python, folder / folders.LOG, probe(python), reused)


def _check_wheels(wheels: str) -> None:
    if wheels and not any(Path(wheels).glob("*.whl")):
        raise InputError(
            tr("The folder {wheels} holds no packages.").format(wheels=wheels),
            expected=tr("a folder with wheels (files that end in .whl)"),
            received=tr("a folder without") if Path(wheels).is_dir() else tr("no folder"),
        )


def _begin(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / folders.LOG).touch()
        (folder / folders.LOCK).touch()
    except OSError as error:
        raise EnvironmentProblem(
            tr("The environment cannot be made in {folder}.").format(folder=folder),
            received=error.strerror or str(error),
            remedy=tr("Choose a folder that you may write to."),
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
        self.reporter.progress(0, tr("Trying the environment"))
        try:
            self._try()
        except Cancelled:
            raise
        except GeodlError as error:
            self.commands.write(str(error))
            return False
        return True

    def take_over(self) -> None:
        """Bind the environment to this QGIS if it was made from the same Python elsewhere."""
        recorded = owner.read_base(self.folder)
        if not recorded or recorded.is_same(self.base.base) or recorded.version != self.base.base.version:
            return
        self.reporter.info(
            tr("The environment was made for the Python in {home}. It now serves this QGIS.").format(home=recorded.home)
        )
        for python in pythons_of(self.folder):
            discard(python)
        try:
            self._make_venv()
        except Failed as failure:
            raise explain(failure, self.commands.log, self.pins, self.wheels) from failure

    def build(self, gigabytes: float) -> None:
        """Do what is missing."""
        self.commands.write(f"\n{datetime.now():%Y-%m-%d %H:%M:%S} {self.base.interpreter}: {' '.join(self.pins)}")
        _check_modules(self.base)
        try:
            venv = self._venv()
            self._check_disk(gigabytes)
            self._update_pip(venv)
            self._install(venv, self._missing())
            self.reporter.progress(0.95, tr("Trying the environment"))
            self._try()
        except Failed as failure:
            raise explain(failure, self.commands.log, self.pins, self.wheels) from failure
        except Cancelled:
            self.reporter.info(
                tr("What was installed in {folder} is kept: run this again to go on.").format(folder=self.folder)
            )
            raise
        finally:
            discard(self.temporary)

    def _venv(self) -> Probe:
        """The venv itself: the one that is there if it works, else a new one."""
        self.reporter.progress(0, tr("Making the environment"))
        discard(self.temporary)
        found = probe(python_of(self.folder))
        if found.python_version == self.base.python_version and self._has_pip():
            _forget_damaged(Path(found.site))
            self.temporary.mkdir()
            return found
        folders.clear(self.folder)
        self.temporary.mkdir()
        self._make_venv()
        made = probe(python_of(self.folder))
        if "pip" in made.packages:
            return made
        self.commands.run([made.interpreter, "-m", "ensurepip"])
        return probe(made.interpreter)

    def _make_venv(self) -> None:
        """Make a venv, or bind the one that is there to QGIS's Python; its packages stay.

        It comes without pip, which venv starts without the variables that some interpreters need.
        """
        options = ["--system-site-packages", "--without-pip"]
        self.commands.run([self.base.interpreter, "-m", "venv", *options, str(self.folder)])

    def _has_pip(self) -> bool:
        try:
            self.commands.run([str(python_of(self.folder)), "-m", "pip", "--version"])
        except Failed:  # it was stopped while it was updating itself
            return False
        return True

    def _check_disk(self, gigabytes: float) -> None:
        free = shutil.disk_usage(self.folder).free / 1e9
        if free < gigabytes:
            free += owner.size(self.folder)
        if free < gigabytes:
            raise EnvironmentProblem(
                tr("There is too little space for the environment in {folder}.").format(folder=self.folder),
                expected=f"{gigabytes} GB",
                received=f"{free:.1f} GB",
                remedy=tr("Make room, or choose a folder on another disk."),
            )

    def _update_pip(self, venv: Probe) -> None:
        if venv.version("pip") < (_OLDEST_PIP if self.wheels else _OLDEST_PIP_ONLINE):
            self.reporter.progress(0.02, tr("Updating pip"))
            self._pip(PIP)

    def _missing(self) -> list[str]:
        """All that is yet to be installed, as exact requirements."""
        self.reporter.progress(_LOOKUP, tr("Looking up the packages"))
        report = self.temporary / "report.json"
        self._pip("--dry-run", "--report", str(report), *self.pins, on_line=self._read_lookup)
        items = [item["metadata"] for item in json.loads(report.read_text(encoding="utf-8"))["install"]]
        return [f"{item['name']}=={item['version']}" for item in items]

    def _install(self, venv: Probe, packages: list[str]) -> None:
        if not packages:
            return
        names = [package.split("==")[0] for package in packages]
        follower = Installation(names, Path(venv.site), self.reporter.part(0.1, 0.95))
        bar = "off" if self.wheels else "raw"
        self._pip("--no-deps", "--progress-bar", bar, *packages, on_line=follower.read, on_wait=follower.look)

    def _read_lookup(self, line: str) -> bool:
        package = downloading(line)
        if is_large(package):  # this index has no separate metadata: pip fetches whole packages to learn their needs
            self.reporter.progress(_LOOKUP, tr("Looking up {package}").format(package=package))
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
                tr("The environment was made, but cannot be used."),
                received=found.problem,
                remedy=tr("Delete {folder} and run this again. The log is {log}.").format(
                    folder=self.folder, log=self.commands.log
                ),
            )
        self.trial(found)


def _check_modules(base: Probe) -> None:
    """Make sure that environments with pip can be made from an interpreter.

    Raises:
        EnvironmentProblem: they cannot.
    """
    if "venv" in base.packages and ("pip" in base.packages or "ensurepip" in base.packages):
        return
    missing = [module for module in ("venv", "pip", "ensurepip") if module not in base.packages]
    raise EnvironmentProblem(
        tr("QGIS's Python {interpreter} cannot make environments.").format(interpreter=base.interpreter),
        expected=tr("the module venv, and pip or ensurepip"),
        received=joined([tr("no {module}").format(module=module) for module in missing]),
        remedy=tr(_REMEDIES[packaging()]),
    )


def _passwords(proxy: str) -> list[str]:
    password = urlsplit(proxy).password
    return [password, unquote(password)] if password else []


def _forget_damaged(site: Path) -> None:
    """Let pip install again what has lost files, and what it was installing when it was stopped."""
    for info in site.glob("*.dist-info"):
        finished = (info / "INSTALLER").is_file()  # the last file that pip writes
        if not finished or _is_damaged(info):
            discard(info)
    for path in site.glob("~*"):  # what pip had put aside while it replaced it
        discard(path)


def _is_damaged(info: Path) -> bool:
    """Whether files of a package are missing or cut.

    Read by hand, since `importlib.metadata` leaves out missing files from Python 3.12 on.
    """
    try:
        with (info / "RECORD").open(encoding="utf-8", newline="") as record:
            files = [(info.parent / name, size) for name, _, size in csv.reader(record)]
        # Python itself changes the files that it has compiled.
        sizes = [(path.stat().st_size, size) for path, size in files if path.suffix != ".pyc"]
        return any(size and there != int(size) for there, size in sizes)
    except (OSError, ValueError):  # there is no such file
        return True
