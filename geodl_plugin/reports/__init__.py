"""HTML reports: one file each, nothing to load from elsewhere.

The templates are Jinja's, which ships with QGIS; charts come as SVG from whoever has them.
"""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

from .. import __version__

_TEMPLATES = Path(__file__).parent / "templates"
_LOGO = _TEMPLATES / "logo.svg"
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'  # needless within HTML


def render(template: str, **content: Any) -> str:
    """Fill a template of the folder ``templates``."""
    import jinja2  # takes a while, and QGIS imports us at its start

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(_TEMPLATES)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["figure"] = _figure
    environment.filters["percent"] = lambda value: f"{100 * value:.1f}\u202f%"
    environment.filters["count"] = count
    environment.filters["words"] = _words
    logo = _LOGO.read_text(encoding="utf-8").replace(_NAMESPACE, "")
    return environment.get_template(template).render(
        logo=logo, version=__version__, date=date.today().isoformat(), **content
    )


def count(value: int) -> str:
    """A large number with its thousands set apart."""
    return f"{value:,}".replace(",", "\u202f")


def _figure(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def _words(value: Any) -> str:
    """A parameter's value as people write it; of a path only the name: reports are sent to others."""
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(one) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and Path(value).is_absolute():
        return Path(value).name
    return f"{value:g}" if isinstance(value, float) else str(value)
