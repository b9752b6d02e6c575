"""Maps by two workers against one, and what a sheet costs; Linux.

    build/environment/bin/python -W ignore benchmarks/cluster.py [--network fcnn] [--side 6000] [--repeats 3]

Workers are of one thread each.  The time is that from the first sheet to the last, without planning and joining; each
worker has mapped one sheet before, so that its process is there.  One worker and two take turns, and the ratio is that
of the medians.  CPU time and bytes are those of the processes that map, divided by the number of sheets; bytes are what
they read and write from disks or their cache (``/proc/<pid>/io``).  In the end one process maps a small sheet, which
starts it, a small one again, and a large one, which tells the parts of what a sheet costs.

On a quiet machine; a machine that has other work to do gives a ratio that says nothing.  Whether all runs at all:
``--side 300 --sheets 128 256 --repeats 1``.

The raster: the demo's scene, repeated, 4 bands UInt16, tiled and compressed; output: classes.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import psutil

from geodl_plugin.cluster.map_on_cluster import map_on_cluster
from geodl_plugin.cluster.request import ClusterRequest
from geodl_plugin.jobs.map_sheet import MapSheet
from geodl_plugin.runtime.devices import hardware
from geodl_plugin.runtime.reporter import SilentReporter
from geodl_plugin.systems.processor import limited_to
from geodl_plugin.worker import client
from geodl_plugin.worker.keeper import Keeper


class Times(SilentReporter):
    """Notes when sheets begin to be mapped, and when the last one is."""

    def __init__(self):
        super().__init__()
        self.first = self.joining = 0.0

    def show(self, fraction, message, remaining):
        if message.startswith("Mapping") and not self.first:
            self.first = time.perf_counter()
        if message.startswith("Joining") and not self.joining:
            self.joining = time.perf_counter()


def mapped(folder, network, workers, sheet):
    """Seconds to map all sheets, and to join them; and what all sheets cost, as `costs` gives it."""
    from distributed import LocalCluster

    options = {"n_workers": workers, "threads_per_worker": 1, "processes": True}
    with LocalCluster(**options, memory_limit=0, dashboard_address="127.0.0.1:0") as cluster:
        request = ClusterRequest(
            str(folder / network), [str(folder / "image.tif")], str(folder / "map.tif"), sheet=sheet,
            scheduler=cluster.scheduler_address, extent=[500000.0, 500000.0 + 640 * workers, 3999360.0, 4000000.0],
        )  # fmt: skip
        request.sheet = 64
        map_on_cluster(request, SilentReporter())  # every worker starts its process
        request.extent, request.sheet = [], sheet
        times, before = Times(), costs()
        map_on_cluster(request, times)
        spent = [after - earlier for earlier, after in zip(before, costs())]
        return times.joining - times.first, time.perf_counter() - times.joining, spent


def costs():
    """CPU seconds, megabytes read and megabytes written by the processes that map, since they were started."""
    found = [0.0, 0.0, 0.0]
    for process in psutil.Process().children(recursive=True):
        if str(ROOT / "geodl_plugin") in process.cmdline():
            times, io = process.cpu_times(), process.io_counters()
            now = (times.user + times.system, io.read_chars / 1e6, io.write_chars / 1e6)
            found = [before + more for before, more in zip(found, now)]
    return found


def sheet_costs(folder, network, large):
    """CPU and wall seconds, megabytes read and written: of the first sheet of a process, and of further ones."""
    keeper, found = Keeper(60), {}  # it is kept, and waits for another sheet
    image, output, before = str(folder / "image.tif"), str(folder / "one.tif"), costs()
    for name, side in (("first, 64²", 64), ("next, 64²", 64), (f"next, {large}²", large)):
        job = MapSheet(str(folder / network), [image], output, window=[0, 0, side, side])
        started = time.perf_counter()
        client.run(job, sys.executable, {**os.environ, **limited_to(1)}, SilentReporter(), keeper)
        seconds = time.perf_counter() - started
        now = costs()
        cpu, read, written = (after - earlier for earlier, after in zip(before, now))
        found[name], before = (cpu, seconds, read, written), now
    keeper.end()
    return found


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", default="fcnn")
    parser.add_argument("--side", type=int, default=6000)
    parser.add_argument("--sheets", type=int, nargs=2, default=[1024, 3072], help="two sides of sheets")
    parser.add_argument("--repeats", type=int, default=3, help="times that one worker and two take turns")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(  # in a process of its own, so that this one starts without threads
            [sys.executable, "-W", "ignore", "-c", _MAKE, str(ROOT), name, given.network, str(given.side)], check=True
        )
        megapixels = given.side**2 / 1e6
        small, large = given.sheets
        print(f"{hardware()}; load {os.getloadavg()[0]:.1f}; {given.network}, {given.side}²\n")
        print("| workers | sheet | sheets | mapping s | MPix/s | joining s | CPU s, read MB, written MB of a sheet |")
        print("|---|---|---|---|---|---|---|")
        seconds = {}
        for workers, sheet in [(1, small), (2, small)] * given.repeats + [(1, large)]:
            mapping, joining, spent = mapped(folder, given.network, workers, sheet)
            count = len(range(0, given.side, sheet)) ** 2
            seconds.setdefault((workers, sheet), []).append(mapping)
            each = ", ".join(f"{number / count:.2f}" for number in spent)
            cells = [f"{sheet}²", count, f"{mapping:.1f}", f"{megapixels / mapping:.2f}", f"{joining:.1f}", each]
            print(f"| {workers} | {' | '.join(map(str, cells))} |", flush=True)
        middle = {key: statistics.median(found) for key, found in seconds.items()}
        print(f"\nTwo workers are {middle[1, small] / middle[2, small]:.2f} times as fast as one.")
        points = [(workers, given.side, side, round(found, 1)) for (workers, side), found in middle.items()]
        print(f'For cluster_model.py: MEASURED["{given.network}"]["points"] = {points}\n')
        large = min(given.side, 4096)
        of_process = sheet_costs(folder, given.network, large)
        print("| sheet of a process | CPU s | wall s | read MB | written MB |\n|---|---|---|---|---|")
        for label, numbers in of_process.items():
            print(f"| {label} | {' | '.join(f'{number:.1f}' for number in numbers)} |")
        _, fixed, whole = (numbers[0] for numbers in of_process.values())
        each = (whole - fixed) / (large**2 / 1e6)
        load = f"load {os.getloadavg()[0]:.1f}"
        print(f"\nA sheet takes {fixed:.2f} CPU s and {each:.3f} CPU s for each million pixels; {load}.")


_MAKE = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], f"{sys.argv[1]}/benchmarks"]
from untrained import model_folder, scene_raster
folder = Path(sys.argv[2])
model_folder(folder / sys.argv[3], sys.argv[3])
scene_raster(folder / "image.tif", int(sys.argv[4]))
"""

if __name__ == "__main__":
    main()
