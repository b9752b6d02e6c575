"""Starts steps of the work as a user does, each in a folder of its own, and finds what they leave behind."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .scenarios import PYTHON, copy

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120.0  # seconds, many times what a step takes on a busy machine: longer is a hang
_MARK = "GEODL_FAULT_CASE"  # in the environment of every process that a case starts, directly or not


class Case:
    """The folder of one case: ``in`` with copies of the inputs, ``out`` and ``tmp``, and the processes in it.

    Args:
        world: the `World` that inputs are copied from.
        step: what is run.
        name: of the folder.
        old: put an output there that an earlier run made.
    """

    def __init__(self, world, step, name, *, old=False):
        self.world, self.step = world, step
        self.folder = world.folder / "cases" / name
        self.runs = []
        self.out, self.tmp = self.folder / "out", self.folder / "tmp"
        self.old = old
        for folder in (self.out, self.tmp):
            folder.mkdir(parents=True)
        for one in step.inputs:
            for path in (world.inputs / one, *world.inputs.glob(f"{one}.*")):
                copy(path, self.folder / "in" / path.name)
        (self.folder / "job.json").write_text(step.job_file())
        if old:
            self.put_old()
        self.before = self.files()

    def put_old(self):
        """An output of an earlier run, which differs from what a new run makes."""
        for path in (self.world.results / self.step.result).iterdir():
            copy(path, self.out / path.name)
        made = self.out / self.step.output
        if made.is_dir():
            (made / "old.txt").write_text("of an earlier run")
        else:
            with made.open("ab") as file:
                file.write(b"of an earlier run")

    def start(self, way="job file", **variables):
        """Start the step, as a job file or through qgis_process."""
        self.runs.append(Run(self, way, len(self.runs), variables))
        return self.runs[-1]

    def files(self):
        """The bytes of all files in the folder of outputs, by name; links are not followed."""
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }

    def entries(self):
        """Names in the folder of outputs that were not there at first."""
        old = {name.split("/")[0] for name in self.before}
        return sorted({path.name for path in self.out.iterdir()} - old)

    def processes(self):
        """Ids and commands of the processes of this case that live."""
        mark = f"{_MARK}={self.folder}".encode()
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    if mark in (folder / "environ").read_bytes().split(b"\0"):
                        found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def worker(self):
        """The id of the worker that QGIS started; 0: there is none yet."""
        workers = [number for number, command in self.processes().items() if command.rstrip().endswith("geodl_plugin")]
        return workers[0] if workers else 0

    def remove(self):
        """End what still runs, and delete the folder."""
        for number in self.processes():
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)
        for run in self.runs:
            run.close()
        shutil.rmtree(self.folder)


class Run:
    """One process that runs the step of a case.

    Args:
        case: in whose folder.
        way: ``job file`` or ``qgis``.
        number: of the run within the case.
        variables: of the environment, beside the usual ones.
    """

    def __init__(self, case, way, number, variables):
        self.case, self.way = case, way
        self.status = None
        self.seconds = 0.0
        self._files = [(case.folder / f"{number}.{name}").open("w+b") for name in ("stdout", "stderr")]
        given = {
            name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "TF_CPP_MIN_LOG_LEVEL")
        }
        environment = {**given, "LC_ALL": "C.UTF-8", "TMPDIR": str(case.tmp), _MARK: str(case.folder)}
        if way == "job file":
            command = [PYTHON, "-m", "geodl_plugin", "run", "job.json"]
            paths = [variables.pop("PYTHONPATH", ""), str(ROOT)]
            environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        else:
            runtime = case.folder / "runtime"
            runtime.mkdir(mode=0o700, exist_ok=True)
            environment["XDG_RUNTIME_DIR"] = str(runtime)
            environment["QGIS_CUSTOM_CONFIG_PATH"] = str(case.world.folder / "profile")
            environment["GEODL_PYTHON"] = PYTHON
            words = case.step.words(case.folder)
            command = [str(ROOT / "scripts" / "qgis_process.sh"), "run", f"geodl:{case.step.job}", "--", *words]
        self._started = time.monotonic()
        self.process = subprocess.Popen(
            command,
            cwd=case.folder,
            env={**environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=self._files[0],
            stderr=self._files[1],
            start_new_session=True,
        )

    def age(self):
        """Seconds since it was started."""
        return time.monotonic() - self._started

    def is_running(self):
        """Whether it has not ended."""
        return self.process.poll() is None

    def pause(self, seconds):
        """Wait so long, or until it ends."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)

    def wait_until(self, condition):
        """Wait until a condition holds or it ends, or it takes too long; tells whether the condition holds."""
        while self.is_running() and self.age() < LIMIT:
            if condition():
                return True
            self.pause(0.005)
        return False

    def has_begun(self):
        """Whether our program runs; until then a signal meets Python or QGIS at their start, and nothing of ours."""
        if self.way == "qgis":
            return any(self.case.tmp.glob("geodl_*"))
        about = Path(f"/proc/{self.process.pid}/status").read_text()
        caught = next(line.split()[1] for line in about.splitlines() if line.startswith("SigCgt"))
        return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1)

    def progress(self):
        """The percentage that a run of a job file told last; -1: none yet."""
        told = re.findall(rb"^ *(\d+) % ", Path(self._files[1].name).read_bytes(), flags=re.MULTILINE)
        return int(told[-1]) if told else -1

    def kill(self, number):
        """Send a signal to the process that was started itself; nothing if it has ended."""
        if self.is_running():
            self.process.send_signal(number)

    def finish(self):
        """Wait for its end and give its exit status; None: it hangs, and was ended."""
        try:
            self.status = self.process.wait(max(1.0, LIMIT - self.age()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.status = None
        self.seconds = self.age()
        return self.status

    def said(self):
        """All that it wrote on both streams."""
        texts = []
        for file in self._files:
            file.flush()
            texts.append(Path(file.name).read_text(encoding="utf-8", errors="replace"))
        return "\n".join(reversed(texts))

    def results(self):
        """What it printed as results."""
        return json.loads(Path(self._files[0].name).read_text(encoding="utf-8"))

    def close(self):
        """Wait for its end, and close its files."""
        self.process.wait()
        for file in self._files:
            file.close()
