"""The names of what computes."""

import pytest

from geodl_plugin.runtime import devices


@pytest.fixture
def gpus(monkeypatch):
    """Pretend that TensorFlow sees GPUs of these names."""
    tf = pytest.importorskip("tensorflow")

    def pretend(*names):
        monkeypatch.setattr(tf.config, "get_visible_devices", lambda kind: list(names))
        monkeypatch.setattr(devices, "gpu_name", str)
        monkeypatch.setattr(devices, "processor", lambda: "Xeon")
        monkeypatch.setattr(devices, "threads", lambda: 2)

    return pretend


@pytest.mark.parametrize(
    ("names", "said"),
    [((), "Xeon, 2 threads"), (("L4",), "Xeon, 2 threads; L4"), (("L4", "A2", "L4"), "Xeon, 2 threads; 2 × L4; A2")],
)
def test_hardware_is_named(gpus, names, said):
    gpus(*names)
    assert devices.hardware() == said


@pytest.mark.parametrize(
    ("instructions", "onednn", "missing"),
    [
        (["AVX-512", "AVX-512-BF16", "AMX", "AMX-BF16"], "", ""),
        (["AVX-512", "AMX-BF16"], "1", ""),
        (["AVX-512", "AMX-BF16"], "0", "oneDNN are switched off"),
        (["AVX-512", "AMX-BF16"], "False", "oneDNN are switched off"),
        (["AVX-512", "AVX-512-BF16"], "", "no units for matrices"),
        ([], "", "no units for matrices"),
    ],
)
def test_bfloat16_takes_units_for_matrices_and_onednn(monkeypatch, instructions, onednn, missing):
    monkeypatch.setattr(devices, "instructions", lambda: instructions)
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", onednn)
    found = devices.why_not_bfloat16()
    assert (missing in found) if missing else not found


def test_the_processor_has_a_name_and_threads():
    assert devices.processor()
    assert devices.threads() >= 1
