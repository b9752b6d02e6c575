"""Choices that are found where they are defined."""

import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.runtime import registry

ROOT = Path(__file__).resolve().parents[3]
MODULE = """
raise ImportError("must not be imported")

class Second:
    NAME = "second"
    HELP = mark("The second.")
    RANK = 20
    COMPUTED = 1 + len("x")

class First:
    NAME: str = "first"
    HELP = "The " "first."
    RANK = 10
    OPTIONS = {"width": 16}

class Base:
    RANK = 1
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with the module above."""
    monkeypatch.setattr(registry, "_LIBRARY", tmp_path)
    (tmp_path / "choices").mkdir()
    (tmp_path / "choices" / "module.py").write_text(MODULE)
    registry.choices.cache_clear()
    yield "choices"
    registry.choices.cache_clear()


def test_choices_are_listed_by_rank_without_importing_them(package):
    assert registry.names(package) == ("first", "second")


def test_constants_that_are_literals_are_known(package):
    choice = registry.choices(package)["first"]
    assert (choice.help, choice.class_name) == ("The first.", "First")
    assert choice.constants["OPTIONS"] == {"width": 16}
    assert "COMPUTED" not in registry.choices(package)["second"].constants


def test_texts_that_are_marked_for_translation_are_known(package):
    assert registry.choices(package)["second"].help == "The second."


def test_a_class_is_imported_when_it_is_loaded():
    choice = registry.Choice("exact", "", 1, {}, "runtime.registry", "Choice")
    assert choice.load() is registry.Choice


def test_the_registry_itself_loads_nothing_heavy():
    program = "import sys, geodl_plugin.runtime.registry; print({'numpy', 'osgeo', 'keras'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_classes_with_a_name_are_found(package):
    assert registry.named_classes(package) == {"first": "module.First", "second": "module.Second"}
