"""HTML reports: each is one file that loads nothing from elsewhere.

======================  ======================================================================
``dataset``             report on a dataset folder
``training``            report on a training
``evaluation``          report on the evaluation of a network
``calibration``         section of both on the calibration of the probabilities
``map_accuracy``        report on the accuracy of a map
``model``               report on a model
``diagnosis``           page of a diagnosis of the environment
``*_charts``            charts of a report, with matplotlib; ``chart_style`` is what they share
``network_comparison``  the networks that a training compared, as a table
``layer_blocks``        the layers of a network, grouped into blocks
``layer_drawing``       these blocks, drawn
``pictures``            patches as small pictures
``glossary``            words, explained
``overview``            where the splits lie on the image
``facts``               names and values in tables
``templates``           the HTML, in the language of Jinja, which comes with QGIS
======================  ======================================================================

It may use all packages whose results it shows: `accuracy`, `datasets`, `models`, `inference` and `diagnosis`.
"""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

from .. import __version__
from ..labels.splits import SPLIT_COLORS
from ..language import tr
from .glossary import GLOSSARY

_TEMPLATES = Path(__file__).parent / "templates"
_LOGO = _TEMPLATES / "logo.svg"
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'  # not needed in HTML


def render(template: str, **content: Any) -> str:
    """Fill a template.

    Args:
        template: name of a file in the folder ``templates``.
        content: the variables of the template.
    """
    import jinja2  # late: QGIS imports this package when it starts
    from markupsafe import Markup  # which comes with it

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
    environment.filters["plus_minus"] = plus_minus
    environment.filters["tr"] = tr  # of texts that `mark` marks
    # Of literals of ours; `format` escapes values.
    environment.globals["tr"] = lambda text: Markup(tr(text))  # noqa: S704  # nosec B704
    environment.globals["glossary"] = GLOSSARY
    environment.globals["split_colors"] = SPLIT_COLORS
    environment.filters["words"] = _words
    logo = _LOGO.read_text(encoding="utf-8").replace(_NAMESPACE, "")
    return environment.get_template(template).render(
        logo=logo, version=__version__, date=date.today().isoformat(), **content
    )


def count(value: int) -> str:
    """A number with thin spaces between its thousands."""
    return f"{value:,}".replace(",", "\u202f")


def plus_minus(value: float, half_width: float) -> str:
    """A value and half of its interval, with as many digits as that says something about.

    >>> plus_minus(7.4321, 0.0234), plus_minus(1234.5, 56.1), plus_minus(7.4321, 0)
    ('7.43 ± 0.02', '1\u202f234 ± 56', '7.4 (interval unknown)')
    """
    if not half_width > 0:
        return tr("{value} (interval unknown)").format(value=f"{value:,.1f}".replace(",", "\u202f"))
    digits = min(2, max(0, 1 - math.floor(math.log10(half_width))))
    return f"{value:,.{digits}f} ± {max(half_width, 10.0**-digits):,.{digits}f}".replace(",", "\u202f")


def _figure(value: float, digits: int = 3) -> str:
    return "–" if math.isnan(value) else f"{value:.{digits}f}"


def _words(value: Any) -> str:
    """The value of a parameter as text; of a path only the name, since reports are sent to others."""
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(item) for item in value) or tr("none")
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, str) and Path(value).is_absolute():
        return Path(value).name
    return f"{value:g}" if isinstance(value, float) else str(value)
