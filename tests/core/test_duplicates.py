"""No six lines of code stand in two places."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted([*(ROOT / "geodl_plugin").rglob("*.py"), *(ROOT / "algorithms").rglob("*.py")])
LINES = 6


def code_lines(source):
    """Number and text of the lines in the bodies of functions, without blanks, comments and docstrings."""
    lines = source.splitlines()
    numbers = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            for statement in body:
                if not isinstance(statement, (ast.Import, ast.ImportFrom)):
                    numbers.update(range(statement.lineno, statement.end_lineno + 1))
    stripped = ((number, lines[number - 1].strip()) for number in sorted(numbers))
    return [(number, line) for number, line in stripped if line and not line.startswith("#")]


def runs(source):
    """First line and text of all runs of lines that follow each other."""
    found = code_lines(source)
    for start in range(len(found) - LINES + 1):
        chosen = found[start : start + LINES]
        yield chosen[0][0], "\n".join(line for _, line in chosen)


def duplicates(sources):
    """Places of runs that several sources, or one several times, have; [(name, line), …] of each."""
    places = defaultdict(list)
    for name, source in sources.items():
        for number, text in runs(source):
            places[text].append((name, number))
    return [found for found in places.values() if len(found) > 1]


def test_duplicates_are_found():
    body = "".join(f"    x = x + {number}  \n\n" for number in range(LINES))
    source = f'def one(x):\n    """Text."""\n    # comment\n{body}    return x\n\ndef two(x):\n{body}'
    assert duplicates({"a": source}) == [[("a", 4), ("a", 19)]]
    assert duplicates({"a": source.replace("x + 3", "x + 4", 1)}) == []


def test_no_six_lines_twice():
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES}
    assert duplicates(sources) == []
