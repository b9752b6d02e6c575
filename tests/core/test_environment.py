"""Environments that are made, reused and repaired, from wheels that the tests make themselves."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geodl_plugin.environment import build, build_environment, folder, lock, probe, python_of
from geodl_plugin.environment.probing import Probe
from geodl_plugin.errors import Cancelled, EnvironmentProblem, InputError

MODULES = {
    "tensorflow": "tensorflow",
    "keras": "keras",
    "numpy": "numpy",
    "pystac": "pystac",
    "matplotlib": "matplotlib",
    "jinja2": "jinja2",
    "GDAL": "osgeo",
}
PINS = [f"{package}==99.0" for package in MODULES]


def load(found):
    """The smallest trial."""
    program = [found.interpreter, "-c", "import tensorflow, keras"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    if done.returncode:
        raise EnvironmentProblem(done.stderr)


def make_wheel(where, package, version):
    """The smallest wheel that pip installs."""
    module, info = MODULES[package], f"{package}-{version}.dist-info"
    contents = {
        f"{module}/__init__.py": f"__version__ = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    contents[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in (*contents, f"{info}/RECORD"))
    with zipfile.ZipFile(where / f"{package}-{version}-py3-none-any.whl", "w") as wheel:
        for name, content in contents.items():
            wheel.writestr(name, content)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """A folder with one version of each package, and a second of one of them."""
    where = tmp_path_factory.mktemp("wheels")
    for package in MODULES:
        make_wheel(where, package, "99.0")
    make_wheel(where, "jinja2", "98.0")
    return str(where)


@pytest.fixture(scope="module")
def finished(wheels, tmp_path_factory):
    """A new environment, and the reporter that saw it made; not to be changed."""
    reporter = Watcher()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "requirements", lambda *_: list(PINS))
        where = tmp_path_factory.mktemp("finished") / "env"
        return build_environment(where, sys.executable, "processor", reporter, wheels=wheels, trial=load), reporter


@pytest.fixture
def env(finished, tmp_path):
    """A copy of the finished environment."""
    return shutil.copytree(finished[0].folder, tmp_path / "env", symlinks=True)


@pytest.fixture
def wanted(monkeypatch):
    """The requirements of the builds in a test, which may change them."""
    wanted = list(PINS)
    monkeypatch.setattr(build, "requirements", lambda *_: list(wanted))
    return wanted


@pytest.fixture
def make(wanted, wheels, reporter, tmp_path):
    """Build in the test's own folder."""

    def make(where=tmp_path / "env", wheels=wheels, reporter=reporter):
        return build_environment(where, sys.executable, "processor", reporter, wheels=wheels, trial=load)

    return make


class Watcher(build.Reporter):
    """Remembers progress; cancels when it has come to ``end``."""

    def __init__(self, end=2.0):
        super().__init__()
        self.fractions = [0.0]
        self._end = end

    def info(self, message):
        pass

    def warning(self, message):
        pass

    def is_cancelled(self):
        return self.fractions[-1] >= self._end

    def show(self, fraction, message, remaining):
        self.fractions.append(fraction)


def site_of(env):
    """The folder that pip installs to."""
    return Path(probe(python_of(env)).site)


def uninstall(env):
    """Make it an environment that was stopped before its packages were installed."""
    (env / folder.STAMP).unlink()
    site = site_of(env)
    for package, module in MODULES.items():
        shutil.rmtree(site / module)
        shutil.rmtree(site / f"{package}-99.0.dist-info")


def pip_runs(env):
    """How often packages were installed or looked up."""
    return len(re.findall(r"^\$ .* -m pip install", (env / folder.LOG).read_text(encoding="utf-8"), re.MULTILINE))


def test_an_environment_is_made(finished):
    made, reporter = finished
    assert not made.reused
    assert made.probe.usable
    assert made.probe.packages["tensorflow"] == "99.0"
    assert json.loads((made.folder / folder.STAMP).read_text(encoding="utf-8"))["pins"] == PINS
    assert "Successfully installed" in made.log.read_text(encoding="utf-8")
    assert not (made.folder / folder.TEMPORARY).exists()
    assert reporter.fractions == sorted(reporter.fractions)
    assert reporter.fractions[-1] == 1


def test_a_finished_environment_is_reused(make, env):
    runs = pip_runs(env)
    assert make().reused
    assert pip_runs(env) == runs


def test_other_pins_are_repaired_in_place(make, env, wanted):
    (site_of(env) / "kept").touch()
    wanted[PINS.index("jinja2==99.0")] = "jinja2==98.0"
    assert make().probe.packages["jinja2"] == "98.0"
    assert (site_of(env) / "kept").exists()
    assert make().reused


