"""Runs the worker for start_up.py and notes when it does what: lines [name of what was done, time]."""

import importlib
import json
import os
import runpy
import sys
import time

LOG = os.environ["START_UP_LOG"]
FIRST = set()


def note(name):
    """Note that something was done, now."""
    with open(LOG, "a", encoding="utf-8") as file:
        file.write(json.dumps([name, time.time()]) + "\n")


note("worker's Python")
folder = sys.argv.pop(1)
sys.path.insert(0, os.path.dirname(folder))
from geodl_plugin.worker import server


def noted(module, function, name):
    """Note the first end of a function."""
    original = getattr(module, function)

    def call(*arguments, **options):
        result = original(*arguments, **options)
        if name not in FIRST:
            FIRST.add(name)
            note(name)
        return result

    setattr(module, function, call)


def follow_map():
    """Note the steps of a map."""
    names = ("block_function", "map_raster", "memory", "tiling")
    block_function, map_raster, memory, tiling = (
        importlib.import_module(f"geodl_plugin.inference.{name}") for name in names
    )
    loading = importlib.import_module("geodl_plugin.models.loading")
    noted(map_raster, "open_sources", "raster")
    noted(loading, "open_model", "model")
    noted(tiling, "network_fields", "fields")
    noted(memory, "bytes_needed", "Keras file, for the memory")
    tiling.bytes_needed = memory.bytes_needed
    noted(tiling, "plan_tiling", "plan")
    noted(block_function, "dry_run", "dry run")
    noted(map_raster, "map_blocks", "compile, first block")


def follow(read_job):
    """A function that reads a job whose begin and end are noted."""

    def read(text):
        job = read_job(text)
        note("GDAL, modules of the job")
        run = job.run

        def noted_run(reporter):
            note("job begins")
            if job.NAME == "applymodel":
                follow_map()
                note("modules of the map")
            result = run(reporter)
            note("job ends")
            return result

        job.run = noted_run
        return job

    return read


serve = server.serve
server.serve = lambda read_job: serve(follow(read_job))
sys.argv[0] = folder
runpy.run_path(folder, run_name="__main__")
