"""The devices that compute: the processor, and the GPUs that TensorFlow sees."""

from __future__ import annotations

from ..systems.processor import processor, threads


def hardware() -> str:
    """The names of the processor, with its number of threads, and of the GPUs that TensorFlow sees."""
    import tensorflow as tf

    gpus = [gpu_name(gpu) for gpu in tf.config.get_visible_devices("GPU")]
    counted = [f"{gpus.count(name)} × {name}" if gpus.count(name) > 1 else name for name in dict.fromkeys(gpus)]
    return "; ".join([f"{processor()}, {threads()} threads", *counted])


def gpu_name(gpu: object) -> str:
    """The name of a GPU.

    Args:
        gpu: a physical device of TensorFlow.
    """
    import tensorflow as tf

    return str(tf.config.experimental.get_device_details(gpu).get("device_name", gpu.name))  # type: ignore[attr-defined]
