"""The plugin as QGIS loads it: the repository root as the package ``geodl``."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
os.environ["QGIS_NO_OVERRIDE_IMPORT"] = "1"  # keeps tracebacks readable

if "geodl" not in sys.modules:
    spec = importlib.util.spec_from_file_location("geodl", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    sys.modules["geodl"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["geodl"])


@pytest.fixture(scope="session")
def plugin(qgis_app, qgis_processing):
    """The plugin as QGIS has it after its start."""
    from geodl import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    yield plugin
    plugin.unload()


@pytest.fixture(autouse=True)
def _new_worker():
    """No test gets the worker that another one has left."""
    yield
    from geodl.algorithms.worker import end_worker

    end_worker()
