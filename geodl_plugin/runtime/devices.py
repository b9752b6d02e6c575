"""The devices that compute: the processor, and the GPUs that TensorFlow sees."""

from __future__ import annotations

import os

from ..language import tr
from ..systems.processor import instructions, processor, threads


def hardware() -> str:
    """The names of the processor, with its number of threads, and of the GPUs that TensorFlow sees."""
    import tensorflow as tf

    gpus = [gpu_name(gpu) for gpu in tf.config.get_visible_devices("GPU")]
    counted = [f"{gpus.count(name)} × {name}" if gpus.count(name) > 1 else name for name in dict.fromkeys(gpus)]
    return "; ".join([tr("{processor}, {threads} threads").format(processor=processor(), threads=threads()), *counted])


def why_not_bfloat16() -> str:
    """Why the processor computes no network faster in bfloat16 than in float32; empty if it may.

    It takes units for matrices and the operations of oneDNN, which use them.  Units for vectors (AVX-512-BF16) make
    convolutions no faster than those for float32, and what comes between them slower.
    """
    if "AMX-BF16" not in instructions():
        return tr("no units for matrices of bfloat16 (AMX) are known of this processor")
    if os.environ.get("TF_ENABLE_ONEDNN_OPTS", "").lower() in ("0", "false"):
        return tr("TensorFlow's operations of oneDNN are switched off")
    return ""


def gpu_name(gpu: object) -> str:
    """The name of a GPU.

    Args:
        gpu: a physical device of TensorFlow.
    """
    import tensorflow as tf

    return str(tf.config.experimental.get_device_details(gpu).get("device_name", gpu.name))  # type: ignore[attr-defined]
