"""What loading the plugin adds to the start of QGIS.

    /usr/bin/python3 benchmarks/plugin_start.py [--runs 15]

Loads all algorithms in a process that has QGIS and its Processing plugin already, several times, each in a new process;
in the same processes it times the import of numpy and GDAL alone, which most plugins share.  Prints medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHILD = """
import json, os, sys, time
sys.path[:0] = [{plugins!r}, "/usr/share/qgis/python/plugins"]
from qgis.core import QgsApplication
application = QgsApplication([], False)
application.initQgis()
from processing.core.Processing import Processing
Processing.initialize()
start = time.perf_counter()
import numpy, osgeo.gdal
shared = time.perf_counter()
from geodl import classFactory
classFactory(None).initProcessing()
end = time.perf_counter()
print(json.dumps([1000 * (shared - start), 1000 * (end - shared), "tensorflow" in sys.modules]))
sys.stdout.flush()
os._exit(0)
"""

parser = argparse.ArgumentParser()
parser.add_argument("--runs", type=int, default=15)
runs = parser.parse_args().runs
environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
program = CHILD.format(plugins=str(ROOT / "build" / "plugins"))
found = []
for _ in range(runs + 1):
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout
    found.append(json.loads(answer.splitlines()[-1]))
shared, own, heavy = zip(*found[1:])
print(f"numpy and GDAL: {statistics.median(shared):.0f} ms")
print(f"GeoDL itself:   {statistics.median(own):.0f} ms ({min(own):.0f} to {max(own):.0f})")
print(f"together:       {statistics.median(map(sum, zip(shared, own))):.0f} ms")
print(f"TensorFlow imported: {any(heavy)}")
