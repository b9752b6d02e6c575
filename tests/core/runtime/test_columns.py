"""Tables as text."""

from geodl_plugin.runtime.columns import aligned


def test_columns_are_as_wide_as_their_longest_text():
    lines = aligned(["class", "share"], [["water", "1"], ["broadleaved", "100.0"]], (3, 7))
    assert lines == ["class          share", "water              1", "broadleaved    100.0"]
