"""The processor and the GPUs: each computes something small."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path
from typing import Any

from ..diagnosis.text import device_text
from ..environment import nvidia_gpus
from ..errors import EnvironmentProblem
from ..language import tr
from ..runtime.devices import gpu_name
from ..systems.processor import instructions, processor, threads


def run_devices(folder: Path, facts: dict[str, Any]) -> str:
    """Each device that TensorFlow sees computes a convolution and its gradient."""
    facts["devices"] = _devices()
    facts["gpu_note"] = gpu_note(facts["devices"])
    return "; ".join(device_text(device) for device in facts["devices"])


def _devices() -> list[dict[str, Any]]:
    import tensorflow as tf

    devices: list[dict[str, Any]] = [
        {
            "device": "CPU",
            "name": processor(),
            "threads": threads(),
            "instructions": instructions(),
            "seconds": compute("CPU:0"),
        }
    ]
    memory = dict(line.rsplit(", ", 1) for line in nvidia_gpus())
    for number, gpu in enumerate(tf.config.list_physical_devices("GPU")):
        name = gpu_name(gpu)
        device = f"GPU:{number}"
        devices.append(
            {"device": device, "name": name, "memory": memory.get(name, "unknown"), "seconds": compute(device)}
        )
    return devices


def compute(device: str) -> float:
    """Seconds that a small convolution and its gradient take on a device.

    Raises:
        EnvironmentProblem: the result is wrong.
    """
    import tensorflow as tf

    size, bands, filters = 256, 4, 16
    with tf.device(f"/{device}"):
        image, kernel = tf.ones([1, size, size, bands]), tf.ones([3, 3, bands, filters])
        started = time.perf_counter()
        with tf.GradientTape() as tape:
            tape.watch(kernel)
            result = tf.nn.conv2d(image, kernel, strides=1, padding="VALID")
        gradient = tape.gradient(result, kernel)
        values = float(result[0, 0, 0, 0]), float(gradient[0, 0, 0, 0])
        seconds = time.perf_counter() - started
    expected = (9.0 * bands, float((size - 2) ** 2))
    if values != expected:
        raise EnvironmentProblem(
            tr("The device {device} computes wrong results.").format(device=device),
            expected=tr("{expected} from a convolution and its gradient").format(expected=expected),
            received=str(values),
        )
    return round(seconds, 4)


def gpu_note(devices: list[dict[str, Any]]) -> str:
    """Why no GPU is used; empty if one is."""
    import tensorflow as tf

    if len(devices) > 1:
        return ""
    if not nvidia_gpus():
        return tr("No GPU is used: no NVIDIA driver was found.")
    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        return tr("No GPU is used: the variable CUDA_VISIBLE_DEVICES hides it.")
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return tr(
            "No GPU is used, though there is an NVIDIA driver: TensorFlow computes on GPUs under Linux (x86-64) "
            "only. The processor does the work; on Windows, QGIS within the Windows Subsystem for Linux (WSL) "
            "can use it."
        )
    if not tf.test.is_built_with_cuda():
        return tr(
            "No GPU is used, though there is an NVIDIA driver: this TensorFlow was built for the processor only. "
            "Run Set up the environment with the build 'gpu'."
        )
    return tr(
        "No GPU is used, though there is an NVIDIA driver and TensorFlow was built for CUDA: it does not find a "
        "CUDA library, or the driver is too old for it. Run Set up the environment with the build 'gpu'."
    )
