"""What may know what: rules that no single module can break unnoticed."""

import ast
import graphlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import architecture

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted((ROOT / "geodl_plugin").rglob("*.py"))
ALGORITHMS = sorted((ROOT / "algorithms").rglob("*.py"))
HEAVY = {"tensorflow", "keras", "matplotlib", "pystac"}
# From the ground up: a package imports those before it, and none after it.
ORDER = [
    "language",
    "errors",
    "systems",
    "runtime",
    "options",
    "rasters",
    "operations",
    "vectors",
    "labels",
    "sampling",
    "fieldwork",
    "datasets",
    "models",
    "ops",
    "accuracy",
    "inference",
    "environment",
    "diagnosis",
    "reports",
    "training",
    "trial",
    "worker",
    "jobs",
    "cluster",
    "command",
    "__main__",
]


def name(path):
    """For the names of tests."""
    return str(path.relative_to(ROOT))


def imports(path, nodes=None):
    """Modules that a file imports, relative ones with their dots."""
    for node in nodes if nodes is not None else ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{one.name}" for one in node.names)


def target(path, imported):
    """The package below the root that an import means, or the foreign one."""
    if not imported.startswith("."):
        return imported.split(".")[0]
    up = len(imported) - len(imported.lstrip("."))
    folder = path.parents[up - 1]
    return (folder / imported.lstrip(".").split(".")[0]).relative_to(ROOT).parts[0]


def test_every_package_has_its_place():
    assert set(architecture.arrows()) == set(ORDER)


def test_packages_import_only_those_below_them():
    backwards = {
        (package, imported)
        for package, below in architecture.arrows().items()
        for imported in below
        if ORDER.index(imported) > ORDER.index(package)
    }
    assert backwards == set()


def modules_imported(path):
    """The modules of the library that a file imports, wherever in the file; no packages."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            for module in (base, *(base / name.name for name in node.names)):
                if module.with_suffix(".py").is_file():
                    yield module.with_suffix(".py")


def test_modules_do_not_import_each_other_in_a_circle():
    imported = {path: set(modules_imported(path)) for path in LIBRARY if path.name != "__init__.py"}
    assert sum(map(len, imported.values())) > 500
    assert len(list(graphlib.TopologicalSorter(imported).static_order())) >= len(imported)


def test_an_arrow_up_and_a_circle_are_found(tmp_path, monkeypatch):
    for name, imported in (("errors", "jobs"), ("jobs", "errors")):
        (tmp_path / f"{name}.py").write_text(f"def late():\n    from .{imported} import something\n")
    monkeypatch.setattr(architecture, "LIBRARY", tmp_path)
    monkeypatch.setattr(architecture, "ROOT", tmp_path.parent)
    found = architecture.imported_packages()
    assert found == {"errors": {"jobs"}, "jobs": {"errors"}}
    with pytest.raises(graphlib.CycleError):
        architecture.floors(found)


def test_the_page_shows_the_packages_as_they_are():
    assert architecture.table() in architecture.PAGE.read_text(encoding="utf-8")
    picture = architecture.PICTURE.read_text(encoding="utf-8")
    assert all(f">{package}<" in picture for package in ORDER)


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_the_library_knows_nothing_of_qgis(path):
    assert not {one.split(".")[0] for one in imports(path)} & {"qgis", "PyQt5", "PyQt6", "processing"}


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_the_library_knows_nothing_of_the_algorithms(path):
    assert "algorithms" not in {target(path, one) for one in imports(path)}


@pytest.mark.parametrize("path", ALGORITHMS, ids=name)
def test_algorithms_have_no_pixels(path):
    assert not {target(path, one) for one in imports(path)} & (HEAVY | {"numpy"})


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_heavy_packages_are_imported_late_outside_their_modules(path):
    rooms = ("models", "training", "inference", "datasets", "reports")
    if architecture.package_of(path) in rooms or path.name in ("evaluation.py", "ops.py"):
        return  # those that are about models, records and charts; the next test sees who imports them
    top = ast.parse(path.read_text(encoding="utf-8")).body
    assert not {one.split(".")[0] for one in imports(path, top)} & HEAVY


def modules_of_jobs():
    """The modules that QGIS's process may import."""
    jobs = sorted((ROOT / "geodl_plugin" / "jobs").glob("*.py"))
    return [
        "geodl_plugin.jobs",
        "geodl_plugin.worker.server",
        *(f"geodl_plugin.jobs.{one.stem}" for one in jobs if one.stem != "__init__"),
    ]


@pytest.mark.parametrize("module", modules_of_jobs())
def test_a_job_can_be_made_without_heavy_packages(module):
    program = f"import importlib, sys; importlib.import_module({module!r}); sys.exit(str({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr.strip().splitlines()[-1] == "set()"


@pytest.mark.parametrize("path", [*LIBRARY, *ALGORITHMS], ids=name)
def test_no_dangerous_calls_and_no_prints(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else ""
            allowed = {"print"} if path.name == "facts.py" else set()  # a program of its own, run by any Python
            assert called not in {"eval", "exec", "print", "compile", "__import__"} - allowed, f"line {node.lineno}"
            assert not any(one.arg == "shell" for one in node.keywords), f"line {node.lineno}"


@pytest.mark.parametrize("path", [*LIBRARY, *ALGORITHMS], ids=name)
def test_nothing_is_pickled(path):
    assert not {one.split(".")[0] for one in imports(path)} & {"pickle", "marshal", "shelve", "dill"}


@pytest.mark.parametrize("path", [*LIBRARY, *ALGORITHMS], ids=name)
def test_input_is_not_checked_by_assertions(path):
    assert not [
        node.lineno for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Assert)
    ]


@pytest.mark.parametrize("path", [*LIBRARY, *ALGORITHMS], ids=name)
def test_one_room_knows_what_differs_by_system(path):
    if path.parent.name == "systems":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {("os", "name"), ("sys", "platform")}, f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"hasattr", "getattr"}:
            assert ast.unparse(node.args[0]) not in {"os", "sys", "signal", "subprocess"}, f"line {node.lineno}"
    assert not set(imports(path)) & {"fcntl", "msvcrt", "winreg", "ctypes"}


@pytest.mark.parametrize("path", LIBRARY, ids=name)
def test_modules_stay_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", ALGORITHMS, ids=name)
def test_algorithms_stay_small(path):
    text = path.read_text(encoding="utf-8")
    is_algorithm = re.search(r'^    NAME = "\w', text, re.MULTILINE)  # else what several of them share
    assert len(text.splitlines()) <= (200 if is_algorithm else 400)
