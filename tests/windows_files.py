"""Files as Windows has them, on Linux: a plugin of pytest, ``python -m pytest -p tests.windows_files``.

In this process, and in those of Python that it starts, QGIS and GeoDL's worker among them:

* a file that is open, or mapped into memory, can be neither renamed, nor replaced, nor removed, not even be renamed to
  the name that it has; a folder that holds one, or in which a process is, can be neither renamed nor removed;
* `os.rename` replaces nothing;
* files and folders with names that Windows does not allow cannot be made.

An audit hook sees what Python asks of the system, whichever way it is asked (`os`, `pathlib`, `shutil`).  It does not
see what GDAL and TensorFlow rename and remove themselves, but all that they hold open.  Open are the files of this
process, of those that it started, and of the `OTHERS`.  Only what lies below pytest's temporary folders, and GeoDL's
own, is refused.

A refusal that the code expects, since it tries again, fails no test: in the end all are listed, those of one place in
GeoDL's code together, and the fixture `refusals` has those of a test.
"""

import os
import re
import shlex
import shutil
import sys
import tempfile
import traceback
from contextlib import suppress
from pathlib import Path

_IN_USE = 32  # Windows' number of the error
_WRONG_NAME = 123
_EXISTS = 183
_OURS = re.compile(r"/pytest-of-[^/]+/|/geodl_[a-z0-9_]{8}(/|$)")
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ROOT = Path(__file__).resolve().parents[1]
_HERE = Path(__file__).resolve().parent / "windows"  # holds a sitecustomize.py
_LOG = "GEODL_WINDOWS_FILES_LOG"  # variable: the file in which processes that tests start tell of refusals
OTHERS = "GEODL_WINDOWS_FILES_OTHERS"  # variable: numbers of more processes that may have files open

_refused = []
_real_rename = os.rename


def variables(folder):
    """Variables for processes that have files so from their start, for QGIS, and for the worker that it starts.

    QGIS drops the variables of Python for its worker, so its interpreter is a script that sets them.

    Args:
        folder: where the script lies, and the list of refusals.
    """
    path = os.pathsep.join(filter(None, [str(_HERE), os.environ.get("PYTHONPATH")]))
    program = os.environ.get("GEODL_PYTHON", sys.executable)
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(path)} exec {shlex.quote(program)} "$@"\n')
    python.chmod(0o755)
    return {"PYTHONPATH": path, "GEODL_PYTHON": str(python), _LOG: str(folder / "log")}


def install():
    """Have files so in this process, from now on: there is no way back."""
    sys.addaudithook(_hook)
    os.rename = _rename


def _hook(event, arguments):
    if event == "os.rename":
        source, target, *folders = arguments
        source, target = _absolute(source, folders[0]), _absolute(target, folders[1])
        _refuse_held("rename", source)
        if target != source:
            _refuse_held("replace", target)
            _refuse_name(target)
    elif event in {"os.remove", "os.rmdir"}:
        _refuse_held("remove", _absolute(*arguments))
    elif event == "os.mkdir":
        _refuse_name(_absolute(arguments[0], arguments[2]))
    elif event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)) and arguments[2] & os.O_CREAT:
        _refuse_name(_absolute(arguments[0]))


def _rename(source, target, **folders):
    """As `os.rename`, which replaces files on Linux only."""
    if not folders and os.path.lexists(target) and not os.path.samefile(source, target) and _is_ours(str(target)):
        raise _error(_EXISTS, FileExistsError(17, "[WinError 183] the file exists already", str(target)))
    return _real_rename(source, target, **folders)


def _absolute(path, folder=-1):
    """A path in full; symbolic links of its folders are followed, its own is not."""
    path = os.fsdecode(path)
    start = os.readlink(f"/proc/self/fd/{folder}") if isinstance(folder, int) and folder >= 0 else ""
    parent, name = os.path.split(os.path.abspath(os.path.join(start, path)))
    return os.path.join(os.path.realpath(parent), name)


def _is_ours(path):
    return _OURS.search(path) is not None


