"""What an effort stands for: arithmetic."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from geodl_plugin.options import EFFORTS
from geodl_plugin.training.effort import affordable_epochs, coarse, networks_of, size_of

UNET = {"width": 16, "depth": 3}


def sizes(effort, defaults=UNET, patch_size=64):
    """Epochs, width and depth of the networks of an effort."""
    found = [size_of(network, defaults, patch_size) for network in networks_of(effort)]
    return [(size.epochs, size.width, size.depth) for size in found]


def test_more_effort_is_a_larger_network_for_longer():
    assert sizes("quick") == [(4, 8, 2)]
    assert sizes("standard") == [(8, 0, 0)]
    assert sizes("thorough") == [(8, 0, 0), (16, 24, 4)]


def test_a_network_is_not_deeper_than_its_patches_allow():
    assert sizes("thorough", patch_size=32)[1] == (16, 24, 0)
    assert sizes("thorough", patch_size=72)[1] == (16, 24, 0)
    assert sizes("quick", {"width": 16, "depth": 1}) == [(4, 8, 0)]


def test_what_a_network_lacks_stays_as_it_is():
    assert sizes("quick", {"width": 16}) == [(4, 8, 0)]
    assert sizes("thorough", {}) == [(8, 0, 0), (16, 0, 0)]


@pytest.mark.parametrize(
    ("seconds", "steps", "epochs"),
    [(None, 10_000, 8), (0.25, 63, 8), (0.25, 120, 6), (1.0, 1000, 2), (5.0, 40, 8), (5.0, 80, 4)],
)
def test_epochs_are_left_out_where_they_would_take_too_long(seconds, steps, epochs):
    (standard,) = networks_of("standard")
    assert affordable_epochs(standard, seconds, steps) == epochs


@given(st.sampled_from(EFFORTS), st.floats(1e-4, 100), st.integers(1, 10**6))
def test_the_time_of_an_effort_is_kept_where_it_can_be(effort, seconds, steps):
    for network in networks_of(effort):
        epochs = affordable_epochs(network, seconds, steps)
        assert 2 <= epochs <= network.epochs and epochs * steps >= min(network.epochs * steps, network.least_steps)
        fewest = epochs == 2 or (epochs - 1) * steps < network.least_steps
        assert fewest or epochs * steps * coarse(seconds) <= network.seconds


@given(st.floats(1e-4, 100))
def test_times_are_rounded_by_less_than_half_a_power_of_two(seconds):
    assert 0.7 < coarse(seconds) / seconds < 1.42
    assert coarse(coarse(seconds)) == coarse(seconds)
