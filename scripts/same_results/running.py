"""Run the jobs of one revision through its command line."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from .inputs import make_inputs
from .job_list import RESULTS, NamedJob

ROOT = Path(__file__).resolve().parents[2]
PRINTED_NAME, LOG_NAME, STATUS_NAME = "printed.json", "log.txt", "status.json"


def checkout(revision: str, folder: Path) -> Path:
    """The root of a revision: a folder that is one already, or what git has, written into ``folder``.

    Raises:
        subprocess.CalledProcessError: git does not know the revision.
    """
    if (Path(revision) / "geodl_plugin").is_dir():
        return Path(revision).resolve()
    command = ["git", "-C", str(ROOT), "archive", "--format=zip", revision]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder)
    return folder


def run_jobs(code: Path, jobs: Sequence[NamedJob], work: Path, at_once: int, given: Path | None = None) -> None:
    """Run jobs, each as soon as those are done whose results it reads.

    Args:
        code: root of a revision.
        jobs: in an order in which each follows those that it needs.
        work: folder to make; each job's results are in ``results/NAME`` with what it printed and said.
        at_once: number of processes.
        given: a folder like ``work``: its inputs are copied, and the results that jobs need and none of them makes;
            None: the inputs are made.
    """
    work.mkdir(parents=True)
    if given:
        shutil.copytree(given / "inputs", work / "inputs")
        for name in {name for job in jobs for name in job.needs()} - {job.name for job in jobs}:
            shutil.copytree(given / RESULTS / name, work / RESULTS / name)
    else:
        make_inputs(work / "inputs")
    shutil.copy(code / "resources" / "examples" / "my_network.py", work / "inputs" / "my_network.py")
    running: dict[str, Future[None]] = {}
    with ThreadPoolExecutor(at_once) as threads:

        def run(job: NamedJob) -> None:
            for name in sorted(job.needs() & set(running)):
                running[name].result()
            run_job(code, job.name, json.dumps(job.content(), indent=2), work)

        for job in jobs:
            running[job.name] = threads.submit(run, job)
    for future in running.values():
        future.result()


def run_job(code: Path, name: str, content: str, work: Path) -> None:
    """Run the job of a file's content in the folder ``work`` and keep what it printed in ``results/NAME``."""
    folder = work / RESULTS / name
    folder.mkdir(parents=True)
    job = work / f"{name}.json"  # there relative paths mean the same to each revision
    job.write_text(content, encoding="utf-8")
    command = [sys.executable, str(code / "geodl_plugin"), "run", job.name]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    (folder / PRINTED_NAME).write_text(done.stdout, encoding="utf-8")
    (folder / LOG_NAME).write_text(done.stderr, encoding="utf-8")
    (folder / STATUS_NAME).write_text(json.dumps({"exit status": done.returncode}), encoding="utf-8")
    if done.returncode:
        print(f"{name} failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