def test_a_damaged_environment_is_made_anew(make, env):
    site = site_of(env)
    shutil.rmtree(site / "tensorflow")  # pip would believe its metadata
    (site / "trace").touch()
    assert make().probe.usable
    assert not (site / "trace").exists()


def test_a_broken_pip_is_made_anew(make, env):
    (env / folder.STAMP).unlink()
    (site_of(env) / "pip" / "__main__.py").write_text("raise SystemExit(1)")
    assert make().probe.usable


def test_an_environment_of_another_python_is_made_anew(make, env, monkeypatch):
    stamp = folder.read_stamp(env)
    stamp["base"][0] = "/opt/another/python3"
    folder.write_stamp(env, stamp)
    monkeypatch.setattr(build._Builder, "build", lambda self, gigabytes: None)
    make()
    assert sorted(path.name for path in env.iterdir()) == sorted([folder.LOCK, folder.LOG, folder.STAMP])


def test_an_interrupted_build_goes_on(make, env):
    uninstall(env)
    (site_of(env) / "kept").touch()
    with pytest.raises(Cancelled):
        make(reporter=Watcher(end=0.1))
    assert folder.read_stamp(env) is None
    assert not (env / folder.TEMPORARY).exists()
    assert make().probe.usable
    assert (site_of(env) / "kept").exists()


def test_a_half_installed_package_is_installed_again(make, env):
    site = site_of(env)
    (env / folder.STAMP).unlink()
    (site / "keras" / "__init__.py").unlink()
    (site / "keras-99.0.dist-info" / "INSTALLER").unlink()
    (site / "~eras").mkdir()
    assert make().probe.usable
    assert (site / "keras" / "__init__.py").exists()
    assert not (site / "~eras").exists()


def test_a_missing_wheel_is_named_with_the_way_to_get_it(make, env, wanted, wheels):
    wanted.append("absent==1.0")
    with pytest.raises(EnvironmentProblem) as problem:
        make()
    for part in (wheels, "absent==1.0", "pip download", str(env / folder.LOG)):
        assert part in str(problem.value)
    assert folder.read_stamp(env) is None


def test_a_tensorflow_that_does_not_load_is_no_success(make, env):
    (env / folder.STAMP).unlink()
    (site_of(env) / "tensorflow" / "__init__.py").write_text("raise ImportError('libcuda is odd')")
    with pytest.raises(EnvironmentProblem, match="libcuda is odd"):
        make()
    assert folder.read_stamp(env) is None


def test_two_do_not_build_at_once(make, env):
    with lock.exclusive(env / folder.LOCK), pytest.raises(EnvironmentProblem, match="Another QGIS is working"):
        make()
    assert make().reused


@pytest.mark.parametrize("kind", ["empty", "missing"])
def test_a_folder_without_wheels_is_refused(make, tmp_path, kind):
    where = tmp_path / "wheels"
    if kind == "empty":
        where.mkdir()
    with pytest.raises(InputError, match="holds no packages"):
        make(wheels=str(where))
    assert not (tmp_path / "env").exists()


def test_a_folder_that_cannot_be_made_is_named(make, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match=r"cannot be made in .*file.env.*may write to"):
        make(tmp_path / "file" / "env")


def test_too_little_space_is_said_before_the_download(make, env, monkeypatch):
    (env / folder.STAMP).unlink()
    monkeypatch.setattr(build.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 0))
    runs = pip_runs(env)
    with pytest.raises(EnvironmentProblem, match=r"too little space.*Expected: 3 GB"):
        make()
    assert pip_runs(env) == runs


def test_missing_and_old_packages_are_named(env):
    site = site_of(env)
    metadata = site / "keras-99.0.dist-info" / "METADATA"
    metadata.write_text("Metadata-Version: 2.1\nName: keras\nVersion: 2.15.0\n")
    assert probe(python_of(env)).problem == "it is too old: keras 2.15.0 (3 or newer is needed)"
    shutil.rmtree(site / "keras")
    assert probe(python_of(env)).problem == "it has no keras"


@pytest.mark.parametrize(
    ("packages", "options"),
    [({"venv": "", "ensurepip": "", "pip": ""}, []), ({"venv": "", "pip": ""}, ["--without-pip"])],
    ids=str,
)
def test_qgis_own_pip_will_do(packages, options):
    assert build._without_pip(Probe("python3", "", packages=packages)) == options


@pytest.mark.parametrize("packages", [{"venv": ""}, {"ensurepip": "", "pip": ""}], ids=str)
def test_what_venv_needs_is_named(packages):
    with pytest.raises(EnvironmentProblem, match="python3-venv"):
        build._without_pip(Probe("python3", "", packages=packages))
