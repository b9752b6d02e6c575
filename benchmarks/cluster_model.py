"""A model of maps on a cluster: how long, how much, and what limits it.

    build/environment/bin/python benchmarks/cluster_model.py

A queue of sheets is handed to workers one by one (discrete events).  A sheet takes a fixed time and a time for each
pixel, or what the storage takes for its bytes if that is longer: all workers share its bandwidth.  A worker that is
lost takes its sheet with it, which is mapped again.  In the end one process joins the sheets.  The speeds are those
that ``benchmarks/cluster.py`` measured (`MEASURED`); what was not measured is in `ASSUMED`.  numpy only.
"""

import argparse
import heapq
import math
from dataclasses import dataclass, replace

import numpy as np

PIXELS = 1e10  # 10⁶ km² at 10 m
SIDE = 100_000  # pixels of a square of that size
# By network: seconds of one thread for a sheet and for a million pixels; and points that are checked: number of
# workers, side of the raster, side of the sheets, seconds.
MEASURED = {
    "fcnn": {"fixed": 1.0, "per_megapixel": 0.5, "points": []},
    "unet": {"fixed": 1.0, "per_megapixel": 2.0, "points": []},
}
READ, WRITTEN, JOIN = 4.5, 0.1, 0.02  # bytes of a pixel; seconds of a million pixels, by one process
ASSUMED = {
    "bandwidth": 1e9,  # bytes a second of the storage that all share
    "losses": 0.05,  # of a worker in an hour
    "restart": 60.0,  # seconds until a worker that was lost is replaced
    "threads": 4,  # of a CPU worker
    "gpu": 40.0,  # threads that a GPU is worth
    "core_hour": 0.04,  # € of a thread, and of a GPU below
    "gpu_hour": 2.0,
}


@dataclass(frozen=True)
class Cluster:
    """What a map is made with.

    Args:
        workers: how many.
        fixed: seconds of a worker for a sheet, whatever its size.
        per_megapixel: seconds of a worker for a million pixels.
        bandwidth: bytes a second of the storage.
        losses: of a worker in an hour.
        restart: seconds until it is replaced.
    """

    workers: int
    fixed: float
    per_megapixel: float
    bandwidth: float = math.inf
    losses: float = 0.0
    restart: float = ASSUMED["restart"]


def sheets(width, sheet):
    """Pixels of each sheet of a square map, row by row."""
    sides = np.minimum(sheet, width - np.arange(0, width, sheet)).astype(float)
    return np.outer(sides, sides).ravel()


def simulate(cluster, pixels, seed=0):
    """Seconds to map sheets; and the share of the time that workers wait for storage."""
    rng = np.random.default_rng(seed)
    waiting, free = list(pixels[::-1]), [(0.0, number) for number in range(cluster.workers)]
    end = spent = waited = 0.0
    busy = []  # ends of the sheets that are being mapped
    while waiting:
        now, number = heapq.heappop(free)
        while busy and busy[0] <= now:
            heapq.heappop(busy)
        size = waiting.pop()
        computing = cluster.fixed + cluster.per_megapixel * size / 1e6
        reading = size * (READ + WRITTEN) * (len(busy) + 1) / cluster.bandwidth
        seconds = max(computing, reading)
        lost = rng.exponential(3600 / cluster.losses) if cluster.losses else math.inf
        if lost < seconds:
            waiting.append(size)
            heapq.heappush(free, (now + lost + cluster.restart, number))
            continue
        spent, waited = spent + seconds, waited + seconds - computing
        end = max(end, now + seconds)
        heapq.heappush(busy, now + seconds)
        heapq.heappush(free, (now + seconds, number))
    return end, waited / spent


def of_cpu(network, workers, **others):
    """Workers of several threads each, which map as many times as fast."""
    measured = MEASURED[network]
    return Cluster(workers, measured["fixed"], measured["per_megapixel"] / ASSUMED["threads"], **others)


def of_gpu(network, workers, **others):
    """Workers of one GPU each."""
    measured = MEASURED[network]
    return Cluster(workers, measured["fixed"], measured["per_megapixel"] / ASSUMED["gpu"], **others)


def check():
    """Print the model beside what was measured."""
    print("| network | raster | sheet | workers | measured s | model s |\n|---|---|---|---|---|---|")
    for name, measured in MEASURED.items():
        for workers, side, sheet, seconds in measured["points"]:
            cluster = Cluster(workers, measured["fixed"], measured["per_megapixel"])
            modelled, _ = simulate(cluster, sheets(side, sheet))
            print(f"| {name} | {side}² | {sheet}² | {workers} | {seconds:.1f} | {modelled:.1f} |")


def scaling():
    """Print the time of the large map for more and more workers and smaller and smaller sheets."""
    shared = {"bandwidth": ASSUMED["bandwidth"], "losses": ASSUMED["losses"]}
    sides = (16384, 8192, 4096, 2048)
    print("\n| network | workers | " + " | ".join(f"{side}²" for side in sides) + " | waits for storage |")
    print("|---|---|" + "---|" * (len(sides) + 1))
    for name in MEASURED:
        for workers in (1, 10, 100, 1000):
            found = [simulate(of_cpu(name, workers, **shared), sheets(SIDE, side)) for side in sides]
            cells = [_time(seconds) for seconds, _ in found]
            print(f"| {name} | {workers} | {' | '.join(cells)} | {100 * found[-1][1]:.0f} % |")


def costs():
    """Print time and cost of the large map."""
    shared = {"bandwidth": ASSUMED["bandwidth"], "losses": ASSUMED["losses"]}
    print("\n| network | workers | mapping | joining | worker-hours | € |\n|---|---|---|---|---|---|")
    for name in MEASURED:
        for kind, make, price in (
            (f"100 of {ASSUMED['threads']} threads", of_cpu, ASSUMED["threads"] * ASSUMED["core_hour"]),
            ("10 of a GPU", of_gpu, ASSUMED["gpu_hour"]),
        ):
            cluster = make(name, int(kind.split()[0]), **shared)
            seconds, _ = simulate(cluster, sheets(SIDE, 4096))
            hours = seconds * cluster.workers / 3600
            cells = [_time(seconds), _time(JOIN * PIXELS / 1e6), f"{hours:.0f}", f"{hours * price:.0f}"]
            print(f"| {name} | {kind} | {' | '.join(cells)} |")
        limit = replace(of_cpu(name, 1)).per_megapixel / 1e6
        most = ASSUMED["bandwidth"] * limit / (READ + WRITTEN)
        print(f"| {name} | more than {most:.0f} of {ASSUMED['threads']} threads wait for the storage | | | | |")


def _time(seconds):
    if seconds < 3600:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} d"


def main():
    """Print the tables."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    check()
    scaling()
    costs()


if __name__ == "__main__":
    main()
