"""What NVIDIA's driver tells of its GPUs."""

import os
import subprocess

import pytest

from geodl_plugin.systems import nvidia


@pytest.fixture
def driver(tmp_path, monkeypatch):
    """A driver's program that runs these lines of the shell."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    def install(lines):
        program = tmp_path / "nvidia-smi"
        program.write_text(f"#!/bin/sh\n{lines}\n")
        program.chmod(0o755)

    return install


@pytest.mark.skipif(os.name != "posix", reason="shell scripts")
def test_each_gpu_is_a_line(driver):
    driver('echo "$1"; echo "A GPU, 8 GB"; echo')
    assert nvidia.ask("name", "memory.total") == ["--query-gpu=name,memory.total", "A GPU, 8 GB"]


@pytest.mark.skipif(os.name != "posix", reason="shell scripts")
def test_a_driver_that_fails_is_told(driver):
    driver("exit 9")
    with pytest.raises(subprocess.CalledProcessError):
        nvidia.ask("name")


def test_without_a_driver_there_is_none(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert nvidia.ask("name") == []
