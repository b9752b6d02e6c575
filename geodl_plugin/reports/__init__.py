"""HTML reports: one file each, nothing to load from elsewhere.

The templates are Jinja's, which ships with QGIS; charts come as SVG from whoever has them.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

_TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **content: Any) -> str:
    """Fill a template of the folder ``templates``."""
    import jinja2  # takes a while, and QGIS imports us at its start

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(_TEMPLATES)), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["figure"] = _figure
    environment.filters["count"] = lambda value: f"{value:,}".replace(",", "\u202f")
    return environment.get_template(template).render(**content)


def _figure(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"
