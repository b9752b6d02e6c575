"""The builds of QGIS that users have, as trees of files with interpreters that only answer and write down.

No real ones are needed, so that what differs between them is seen here for all systems.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from geodl_plugin.environment import build_environment, default_folder, probe, usual_folder
from geodl_plugin.environment.folder import LOG, STAMP
from geodl_plugin.environment.variables import for_pip, for_worker
from geodl_plugin.errors import EnvironmentProblem
from geodl_plugin.systems.folders import own_pythons

pytestmark = pytest.mark.skipif(os.name != "posix", reason="fake interpreters are shell scripts")
VERSION = "{}.{}".format(*sys.version_info)
QGIS_HAS = {"numpy": "2.1.0", "osgeo": "3.9.0", "venv": "unknown", "ensurepip": "unknown", "pip": "23.0"}
WE_ADD = {"tensorflow": "2.21.0", "keras": "3.15.1", "pystac": "1.15.2", "matplotlib": "3.11.2", "jinja2": "3.1.6"}
STEPS = ["venv", "update pip", "look up"]
INTERPRETER = """#!/bin/bash
[[ -z "{home}" || "$PYTHONHOME" = "{home}" ]] || {{ echo "No module named 'encodings'" >&2; exit 1; }}
inside=no
[[ -f "$(dirname "$0")/../pyvenv.cfg" ]] && inside=yes
if [[ "$1" = */facts.py ]]; then
    cat "{tree}/facts-$inside-${{PYTHONPATH:+path}}.json"
    exit
fi
echo "$@" >> "{tree}/commands"
if [[ "$2" = venv ]]; then
    mkdir -p "${{@: -1}}/{scripts}"
    ln -s "$0" "${{@: -1}}/{scripts}/{name}"
    printf 'home = %s\\nversion = {version}.1\\n' "$(dirname "$0")" > "${{@: -1}}/pyvenv.cfg"
