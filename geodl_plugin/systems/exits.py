"""What the exit status of a program means that ended without saying why."""

from __future__ import annotations

import signal
import sys
from typing import NamedTuple

from ..language import mark, tr

CHECK = mark("Run Check the environment.")
HANGING = mark(
    "Run Check the environment. If that hangs, too, let the antivirus program leave out the environment's folder, "
    "run Set up the environment again, or name another Python in the variable GEODL_PYTHON."
)
_SET_UP = mark("Run Set up the environment again.")
_SMALLER = mark("Use a smaller batch size, patch size or block, or close other programs.")
_RUNTIME = mark("Install the newest Microsoft Visual C++ Redistributable (x64), then restart QGIS.")
_CRASHED = (mark("A native library crashed."), CHECK)
_NO_MEMORY = (mark("Most likely the machine ran out of memory."), _SMALLER)
_NO_AVX = (
    mark("This processor lacks instructions that this build of TensorFlow needs, such as AVX."),
    mark(
        "Use a computer with a newer processor, or name a Python with another TensorFlow in the variable GEODL_PYTHON."
    ),
)
_ROSETTA = (
    mark(
        "The processor lacks instructions that this build of TensorFlow needs: on an Apple processor, "
        "programs for Intel processors have AVX only from macOS 15 on."
    ),
    mark("Use the QGIS for Apple processors, or update macOS."),
)
_UNKNOWN = ("", "")
_TOLD = (mark("It was asked to stop."), "")
_Meaning = tuple[str, str]  # problem, remedy

_WORDS: dict[str, _Meaning] = {  # what a library says before it ends the process
    "HDF5 library version mismatched error": (
        mark(
            "An image is an HDF5 or netCDF file, which GDAL cannot read here: TensorFlow's packages bring another HDF5."
        ),
        mark("Convert the image to GeoTIFF in QGIS first."),
    ),
}
_SIGNALS: dict[str, _Meaning] = {
    "SIGKILL": _NO_MEMORY,
    "SIGILL": _NO_AVX,
    "SIGSEGV": _CRASHED,
    "SIGFPE": _CRASHED,
    "SIGTRAP": _CRASHED,
    "SIGABRT": (mark("A native library gave up."), CHECK),
    "SIGBUS": (
        mark("A native library crashed, or a disk is full or was taken away."),
        mark("Make sure that the disks have room and stay connected, then run this again."),
    ),
    "SIGXCPU": (
        mark("The system lets a program compute for so long only."),
        mark("Ask for a higher limit (ulimit -t)."),
    ),
    "SIGXFSZ": (mark("The system allows files up to a size only."), mark("Ask for a higher limit (ulimit -f).")),
    "SIGINT": _TOLD,
    "SIGTERM": _TOLD,
    "SIGHUP": _TOLD,
}
_SIGNALS_OF_MACOS: dict[str, _Meaning] = {
    "SIGKILL": (
        mark("Either the machine ran out of memory, or macOS refused a library for its signature."),
        mark(
            "Use a smaller batch size, patch size or block, or close other programs. If it ends so at once, "
            "run Set up the environment again, or name a Python of conda-forge in the variable GEODL_PYTHON."
        ),
    ),
    "SIGILL": _ROSETTA,
    "SIGTRAP": _ROSETTA,
}
_STATUSES: dict[int, _Meaning] = {  # by which shells say why they could not start a program
    126: (mark("The interpreter cannot be run."), _SET_UP),
    127: (mark("The interpreter, or a program that it needs, was not found."), _SET_UP),
}
_STATUSES_OF_WINDOWS: dict[int, _Meaning] = {  # of the python.exe of a virtual environment, which starts another one
    101: (mark("The Python that the environment was made from cannot be started."), _SET_UP),
    103: (mark("The Python that the environment was made from is gone: QGIS was updated, moved or removed."), _SET_UP),
    106: (mark("The environment is damaged: its file pyvenv.cfg is missing."), _SET_UP),
}
_MISSING = (mark("A library that TensorFlow needs is missing."), _RUNTIME)
_TOO_OLD = (mark("A library is older than the one that TensorFlow needs."), _RUNTIME)
_BLOCKED = (
    mark("Windows does not let the program or one of its libraries run."),
    mark("Ask who looks after this computer to allow the environment's folder, in the antivirus program, too."),
)
_NTSTATUS: dict[int, tuple[str, _Meaning]] = {
    0xC0000005: (
        mark("access violation"),
        (
            mark("A native library crashed. Mostly an old Visual C++ runtime is loaded instead of TensorFlow's own."),
            _RUNTIME,
        ),
    ),
    0xC0000006: (
        mark("in-page error"),
        (
            mark("A file could not be read any more: a disk was taken away, or the network was lost."),
            mark("Make sure that the disks stay connected, then run this again."),
        ),
    ),
    0xC0000017: (mark("no memory"), _NO_MEMORY),
    0xC000001D: (mark("illegal instruction"), _NO_AVX),
    0xC0000022: (mark("access denied"), _BLOCKED),
    0xC000007B: (
        mark("invalid image format"),
        (mark("A library was made for another kind of processor, or is damaged."), _SET_UP),
    ),
    0xC00000FD: (mark("stack overflow"), _CRASHED),
    0xC000012D: (
        mark("commitment limit"),
        (
            mark("Windows has no more memory to promise."),
            mark(
                "Use a smaller batch size, patch size or block, or close other programs. A larger page file helps, too."
            ),
        ),
    ),
    0xC0000135: (mark("DLL not found"), _MISSING),
    0xC0000139: (mark("entry point not found"), _TOO_OLD),
    0xC000013A: ("Ctrl-C", _TOLD),
    0xC0000142: (
        mark("DLL initialization failed"),
        (mark("A library could not be initialized."), mark("Restart the computer, then run this again.")),
    ),
    0xC0000374: (mark("heap corruption"), _CRASHED),
    0xC0000409: (mark("fail fast"), (mark("A native library gave up."), CHECK)),
    0xC0000428: (mark("invalid image hash"), _BLOCKED),
    0xC06D007E: (mark("module not found"), _MISSING),
    0xC06D007F: (mark("procedure not found"), _TOO_OLD),
}


