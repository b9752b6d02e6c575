"""Runs of the real qgis_process, and the worker processes that they start."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds, for a busy machine


class Qgis:
    """qgis_process with this checkout as its plugin."""

    def __init__(self, profile, **variables):
        self.environment = {
            **os.environ,
            "QGIS_CUSTOM_CONFIG_PATH": str(profile),
            "GEODL_PYTHON": os.environ.get("GEODL_PYTHON", sys.executable),
            **variables,
        }
        self.program = str(ROOT / "scripts" / "qgis_process.sh")

    def __call__(self, *arguments):
        """Run it to its end."""
        return subprocess.run(
            [self.program, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def run(self, algorithm, *options, **parameters):
        """Run an algorithm that must succeed, with options of qgis_process; gives its results."""
        done = self("--json", "run", algorithm, *options, "--", *_words(parameters))
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)["results"]

    def fail(self, algorithm, **parameters):
        """Run an algorithm that must fail; gives what it said."""
        done = self("run", algorithm, "--", *_words(parameters))
        assert done.returncode == 1, done.stdout
        return done.stderr + done.stdout

    def start(self, algorithm, **parameters):
        """Start an algorithm and go on; it leads a process group of its own."""
        return subprocess.Popen(
            [self.program, "run", algorithm, "--", *_words(parameters)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )


def _words(parameters):
    return [
        f"{name}={one}" for name, value in parameters.items() for one in (value if isinstance(value, list) else [value])
    ]


def workers(parent=None):
    """Process ids of the workers of this checkout, or only of those that a process started."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_text().split("\0")
            status = (folder / "status").read_text()
        except OSError:
            continue
        parents = [line.split()[1] for line in status.splitlines() if line.startswith("PPid:")]
        is_ours = any(word.endswith("geodl/geodl_plugin") for word in command) or str(ROOT / "geodl_plugin") in command
        if is_ours and (parent is None or parents == [str(parent)]):
            found.append(int(folder.name))
    return found


def wait_for(condition, what):
    """Wait until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)
