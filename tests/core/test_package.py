"""What can be imported from the package itself."""

import subprocess
import sys
from pathlib import Path

import pytest

import geodl_plugin

ROOT = Path(__file__).resolve().parents[2]


def test_names_for_scripts():
    names = ", ".join(geodl_plugin.__all__)
    program = f"from geodl_plugin import {names}; print([one.__name__.split('.')[-1] for one in ({names})])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(geodl_plugin.__all__)


def test_names_are_attributes_of_the_package():
    program = "import geodl_plugin; print([name for name in geodl_plugin.__all__ if not hasattr(geodl_plugin, name)])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_heavy_is_loaded_before_it_is_asked_for():
    program = "import sys, geodl_plugin; print({'tensorflow', 'keras', 'numpy', 'osgeo'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="Nothing"):
        geodl_plugin.Nothing  # noqa: B018
