"""The precision that maps are computed in."""

import pytest
import tensorflow as tf

from geodl_plugin.inference import precision as tested
from geodl_plugin.inference.precision import precision

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
