"""The parts that environments are made with."""

import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.environment import folder, lock, probe, variables
from geodl_plugin.environment.command import Commands, Failed
from geodl_plugin.environment.explain import explain
from geodl_plugin.environment.progress import Installation, package_of
from geodl_plugin.errors import Cancelled, EnvironmentProblem, InputError
from geodl_plugin.runtime.reporter import ConsoleReporter


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="other files"):
        folder.check_folder(tmp_path)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "env").touch()
    with pytest.raises(InputError, match="needs a folder"):
        folder.check_folder(tmp_path / "env")


def test_an_installed_plugins_folder_is_refused(monkeypatch, tmp_path):
    plugin = tmp_path / "plugins" / "geodl"
    monkeypatch.setattr(folder, "_PLUGIN", plugin)
    with pytest.raises(InputError, match="an update of GeoDL would delete it"):
        folder.check_folder(plugin / "env")


def test_a_checkout_may_hold_its_environment(monkeypatch, tmp_path):
    monkeypatch.setattr(folder, "_PLUGIN", tmp_path)
    folder.check_folder(tmp_path / "build" / "env")
    assert not (tmp_path / "build").exists()


def test_pip_keeps_its_configuration_and_nothing_that_disturbs(monkeypatch, tmp_path):
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, "disturbs")
    monkeypatch.setenv("PIP_USER", "1")
    kept = {"PIP_INDEX_URL": "https://index.invalid", "PIP_CERT": "own.pem", "HTTPS_PROXY": "http://env.invalid"}
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    found = variables.for_pip(tmp_path, "", {})
    assert "disturbs" not in found.values()
    assert found["PIP_USER"] == "0"
    assert kept.items() <= found.items()


def test_the_proxy_is_passed_in_variables(tmp_path):
    found = variables.for_pip(tmp_path, "http://ann:secret@proxy.invalid:3128", {})
    assert found["https_proxy"] == found["http_proxy"] == "http://ann:secret@proxy.invalid:3128"


def script(path, text):
    """An executable file."""
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.mark.skipif(os.name != "posix", reason="shell scripts")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("#!/bin/sh\necho broken >&2; exit 3\n", r"does not run \(status 3: broken\)"),
        ("#!/bin/sh\necho not JSON\n", "does not run"),
        ("no program at all", "cannot be started"),
    ],
)
def test_what_is_no_interpreter_is_said(tmp_path, text, problem):
    found = probe(script(tmp_path / "python", text))
    assert not found.usable
    assert re.search(problem, found.problem)


def test_a_missing_interpreter_is_said(tmp_path):
    assert probe(tmp_path / "python").problem == "it does not exist"


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    code = "import sys; from geodl_plugin.environment.lock import exclusive; from pathlib import Path\n"
    code += f"with exclusive(Path({str(tmp_path / 'lock')!r})): print('held', flush=True); sys.stdin.read()"
    root = Path(lock.__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        with pytest.raises(EnvironmentProblem), lock.exclusive(tmp_path / "lock"):
            pass
        holder.kill()
        holder.wait()
        with lock.exclusive(tmp_path / "lock"):
            pass


class Cancelling(ConsoleReporter):
    """Cancels once something was heard."""

    def __init__(self, heard):
        super().__init__()
        self._heard = heard

    def is_cancelled(self):
        return bool(self._heard)


@pytest.mark.skipif(os.name != "posix", reason="descriptors are inherited otherwise")
def test_cancelling_ends_the_program_and_its_children(tmp_path):
    reading, writing = os.pipe()
    heard = []
    commands = Commands(tmp_path / "log", dict(os.environ), Cancelling(heard), inherited=(writing,), secrets=())
    child = "import time; print('up', flush=True); time.sleep(600)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], close_fds=False)"
    with pytest.raises(Cancelled):
        commands.run([sys.executable, "-c", parent], on_line=lambda line: heard.append(line) or True)
    os.close(writing)
    assert select.select([reading], [], [], 5)[0], "someone still holds the pipe"
    assert os.read(reading, 1) == b""
    os.close(reading)


def test_secrets_do_not_get_into_the_log_or_the_message(tmp_path):
    commands = Commands(tmp_path / "log", dict(os.environ), ConsoleReporter(), inherited=(), secrets=["p%40ss"])
    with pytest.raises(Failed) as failure:
        commands.run([sys.executable, "-c", "print('http://ann:p%40ss@proxy.invalid'); raise SystemExit(1)"])
    assert failure.value.lines == ["http://ann:****@proxy.invalid"]
    assert "p%40ss" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "cannot be reached"),
        ("ProxyError('Cannot connect to proxy.', OSError('407 Proxy Authentication'))", "proxy does not let"),
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "certificate.*PIP_CERT"),
        ("ERROR: No matching distribution found for keras==3", "does not offer.*Expected: keras==3"),
        ("ImportError: DLL load failed while importing _pywrap", "Visual C"),
        ("something new", r"status 1\).*last lines:\nbefore\nsomething new"),
    ],
)
def test_failures_are_explained(text, message):
    problem = explain(Failed(1, ["before", text]), Path("setup.log"), ["keras==3"], "")
    assert re.search(message, str(problem), re.DOTALL)
    assert "setup.log" in str(problem)


def test_a_processor_without_the_instructions_is_said():
    assert "processor" in str(explain(Failed(-4, []), Path("setup.log"), [], ""))


def test_progress_follows_what_pip_says(tmp_path, reporter):
    follower = Installation(["tensorflow_cpu", "Jinja2"], tmp_path, reporter)
    lines = [
        "Collecting tensorflow-cpu==2.21.0",
        "  Downloading tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl.metadata (4.5 kB)",
        "Progress 0 of 4500",
        "Downloading tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl (270.0 MB)",
        "Progress 135000000 of 270000000",
        "Using cached https://mirror.invalid/a%2Bb/jinja2-3.1.6-py3-none-any.whl (134 kB)",
        "Installing collected packages: jinja2, tensorflow-cpu",
    ]
    logged = []
    for line in lines:
        logged.append(follower.read(line))
        follower.look()
    info = tmp_path / "Jinja2-3.1.6.dist-info"
    info.mkdir()
    follower.look()  # begun, but not yet all there
    (info / "INSTALLER").touch()
    follower.look()
    heavy, light = 270 / 273, 3 / 273
    expected = [0, 0, 0, 0, 0.75 * heavy / 2, 0.75 * heavy, 0.75, 0.75, 0.75 + 0.25 * light]
    assert reporter.fractions == pytest.approx(expected)
    assert logged == [True, True, False, True, False, True, True]


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("Jinja2-3.1.6-py3-none-any.whl", "jinja2"),
        ("nvidia_cudnn_cu12-9.1-py3-none-manylinux.whl", "nvidia-cudnn-cu12"),
        ("C:\\wheels\\absl_py-2.0-py3-none-any.whl", "absl-py"),
        ("ruamel.yaml-0.18.dist-info", "ruamel-yaml"),
    ],
)
def test_package_names_are_read_from_files(name, package):
    assert package_of(name) == package
