"""Native libraries of this process: which come first, and which are there."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

# What the package msvc-runtime installs, those before that the next ones need.
_RUNTIME = (
    "vcruntime140.dll",
    "vcruntime140_1.dll",
    "vcruntime140_threads.dll",
    "msvcp140.dll",
    "msvcp140_1.dll",
    "msvcp140_2.dll",
    "msvcp140_atomic_wait.dll",
    "msvcp140_codecvt_ids.dll",
    "concrt140.dll",
)
_LONGEST_PATH = 32768  # characters of a path on Windows
_TOLD = (5, 32, 126, 127, 193, 206, 225, 1114, 1260, 1455, 4551, 14001)  # errors of Windows that can be explained


def prepare() -> None:
    """Load first what must not come from QGIS; to be called before GDAL is imported.

    Windows loads no second DLL of the same name: each import gets the one that is there.  QGIS brings an older
    C++ runtime than TensorFlow was built with, which then crashes; the newer one serves GDAL as well.  All else is
    QGIS's: the h5py that is pinned suits its HDF5, while GDAL need not suit what h5py brings.
    """
    if sys.platform != "win32":
        return
    folder = Path(sys.prefix) / "Scripts"  # where the environment has its interpreter, and that package its DLLs
    for name in _RUNTIME:
        # One of that name that the interpreter brought is kept: no library would be given a second.
        if (folder / name).is_file() and not ctypes.windll.kernel32.GetModuleHandleW(name):
            with suppress(OSError):  # the library that needs it says more about what is wrong
                ctypes.WinDLL(str(folder / name))


def loaded() -> list[str]:
    """The paths of the native libraries of this process; empty if the system does not tell."""
    with suppress(OSError, AttributeError):
        if sys.platform == "win32":
            return _of_windows()
        if sys.platform == "darwin":
            return _of_macos()
        return _of_linux()
    return []


def numbered(text: str) -> str:
    """A message with the number of Windows' error, if it quotes one: Windows tells it in the user's language."""
    if sys.platform == "win32" and "[WinError" not in text:
        for number in _TOLD:
            said = ctypes.FormatError(number).strip().rstrip(".")
            if said and said in text:
                return f"{text} [WinError {number}]"
    return text


def _of_linux() -> list[str]:
    paths = [line.split(maxsplit=5)[-1] for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()]
    return [path for path in dict.fromkeys(paths) if path.startswith("/") and ".so" in Path(path).name]


def _of_macos() -> list[str]:
    dyld: Any = ctypes.CDLL(None)
    dyld._dyld_get_image_name.restype = ctypes.c_char_p
    names = [dyld._dyld_get_image_name(number) for number in range(dyld._dyld_image_count())]
    return [name.decode("utf-8", "replace") for name in names if name]


def _of_windows() -> list[str]:
    kernel: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    handle, needed = ctypes.c_void_p, ctypes.c_uint32()
    kernel.GetCurrentProcess.restype = handle
    kernel.K32EnumProcessModules.argtypes = [handle, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p]
    kernel.GetModuleFileNameW.argtypes = [handle, ctypes.c_void_p, ctypes.c_uint32]
    size = ctypes.sizeof(handle)
    modules = (handle * 4096)()
    process = kernel.GetCurrentProcess()
    if not kernel.K32EnumProcessModules(process, modules, ctypes.sizeof(modules), ctypes.byref(needed)):
        return []
    paths = []
    for module in modules[: needed.value // size]:
        path = ctypes.create_unicode_buffer(_LONGEST_PATH)
        if kernel.GetModuleFileNameW(module, path, _LONGEST_PATH):
            paths.append(path.value)
    return paths
