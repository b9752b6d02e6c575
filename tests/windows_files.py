"""Files as Windows has them, on Linux: a plugin of pytest, ``python -m pytest -p tests.windows_files``.

In this process, and in those of Python that it starts, QGIS and GeoDL's worker among them:

* a file that is open, or mapped into memory, can be neither renamed, nor replaced, nor removed, not even be renamed to
  the name that it has; a folder that holds one, or in which a process is, can be neither renamed nor removed;
* `os.rename` replaces nothing, nor, from Python 3.11 on, does `Path.rename`;
* files and folders with names that Windows does not allow cannot be made.

An audit hook sees what Python asks of the system, whichever way it is asked (`os`, `pathlib`, `shutil`).  It does not
see what GDAL and TensorFlow rename and remove themselves, but all that they hold open.  Open are the files of this
process, of those that it started, and of `windows_hook.OTHERS`.  Only what lies below pytest's temporary folders, and
GeoDL's own, is refused.

A refusal that the code expects, since it tries again, fails no test: in the end all are listed, those of one place in
GeoDL's code together, and the fixture `refusals` has those of a test.
"""

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

_HERE = Path(__file__).resolve().parent / "windows"
sys.path.insert(0, str(_HERE))
import windows_hook  # noqa: E402  # the same one as that of sitecustomize, where a process has begun with it

_PROPERTY = "refused by the files of Windows"
_all = {}


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
    return {"PYTHONPATH": path, "GEODL_PYTHON": str(python), windows_hook.LOG: str(folder / "log")}


def pytest_configure(config):
    """Begin, here and in the processes that tests start."""
    windows_hook.install()
    if windows_hook.LOG not in os.environ:  # else by the process that started this one
        config.windows_files = Path(tempfile.mkdtemp(prefix="windows_files_"))
        os.environ.update(variables(config.windows_files))


def pytest_unconfigure(config):
    """Leave nothing."""
    if hasattr(config, "windows_files"):
        shutil.rmtree(config.windows_files)


@pytest.fixture(name="refusals")
def refusals_fixture():
    """What has been refused to the test so far."""
    return windows_hook.refused


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Each test has its own refusals."""
    windows_hook.refused.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Hand them over, from whichever process the test runs in."""
    report = yield
    if report.when == "teardown":
        report.user_properties.append((_PROPERTY, list(windows_hook.refused)))
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
