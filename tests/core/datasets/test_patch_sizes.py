"""The size of patches, and those that show the ground of another split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.datasets.patch_sizes import chosen_size, warn_about_overlap
from geodl_plugin.errors import InputError
from geodl_plugin.runtime.reporter import SilentReporter
from geodl_plugin.sampling.origin import UNKNOWN, Origin
from geodl_plugin.sampling.positions import Positions


class Listening(SilentReporter):
    """Keeps warnings."""

    def __init__(self):
        super().__init__()
        self.warnings = []

    def warning(self, message):
        self.warnings.append(message)


def positions(places, way="spatial blocks", origin=UNKNOWN):
    """Positions from columns, rows and splits."""
    cols, rows, splits = np.array(places, np.int64).reshape(-1, 3).T
    none = np.zeros(len(cols), np.int64)
    return Positions(cols, rows, none, splits, none, None, way, origin)


@pytest.mark.parametrize(("requested", "sampled", "expected"), [(0, 32, 32), (48, 32, 48), (0, 0, 64), (48, 0, 48)])
def test_the_size_is_that_of_the_positions_unless_another_is_asked_for(requested, sampled, expected):
    assert chosen_size(requested, Origin(sampled), SilentReporter()) == expected


def test_a_negative_size_is_refused():
    with pytest.raises(InputError, match="patch size"):
        chosen_size(-1, Origin(32), SilentReporter())


some = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.integers(0, 2)), min_size=1, max_size=20)


@given(some, st.integers(1, 40))
def test_exactly_the_patches_that_share_ground_with_train_are_told(places, size):
    counts = {}
    for split, name in ((1, "valid"), (2, "test")):
        own = [place for place in places if place[2] == split]
        near = [
            place
            for place in own
            if any(max(abs(place[0] - other[0]), abs(place[1] - other[1])) < size for other in places if other[2] == 0)
        ]
        if near:
            counts[name] = f"{len(near)} of {len(own)} in {name}"
    reporter = Listening()
    warn_about_overlap(positions(places), size, reporter)
    assert len(reporter.warnings) == bool(counts)
    assert all(text in reporter.warnings[0] for text in counts.values())


NEAR = [(10, 10, 0), (30, 10, 2), (90, 10, 2)]


def test_the_warning_says_why_and_what_to_do():
    reporter = Listening()
    warn_about_overlap(positions(NEAR, origin=Origin(16, 16)), 24, reporter)
    warn_about_overlap(positions(NEAR, origin=Origin(24, 8)), 24, reporter)
    larger, buffer = reporter.warnings
    assert "1 of 2 in test): the positions were sampled for 16 pixels" in larger
    assert "Choose the patch size 16, or sample the positions for 24." in larger
    assert "may be 8 pixels apart" in buffer and "larger buffer" in buffer


@pytest.mark.parametrize("way", ["features", "by field"])
def test_patches_of_whole_features_overlap_by_intent(way):
    reporter = Listening()
    warn_about_overlap(positions(NEAR, way), 24, reporter)
    assert reporter.warnings == []
