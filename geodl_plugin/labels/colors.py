"""Colours of classes: by the meaning of their names, else from a palette; no two classes have the same.

Names are compared word by word, without accents and plurals, in English and French: ``Bare soil`` and ``sols nus`` are
bare ground, ``not forest`` has no meaning.  Of several meanings the first of the table counts: ``cloud shadow`` is a
shadow.  Each meaning has several shades, for classes such as ``broadleaved forest`` and ``coniferous forest``.
"""

from __future__ import annotations

import colorsys
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from ..errors import InputError
from ..language import tr

# Paul Tol's "bright" and "muted" schemes (colour-blind safe), in an order that suits land cover.
PALETTE = (
    "#ddcc77", "#228833", "#4477aa", "#cc6677", "#aa3377", "#66ccee", "#999933", "#882255",
    "#44aa99", "#ee6677", "#117733", "#332288", "#ccbb44", "#88ccee", "#aa4499", "#bbbbbb",
)  # fmt: skip
_MEANINGS = {
    "shadow shade ombre": ("#3a3a4a", "#62627a"),
    "cloud haze fog nuage brume": ("#d5d5e2", "#b4b4c8"),
    "burnt burned burn fire brule brulee incendie": ("#4a2413", "#7d4a32"),
    "snow ice glacier firn neige glace neve": ("#d3eff7", "#a5dbea"),
    "mangrove": ("#0f766e", "#3d9790"),
    "wetland marsh swamp bog peat peatland fen mire marais marecage tourbiere humide": ("#3fb5a3", "#86d6c9"),
    "road street highway motorway railway rail asphalt parking airport runway path route rue autoroute voie chemin "
    "piste aeroport": ("#707070", "#9c9c9c"),
    "orchard vineyard vine olive palm verger vigne vignoble oliveraie palmeraie": ("#a35fb3", "#cda3d8"),
    "urban built builtup building city town village settlement artificial impervious house roof residential industrial "
    "urbain urbaine bati batie batiment ville artificiel artificielle construit toit maison industriel industrielle": (
        "#c8372d",
        "#ea8278",
        "#8e1b17",
    ),
    "water river lake sea ocean pond reservoir canal eau riviere fleuve lac mer etang bassin": (
        "#2b6cb0",
        "#69a9e3",
        "#123f73",
    ),
    "crop cropland agriculture agricultural farmland farm arable field wheat maize corn barley rice soy soybean cotton "
    "rapeseed sunflower potato culture cultive cultivee agricole champ ble mais orge riz soja coton colza tournesol": (
        "#e6b422",
        "#f5da78",
        "#b3830f",
    ),
    "shrub shrubland bush bushland heath heathland scrub lande maquis garrigue arbuste arbustif broussaille buisson": (
        "#8f9a3c",
        "#bcc57a",
    ),
    "grass grassland meadow pasture lawn steppe savanna savannah prairie herbe herbace pelouse paturage savane": (
        "#9bd15a",
        "#c9e79d",
        "#6da82f",
    ),
    "forest tree wood woodland conifer coniferous deciduous broadleaf broadleaved evergreen foret arbre arbore bois "
    "boise conifere feuillu resineux": ("#1e7b34", "#56ad66", "#0b4a1f", "#83bf75"),
    "bare barren soil sand desert rock stone beach dune gravel quarry mine nu nue sable roche rocher plage carriere": (
        "#c9a26d",
        "#e5d2aa",
        "#8f6b3d",
    ),
}
_SHADES = {word: shades for words, shades in _MEANINGS.items() for word in words.split()}
_ORDER = {word: place for place, words in enumerate(_MEANINGS) for word in words.split()}
_NEGATIONS = {"no", "non", "not", "without", "sans", "hors"}
_APART = 60.0  # in RGB: closer colours are hard to tell


def class_colors(names: Sequence[str]) -> list[str]:
    """A colour for each class, ``#rrggbb``; no two are the same.

    Args:
        names: of the classes; those without a meaning, such as numbers, get the colours of `PALETTE` in turn, but for
            those that are too much like the others.
    """
    colors = [""] * len(names)
    used: set[str] = set()
    for place, name in enumerate(names):
        colors[place] = next((shade for shade in _shades(name) if shade not in used), "")
        used.add(colors[place])
    free = free_colors(color for color in used if color)
    return [color or next(free) for color in colors]


def free_colors(used: Iterable[str]) -> Iterator[str]:
    """Colours that are not used yet, each once, without end; those that differ most from the used ones come first.

    Args:
        used: ``#rrggbb``.
    """
    taken = set(used)
    fitting = [color for color in PALETTE if all(_distance(color, other) > _APART for other in taken)]
    others = itertools.chain(fitting, (color for color in PALETTE if color not in fitting), _further())
    return (color for color in others if color not in taken)


def parse_colors(given: Iterable[str]) -> dict[str, str]:
    """The colours that a user gives classes.

    Args:
        given: texts such as ``forest=#1e7b34``: a name or a value, and the colour.

    Returns:
        Colours by name or value.

    Raises:
        InputError: a text is another.
    """
    colors = {}
    for text in given:
        found = re.fullmatch("(.*)=(#[0-9a-fA-F]{6})", text, re.DOTALL)
        if not found:
            raise InputError(tr("Invalid colour of a class."), expected=tr("such as forest=#1e7b34"), received=text)
        colors[found[1]] = found[2].lower()
    return colors


def _shades(name: str) -> tuple[str, ...]:
    """The colours that suit a name; none if its meaning is unknown."""
    plain = unicodedata.normalize("NFD", name.lower())
    words = re.findall(r"[a-z]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    if not _NEGATIONS.isdisjoint(words):
        return ()
    forms = [form for word in words for form in (word, word.rstrip("sx"), word.removesuffix("es")) if form in _SHADES]
    return _SHADES[min(forms, key=_ORDER.__getitem__)] if forms else ()


def _distance(color: str, other: str) -> float:
    parts = zip(bytes.fromhex(color[1:]), bytes.fromhex(other[1:]))
    return sum((one - two) ** 2 for one, two in parts) ** 0.5


def _further() -> Iterator[str]:
    """Ever more colours, each once: hues by the golden angle, in several shades."""
    seen = set(PALETTE)
    for number in itertools.count():
        value, saturation = 0.9 - 0.13 * (number % 5), 0.75 - 0.11 * (number % 3) - number // 5000 * 0.01
        rgb = colorsys.hsv_to_rgb(number * 0.618034 % 1, max(0.1, saturation), value)
        color = "#" + "".join(f"{round(255 * part):02x}" for part in rgb)
        if color not in seen:
            seen.add(color)
            yield color
