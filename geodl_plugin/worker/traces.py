"""What a job leaves in its process, which the next one must not find.

A job gives the same bytes in a process that has run others as in a new one.  What jobs change is reset here: Keras'
names and settings, seeds, GDAL's caches.  What cannot be reset, or nothing of ours should change, is compared with what
it was before; if it differs, the process takes no other job.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..systems import memory

_SHARE = 0.25  # of the computer's memory that a process may take which only waits
_MOST = 3 << 30  # bytes that it may take at most
_TENSORFLOW = "tensorflow"


def is_tensorflow_loaded() -> bool:
    """Whether TensorFlow is there already."""
    return _TENSORFLOW in sys.modules


def load_tensorflow() -> None:
    """Import TensorFlow, and Keras with it, in two thirds of the time that a mere import takes.

    Python looks for garbage all the time while some hundred thousand objects are made, which all stay.  They are left
    out of later searches as well.
    """
    gc.disable()
    try:
        with _without_matplotlib():
            import tensorflow  # noqa: F401
    finally:
        gc.enable()
        gc.freeze()


@contextmanager
def _without_matplotlib() -> Iterator[None]:
    """Matplotlib cannot be imported in this block: Keras would, for plots that nobody asks it for."""
    if "matplotlib" in sys.modules:
        yield
        return
    sys.modules["matplotlib"] = None  # type: ignore[assignment]  # so that an import raises ImportError
    try:
        yield
    finally:
        del sys.modules["matplotlib"]


class Traces:
    """What may be changed in this process, as it is before a job."""

    def __init__(self) -> None:
        self._before = _unchangeable()

    def remove(self) -> bool:
        """Reset what the job has changed; False if that cannot be done, or another job had better have a new process.

        Files that the job has left open are closed.
        """
        if self._before != _unchangeable() or _has_gpu() or memory.is_short():
            return False
        _reset()
        return memory.of_this_process() < min(_SHARE * (memory.installed() or _MOST), _MOST)


def _unchangeable() -> list[Any]:
    """What no job may change if another one is to follow."""
    found: list[Any] = [dict(os.environ), os.getcwd(), list(sys.path), list(warnings.filters)]
    if is_tensorflow_loaded():
        import keras
        import tensorflow as tf

        options = tf.config.optimizer.get_experimental_options()
        found += [
            tf.config.get_visible_devices(),
            (
                tf.config.threading.get_inter_op_parallelism_threads(),
                tf.config.threading.get_intra_op_parallelism_threads(),
            ),
            {name: value for name, value in options.items() if value},
            tf.config.functions_run_eagerly(),
            tf.config.get_soft_device_placement(),
            tf.distribute.has_strategy(),
            (keras.config.floatx(), keras.config.epsilon(), keras.config.image_data_format()),
            keras.config.dtype_policy().name,
        ]
    return found


def _has_gpu() -> bool:
    """Whether this process may hold the memory of a GPU, which others want."""
    return is_tensorflow_loaded() and bool(sys.modules[_TENSORFLOW].config.get_visible_devices("GPU"))


def _reset() -> None:
    """Reset what jobs change."""
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if is_tensorflow_loaded():
        import keras
        import tensorflow as tf

        tf.random.set_seed(None)
        keras.utils.clear_session(free_memory=False)
    if "osgeo.gdal" in sys.modules:
        gdal = sys.modules["osgeo.gdal"]
        gdal.ErrorReset()
        gdal.VSICurlClearCache()
    gc.collect()
