"""How pip in a chroot is configured as it is here."""

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "pip_as_here.py"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for chroots")


def test_certificates_and_folders_of_packages_go_along(tmp_path):
    certificate, wheels, index = tmp_path / "own.crt", tmp_path / "wheels", tmp_path / "a mirror" / "simple"
    certificate.write_text("certificate")
    wheels.mkdir()
    index.mkdir(parents=True)
    settings = {
        "cert": str(certificate),
        "index-url": "https://example.org/simple",
        "extra-index-url": index.as_uri(),
        "find-links": str(wheels),
    }
    configuration = tmp_path / "pip.conf"
    configuration.write_text("[global]\n" + "\n".join(f"{name} = {value}" for name, value in settings.items()))
    root = tmp_path / "chroot"
    (root / "etc").mkdir(parents=True)
    answer = subprocess.run(
        [sys.executable, SCRIPT, root],
        env={**os.environ, "PIP_CONFIG_FILE": str(configuration)},
        capture_output=True,
        text=True,
        check=True,
    )
    there = configparser.RawConfigParser()
    there.read(root / "etc" / "pip.conf")
    assert settings.items() <= dict(there["global"]).items()
    assert (root / certificate.relative_to("/")).read_text() == "certificate"
    assert {str(wheels), str(index.parent)} <= {*answer.stdout.splitlines()}
