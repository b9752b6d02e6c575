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

KM2 = 1e6  # of the large map
# By network: CPU seconds of one thread to start, for a sheet, and for a million pixels; and points that are checked:
# number of workers, side of the raster, side of the sheets, seconds.
MEASURED = {
    "fcnn": {
        "start": 3.6,
        "fixed": 0.65,
        "per_megapixel": 0.22,
        "points": [(1, 6000, 1024, 22.6), (2, 6000, 1024, 13.4), (1, 6000, 3072, 5.1)],
    },
    "unet": {
        "start": 4.1,
        "fixed": 1.95,
        "per_megapixel": 1.88,
        "points": [(1, 4096, 1024, 74.0), (2, 4096, 1024, 41.0)],
    },
}
READ, WRITTEN, JOIN = 4.5, 0.05, 0.0145  # bytes of a pixel; seconds of a million pixels, by one process
ASSUMED = {
    "bandwidth": 1e9,  # bytes a second of the storage that all share
    "losses": 0.05,  # of a worker in an hour
    "restart": 60.0,  # seconds until a worker that was lost is replaced
    "threads": 4,  # of a CPU worker, which maps as many times as fast as one thread
    "gpu": 40.0,  # threads that a GPU is worth
    "thread_hour": 0.04,  # €
    "gpu_hour": 2.0,  # €
}


@dataclass(frozen=True)
class Cluster:
    """What a map is made with.

    Args:
        workers: how many.
        start: seconds of a worker before its first sheet.
        fixed: seconds of a worker for a sheet, whatever its size.
        per_megapixel: seconds of a worker for a million pixels.
        bandwidth: bytes a second of the storage.
        losses: of a worker in an hour.
        restart: seconds until it is replaced.
    """

    workers: int
    start: float
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
    waiting, free = list(pixels[::-1]), [(cluster.start, number) for number in range(cluster.workers)]
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
            heapq.heappush(free, (now + lost + cluster.restart + cluster.start, number))
            continue
        spent, waited = spent + seconds, waited + seconds - computing
        end = max(end, now + seconds)
        heapq.heappush(busy, now + seconds)
        heapq.heappush(free, (now + seconds, number))
    return end, waited / spent


def cluster_of(network, workers, speed, **others):
    """Workers that map so many times as fast as one thread; the time that a sheet takes whatever its size stays."""
    measured = MEASURED[network]
    return Cluster(workers, measured["start"], measured["fixed"], measured["per_megapixel"] / speed, **others)


def check():
    """Print the model beside what was measured, where workers had started before."""
    print("| network | raster | sheet | workers | measured s | model s |\n|---|---|---|---|---|---|")
    for name, measured in MEASURED.items():
        for workers, side, sheet, seconds in measured["points"]:
            found, _ = simulate(replace(cluster_of(name, workers, 1), start=0.0), sheets(side, sheet))
            print(f"| {name} | {side}² | {sheet}² | {workers} | {seconds:.1f} | {found:.1f} |")


def scaling(metres):
    """Print the time of the large map for more and more workers and smaller and smaller sheets."""
    width, sides = side_of(metres), (16384, 8192, 4096, 2048)
    print(f"\n{KM2:.0e} km² at {metres} m, {width}² pixels, workers of {ASSUMED['threads']} threads:\n")
    print("| network | workers | " + " | ".join(f"{side}²" for side in sides) + " | wait for storage |")
    print("|---|---|" + "---|" * (len(sides) + 1))
    for name in MEASURED:
        for workers in (1, 10, 100, 1000):
            cluster = cluster_of(name, workers, ASSUMED["threads"], **_shared())
            found = [simulate(cluster, sheets(width, side)) for side in sides]
            cells = [_time(seconds) for seconds, _ in found]
            print(f"| {name} | {workers} | {' | '.join(cells)} | {100 * found[-2][1]:.0f} % |")


def costs(metres):
    """Print time and cost of the large map."""
    width = side_of(metres)
    joining = _time(JOIN * width**2 / 1e6)
    print(f"\n{KM2:.0e} km² at {metres} m; joined in {joining}:\n")
    print("| network | workers | sheet | mapping | worker-hours | € |\n|---|---|---|---|---|---|")
    of_cpu = ASSUMED["threads"] * ASSUMED["thread_hour"]
    kinds = (
        (20, f"of {ASSUMED['threads']} threads", 4096, ASSUMED["threads"], of_cpu),
        (4, "of a GPU", 16384, ASSUMED["gpu"], ASSUMED["gpu_hour"]),
    )
    for name in MEASURED:
        for workers, kind, sheet, speed, price in kinds:
            seconds, _ = simulate(cluster_of(name, workers, speed, **_shared()), sheets(width, sheet))
            hours = seconds * workers / 3600
            cells = [f"{workers} {kind}", f"{sheet}²", _time(seconds), f"{hours:.1f}", f"{hours * price:.2f}"]
            print(f"| {name} | {' | '.join(cells)} |")


def limits():
    """Print how many workers the storage feeds: more would only wait."""
    print("\n| network | workers of 4 threads | workers of a GPU |\n|---|---|---|")
    for name in MEASURED:
        found = []
        for speed in (ASSUMED["threads"], ASSUMED["gpu"]):
            cluster = cluster_of(name, 1, speed)
            seconds = cluster.fixed + cluster.per_megapixel * 4096**2 / 1e6
            found.append(ASSUMED["bandwidth"] * seconds / ((READ + WRITTEN) * 4096**2))
        print(f"| {name} | {' | '.join(f'{count:.0f}' for count in found)} |")


def side_of(metres):
    """The side of a square map in pixels."""
    return round(math.sqrt(KM2) * 1000 / metres)


def _shared():
    return {name: ASSUMED[name] for name in ("bandwidth", "losses", "restart")}


def _time(seconds):
    if seconds < 600:
        return f"{seconds:.0f} s"
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.1f} d"


def main():
    """Print the tables."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    check()
    for metres in (10, 1):
        scaling(metres)
        costs(metres)
    limits()


if __name__ == "__main__":
    main()
