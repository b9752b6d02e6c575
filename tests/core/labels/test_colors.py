"""Colours of classes."""

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.errors import InputError
from geodl_plugin.labels.colors import PALETTE, class_colors, free_colors, parse_colors


def hue(color):
    """Hue in degrees, saturation and value."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in bytes.fromhex(color[1:])))
    return 360 * hue, saturation, value


@pytest.mark.parametrize("names", [("water", "Forest", "urban", "bare soil"), ("Eaux", "Forêts", "BÂTI", "sols nus")])
def test_colours_follow_the_meaning_of_names(names):
    water, forest, urban, bare = map(hue, class_colors(names))
    assert 200 < water[0] < 230 and 90 < forest[0] < 150 and (urban[0] < 15 or urban[0] > 345) and 20 < bare[0] < 45
    assert class_colors(names) == class_colors([name.upper() for name in names])


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("cloud shadow", "shadow"),
        ("Terres_cultivées / champs", "crop"),
        ("forest road", "road"),
        ("burnt forest", "burnt"),
    ],
)
def test_of_several_meanings_the_more_special_one_counts(name, meaning):
    assert class_colors([name]) == class_colors([meaning])


@pytest.mark.parametrize("name", ["not forest", "hors eau", "17", "waterford", "лес", "nuit", ""])
def test_names_without_a_meaning_get_the_palette(name):
    assert class_colors([name]) == [PALETTE[0]]


def test_classes_of_one_meaning_get_shades_of_it():
    colors = class_colors(["broadleaved forest", "coniferous forest", "mixed forest"])
    assert len(set(colors)) == 3 and all(70 < hue(color)[0] < 150 for color in colors)


@given(
    st.lists(st.sampled_from(["water", "lake", "forest", "tree", "1", "2", "snow", "ice", "moor", "road"]), max_size=60)
)
def test_no_two_classes_have_the_same_colour(names):
    colors = class_colors(names)
    assert len(set(colors)) == len(colors) == len(names)
    assert next(free_colors(colors)) not in colors


def test_unnamed_classes_get_the_palette_in_turn_and_never_the_same_however_many_there_are():
    colors = class_colors([str(value) for value in range(3000)])
    assert colors[: len(PALETTE)] == list(PALETTE) and len(set(colors)) == 3000


def test_given_colours_are_parsed():
    assert parse_colors(["a=b=#0A0b0C", "3=#ffffff"]) == {"a=b": "#0a0b0c", "3": "#ffffff"}
    with pytest.raises(InputError, match="Received: forest=green"):
        parse_colors(["forest=green"])
