"""What the exit status of a program means that ended without saying why."""

from __future__ import annotations

import signal
import sys
from typing import NamedTuple

from ..language import tr

_CHECK = "Run Check the environment."
_SET_UP = "Run Set up the environment again."
_SMALLER = "Use a smaller batch size, patch size or block, or close other programs."
_RUNTIME = "Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS."
_CRASHED = ("A native library crashed.", _CHECK)
_NO_MEMORY = ("Most likely the machine ran out of memory.", _SMALLER)
_NO_AVX = (
    "This processor lacks instructions that this build of TensorFlow needs, such as AVX.",
    "Use a computer with a newer processor, or name a Python with another TensorFlow in the variable GEODL_PYTHON.",
)
_ROSETTA = (
    "The processor lacks instructions that this build of TensorFlow needs: on an Apple processor, programs for Intel "
    "processors have AVX only from macOS 15 on.",
    "Use the QGIS for Apple processors, or update macOS.",
)
_UNKNOWN = ("", "")
_TOLD = ("It was asked to stop.", "")
_Meaning = tuple[str, str]  # problem, remedy

_WORDS: dict[str, _Meaning] = {  # what a library says before it ends the process
    "HDF5 library version mismatched error": (
        "An image is an HDF5 or netCDF file, which GDAL cannot read here: TensorFlow's packages bring another HDF5.",
        "Convert the image to GeoTIFF in QGIS first.",
    ),
}
_SIGNALS: dict[str, _Meaning] = {
    "SIGKILL": _NO_MEMORY,
    "SIGILL": _NO_AVX,
    "SIGSEGV": _CRASHED,
    "SIGFPE": _CRASHED,
    "SIGTRAP": _CRASHED,
    "SIGABRT": ("A native library gave up.", _CHECK),
    "SIGBUS": (
        "A native library crashed, or a disk is full or was taken away.",
        "Make sure that the disks have room and stay connected, then run this again.",
    ),
    "SIGXCPU": ("The system lets a program compute for so long only.", "Ask for a higher limit (ulimit -t)."),
    "SIGXFSZ": ("The system allows files up to a size only.", "Ask for a higher limit (ulimit -f)."),
    "SIGINT": _TOLD,
    "SIGTERM": _TOLD,
    "SIGHUP": _TOLD,
}
_SIGNALS_OF_MACOS: dict[str, _Meaning] = {
    "SIGKILL": (
        "Either the machine ran out of memory, or macOS refused a library for its signature.",
        f"{_SMALLER} If it ends so at once, run Set up the environment again, or name a Python of conda-forge in the "
        "variable GEODL_PYTHON.",
    ),
    "SIGILL": _ROSETTA,
    "SIGTRAP": _ROSETTA,
}
_STATUSES: dict[int, _Meaning] = {  # by which shells say why they could not start a program
    126: ("The interpreter cannot be run.", _SET_UP),
    127: ("The interpreter, or a program that it needs, was not found.", _SET_UP),
}
_STATUSES_OF_WINDOWS: dict[int, _Meaning] = {  # of the python.exe of a virtual environment, which starts another one
    101: ("The Python that the environment was made from cannot be started.", _SET_UP),
    103: ("The Python that the environment was made from is gone: QGIS was updated, moved or removed.", _SET_UP),
    106: ("The environment is damaged: its file pyvenv.cfg is missing.", _SET_UP),
}
_MISSING = ("A library that TensorFlow needs is missing.", _RUNTIME)
_TOO_OLD = ("A library is older than the one that TensorFlow needs.", _RUNTIME)
_BLOCKED = (
    "Windows does not let the program or one of its libraries run.",
    "Ask who looks after this computer to allow the environment's folder, in the antivirus program, too.",
)
_NTSTATUS: dict[int, tuple[str, _Meaning]] = {
    0xC0000005: (
        "access violation",
        ("A native library crashed. Mostly an old Visual C++ runtime is loaded instead of TensorFlow's own.", _RUNTIME),
    ),
    0xC0000006: (
        "in-page error",
        (
            "A file could not be read any more: a disk was taken away, or the network was lost.",
            "Make sure that the disks stay connected, then run this again.",
        ),
    ),
    0xC0000017: ("no memory", _NO_MEMORY),
    0xC000001D: ("illegal instruction", _NO_AVX),
    0xC0000022: ("access denied", _BLOCKED),
    0xC000007B: (
        "invalid image format",
        ("A library was made for another kind of processor, or is damaged.", _SET_UP),
    ),
    0xC00000FD: ("stack overflow", _CRASHED),
    0xC000012D: (
        "commitment limit",
        ("Windows has no more memory to promise.", f"{_SMALLER} A larger page file helps, too."),
    ),
    0xC0000135: ("DLL not found", _MISSING),
    0xC0000139: ("entry point not found", _TOO_OLD),
    0xC000013A: ("Ctrl-C", _TOLD),
    0xC0000142: (
        "DLL initialization failed",
        ("A library could not be initialized.", "Restart the computer, then run this again."),
    ),
    0xC0000374: ("heap corruption", _CRASHED),
    0xC0000409: ("fail fast", ("A native library gave up.", _CHECK)),
    0xC0000428: ("invalid image hash", _BLOCKED),
    0xC06D007E: ("module not found", _MISSING),
    0xC06D007F: ("procedure not found", _TOO_OLD),
}


class Exit(NamedTuple):
    """How a program ended.

    Attributes:
        name: such as ``signal SIGKILL``, ``status 7``, ``status 0xC0000005 (access violation)``.
        problem: what most likely happened, in a sentence; empty if that cannot be said.
        remedy: what to do about it, in a sentence or two; empty if that cannot be said.
    """

    name: str
    problem: str = ""
    remedy: str = ""

    @property
    def way(self) -> str:
        """What a sentence about the program says: ``was ended by the signal SIGKILL``, ``ended with status 7``."""
        return (
            tr("ended with {name}").format(name=self.name)
            if self.name.startswith("status")
            else tr("was ended by the {name}").format(name=self.name)
        )


def explained(status: int, last_words: str = "") -> Exit:
    """What an exit status means.

    Args:
        status: as `subprocess` gives it: negative for a signal; on Windows often an NTSTATUS, without a sign.
        last_words: what the program said in the end: where that tells more than the status, it counts.
    """
    found = _of_windows(status & 0xFFFFFFFF) if sys.platform == "win32" else _of_posix(status)
    for words, meaning in _WORDS.items():
        if words in last_words:
            return Exit(found.name, *meaning)
    return found


def _of_windows(status: int) -> Exit:
    if status in _NTSTATUS:
        name, meaning = _NTSTATUS[status]
        return Exit(tr("status 0x{status:08X} ({name})").format(status=status, name=name), *meaning)
    if status >= 1 << 30:  # Windows' own
        return Exit(tr("status 0x{status:08X}").format(status=status))
    return Exit(tr("status {status}").format(status=status), *_STATUSES_OF_WINDOWS.get(status, _UNKNOWN))


def _of_posix(status: int) -> Exit:
    if 0 <= status <= 128:
        return Exit(tr("status {status}").format(status=status), *_STATUSES.get(status, _UNKNOWN))
    number = -status if status < 0 else status - 128  # shells tell so of a program that they started
    names = {number.value: number.name for number in signal.Signals}
    name = names.get(number, str(number))  # those of real time have no names
    own = _SIGNALS_OF_MACOS if sys.platform == "darwin" else {}
    return Exit(tr("signal {name}").format(name=name), *(own.get(name) or _SIGNALS.get(name, _UNKNOWN)))
