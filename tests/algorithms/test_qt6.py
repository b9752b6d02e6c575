"""The plugin also suits QGIS 4 with Qt 6: PyQt6 has only scoped enums, and lacks what PyQt5 had renamed."""

import ast
import enum
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    path
    for pattern in ("__init__.py", "algorithms/**/*.py", "scripts/**/*.py", "tests/**/*.py", "benchmarks/**/*.py")
    for path in sorted(ROOT.glob(pattern))
]
RENAMED = {"exec_", "print_", "setapi", "toPyObject"}
GONE = {"QRegExp", "QDesktopWidget", "QStringRef", "QTextCodec", "QMatrix", "QPyNullVariant"}


def imported(tree):
    """What a module has from QGIS, by the names that it uses."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "qgis":
            module = importlib.import_module(node.module)
            found.update({one.asname or one.name: getattr(module, one.name, None) for one in node.names})
    return found


def unscoped(node, known):
    """Whether an expression such as ``Qt.AlignLeft`` takes a value of an enum without naming the enum."""
    names = []
    while isinstance(node, ast.Attribute):
        names.insert(0, node.attr)
        node = node.value
    value = known.get(node.id) if isinstance(node, ast.Name) else None
    if value is None:
        return False
    for name in names:
        owner, value = value, getattr(value, name, None)
        if isinstance(owner, type) and is_enum(type(value)) and type(value) is not owner:
            return True
    return False


def is_enum(kind):
    """Whether it is an enum of Python, or of sip."""
    return issubclass(kind, enum.Enum) or type(kind).__name__ == "enumtype"


def problems(source):
    """What PyQt6 would not take, with its line."""
    tree = ast.parse(source)
    known = imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = [one.name for one in node.names]
            modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else names
            if {module.split(".")[0] for module in modules} & {"PyQt5", "PyQt6", "sip"}:
                yield f"line {node.lineno}: import from qgis.PyQt"
            if "qgis" in modules[0] and GONE & set(names):
                yield f"line {node.lineno}: Qt 6 has no {', '.join(GONE & set(names))}"
        elif isinstance(node, ast.Attribute):
            if node.attr in RENAMED:
                yield f"line {node.lineno}: PyQt6 has no {node.attr}"
            if unscoped(node, known):
                yield f"line {node.lineno}: name the enum of {ast.unparse(node)}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_code_suits_both_versions_of_qt(path):
    assert list(problems(path.read_text(encoding="utf-8"))) == []


def test_it_is_looked_for_in_the_code_that_people_run():
    names = {str(path.relative_to(ROOT)) for path in FILES}
    assert {"algorithms/desktop/entry.py", "algorithms/provider.py", "scripts/make_model.py"} <= names


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("from PyQt5.QtCore import Qt", "import from qgis.PyQt"),
        ("import PyQt6.QtCore", "import from qgis.PyQt"),
        ("import sip", "import from qgis.PyQt"),
        ("from qgis.PyQt.QtCore import QRegExp", "Qt 6 has no QRegExp"),
        ("dialog.exec_()", "PyQt6 has no exec_"),
        ("from qgis.PyQt.QtCore import Qt\nx = Qt.AlignLeft", "name the enum of Qt.AlignLeft"),
        ("from qgis.PyQt.QtWidgets import QMessageBox as Box\nx = Box.Yes", "name the enum of Box.Yes"),
        ("from qgis.PyQt.QtCore import QVariant\nx = QVariant.Int", "name the enum of QVariant.Int"),
        ("from qgis.core import Qgis\nx = Qgis.Warning", "name the enum of Qgis.Warning"),
        (
            "from qgis.core import QgsProcessing\nx = QgsProcessing.TypeRaster",
            "name the enum of QgsProcessing.TypeRaster",
        ),
        (
            "from qgis.core import QgsProcessingParameterNumber as N\nN('a', 'b', N.Double)",
            "name the enum of N.Double",
        ),
    ],
)
def test_what_qt6_does_not_take_is_found(line, problem):
    assert [one.split(": ", 1)[1] for one in problems(line)] == [problem]


@pytest.mark.parametrize(
    "line",
    [
        "from qgis.PyQt.QtCore import Qt\nx = Qt.AlignmentFlag.AlignLeft",
        "from qgis.core import Qgis\nx = Qgis.MessageLevel.Warning",
        "from qgis.core import QgsProcessing\nx = QgsProcessing.SourceType.TypeRaster",
        "from qgis.core import QgsProject\nx = QgsProject.instance().homePath",
        "dialog.exec()",
    ],
)
def test_what_both_take_is_not_found(line):
    assert list(problems(line)) == []
