"""JSON that every program can read, and checks of values that were read from JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from ..language import tr


def without_nan(value: Any) -> Any:
    """Replace NaN and infinite numbers, which JSON does not know.

    Args:
        value: anything that becomes JSON.

    Returns:
        The same value with None for such numbers, and with lists for tuples.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_nan(item) for item in value]
    return value


def strict_json(value: Any, indent: int | None = None) -> str:
    """Write JSON that every program can read, with null for numbers that JSON does not know.

    Args:
        value: anything that becomes JSON.
        indent: blanks for each level; None: all in one line.

    Returns:
        The text.
    """
    return json.dumps(without_nan(value), indent=indent, allow_nan=False)


def check_kind(value: Any, kind: Any, name: str) -> None:
    """Raise ValueError if a value that was read from JSON is not of the expected kind.

    Args:
        value: what was read.
        kind: a type (``float`` holds integers too), None, a list ``[kind of its elements]``, a tuple of kinds of
            which one must match, or a dictionary of the kinds of its values by name: those that are there are checked,
            and ``str`` as name stands for any.
        name: what the value is called in the message.

    Example::

        check_kind({"size": 3, "nodata": [None, 0.5]}, {"size": int, "nodata": [(float, None)]}, "the source")
    """
    if not _is_of(value, kind):
        raise ValueError(tr("{name} is not of the expected type: {value!r}").format(name=name, value=str(value)[:80]))
    if isinstance(kind, list):
        for number, item in enumerate(value):
            check_kind(item, kind[0], f"{name}[{number}]")
    elif isinstance(kind, dict):
        for key, item in value.items():
            if key in kind or str in kind:
                check_kind(item, kind.get(key, kind.get(str)), f"{name}.{key}")
    elif isinstance(kind, tuple):
        check_kind(value, next(choice for choice in kind if _is_of(value, choice)), name)


def _is_of(value: Any, kind: Any) -> bool:
    """Whether a value itself is of a kind; the values inside it are not looked at."""
    if isinstance(kind, tuple):
        return any(_is_of(value, choice) for choice in kind)
    if kind is None:
        return value is None
    if isinstance(kind, (list, dict)):
        return isinstance(value, type(kind))
    if isinstance(value, bool) and kind in (int, float):
        return False
    return isinstance(value, (int, float) if kind is float else kind)
