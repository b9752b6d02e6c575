"""What loading the plugin adds to the start of QGIS.

    /usr/bin/python3 benchmarks/plugin_start.py [--runs 15] [--language fr]

Loads all algorithms in a process that has QGIS and its Processing plugin already, several times, each in a new process.
The models follow when QGIS has started.
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
QgsApplication.locale = staticmethod(lambda: {language!r})
from processing.core.Processing import Processing
Processing.initialize()
start = time.perf_counter()
from geodl import classFactory
plugin = classFactory(None)
plugin.register()
registered = time.perf_counter()
plugin.provider.load_models()
end = time.perf_counter()
print(json.dumps([1000 * (registered - start), 1000 * (end - registered), "tensorflow" in sys.modules]))
sys.stdout.flush()
os._exit(0)
"""

parser = argparse.ArgumentParser()
parser.add_argument("--language", default="en", help="of QGIS")
parser.add_argument("--runs", type=int, default=15)
given = parser.parse_args()
environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
program = CHILD.format(plugins=str(ROOT / "build" / "plugins"), language=given.language)
found = []
for _ in range(given.runs + 1):
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout
    found.append(json.loads(answer.splitlines()[-1]))
algorithms, models, heavy = zip(*found[1:])  # the first run may compile and fill caches
print(f"GeoDL's algorithms: {statistics.median(algorithms):.0f} ms ({min(algorithms):.0f} to {max(algorithms):.0f})")
print(f"its models, once QGIS has started: {statistics.median(models):.0f} ms ({min(models):.0f} to {max(models):.0f})")
print(f"TensorFlow imported: {any(heavy)}")
