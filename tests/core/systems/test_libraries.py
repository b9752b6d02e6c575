"""Which native libraries come first, and which are loaded."""

import ctypes
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from geodl_plugin.systems import libraries

ROOT = Path(__file__).resolve().parents[3]


class FakeDll:
    """Functions of a DLL by name, whose attributes such as ``argtypes`` can be set."""

    def __init__(self, **functions):
        for name, function in functions.items():
            setattr(self, name, SimpleNamespaceCall(function))


class SimpleNamespaceCall(SimpleNamespace):
    """A function that has attributes."""

    def __init__(self, function):
        super().__init__(function=function)

    def __call__(self, *arguments):
        return self.function(*arguments)


@pytest.fixture
def windows(monkeypatch, tmp_path):
    """A Windows whose process has some DLLs; what is loaded is recorded in its order."""
    events, present, broken = [], {"vcruntime140.dll"}, set()

    def load(path):
        if Path(path).name in broken:
            raise OSError(193, "not a valid Win32 application")
        events.append(path)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    kernel = FakeDll(GetModuleHandleW=lambda name: 1 if name in present else 0)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(ctypes, "WinDLL", load, raising=False)
    folder = tmp_path / "Scripts"
    folder.mkdir()
    for name in ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll", "msvcp140_1.dll", "concrt140.dll"):
        (folder / name).touch()
    return SimpleNamespace(events=events, broken=broken, folder=folder)


def test_on_windows_the_runtime_of_the_environment_comes_first(windows):
    libraries.prepare()
    names = ["vcruntime140_1.dll", "msvcp140.dll", "msvcp140_1.dll", "concrt140.dll"]
    # By full path; not the one that the interpreter has brought already, and none that is not installed.
    assert windows.events == [str(windows.folder / name) for name in names]


def test_what_cannot_be_loaded_is_left_to_whoever_needs_it(windows):
    windows.broken.add("msvcp140.dll")
    libraries.prepare()
    assert str(windows.folder / "concrt140.dll") in windows.events


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_elsewhere_nothing_is_loaded_first(windows, monkeypatch, system):
    monkeypatch.setattr(sys, "platform", system)
    libraries.prepare()
    assert windows.events == []


@pytest.mark.parametrize("arguments", [[], ["--help"]], ids=["worker", "command line"])
def test_libraries_are_prepared_before_gdal_is_imported(arguments):
    program = (
        "import runpy, sys\n"
        "from geodl_plugin.systems import libraries\n"
        "def say(*words): print(*words, file=sys.stderr)\n"
        "heavy = {'osgeo', 'numpy', 'h5py', 'tensorflow'}\n"
        "libraries.prepare = lambda: say('prepared', sorted(heavy & set(sys.modules)))\n"
        f"sys.argv = ['geodl_plugin', *{arguments}]\n"
        "try: runpy.run_module('geodl_plugin', run_name='__main__')\n"
        "finally: say('osgeo' in sys.modules)\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, cwd=ROOT, input="no job\n", capture_output=True, text=True, check=False)
    assert done.stderr.startswith("prepared []\n")
    assert done.stderr.endswith("True\n")


@pytest.mark.skipif(sys.platform != "linux", reason="as Linux tells it")
def test_the_libraries_of_this_process_are_named():
    from osgeo import gdal  # noqa: F401  # is loaded by that

    paths = libraries.loaded()
    assert len(set(paths)) == len(paths)
    assert any(Path(path).name.startswith("libc.so") for path in paths)
    assert any("gdal" in Path(path).name for path in paths)


def test_windows_names_the_libraries(monkeypatch):
    paths = {11: r"C:\OSGeo4W\bin\hdf5.dll", 12: r"C:\Windows\System32\ucrtbase.dll"}

    def enumerate_modules(process, modules, size, needed):
        modules[0], modules[1] = paths
        needed._obj.value = 2 * ctypes.sizeof(ctypes.c_void_p)
        return 1

    def file_name(module, buffer, size):
        buffer.value = paths[module]
        return len(paths[module])

    kernel = FakeDll(GetCurrentProcess=lambda: 1, K32EnumProcessModules=enumerate_modules, GetModuleFileNameW=file_name)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "WinDLL", lambda name: kernel, raising=False)
    assert libraries.loaded() == list(paths.values())


def test_macos_names_the_libraries(monkeypatch):
    paths = [b"/usr/lib/libSystem.B.dylib", "/Applications/QGIS é.app/libgdal.dylib".encode()]
    dyld = FakeDll(_dyld_image_count=lambda: 2, _dyld_get_image_name=lambda number: paths[number])
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(ctypes, "CDLL", lambda name: dyld)
    assert libraries.loaded() == [path.decode() for path in paths]


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_a_system_that_does_not_tell_names_none(monkeypatch, system):
    def refuse(name):
        raise OSError("no such library")

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(ctypes, "WinDLL", refuse, raising=False)
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    assert libraries.loaded() == []


def test_errors_of_windows_get_their_number_in_any_language(monkeypatch):
    texts = {127: "Die angegebene Prozedur wurde nicht gefunden.", 1455: "Die Auslagerungsdatei ist zu klein.\r\n"}
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "FormatError", lambda number: texts.get(number, "<no description>"), raising=False)
    said = "DLL load failed while importing _errors: Die angegebene Prozedur wurde nicht gefunden."
    assert libraries.numbered(said) == said + " [WinError 127]"
    assert libraries.numbered("Die Auslagerungsdatei ist zu klein").endswith("[WinError 1455]")
    assert libraries.numbered("[WinError 5] Zugriff verweigert") == "[WinError 5] Zugriff verweigert"
    assert libraries.numbered("something else") == "something else"
    monkeypatch.setattr(sys, "platform", "linux")
    assert libraries.numbered(said) == said
