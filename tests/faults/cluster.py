"""``python -m tests.faults.cluster``: kill schedulers, workers and clients while they make maps; compare the maps."""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

from geodl_plugin.systems.processor import limited_to

from .scenarios import PYTHON, STEPS, World, copy

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 3
LIMIT = 300.0  # seconds that a map may take after the last kill, on a busy machine: longer is a hang
# What is killed, as often as it stands here.
VICTIMS = ("worker", "worker", "nanny", "process", "process", "client", "client", "scheduler", "hanging process")
PATIENCE = 0.5  # minutes in which a sheet must get further
_MARK = "GEODL_FAULT_CASE"


class Cluster:
    """A scheduler and workers, each a process of its own, as on a cluster.

    Args:
        folder: where they write, and where the map is made.
    """

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "scheduler.json"
        self.nannies, self._scheduler, self._log = [], None, (folder / "cluster.log").open("ab")
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp"), _MARK: str(folder)}
        (folder / "tmp").mkdir()

    def start(self):
        """Start the scheduler, if there is none, and workers that are missing."""
        if self._scheduler is None or self._scheduler.poll() is not None:
            self.file.unlink(missing_ok=True)
            options = ["--port", "0", "--no-dashboard", "--host", "127.0.0.1", "--scheduler-file", str(self.file)]
            self._scheduler = self.run("-m", "distributed.cli.dask_scheduler", *options)
            until = time.monotonic() + LIMIT
            while not self.file.exists() and time.monotonic() < until:
                time.sleep(0.1)
        self.nannies = [one for one in self.nannies if one.poll() is None]
        while len(self.nannies) < WORKERS:
            options = ["--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--death-timeout", "20"]
            self.nannies.append(
                self.run("-m", "distributed.cli.dask_worker", "--scheduler-file", str(self.file), *options)
            )

    def run(self, *arguments):
        """Start Python with arguments."""
        return subprocess.Popen(
            [PYTHON, "-W", "ignore", *arguments],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
        )

    def client(self):
        """Start to make the map, or go on."""
        options = ["--scheduler", str(self.file), "--sheet", "32", "--keep-sheets", "--patience", str(PATIENCE)]
        return self.run(str(ROOT / "geodl_plugin"), "run", "job.json", *options)

    def victims(self, kind):
        """The processes of a kind."""
        if kind == "scheduler":
            return [psutil.Process(self._scheduler.pid)] if self._scheduler.poll() is None else []
        nannies = [psutil.Process(one.pid) for one in self.nannies if one.poll() is None]
        workers = [child for one in nannies for child in _children(one) if "resource_tracker" not in _command(child)]
        if kind == "nanny":
            return nannies
        return workers if kind == "worker" else [child for one in workers for child in _children(one)]

    def processes(self):
        """Ids of all processes that were started here, directly or not, and live."""
        mark, found = f"{_MARK}={self.folder}".encode(), []
        for path in Path("/proc").iterdir():
            if path.name.isdigit():
                with contextlib.suppress(OSError):
                    if mark in (path / "environ").read_bytes().split(b"\0"):
                        found.append(int(path.name))
        return found

    def end(self):
        """End all; gives the processes that did not end when their workers did."""
        for one in (*self.nannies, self._scheduler):
            if one and one.poll() is None:
                one.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    one.wait(30)
        until = time.monotonic() + 20
        while self.processes() and time.monotonic() < until:
            time.sleep(0.2)
        left = {}
        for number in self.processes():
            with contextlib.suppress(OSError, psutil.NoSuchProcess):
                left[number] = psutil.Process(number).status()
                os.kill(number, signal.SIGKILL)
        self._log.close()
        return left