class Exit(NamedTuple):
    """How a program ended.

    Attributes:
        name: such as ``signal SIGKILL``, ``status 7``, ``status 0xC0000005 (access violation)``.
        problem: what most likely happened, in a sentence; empty if that cannot be said.
        remedy: what to do about it, in a sentence or two; empty if that cannot be said.
        was_ended: by a signal, not by itself.
    """

    name: str
    problem: str
    remedy: str
    was_ended: bool = False

    @property
    def of_worker(self) -> str:
        """A sentence about the worker, if it was the program: ``The worker process ended with status 7.``."""
        if self.was_ended:
            return tr("The worker process was ended by the {name}.").format(name=self.name)
        return tr("The worker process ended with {name}.").format(name=self.name)


def explained(status: int, last_words: str = "") -> Exit:
    """What an exit status means.

    Args:
        status: as `subprocess` gives it: negative for a signal; on Windows often an NTSTATUS, without a sign.
        last_words: what the program said in the end: where that tells more than the status, it counts.
    """
    found = _of_windows(status & 0xFFFFFFFF) if sys.platform == "win32" else _of_posix(status)
    for words, meaning in _WORDS.items():
        if words in last_words:
            return _exit(found.name, meaning, was_ended=found.was_ended)
    return found


def _exit(name: str, meaning: _Meaning, *, was_ended: bool = False) -> Exit:
    return Exit(name, tr(meaning[0]), tr(meaning[1]), was_ended)


def _of_windows(status: int) -> Exit:
    if status in _NTSTATUS:
        name, meaning = _NTSTATUS[status]
        return _exit(tr("status 0x{status:08X} ({name})").format(status=status, name=tr(name)), meaning)
    if status >= 1 << 30:  # Windows' own
        return _exit(tr("status 0x{status:08X}").format(status=status), _UNKNOWN)
    return _exit(tr("status {status}").format(status=status), _STATUSES_OF_WINDOWS.get(status, _UNKNOWN))


def _of_posix(status: int) -> Exit:
    if 0 <= status <= 128:
        return _exit(tr("status {status}").format(status=status), _STATUSES.get(status, _UNKNOWN))
    number = -status if status < 0 else status - 128  # shells tell so of a program that they started
    names = {number.value: number.name for number in signal.Signals}
    name = names.get(number, str(number))  # those of real time have no names
    own = _SIGNALS_OF_MACOS if sys.platform == "darwin" else {}
    meaning = own.get(name) or _SIGNALS.get(name, _UNKNOWN)
    return _exit(tr("signal {name}").format(name=name), meaning, was_ended=True)
