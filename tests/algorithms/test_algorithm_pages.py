"""The pages of the documentation site that are made from the algorithms."""

import re
from pathlib import Path

import pytest

from scripts.algorithm_pages import FOLDER, PICTURES, _choices, pages

LARGEST = 60_000  # bytes of a picture


@pytest.fixture(scope="module")
def made(plugin):
    """The pages as they would be written now."""
    return pages(plugin.provider.algorithms())


def test_pages_are_those_of_the_algorithms(made):
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert written.keys() == made.keys()
    differ = [name for name in made if written[name] != made[name]]
    assert not differ, "run scripts/algorithm_pages.py"


def test_each_page_has_a_small_picture(made):
    pictures = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert pictures.keys() == {name.removesuffix(".md") for name in made} - {"index"}
    assert [name for name, size in pictures.items() if size > LARGEST] == []


def test_all_parameters_are_told(made, plugin):
    for algorithm in plugin.provider.algorithms():
        told = re.findall(r"^`(.+?)` · ", made[f"{algorithm.name()}.md"], re.MULTILINE)
        assert set(told) == {one.name() for one in algorithm.parameterDefinitions()}


def test_nothing_of_this_computer_is_told(made):
    text = "".join(made.values())
    assert str(Path.home()) not in text
    assert "/tmp/" not in text


def test_choices_are_cut_at_the_words():
    text = "How. 'a': the first. It is good. 'b c': the second; 'd': the last. All of them are good."
    lead, items, rest = _choices(text, ["a", "b c", "d"])
    assert lead == "How."
    assert items == [("a", "the first. It is good."), ("b c", "the second"), ("d", "the last.")]
    assert rest == "All of them are good."


def test_a_help_without_words_stays_whole():
    assert _choices("Either 'a' or another: you choose.", ["a"]) == ("Either 'a' or another: you choose.", [], "")