def make_map(world, number, chance, kills, told, kinds):
    """Make one map while so many processes are killed; gives the faults."""
    folder = world.folder / f"cluster {number}"
    step = STEPS["apply"]
    for one in step.inputs:
        copy(world.inputs / one, folder / "in" / one)
    (folder / "job.json").write_text(json.dumps({"job": step.job, "parameters": step.parameters}))
    cluster, faults, seen = Cluster(folder), [], {}
    try:
        cluster.start()
        client = cluster.client()
        begun = set()
        for _ in range(kills):
            client = _disturb(cluster, client, chance, told, kinds, begun)
            _look_at_sheets(folder, seen, told)
        until = time.monotonic() + LIMIT
        while client.poll() != 0:
            if time.monotonic() > until:
                return [*faults, "hang: the map was not made"]
            cluster.start()  # as whoever runs a cluster does: workers end without a scheduler
            if client.poll():  # its scheduler was killed, or it was
                told["client started again"] += 1
                client = cluster.client()
            _look_at_sheets(folder, seen, told)
            time.sleep(0.2)
        for name in ("map.tif", "map.tif.aux.xml"):
            expected = world.results / step.result / name
            if expected.exists() and (folder / "out" / name).read_bytes() != expected.read_bytes():
                faults.append(f"loss: {name} is another")
        if len(list((folder / "out" / "map_sheets").glob("sheet_*.json"))) != len(
            list((folder / "out" / "map_sheets").glob("sheet_*.tif"))
        ):
            faults.append("loss: sheets without record")
        ends = Counter(cluster.end().values())
        left = [path.name for path in (folder / "out").rglob(".*")]
        faults += [f"left over: {left}"] * bool(left) + [f"processes left over: {dict(ends)}"] * bool(ends)
    finally:
        cluster.end()
        if faults:
            sys.stdout.write((folder / "cluster.log").read_text(errors="replace")[-3000:])
        shutil.rmtree(folder, ignore_errors=True)
    return faults


def _disturb(cluster, client, chance, told, kinds, begun):
    """Kill or stop one process at some moment; gives the client, which may be another one then."""
    if client.poll():  # its scheduler was killed
        told["client started again"] += 1
        client = cluster.client()
    kind = chance.choice(kinds)
    when = "while it maps" if chance.random() < 0.85 else "at any time"  # else also while it plans, and workers start
    if when == "while it maps":
        _wait_for_a_sheet(cluster, client, begun)
    time.sleep(chance.uniform(0, 1) if when == "while it maps" else chance.uniform(0.5, 5))
    if client.poll() == 0:
        return client  # too late: the map is made
    if kind == "client":
        if client.poll() is None:
            client.kill()
            client.wait()
            told.update([kind, when])
        return cluster.client()
    victims = cluster.victims(kind)
    if victims:
        with contextlib.suppress(psutil.NoSuchProcess):
            chance.choice(victims).send_signal(signal.SIGSTOP if kind == "hanging process" else signal.SIGKILL)
            told.update([kind, when])
        time.sleep(0.2)
        cluster.start()
    return client


def _wait_for_a_sheet(cluster, client, begun):
    """Wait until the pixels of a sheet are being computed that no disturbance has met, or the client ends.

    Args:
        cluster: where it is mapped.
        client: asks for the map.
        begun: unfinished files of sheets that were seen; the new ones are added.
    """
    until, before = time.monotonic() + LIMIT, set()
    while client.poll() is None and time.monotonic() < until:
        cluster.start()  # workers end by and by when their scheduler was killed
        now = {path.name for path in (cluster.folder / "out" / "map_sheets").glob(".*/.*.part-*")}
        if found := (now & before) - begun:  # one that is seen once may only try whether files can be made there
            begun |= found
            return
        before = now
        time.sleep(0.02)


def _look_at_sheets(folder, seen, told):
    """Notice sheets that were finished and are made again."""
    for record in (folder / "out" / "map_sheets").glob("sheet_*.json"):
        with contextlib.suppress(OSError):
            state = record.stat().st_mtime_ns
            if seen.setdefault(record.name, state) != state:
                seen[record.name] = state
                told["finished sheets that were mapped again"] += 1


def _children(process):
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.children()
    return []


def _command(process):
    with contextlib.suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def main():
    """Make maps until enough processes were killed; the exit status is 0 if all maps were right."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.cluster", description=__doc__)
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--kinds", nargs="*", choices=sorted({*VICTIMS}), default=VICTIMS, help="what is killed")
    given = parser.parse_args()
    told, folder, maps, failed = Counter(), Path(tempfile.mkdtemp(prefix="faults_")), 0, 0
    kinds = {*VICTIMS}
    started = time.monotonic()
    try:
        os.environ.update(limited_to(1))  # the map of one process with as many threads as a worker
        world = World(folder)
        world.make(["apply"])
        world.undisturbed("apply")
        while sum(told[kind] for kind in kinds) < given.kills:
            chance = random.Random(f"{given.seed} {maps}")
            before, maps = Counter(told), maps + 1
            faults = make_map(world, maps, chance, chance.randint(4, 8), told, given.kinds)
            failed += bool(faults)
            print(f"map {maps}: {dict(told - before)} {faults or ''}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    kills = sum(told[kind] for kind in kinds)
    print(
        f"{kills} kills, {maps} maps, {failed} of them wrong, {(time.monotonic() - started) / 60:.0f} min: {dict(told)}"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
