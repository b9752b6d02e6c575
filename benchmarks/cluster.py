"""Maps by two workers against one, and what a sheet costs; Linux.

    build/environment/bin/python -W ignore benchmarks/cluster.py [--network fcnn] [--side 6000]

Workers are of one thread each.  The time is that from the first sheet to the last, without planning and joining; each
worker has mapped one sheet before, so that its process is there.  Two sizes of sheets, mapped by one worker, give what
a sheet costs whatever its size, and what a million pixels cost.  CPU seconds and bytes are those of one process that
maps one sheet and ends (``/proc/<pid>/io``: what programs read and write, from the disk or its cache).

The raster: the demo's scene, repeated, 4 bands UInt16, tiled and compressed; output: classes.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from geodl_plugin.cluster.map_on_cluster import map_on_cluster
from geodl_plugin.cluster.request import ClusterRequest
from geodl_plugin.jobs.map_sheet import MapSheet
from geodl_plugin.runtime.devices import hardware
from geodl_plugin.runtime.reporter import SilentReporter
from geodl_plugin.systems.processor import limited_to


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
    """Seconds to map all sheets, and to join them."""
    from distributed import LocalCluster

    options = {"n_workers": workers, "threads_per_worker": 1, "processes": True}
    with LocalCluster(**options, memory_limit=0, dashboard_address=None) as cluster:
        request = ClusterRequest(
            str(folder / network), [str(folder / "image.tif")], str(folder / "map.tif"), sheet=sheet,
            scheduler=cluster.scheduler_address, extent=[500000.0, 500000.0 + 640 * workers, 3999360.0, 4000000.0],
        )  # fmt: skip
        request.sheet = 64
        map_on_cluster(request, SilentReporter())  # every worker starts its process
        request.extent, request.sheet = [], sheet
        times = Times()
        map_on_cluster(request, times)
        return times.joining - times.first, time.perf_counter() - times.joining


def sheet_cost(folder, network, side):
    """CPU seconds, wall seconds, megabytes read and written of a process that maps one sheet."""
    job = MapSheet(
        str(folder / network), [str(folder / "image.tif")], str(folder / "one.tif"), window=[0, 0, side, side]
    )
    (folder / "job.json").write_text(job.to_json())
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(ROOT / "geodl_plugin"), "run", str(folder / "job.json")],
        env={**os.environ, **limited_to(1)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    numbers, io = [0, 0], Path(f"/proc/{process.pid}/io")
    while True:
        found = re.findall(r"[rw]char: (\d+)", io.read_text())
        numbers = [int(number) for number in found] or numbers
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        time.sleep(0.02)
    if status:
        raise SystemExit("the sheet failed")
    seconds = time.perf_counter() - started
    return usage.ru_utime + usage.ru_stime, seconds, *(number / 1e6 for number in numbers)


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", default="fcnn")
    parser.add_argument("--side", type=int, default=6000)
    parser.add_argument("--sheets", type=int, nargs=2, default=[1024, 3072], help="two sides of sheets")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(  # in a process of its own, so that this one starts without threads
            [sys.executable, "-W", "ignore", "-c", _MAKE, str(ROOT), name, given.network, str(given.side)], check=True
        )
        megapixels = given.side**2 / 1e6
        print(f"{hardware()}; load {os.getloadavg()[0]:.1f}; {given.network}, {given.side}²\n")
        print("| workers | sheet | sheets | mapping s | MPix/s | joining s |\n|---|---|---|---|---|---|")
        seconds = {}
        for workers, sheet in ((1, given.sheets[0]), (1, given.sheets[1]), (2, given.sheets[0])):
            mapping, joining = mapped(folder, given.network, workers, sheet)
            count = len(range(0, given.side, sheet)) ** 2
            seconds[workers, sheet] = mapping
            cells = [f"{sheet}²", count, f"{mapping:.1f}", f"{megapixels / mapping:.2f}", f"{joining:.1f}"]
            print(f"| {workers} | {' | '.join(map(str, cells))} |", flush=True)
        small, large = given.sheets
        counts = [len(range(0, given.side, sheet)) ** 2 for sheet in given.sheets]
        fixed = (seconds[1, small] - seconds[1, large]) / (counts[0] - counts[1])
        each = (seconds[1, small] - fixed * counts[0]) / megapixels
        print(f"\nTwo workers are {seconds[1, small] / seconds[2, small]:.2f} times as fast as one.")
        print(f"A sheet takes {fixed:.2f} s and {each:.3f} s for each million pixels, with one thread.\n")
        print("| one sheet | CPU s | wall s | read MB | written MB |\n|---|---|---|---|---|")
        costs = {}
        for side in (64, min(given.side, 4096)):
            costs[side] = sheet_cost(folder, given.network, side)
            print(f"| {side}² | {' | '.join(f'{number:.1f}' for number in costs[side])} |", flush=True)
        facts = {"network": given.network, "side": given.side, "fixed": fixed, "per_megapixel": each}
        told = {f"{workers} workers, {sheet}": round(value, 1) for (workers, sheet), value in seconds.items()}
        print(f"\n{json.dumps({**facts, 'seconds': told})}")


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