def _refuse_held(what, path):
    if not _is_ours(path) or not os.path.lexists(path):
        return
    below = path + os.sep
    for held in _held():
        if held == path or held.startswith(below):
            _note(f"{what} {path}" + (f", which holds {held}" if held != path else ""))
            raise _error(_IN_USE, PermissionError(13, "[WinError 32] used by another process", path))


def _refuse_name(path):
    name = os.path.basename(path)
    if _is_ours(path) and not os.path.lexists(path) and (_FORBIDDEN.search(name) or _RESERVED.fullmatch(name)):
        _note(f"make {path}")
        raise _error(_WRONG_NAME, OSError(22, "[WinError 123] the name is not allowed", path))


def _error(number, error):
    error.winerror = number
    return error


def _held():
    """The files that this process and its children have open or mapped, and the folders that they are in."""
    others = os.environ.get(OTHERS, "").split()
    for process in (*_family(os.getpid()), *map(int, others)):
        for link in ("cwd", *(f"fd/{one}" for one in _entries(f"/proc/{process}/fd"))):
            with suppress(OSError):
                yield os.readlink(f"/proc/{process}/{link}")
        with suppress(OSError), Path(f"/proc/{process}/maps").open(encoding="utf-8", errors="replace") as maps:
            for line in maps:
                _, slash, path = line.rstrip("\n").partition("/")
                if slash:
                    yield slash + path


def _family(process):
    yield process
    for task in _entries(f"/proc/{process}/task"):
        with suppress(OSError):
            for child in Path(f"/proc/{process}/task/{task}/children").read_text().split():
                yield from _family(int(child))


def _entries(folder):
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _note(what):
    """Remember a refusal, and which lines of GeoDL it met."""
    stack = [(os.path.realpath(one.filename), one.lineno) for one in traceback.extract_stack()]
    rooms = (f"{_ROOT}/geodl_plugin/", f"{_ROOT}/algorithms/")
    frames = [f"{os.path.relpath(name, _ROOT)}:{line}" for name, line in stack if name.startswith(rooms)]
    text = f"{what} at {' < '.join(reversed(frames[-4:])) or 'no line of GeoDL'}"
    _refused.append(text)
    if "pytest" not in sys.modules and _LOG in os.environ:
        with Path(os.environ[_LOG]).open("a", encoding="utf-8") as log:
            log.write(text + "\n")


if "pytest" in sys.modules:
    import pytest

    _PROPERTY = "refused by the files of Windows"
    _all = {}

    def pytest_configure(config):
        """Begin, here and in the processes that tests start."""
        install()
        if _LOG not in os.environ:  # else by the process that started this one
            config.windows_files = Path(tempfile.mkdtemp(prefix="windows_files_"))
            os.environ.update(variables(config.windows_files))

    def pytest_unconfigure(config):
        """Leave nothing."""
        if hasattr(config, "windows_files"):
            shutil.rmtree(config.windows_files)

    @pytest.fixture(name="refusals")
    def refusals_fixture():
        """What has been refused to the test so far."""
        return _refused

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(item):
        """Each test has its own refusals."""
        _refused.clear()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(item, call):
        """Hand them over, from whichever process the test runs in."""
        report = yield
        if report.when == "teardown":
            report.user_properties.append((_PROPERTY, list(_refused)))
        return report

    def pytest_runtest_logreport(report):
        """Gather them, those at one place together."""
        for name, refused in report.user_properties:
            if name == _PROPERTY and report.when == "teardown":
                for one in refused:
                    what, _, place = one.rpartition(" at ")
                    _all.setdefault(place, []).append(f"{report.nodeid}: {what}")

    def pytest_terminal_summary(terminalreporter, config):
        """List them, and those in other processes."""
        log = config.windows_files / "log"
        for one in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
            what, _, place = one.rpartition(" at ")
            _all.setdefault(place, []).append(f"a process of its own: {what}")
        terminalreporter.section("refused as by Windows")
        for place, refused in sorted(_all.items()):
            terminalreporter.line(f"{len(refused)} x at {place}, such as in {refused[0]}")
