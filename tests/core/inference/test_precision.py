"""The precision that maps are computed in."""

from fractions import Fraction

import pytest
import tensorflow as tf

from geodl_plugin.inference import precision as tested
from geodl_plugin.inference.members import Member
from geodl_plugin.inference.precision import choose_precision, precision
from geodl_plugin.models import arithmetic
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.models.loading import open_model

BFLOAT16, FLOAT16 = "auto_mixed_precision_onednn_bfloat16", "auto_mixed_precision"


@pytest.fixture
def machine(monkeypatch):
    """Pretend to have a processor with units for bfloat16 or not, and a GPU of a compute capability."""

    def pretend(units, capability=None):
        monkeypatch.setattr(tested, "has_bfloat16_units", lambda: units)
        monkeypatch.setattr(tf.config, "get_visible_devices", lambda kind: ["gpu"] if capability else [])
        details = {"compute_capability": capability}
        monkeypatch.setattr(tf.config.experimental, "get_device_details", lambda gpu: details)

    return pretend


def is_on(option):
    """Whether TensorFlow rewrites graphs in that way."""
    return tf.config.optimizer.get_experimental_options().get(option, False)


@pytest.mark.parametrize(
    ("wanted", "units", "capability", "option"),
    [
        ("bfloat16", True, None, BFLOAT16),
        ("float16", False, (9, 0), FLOAT16),
    ],
)
def test_units_of_16_bits_are_used(machine, reporter, wanted, units, capability, option):
    machine(units, capability)
    with precision(wanted, reporter) as used:
        assert used == wanted and is_on(option)
    assert not is_on(option) and not reporter.warnings


def test_units_that_are_not_known_are_tried_and_that_is_said(machine, reporter):
    machine(None)
    with precision("bfloat16", reporter) as used:
        assert used == "bfloat16" and is_on(BFLOAT16)
    assert not is_on(BFLOAT16)
    (warning,) = reporter.warnings
    assert "not known whether this processor has units for bfloat16" in warning and "float32" in warning


@pytest.mark.parametrize(
    ("wanted", "units", "capability", "reason"),
    [
        ("bfloat16", False, None, "no units for bfloat16"),
        ("bfloat16", True, (9, 0), "on GPUs choose float16"),
        ("bfloat16", None, (9, 0), "on GPUs choose float16"),
        ("float16", True, None, "no GPU with units for float16"),
        ("float16", None, (6, 1), "no GPU with units for float16"),
    ],
)
def test_without_units_it_is_float32_and_said(machine, reporter, wanted, units, capability, reason):
    machine(units, capability)
    with precision(wanted, reporter) as used:
        assert used == "float32" and not is_on(BFLOAT16) and not is_on(FLOAT16)
    (warning,) = reporter.warnings
    assert reason in warning


def test_float32_changes_nothing(machine, reporter):
    machine(["AMX-BF16"], (9, 0))
    with precision("float32", reporter) as used:
        assert used == "float32" and not is_on(BFLOAT16) and not is_on(FLOAT16)
    assert not reporter.warnings


@pytest.fixture
def choose(machine, untrained, reporter, monkeypatch):
    """What `choose_precision` gives for a network that does more than enough, or too little."""

    def run(wanted="automatic", *, missing="", capability=None, many=True, name=PREDICTIONS):
        machine(not missing, capability)
        monkeypatch.setattr(arithmetic, "why_not_bfloat16", lambda: missing)
        monkeypatch.setattr(arithmetic, "MANY_MULTIPLY_ADDS", 1 if many else 10**9)
        model = open_model(untrained("fcnn", None)[0])
        return choose_precision(wanted, [Member(model, (name,), {})], [Fraction(1)], reporter)

    return run


@pytest.mark.parametrize(
    ("device", "chosen", "reason"),
    [
        ({}, "bfloat16", "units for matrices of bfloat16"),
        ({"missing": "there are no units"}, "float32", "there are no units"),
        ({"many": False}, "float32", "the network does only"),
        ({"name": "predictions_crop16"}, "float32", "not known how much"),
        ({"capability": (7, 0)}, "float16", "the network does"),
        ({"capability": (7, 0), "many": False}, "float32", "the network does only"),
        ({"capability": (6, 1)}, "float32", "no GPU with units for float16"),
    ],
    ids=str,
)
def test_automatic_depends_on_the_device_and_the_layers_and_says_why(choose, reporter, device, chosen, reason):
    assert choose(**device) == chosen
    (message,) = reporter.messages
    assert message.startswith(f"Precision {chosen}, since ") and reason in message


@pytest.mark.parametrize("wanted", ["float32", "bfloat16", "float16"])
def test_a_precision_that_was_asked_for_stays(choose, reporter, wanted):
    assert choose(wanted) == wanted and not reporter.messages
