"""Tell what the environment has and whether it computes."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from typing import Any, ClassVar

from ..devices import gpu_name
from ..environment import nvidia_gpus, probe
from ..errors import EnvironmentProblem
from ..reporter import Reporter
from ..systems.processor import instructions, processor, threads
from . import Job


@dataclass
class CheckEnvironment(Job):
    """Look at the interpreter that runs this, its packages and its devices, and compute something small on each."""

    NAME: ClassVar = "checkenvironment"
    NEEDS_TENSORFLOW: ClassVar = True

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        reporter.progress(0.1, "Loading TensorFlow")
        versions = _versions()
        reporter.progress(0.7, "Looking for devices")
        devices = _devices()
        found = {
            "interpreter": sys.executable,
            "platform": platform.platform(),
            "versions": versions,
            "devices": devices,
            "gpu_note": _gpu_note(devices),
        }
        found["text"] = _text(found)
        reporter.done("Environment checked")
        return found


def _versions() -> dict[str, str]:
    """Versions as the loaded modules say, which may differ from what is installed elsewhere."""
    import keras
    import numpy as np
    import tensorflow as tf
    from osgeo import gdal

    installed = probe(sys.executable).packages
    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
        "gdal": gdal.__version__,
        **{name: installed.get(name, "missing") for name in ("pystac", "matplotlib", "jinja2")},
    }


def _devices() -> list[dict[str, Any]]:
    import tensorflow as tf

    devices: list[dict[str, Any]] = [
        {
            "device": "CPU",
            "name": processor(),
            "threads": threads(),
            "instructions": instructions(),
            "seconds": _compute("CPU:0"),
        }
    ]
    memory = dict(line.rsplit(", ", 1) for line in nvidia_gpus())
    for number, gpu in enumerate(tf.config.list_physical_devices("GPU")):
        name = gpu_name(gpu)
        device = f"GPU:{number}"
        devices.append(
            {"device": device, "name": name, "memory": memory.get(name, "unknown"), "seconds": _compute(device)}
        )
    return devices


def _compute(device: str) -> float:
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
            f"The device {device} computes wrong results.",
            expected=f"{expected} from a convolution and its gradient",
            received=str(values),
        )
    return round(seconds, 4)


def _gpu_note(devices: list[dict[str, Any]]) -> str:
    """Why no GPU is used; empty if one is."""
    import tensorflow as tf

    if len(devices) > 1:
        return ""
    if not nvidia_gpus():
        return "No GPU is used: no NVIDIA driver was found."
    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1"):
        return "No GPU is used: the variable CUDA_VISIBLE_DEVICES hides it."
    if not tf.test.is_built_with_cuda():
        return (
            "No GPU is used, though there is an NVIDIA driver: this TensorFlow was built for the processor only. "
            "Run Set up the environment with the build 'gpu'."
        )
    return (
        "No GPU is used, though there is an NVIDIA driver and TensorFlow was built for CUDA: it does not find a CUDA "
        "library, or the driver is too old for it. Run Set up the environment with the build 'gpu'."
    )


def _text(found: dict[str, Any]) -> str:
    lines = [f"Interpreter: {found['interpreter']}", f"System: {found['platform']}"]
    lines += [f"{name}: {version}" for name, version in found["versions"].items()]
    lines += [device_text(device) for device in found["devices"]]
    if found["gpu_note"]:
        lines.append(found["gpu_note"])
    return "\n".join(lines)


def device_text(device: dict[str, Any]) -> str:
    """A device in one line."""
    if device["device"] == "CPU":
        details = f"{device['threads']} threads, {', '.join(device['instructions']) or 'instruction sets unknown'}"
    else:
        details = device["memory"]
    return f"{device['device']}: {device['name']} ({details}); trial {1000 * device['seconds']:.0f} ms"
