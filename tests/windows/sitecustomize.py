"""Files as Windows has them, from the start of a Python whose PYTHONPATH has this folder."""

import importlib.util
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "windows_files", Path(__file__).resolve().parents[1] / "windows_files.py"
)
windows_files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(windows_files)
windows_files.install()
