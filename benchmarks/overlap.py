"""What the threads of a map do at the same time: a trace of reading, computing and writing.

    build/environment/bin/python -W ignore benchmarks/overlap.py [--network fcnn] [--formats DEFLATE "JPEG 2000"]

A line for each thread and a column for each moment of some blocks in the middle of the map: ``#`` where the thread is
at work for more than half of it, ``-`` for less, a dot where it waits.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()

import formats
from untrained import Clock, model_folder

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.runtime.devices import hardware

COLUMNS = 100


def timed(function, spans):
    """The function, which notes when each thread is in it."""

    def call(*args):
        started = time.perf_counter()
        try:
            return function(*args)
        finally:
            spans[threading.current_thread().name].append((started, time.perf_counter()))

    return call


def trace(model, paths, folder):
    """When each thread of a map was at work, by its name: [(start, end)]."""
    spans, map_blocks = defaultdict(list), formats.operation.map_blocks

    def traced(read, layout, compute, write, *args, **kwargs):
        is_empty, read_block = read.is_empty, timed(read, spans)
        read_block.is_empty = is_empty
        return map_blocks(read_block, layout, timed(compute, spans), timed(write, spans), *args, **kwargs)

    formats.operation.map_blocks = traced
    try:
        ApplyModel(str(model), paths, str(folder / "map.tif")).run(Clock())
    finally:
        formats.operation.map_blocks = map_blocks
    return spans


def busy(spans, start, end):
    """The share of a time that is covered."""
    return sum(max(0, min(end, last) - max(start, first)) for first, last in spans) / (end - start)


def picture(spans):
    """The lines of the trace, without the first block, which compiles the network, and the last ones."""
    computed = sorted(end for name, times in spans.items() if name.startswith("network") for _, end in times)
    start, end = computed[len(computed) // 4], computed[3 * len(computed) // 4]
    step = (end - start) / COLUMNS
    for name, times in sorted(spans.items()):
        shares = [busy(times, start + step * column, start + step * (column + 1)) for column in range(COLUMNS)]
        marks = "".join("#" if share > 0.5 else "-" if share > 0.05 else "." for share in shares)
        yield f"{name:10} {marks} {100 * busy(times, start, end):3.0f} %"
    yield f"{'':10} {end - start:.1f} s"


def main():
    """Print the traces."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", default="fcnn")
    parser.add_argument("--side", type=int, default=6000)
    parser.add_argument("--formats", nargs="+", default=["DEFLATE", "JPEG 2000"], help="some of those of formats.py")
    arguments = parser.parse_args()
    print(f"{hardware()}; {arguments.network}, {arguments.side}² pixels")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model_folder(folder / "model", arguments.network)
        found = formats.images(folder, arguments.side)
        for title in arguments.formats:
            print(f"\n{title}\n")
            for line in picture(trace(folder / "model", found[title], folder)):
                print(f"    {line}", flush=True)


main()
