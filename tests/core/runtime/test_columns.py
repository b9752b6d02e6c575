"""Tables as text."""

import pytest

from geodl_plugin import language
from geodl_plugin.runtime.columns import aligned, grouped


def test_columns_are_as_wide_as_their_longest_text():
    lines = aligned(["class", "share"], [["water", "1"], ["broadleaved", "100.0"]], (3, 7))
    assert lines == ["class          share", "water              1", "broadleaved    100.0"]


@pytest.mark.parametrize(("spoken", "mark"), [("en", ","), ("fr", "\u202f")])
def test_thousands_are_apart_as_the_language_has_it(spoken, mark, monkeypatch):
    monkeypatch.setenv(language.VARIABLE, spoken)
    assert grouped(1234567) == f"1{mark}234{mark}567"
    assert grouped(1234.56, 1) == f"1{mark}234.6"