fi
while [[ $# -gt 0 ]]; do
    [[ "$1" = --report ]] && echo '{{"install": []}}' > "$2"
    shift
done
"""


@dataclass(frozen=True)
class Installation:
    """What is where, and what is to come of it; all paths are relative to its folder, ``{}`` in values.

    Attributes:
        name: what people call it.
        platform: as `sys.platform` says.
        program: the running QGIS.
        prefix: folder of its Python.
        python: its interpreter.
        variables: what its launcher sets.
        worker: variables of a worker in its environment; None: not set.
        files: what else is there.
        home: the PYTHONHOME without which the interpreter does not start.
        needs_path: it finds GDAL by PYTHONPATH only.
        lacks: modules that other builds have.
        steps: what setup does.
        problem: why it cannot.
    """

    name: str
    platform: str
    program: str
    prefix: str
    python: str
    variables: dict = field(default_factory=dict)
    worker: dict = field(default_factory=dict)
    files: tuple = ()
    home: str = ""
    needs_path: bool = False
    lacks: tuple = ()
    steps: tuple = tuple(STEPS)
    problem: str = ""

    def __str__(self):
        return self.name


def osgeo4w(name, root):
    """What o4w_env.bat and the files in etc/ini set, and what of it a worker has to have."""
    gdal = {
        "OSGEO4W_ROOT": "{}/" + root,
        "GDAL_DATA": f"{{}}/{root}/apps/gdal/share/gdal",
        "GDAL_DRIVER_PATH": f"{{}}/{root}/apps/gdal/lib/gdalplugins",
        "PROJ_DATA": f"{{}}/{root}/share/proj",
        "PYTHONUTF8": "1",
        "PATH": f"{{}}/{root}/apps/qgis/bin:{{}}/{root}/bin:/usr/bin:/bin",
    }
    python = {
        "PYTHONHOME": f"{{}}/{root}/apps/Python312",
        "PYTHONEXECUTABLE": f"{{}}/{root}/bin/python3.exe",
        "PYTHONPATH": f"{{}}/{root}/apps/qgis/python",
    }
    return Installation(
        name,
        "win32",
        program=f"{root}/bin/qgis-bin.exe",
        prefix=f"{root}/apps/Python312",
        python=f"{root}/apps/Python312/python.exe",
        files=(f"{root}/bin/o4w_env.bat", f"{root}/bin/gdal309.dll"),
        variables={**gdal, **python},
        worker={**gdal, **dict.fromkeys(python), "PYTHONNOUSERSITE": "1"},
    )


def new_bundle(name, program):
    """QGIS.app from 3.44.4 on; its script `python` sets PYTHONHOME."""
    app = "Applications/QGIS-final-4_0_0.app/Contents"
    return Installation(
        name,
        "darwin",
        program=f"{app}/MacOS/{program}",
        prefix=f"{app}/Frameworks",
        python=f"{app}/MacOS/python{VERSION}",
        files=(f"{app}/MacOS/python", f"{app}/Frameworks/lib/python{VERSION}/os.py"),
        home=f"{app}/Frameworks",
        worker={"PYTHONHOME": "{}/" + f"{app}/Frameworks"},
    )


NIX = "nix/store/abc-python3"
CONDA = "Users/ann/miniforge3/envs/qgis"
INSTALLATIONS = [
    osgeo4w("OSGeo4W by the network installer", "OSGeo4W"),
    osgeo4w("OSGeo4W by the standalone installer", "Program Files/QGIS 3.34.4"),
    Installation(
        "QGIS.app up to 3.44.3",
        "darwin",
        program="Applications/QGIS.app/Contents/MacOS/QGIS",
        prefix="Applications/QGIS.app/Contents/MacOS",
        python="Applications/QGIS.app/Contents/MacOS/bin/python3",
        files=(f"Applications/QGIS.app/Contents/MacOS/bin/python{VERSION}",),
        variables={"PYTHONHOME": "{}/Applications/QGIS.app/Contents/MacOS"},
        worker={"PYTHONHOME": None},
    ),
    new_bundle("QGIS.app from 3.44.4 on", "QGIS"),
    new_bundle("qgis_process in that", "qgis_process.app/Contents/MacOS/qgis_process"),
    Installation(
        "Flatpak",
        "linux",
        program="app/bin/qgis",
        prefix="usr",
        python=f"usr/bin/python{VERSION}",
        variables={"FLATPAK_ID": "org.qgis.qgis", "LD_LIBRARY_PATH": "/app/lib", "PROJ_LIB": "/app/share/proj"},
        worker={"LD_LIBRARY_PATH": "/app/lib", "PROJ_LIB": "/app/share/proj"},
        lacks=("pip", "ensurepip"),
        problem="flatpak run --devel org.qgis.qgis",
    ),
    Installation(
        "Flatpak, started with --devel",
        "linux",
        program="app/bin/qgis",
        prefix="usr",
        python=f"usr/bin/python{VERSION}",
        variables={"FLATPAK_ID": "org.qgis.qgis", "LD_LIBRARY_PATH": "/app/lib"},
        worker={"LD_LIBRARY_PATH": "/app/lib"},
        lacks=("pip",),
        steps=("venv", "ensurepip", "update pip", "look up"),
    ),
    Installation(
        "conda on Linux",
        "linux",
        program=f"{CONDA}/bin/qgis",
        prefix=CONDA,
        python=f"{CONDA}/bin/python{VERSION}",
        files=(f"{CONDA}/conda-meta/history",),
        variables={"CONDA_PREFIX": "{}/" + CONDA, "PROJ_DATA": "{}/" + f"{CONDA}/share/proj"},
        worker={"CONDA_PREFIX": "{}/" + CONDA, "PROJ_DATA": "{}/" + f"{CONDA}/share/proj"},
    ),
    Installation(
        "conda on Windows",
        "win32",
        program=f"{CONDA}/Library/bin/qgis.exe",
        prefix=CONDA,
        python=f"{CONDA}/python.exe",
        files=(f"{CONDA}/conda-meta/history",),
        variables={"CONDA_PREFIX": "{}/" + CONDA, "PATH": "/usr/bin:/bin"},
        worker={
            "CONDA_PREFIX": "{}/" + CONDA,
            "PATH": ":".join(
                [f"{{}}/{CONDA}"]
                + [f"{{}}/{CONDA}/{name}" for name in ("Library/mingw-w64/bin", "Library/usr/bin", "Library/bin")]
                + [f"{{}}/{CONDA}/{name}" for name in ("Scripts", "bin")]
                + ["/usr/bin", "/bin"]
            ),
        },
    ),
    Installation(
        "NixOS",
        "linux",
        program="nix/store/def-qgis/bin/.qgis-wrapped",
        prefix=NIX,
        python=f"{NIX}/bin/python{VERSION}",
        needs_path=True,
        variables={"PYTHONPATH": "/nix/store/ghi-gdal/lib/site-packages"},
        worker={"PYTHONPATH": "/nix/store/ghi-gdal/lib/site-packages"},
    ),
    Installation(
        "Debian",
        "linux",
        program="usr/bin/qgis.bin",
        prefix="usr",
        python=f"usr/bin/python{VERSION}",
        variables={"PYTHONPATH": "/usr/share/qgis/python"},
        worker={"PYTHONPATH": None, "PYTHONNOUSERSITE": "1"},
    ),
    Installation(
        "Debian without python3-venv",
        "linux",
        program="usr/bin/qgis.bin",
        prefix="usr",
        python=f"usr/bin/python{VERSION}",
        lacks=("pip", "ensurepip"),
        problem="sudo apt install python3-venv",
    ),
]


def plant(installation, tree):
    """Make the files; the interpreters answer what this build has."""
    systems = {"win32": ("Windows", "AMD64"), "darwin": ("Darwin", "arm64"), "linux": ("Linux", "x86_64")}
    system, machine = systems[installation.platform]
    for inside in ("no", "yes"):
        for path in ("", "path"):
            has = {name: version for name, version in QGIS_HAS.items() if name not in installation.lacks}
            has = {**has, **WE_ADD} if inside == "yes" else has
            if installation.needs_path and not path:
                del has["osgeo"]
            facts = {
                "python_version": list(sys.version_info[:3]),
                "system": system,
                "machine": machine,
                "packages": has,
                "osgeo": gdal_of(tree) if "osgeo" in has else "",
                "site": str(tree / "site"),
                "prefix": str(tree / installation.prefix),
                "base_prefix": str(tree / installation.prefix),
                "home": str((tree / installation.python).parent),
            }
            (tree / f"facts-{inside}-{path}.json").write_text(json.dumps(facts))
    script = INTERPRETER.format(
        tree=tree,
        home=tree / installation.home if installation.home else "",
        scripts="Scripts" if installation.platform == "win32" else "bin",
        name="python.exe" if installation.platform == "win32" else "python",
        version=VERSION,
    )
    for name in (installation.python, *installation.files):
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script)
        path.chmod(0o755)
    (tree / "commands").touch()


def gdal_of(tree):
    """The file of QGIS's module osgeo."""
    return str(tree / "osgeo" / "__init__.py")


def filled(values, tree):
    """Values with the folder of the installation in the place of ``{}``."""
    return {name: value and value.replace("{}", str(tree)) for name, value in values.items()}


@pytest.fixture
def play(tmp_path, monkeypatch):
    """Let this process be a QGIS of an installation; gives the folder of the installation."""

    def play(installation, tree=tmp_path / "C"):
        tree.mkdir(exist_ok=True)
        plant(installation, tree)
        monkeypatch.setattr(sys, "platform", installation.platform)
        monkeypatch.setattr(sys, "executable", str(tree / installation.program))
        for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
            monkeypatch.setattr(sys, name, str(tree / installation.prefix))
        monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0, raising=False)
        for name in ("PYTHONHOME", "PYTHONPATH", "OSGEO4W_ROOT", "FLATPAK_ID", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA"):
            monkeypatch.delenv(name, raising=False)
        for name, value in filled(installation.variables, tree).items():
            monkeypatch.setenv(name, value)
        for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
            monkeypatch.setenv(name, str(tmp_path / "home"))
        return tree

    return play


def own_python():
    """QGIS's interpreter, as the plugin finds it."""
    return str(next(path for path in own_pythons() if path.is_file()))


def setup(reporter):
    """Set up the environment in its usual folder, with a trial that keeps what it was given."""
    tried = []
    made = build_environment(usual_folder(own_python()), own_python(), "processor", reporter, trial=tried.append)
    assert [one.interpreter for one in tried] == [str(made.python)]
    return made


def steps(tree):
    """What setup has had the interpreters do."""
    words = {"-m venv": "venv", "-m ensurepip": "ensurepip", "pip==": "update pip", "--dry-run": "look up"}
    lines = (tree / "commands").read_text().splitlines()
    return [step for line in lines for word, step in words.items() if word in line]


each = pytest.mark.parametrize("installation", INSTALLATIONS, ids=str)
each_that_works = pytest.mark.parametrize("installation", [one for one in INSTALLATIONS if not one.problem], ids=str)


@each
def test_its_python_is_found_and_runs(play, installation):
    tree = play(installation)
    assert own_python() == str(tree / installation.python)
    found = probe(own_python())
    assert found.python_version == sys.version_info[:3]
    assert "osgeo" in found.packages


@each_that_works
def test_setup_does_what_it_has_to(play, installation, reporter):
    tree = play(installation)
    made = setup(reporter)
    assert made.folder == default_folder()
    assert made.probe.usable
    assert steps(tree) == list(installation.steps)


@each_that_works
def test_a_worker_gets_the_variables_that_it_needs(play, installation, reporter):
    tree = play(installation)
    found = for_worker(setup(reporter).probe, gdal_of(tree))
    expected = filled(installation.worker, tree)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize("installation", [one for one in INSTALLATIONS if one.problem], ids=str)
def test_what_is_missing_is_said_with_the_way_out(play, installation, reporter):
    tree = play(installation)
    with pytest.raises(EnvironmentProblem, match=installation.problem):
        setup(reporter)
    assert steps(tree) == []
    assert not (default_folder() / STAMP).exists()


@each_that_works
def test_the_environment_goes_with_a_new_version_in_another_folder(play, installation, reporter, tmp_path):
    before = play(installation)
    first = setup(reporter)
    after = before.rename(tmp_path / "D")
    (after / "commands").unlink()
    assert play(installation, after) == after
    second = setup(reporter)
    assert second.reused
    assert second.folder == default_folder() != first.folder
    assert not first.folder.exists()
    assert steps(after) == ["venv"]
    assert str(before) not in (second.folder / "pyvenv.cfg").read_text()


@each_that_works
def test_two_versions_have_an_environment_each(play, installation, reporter, tmp_path):
    play(installation)
    first = setup(reporter)
    other = play(installation, tmp_path / "D")
    second = setup(reporter)
    assert first.folder != second.folder
    assert steps(other) == list(installation.steps)
    assert (first.folder / STAMP).exists()
    play(installation)
    assert setup(reporter).reused


def test_what_version_0_1_made_is_used_where_it_is(play, reporter):
    installation = next(one for one in INSTALLATIONS if one.name == "Debian")
    tree = play(installation)
    made = setup(reporter)
    former = made.folder.rename(made.folder.with_name(f"python{VERSION}"))
    assert usual_folder(own_python()) == former
    assert setup(reporter).reused
    assert steps(tree) == STEPS


def test_folders_that_no_qgis_uses_are_told(play, reporter, tmp_path):
    play(INSTALLATIONS[0])
    gone = setup(reporter).folder
    (gone / "pyvenv.cfg").write_text("home = /gone/bin\nversion = 3.1.4\n")
    (gone / "wheels").write_bytes(bytes(200_000_000))
    play(INSTALLATIONS[0], tmp_path / "D")
    setup(reporter)
    assert [text for text in reporter.messages if "any more" in text] == [
        f"No QGIS uses the environment in {gone} any more (0.2 GB): you may delete it."
    ]
    assert (gone / LOG).exists()


def test_another_qgis_gets_none_of_our_dlls(play, reporter, tmp_path, monkeypatch):
    play(INSTALLATIONS[1], tmp_path / "D")
    other = setup(reporter).probe
    tree = play(INSTALLATIONS[0])
    found = for_worker(other, gdal_of(tree))
    assert not {"OSGEO4W_ROOT", "GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_DATA"} & set(found)
    assert found["PATH"] == f"{tmp_path}/D/Program Files/QGIS 3.34.4/bin:/usr/bin:/bin"


def test_the_users_own_packages_are_for_interpreters_that_are_no_environment(play, reporter):
    installation = next(one for one in INSTALLATIONS if one.name == "Debian")
    tree = play(installation)
    assert "PYTHONNOUSERSITE" not in for_worker(probe(own_python()), gdal_of(tree))
    assert for_worker(setup(reporter).probe, gdal_of(tree))["PYTHONNOUSERSITE"] == "1"


def test_pip_gets_what_the_interpreter_needs(play, tmp_path):
    installation = next(one for one in INSTALLATIONS if one.home)
    tree = play(installation)
    needs = probe(own_python()).needs
    assert needs == {"PYTHONHOME": str(tree / installation.home)}
    assert needs.items() <= for_pip(tmp_path, "", needs).items()
