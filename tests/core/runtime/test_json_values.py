"""Values that are written as JSON, and read from it."""

import json
import math

import pytest

from geodl_plugin.runtime.json_values import check_kind, without_nan


def test_what_json_does_not_know_becomes_none():
    given = {"a": [math.nan, 1.5, (math.inf, 2)], "b": {"c": -math.inf}, "d": "NaN", "e": True}
    assert without_nan(given) == {"a": [None, 1.5, [None, 2]], "b": {"c": None}, "d": "NaN", "e": True}
    json.dumps(without_nan(given), allow_nan=False)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, int),
        (1, float),
        (1.5, float),
        ("a", str),
        (None, (str, None)),
        ([], [int]),
        ([1, None], [(float, None)]),
        ({"a": 1, "b": []}, {"a": int}),
        ({"a": [1], "b": []}, {str: [int]}),
        ({"a": {"b": 1}}, (None, {"a": {"b": int}})),
        ({"anything": [None]}, {str: object}),
    ],
)
def test_what_fits_passes(value, kind):
    check_kind(value, kind, "it")


@pytest.mark.parametrize(
    ("value", "kind", "where"),
    [
        (1.5, int, "it"),
        (True, int, "it"),
        (True, float, "it"),
        ("1", int, "it"),
        (None, str, "it"),
        ("ab", [str], "it"),
        ({"a": 1}, [str], "it"),
        ([1, "2"], [int], r"it\[1\]"),
        ([["a"], "b"], [[str]], r"it\[1\]"),
        ({"a": {"b": "c"}}, {"a": {"b": int}}, r"it\.a\.b"),
        ({"a": [1], "b": [None]}, {str: [int]}, r"it\.b\[0\]"),
        ({"a": "b"}, (None, {"a": int}), r"it\.a"),
    ],
)
def test_what_does_not_fit_is_named(value, kind, where):
    with pytest.raises(ValueError, match=f"{where} is not of the expected type"):
        check_kind(value, kind, "it")
