"""The plugin as users have it: from the zip file, put into an empty profile by QGIS's own installer."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from real_qgis import PATIENCE, ROOT

pytestmark = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no repository")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The zip file that `make package` makes."""
    folder = tmp_path_factory.mktemp("package")
    subprocess.run(["make", "-C", str(ROOT), "package", f"BUILD={folder}"], check=True, capture_output=True)
    return folder / "geodl.zip"


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Variables of an empty profile in which nothing names this checkout."""
    variables = {name: value for name, value in os.environ.items() if name not in ("QGIS_PLUGINPATH", "PYTHONPATH")}
    profile = tmp_path_factory.mktemp("Neues Profil, ü")
    return {**variables, "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(profile)}


@pytest.fixture(scope="module")
def installed(package, environment):
    """What came of the installation."""
    script = Path(__file__).with_name("install_plugin.py")
    done = subprocess.run(
        [sys.executable, str(script), str(package)],
        env=environment,
        cwd=package.parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_the_installer_takes_the_package_and_starts_the_plugin(installed, environment):
    assert installed["messages"] == ["<b>Plugin installed successfully</b>"]
    assert "geodl" in installed["active"]
    assert Path(installed["folder"]).is_relative_to(environment["QGIS_CUSTOM_CONFIG_PATH"])


def test_what_is_installed_has_all_algorithms_and_models(installed, qgis):
    of_the_checkout = set(re.findall(r"\bgeodl:\w+", qgis("list").stdout))
    assert set(installed["algorithms"]) == of_the_checkout
    assert {"geodl:samplevector", "geodl:applymodel", "geodl:map_land_cover_from_polygons"} <= of_the_checkout


def test_what_is_installed_runs(installed, environment, session_scene):
    binary = next(filter(shutil.which, (os.environ.get("QGIS_PROCESS", ""), "qgis_process.bin", "qgis_process")))

    def qgis_process(*arguments):
        done = subprocess.run(
            [binary, *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    qgis_process("plugins", "enable", "geodl")
    inputs = [f"SOURCE={session_scene['image']}", f"INPUT={session_scene['polygons']}"]
    found = json.loads(qgis_process("--json", "run", "geodl:classstatistics", "--", *inputs))
    assert found["results"]["CLASSES"] == 3
