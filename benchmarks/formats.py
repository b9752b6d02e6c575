"""Maps of images in several formats: do they wait for decoding?

    build/environment/bin/python -W ignore benchmarks/formats.py [--side 4096] [--network fcnn]

For each format: the core time that reading takes, and a map with tiles decoded in one thread, and in as many as maps
use: its speed from the second block on, and the share of the time in which the network waits for input.  The image over
the network comes from a server on this machine that answers each request after 20 ms.
"""

import argparse
import os
import re
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from geodl_plugin.runtime.process import use_memory_pool

use_memory_pool()

from osgeo import gdal
from untrained import Clock, model_folder, scene_raster

from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source, small_cache
from geodl_plugin.runtime.devices import hardware

operation = sys.modules["geodl_plugin.inference.map_raster"]  # the package has its function under that name
LATENCY = 0.02  # seconds
JPEG2000 = ["QUALITY=100", "REVERSIBLE=YES", "BLOCKXSIZE=1024", "BLOCKYSIZE=1024"]  # tiles as Sentinel-2 has them
TIFF = ["TILED=YES", "INTERLEAVE=PIXEL"]
FORMATS = {
    "no compression": ("GTiff", TIFF),
    "DEFLATE": ("GTiff", [*TIFF, "COMPRESS=DEFLATE"]),
    "DEFLATE, in lines": ("GTiff", ["COMPRESS=DEFLATE", "INTERLEAVE=PIXEL"]),
    "ZSTD": ("GTiff", [*TIFF, "COMPRESS=ZSTD"]),
    "LERC and ZSTD": ("GTiff", [*TIFF, "COMPRESS=LERC_ZSTD"]),
    "COG": ("COG", ["COMPRESS=DEFLATE", "OVERVIEWS=NONE"]),
    "JPEG 2000": ("JP2OpenJPEG", JPEG2000),
}


class RangeServer(BaseHTTPRequestHandler):
    """Gives parts of files, as a server of COGs does."""

    protocol_version = "HTTP/1.1"
    folder = Path()

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, with_body):
        file = self.folder / self.path.lstrip("/")
        time.sleep(LATENCY)
        if not file.is_file():
            self.send_error(404)
            return
        size, asked = file.stat().st_size, re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        first, last = (int(asked[1]), min(int(asked[2] or size - 1), size - 1)) if asked else (0, size - 1)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(last + 1 - first))
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.end_headers()
        if with_body:
            with file.open("rb") as stream:
                stream.seek(first)
                self.wfile.write(stream.read(last + 1 - first))

    def log_message(self, *_):
        """Nothing."""


@contextmanager
def served(folder):
    """The address of a server of the files in a folder."""
    RangeServer.folder = folder
    server = ThreadingHTTPServer(("127.0.0.1", 0), RangeServer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"/vsicurl/http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def images(folder, side):
    """The rasters of each format, stacked."""
    plain = scene_raster(folder / "plain.tif", side, "NONE")
    found = {}
    for name, (driver, options) in FORMATS.items():
        path = folder / f"{name.replace(' ', '_').replace(',', '')}{'.jp2' if 'JPEG' in name else '.tif'}"
        gdal.GetDriverByName(driver).CreateCopy(str(path), gdal.Open(plain), options=options).FlushCache()
        found[name] = [str(path)]
    bands = [str(folder / f"band{number}.jp2") for number in range(1, 5)]
    for number, path in enumerate(bands, start=1):
        gdal.Translate(path, plain, bandList=[number], format="JP2OpenJPEG", creationOptions=JPEG2000)
    return {**found, "JPEG 2000, a file a band": bands}


def reading(paths, side, block=1056):
    """Core-milliseconds for a million pixels."""
    source, started = Source("image", paths), time.process_time()
    with small_cache():
        for row in range(0, side - block + 1, block):
            for col in range(0, side - block + 1, block):
                source.read(Window(col, row, block, block))
    return 1e9 * (time.process_time() - started) / (side // block * block) ** 2


def mapping(model, paths, side, threads, folder):
    """Speed of a map in MPix/s, and the share of the time that it waits for input."""
    before, operation._READING_THREADS = operation._READING_THREADS, threads
    try:
        clock = Clock()
        efield = ApplyModel(str(model), paths, str(folder / "map.tif")).run(clock)["efield"]
    finally:
        operation._READING_THREADS = before
    waiting = re.search(r"(\d+) % waiting", clock.said)[1]
    return f"{(side**2 - efield**2) / 1e6 / clock.seconds:.1f}", f"{waiting} %"


def main():
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--side", type=int, default=4096)
    parser.add_argument("--network", default="fcnn")
    arguments = parser.parse_args()
    several = operation._READING_THREADS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = folder / arguments.network
        model_folder(model, arguments.network)
        every = images(folder, arguments.side)
        print(f"{hardware()}; {arguments.network}, {arguments.side}² pixels of 4 bands, {several} threads at most\n")
        print("| image | reading, core-ms/MPix | map, 1 thread, MPix/s | waits | several threads | waits |")
        print("|---|---|---|---|---|---|")
        with served(folder) as address:
            every["COG, /vsicurl, 20 ms"] = [f"{address}/{Path(every['COG'][0]).name}"]
            for image, paths in every.items():
                cells = [f"{reading(paths, arguments.side):.0f}"]
                for threads in (1, several):
                    cells += mapping(model, paths, arguments.side, threads, folder)
                print(f"| {image} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
