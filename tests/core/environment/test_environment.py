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
from geodl_plugin.environment.interpreter import Probe
from geodl_plugin.environment.variables import for_worker
from geodl_plugin.errors import Cancelled, EnvironmentProblem, InputError
from geodl_plugin.systems.folders import pythons_of

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


def trial(found):
    """Load what is to work."""
    command = [found.interpreter, "-c", "import tensorflow, keras; tensorflow.__version__, keras.__version__"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise EnvironmentProblem(answer.stderr)


def make_wheel(where, package, version):
    """The smallest wheel that pip installs."""
    module, info = MODULES[package], f"{package}-{version}.dist-info"
    contents = {
        f"{module}/__init__.py": f"__version__ = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,{len(content)}\n" for name, content in contents.items())
    contents[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
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
        made = build_environment(where, sys.executable, "processor", reporter, wheels=wheels, trial=trial)
        return made, reporter


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

    def make(where=tmp_path / "env", wheels=wheels, reporter=reporter, trial=trial):
        return build_environment(where, sys.executable, "processor", reporter, wheels=wheels, trial=trial)

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


def lines_of(env):
    """What the log says."""
    return (env / folder.LOG).read_text(encoding="utf-8").splitlines()


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


@pytest.mark.parametrize("damage", ["removed", "cut"])
def test_what_is_damaged_is_installed_again_and_nothing_else(make, env, damage):
    module = site_of(env) / "tensorflow" / "__init__.py"
    whole = module.read_bytes()
    if damage == "removed":  # as an antivirus does; pip would believe its metadata
        module.unlink()
    else:
        module.write_bytes(b"raise ImportError")
    logged = len(lines_of(env))
    assert not make().reused
    assert module.read_bytes() == whole
    installed = [line for line in lines_of(env)[logged:] if line.startswith("Successfully installed")]
    assert installed == ["Successfully installed tensorflow-99.0"]


def test_a_broken_pip_is_made_anew(make, env):
    (env / folder.STAMP).unlink()
    pip = site_of(env) / "pip"
    pip.mkdir(exist_ok=True)
    (pip / "__init__.py").touch()
    (pip / "__main__.py").write_text("raise SystemExit(1)")
    assert make().probe.usable


def rebind(env, home, version=None):
    """Let an environment have been made from another Python."""
    config = env / "pyvenv.cfg"
    text = re.sub(r"home = .*", f"home = {home}", config.read_text(encoding="utf-8"))
    config.write_text(re.sub(r"version = .*", f"version = {version}", text) if version else text, encoding="utf-8")
    for python in pythons_of(env):
        if python.is_symlink() and python.readlink().is_absolute():
            python.unlink()
            python.symlink_to(Path(home) / python.name)


def test_an_environment_goes_with_a_qgis_that_moved(make, env):
    rebind(env, "/gone/QGIS 3.34.4/bin")
    site = next((env / "lib").glob("python*/site-packages"))
    (site / "kept").touch()
    runs = pip_runs(env)
    assert make().reused
    assert pip_runs(env) == runs
    assert (site / "kept").exists()
    assert "gone" not in (env / "pyvenv.cfg").read_text(encoding="utf-8")


def test_one_that_moved_and_needs_other_packages_is_repaired(make, env, wanted):
    rebind(env, "/gone/QGIS 3.34.4/bin")
    wanted[PINS.index("jinja2==99.0")] = "jinja2==98.0"
    logged = len(lines_of(env))
    made = make()
    assert not made.reused
    assert made.probe.packages["jinja2"] == "98.0"
    installed = [line for line in lines_of(env)[logged:] if line.startswith("Successfully installed")]
    assert installed == ["Successfully installed jinja2-98.0"]


def test_the_environment_of_another_qgis_that_is_there_is_refused(make, env, tmp_path):
    other = tmp_path / "QGIS 3.40" / "bin"
    other.mkdir(parents=True)
    (other / "python{}.{}".format(*sys.version_info)).touch()
    rebind(env, other)
    before = (env / "pyvenv.cfg").read_bytes()
    with pytest.raises(InputError, match=r"another QGIS, with the Python in .*3\.40"):
        make()
    assert (env / "pyvenv.cfg").read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="plays macOS on Linux")
def test_a_bundles_python_that_needs_pythonhome_makes_an_environment(wanted, wheels, reporter, tmp_path, monkeypatch):
    contents = tmp_path / "QGIS 4.app" / "Contents"
    (contents / "MacOS").mkdir(parents=True)
    (contents / "Frameworks").mkdir()
    (contents / "Frameworks" / "lib").symlink_to(Path(sys.base_prefix) / "lib")
    python = contents / "MacOS" / "python{}.{}".format(*sys.version_info)
    python.write_text(
        f'#!/bin/bash\n[[ -n "$PYTHONHOME" ]] || exit 1\nexec -a "$0" {Path(sys.executable).resolve()} "$@"\n'
    )
    python.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "darwin")

    def needy_trial(found):
        assert found.needs == {"PYTHONHOME": str(contents / "Frameworks")}
        assert found.prefix == str(tmp_path / "env")
        subprocess.run([found.interpreter, "-c", "import tensorflow"], env=for_worker(found, ""), check=True)

    made = build_environment(tmp_path / "env", str(python), "processor", reporter, wheels=wheels, trial=needy_trial)
    assert made.probe.packages["tensorflow"] == "99.0"
    assert subprocess.run([made.python, "-c", ""], check=False).returncode == 1


def test_an_environment_of_an_older_python_is_made_anew(make, env):
    rebind(env, "/gone/bin", "3.1.4")
    (env / "trace").touch()
    assert make().probe.usable
    assert not (env / "trace").exists()


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


@pytest.mark.parametrize("interrupted", [False, True])
def test_one_that_fails_its_trial_is_no_success_and_costs_no_download(make, env, interrupted):
    if interrupted:
        (env / folder.STAMP).unlink()
    installed = "\n".join(lines_of(env)).count("Successfully installed")

    def fail(found):
        raise EnvironmentProblem("libcuda is odd")

    with pytest.raises(EnvironmentProblem, match="libcuda is odd"):
        make(trial=fail)
    assert folder.read_stamp(env) is None
    assert "\n".join(lines_of(env)).count("Successfully installed") == installed


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


@pytest.mark.parametrize("pip", ["pip", "ensurepip"])
def test_qgis_own_pip_will_do_or_the_one_that_python_brings(pip):
    build._check_modules(Probe("python3", "", packages={"venv": "", pip: ""}))


@pytest.mark.parametrize("packages", [{"venv": ""}, {"ensurepip": "", "pip": ""}], ids=str)
@pytest.mark.parametrize(("flatpak", "remedy"), [("", "python3-venv"), ("org.qgis.qgis", "flatpak run --devel")])
def test_what_venv_needs_is_named(packages, monkeypatch, flatpak, remedy):
    monkeypatch.setenv("FLATPAK_ID", flatpak)
    with pytest.raises(EnvironmentProblem, match=remedy):
        build._check_modules(Probe("python3", "", packages=packages))
