"""How far pip has come.

pip says which file it downloads and, since 24.1, how many bytes of it are there; how many of the packages are
installed is seen in the folder that it installs to.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from ..language import tr
from ..runtime.reporter import Reporter

_DOWNLOAD_SHARE = 0.75  # of the time; the rest is unpacking
# About so many megabytes, since pip does not tell before it downloads; all other packages are small.
_MEGABYTES = {
    "tensorflow": 600,
    "tensorflow-cpu": 270,
    "nvidia-cudnn-cu12": 700,
    "nvidia-cublas-cu12": 580,
    "nvidia-cusparse-cu12": 370,
    "nvidia-cusolver-cu12": 340,
    "nvidia-nccl-cu12": 320,
    "nvidia-cufft-cu12": 190,
    "nvidia-cuda-nvrtc-cu12": 90,
    "nvidia-curand-cu12": 70,
    "nvidia-cuda-nvcc-cu12": 40,
    "nvidia-nvjitlink-cu12": 40,
    "libclang": 24,
    "numpy": 18,
}
_SMALL = 3
_WORTH_A_LINE = 18  # megabytes: smaller packages come so fast that nobody need know their names
_WHEEL = re.compile(r"\s*(?:Downloading|Using cached|Processing) (\S+\.whl)\b(?!\.metadata)")
_BYTES = re.compile(r"Progress (\d+) of (\d+)")


class Installation:
    """Follows one ``pip install``.

    Args:
        names: the packages that it is going to install.
        site: the folder that it installs to.
        reporter: its 0…1 is the whole installation.
    """

    def __init__(self, names: list[str], site: Path, reporter: Reporter) -> None:
        self._weights = {canonical(name): _MEGABYTES.get(canonical(name), _SMALL) for name in names}
        self._site = site
        self._reporter = reporter
        self._downloaded: set[str] = set()
        self._current = ""
        self._share = 0.0
        self._unpacking = False
        self._message = ""

    def read(self, line: str) -> bool:
        """Take in one line of pip's; tells whether it is worth logging."""
        progress = _BYTES.match(line)
        if progress:
            self._read_bytes(int(progress.group(1)), int(progress.group(2)))
            return False
        package = downloading(line)
        if package:
            self._finish_download()
            self._current = package
            large = tr("Downloading {package}").format(package=package)
            self._message = large if is_large(package) else tr("Downloading small packages")
        elif line.startswith("Installing collected packages"):
            self._downloaded, self._current, self._unpacking = set(self._weights), "", True
            self._message = tr("Installing {count} packages").format(count=len(self._weights))
        return True

    def look(self) -> None:
        """Report how far it is."""
        loaded = self._weight(self._downloaded) + self._share * self._weights.get(self._current, 0)
        installed = self._installed() if self._unpacking else set()
        total = self._weight(set(self._weights)) or 1
        fraction = (_DOWNLOAD_SHARE * loaded + (1 - _DOWNLOAD_SHARE) * self._weight(installed)) / total
        self._reporter.new_pace()  # nothing is foretold: neither the network nor the disk keeps its pace
        self._reporter.progress(fraction, self._message)

    def _read_bytes(self, done: int, size: int) -> None:
        if self._current in self._weights and size:
            self._share = done / size
            if size >= 1e6 * _WORTH_A_LINE:
                self._message = tr("Downloading {package} ({size:.0f} MB)").format(
                    package=self._current, size=size / 1e6
                )

    def _finish_download(self) -> None:
        if self._current in self._weights:
            self._downloaded.add(self._current)
        self._current, self._share = "", 0.0

    def _installed(self) -> set[str]:
        # pip writes INSTALLER when all files of the package are there.
        found = {package_of(path.parent.name) for path in self._site.glob("*.dist-info/INSTALLER")}
        return found & set(self._weights)

    def _weight(self, names: set[str]) -> float:
        return sum(self._weights[name] for name in names)


def downloading(line: str) -> str:
    """The package whose wheel pip says that it fetches, empty if the line says something else."""
    wheel = _WHEEL.match(line)
    return package_of(wheel.group(1)) if wheel else ""


def is_large(package: str) -> bool:
    """Whether a package is so large that people like to know that it is on its way."""
    return _MEGABYTES.get(package, _SMALL) >= _WORTH_A_LINE


def canonical(name: str) -> str:
    """A package's name as the index writes it: small letters and hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def package_of(wheel: str) -> str:
    """The package of a wheel's or a ``.dist-info`` folder's name, path or URL."""
    return canonical(unquote(wheel).replace("\\", "/").rsplit("/", 1)[-1].split("-")[0])
