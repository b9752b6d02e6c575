#!/usr/bin/env bash
# The tests with the QGIS that is installed here; test_qgis_next.sh runs this in its chroot.
# WITH_CORE=1: with the tests of the core. Arguments go to pytest, instead of the folders of the tests.
set -euo pipefail
export LC_ALL=C.UTF-8 # messages in English
cd "$(dirname "$0")/.."
python=$PWD/build/environment/bin/python # the worker's; the core's tests run in it too
tester=$python # runs the tests that import qgis
newest=3.13 # Python for which TensorFlow has a release

mkdir -p build
if ! scripts/qgis_process.sh run geodl:setupenvironment -- FOLDER="$PWD/build/environment" BUILD=processor 2>&1 \
    | tee build/setup.log; then
    grep --quiet 'TensorFlow has no release for the Python of this QGIS' build/setup.log || exit 1
    echo "As GeoDL advises: an environment of Python $newest, with the library of this QGIS's GDAL."
    apt-get install --quiet=2 --yes --no-install-recommends "python$newest-venv" "python$newest-dev" libgdal-dev g++ \
        >/dev/null
    python=$PWD/build/python$newest/bin/python
    [ -x "$python" ] || "python$newest" -m venv "build/python$newest"
    wanted=$("$python" -c 'import platform; from geodl_plugin.environment.pins import requirements
print(*requirements(tuple(map(int, platform.python_version_tuple()[:2])), "Linux", platform.machine(), "processor", 2))')
    # shellcheck disable=SC2086  # several words
    "$python" -m pip install --quiet $wanted setuptools
    "$python" -c 'import osgeo.gdal_array' 2>/dev/null \
        || "$python" -m pip install --quiet --no-build-isolation --no-binary gdal "gdal[numpy]==$(gdal-config --version).*"
    tester=$PWD/build/tester/bin/python
    [ -x "$tester" ] || python3 -m venv --system-site-packages build/tester
    "$tester" -m pip install --quiet --requirement tests/requirements.txt
fi
"$python" -m pip install --quiet --requirement tests/requirements.txt

QT_QPA_PLATFORM=offscreen "$tester" - <<'EOT'
import platform
import numpy
from osgeo import gdal
from qgis.core import Qgis
from qgis.PyQt.QtCore import QT_VERSION_STR

print(f"QGIS {Qgis.version()}, Qt {QT_VERSION_STR}, Python {platform.python_version()}, GDAL {gdal.__version__}, "
      f"numpy {numpy.__version__}")
EOT
"$python" -W ignore -c 'import platform; from importlib.metadata import version; from osgeo import gdal
print("Worker: Python", platform.python_version(), *(f"{one} {version(one)}" for one in ("tensorflow-cpu", "keras", "numpy")),
      "GDAL", gdal.__version__)'

in_qgis="QT_QPA_PLATFORM=offscreen QGIS_CUSTOM_CONFIG_PATH=$PWD/build/test_profile GEODL_PYTHON=$python $tester -m pytest"
if [ $# -gt 0 ]; then
    exec bash -c "$in_qgis \"\$@\"" bash "$@"
fi
parts=("$in_qgis tests/algorithms tests/headless")
if [ -n "${WITH_CORE:-}" ]; then
    core="-m pytest -p no:pytest_qgis --numprocesses=2 --dist=worksteal tests/core"
    parts+=("$python $core")
    [ "$tester" = "$python" ] || parts+=("$tester $core")
fi
exec scripts/parts.sh "${parts[@]}"
