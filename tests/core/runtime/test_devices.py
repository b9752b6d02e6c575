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


def test_the_processor_has_a_name_and_threads():
    assert devices.processor()
    assert devices.threads() >= 1
