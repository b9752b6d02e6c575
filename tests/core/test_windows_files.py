"""The plugin of pytest that has files as Windows has them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import os, shutil, subprocess, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import windows_hook
windows_hook.install()
folder = Path(sys.argv[2])
free, target = folder / "free", folder / "held" / "file"
target.parent.mkdir()
for one in (free, target):
    one.touch()

def refused(number, call, *arguments):
    try:
        call(*arguments)
    except OSError as error:
        assert getattr(error, "winerror", None) == number, (call, error)
    else:
        raise AssertionError(f"{call} {arguments} was allowed")

def all_refused():
    for call in (os.rename, os.replace, Path.rename, Path.replace):
        refused(32, call, target, folder / "new")
        refused(32, call, target.parent, folder / "new")
    for call in (os.rename, os.replace, Path.rename, Path.replace):
        refused(32, call, target, target)
    for call in (os.replace, Path.replace):
        refused(32, call, free, target)
    for call in (os.remove, os.unlink, Path.unlink):
        refused(32, call, target)
    refused(32, shutil.rmtree, target.parent)

with target.open():
    all_refused()
child = subprocess.Popen(
    [sys.executable, "-c", "import sys; file = open(sys.argv[1]); print(flush=True); sys.stdin.read()", str(target)],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
all_refused()
child.communicate()
refused(183, os.rename, free, target)
refused(183, Path.rename, free, target)
for name in ("a:b", "a?", "a|b", "a<b", 'a"b', "a*", "a.", "a ", "NUL", "con.txt", "Aux", "com1.tif"):
    refused(123, (folder / name).touch)
    refused(123, (folder / name).mkdir)
    refused(123, os.replace, free, folder / name)
for name in ("a b", "a.b", "console.txt", ".a", "grö地"):
    (folder / name).touch()
os.rename(target, target)
os.replace(free, target)
shutil.rmtree(target.parent)
"""


def run(*arguments):
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_what_windows_refuses_is_refused(tmp_path):
    status, said = run("-c", PROGRAM, str(ROOT / "tests" / "windows"), str(tmp_path))
    assert status == 0, said


@pytest.mark.parametrize("processes", [[], ["--numprocesses=1"]])
def test_refusals_are_listed(tmp_path, processes):
    """Those that the code expects as well, and those of other processes."""
    (tmp_path / "test_it.py").write_text(
        "import subprocess, sys\n"
        "from contextlib import suppress\n"
        "PROGRAM = 'import os, sys; from contextlib import suppress\\n'\n"
        "PROGRAM += 'with open(sys.argv[1]), suppress(OSError): os.remove(sys.argv[1])'\n"
        "def test_it(tmp_path, refusals):\n"
        "    assert refusals == []\n"
        "    with (tmp_path / 'mine').open('w'), suppress(OSError):\n"
        "        (tmp_path / 'mine').unlink()\n"
        "    assert len(refusals) == 1\n"
        "    (tmp_path / 'other').touch()\n"
        "    subprocess.run([sys.executable, '-c', PROGRAM, tmp_path / 'other'], check=True)\n"
        "    assert (tmp_path / 'other').exists()\n"
    )
    plugins = ["-p", "tests.windows_files", "-p", "no:pytest_qgis", "-p", "no:cacheprovider"]
    status, said = run("-m", "pytest", *plugins, *processes, "--rootdir", str(tmp_path), str(tmp_path))
    assert status == 0, said
    assert "2 x at no line of GeoDL, such as in test_it.py::test_it: remove" in said
