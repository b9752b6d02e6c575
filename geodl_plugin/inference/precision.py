"""The precision in which a network is computed: 16 bits where the device has units for them.

TensorFlow rewrites the graph of any network: convolutions and products of matrices take numbers of 16 bits and add
them in 32 bits; operations that need the precision, such as a softmax, stay in 32 bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

import tensorflow as tf

from ..errors import InputError
from ..language import tr
from ..models.arithmetic import BFLOAT16_REWRITER, bfloat16_pays, has_many_multiply_adds, multiply_adds_per_pixel
from ..options import AUTOMATIC
from ..runtime.reporter import Reporter
from ..systems.processor import has_bfloat16_units
from .members import Member

_REWRITERS = {"bfloat16": BFLOAT16_REWRITER, "float16": "auto_mixed_precision"}
_FLOAT16_CAPABILITY = (7, 0)  # GPUs from this one on have units for it


def choose_precision(wanted: str, members: Sequence[Member], ratios: Sequence[Fraction], reporter: Reporter) -> str:
    """The precision that ``automatic`` stands for, which depends on the device and on the network's layers.

    Args:
        wanted: one of `options.MAP_PRECISIONS`; any other than ``automatic`` stays as it is.
        members: the networks; the one that takes most decides.
        ratios: pixel size of each source / that of the reference.
        reporter: is told what was chosen, and why.
    """
    if wanted != AUTOMATIC:
        return wanted
    multiply_adds = _multiply_adds(members, ratios)
    if tf.config.get_visible_devices("GPU"):
        faster, missing = "float16", _missing("float16")
        pays, reason = (False, missing) if missing else has_many_multiply_adds(multiply_adds)
    else:
        faster, (pays, reason) = "bfloat16", bfloat16_pays(multiply_adds)
    chosen = faster if pays else "float32"
    reporter.info(tr("Precision {chosen}, since {reason}.").format(chosen=chosen, reason=reason))
    return chosen


def used_precision(wanted: str) -> str:
    """The precision that `precision` yields."""
    return "float32" if _missing(wanted) else wanted


@contextmanager
def precision(wanted: str, reporter: Reporter) -> Iterator[str]:
    """TensorFlow functions that are called for the first time in this block compute in a precision.

    Args:
        wanted: what `choose_precision` gave.
        reporter: receives a warning if no device has units for it, since float32 is used then, or if that is unknown.

    Yields:
        The precision that is used.
    """
    missing = _missing(wanted)
    if missing:
        reporter.warning(tr("The map is computed in float32, since {missing}.").format(missing=missing))
    if wanted == "float32" or missing:
        yield "float32"
        return
    if wanted == "bfloat16" and has_bfloat16_units() is None:
        reporter.warning(
            tr(
                "It is not known whether this processor has units for bfloat16. If it has none, TensorFlow computes "
                "in float32."
            )
        )
    rewriter = _REWRITERS[wanted]
    tf.config.optimizer.set_experimental_options({rewriter: True})
    try:
        yield wanted
    finally:
        tf.config.optimizer.set_experimental_options({rewriter: False})


def _multiply_adds(members: Sequence[Member], ratios: Sequence[Fraction]) -> float | None:
    """Of the output that takes most, per pixel of the reference; None if the layers are not known."""
    found = []
    for member in members:
        graph = member.model.keras_model
        if graph is None:
            return None
        named = {tensor.name: ratio for tensor, ratio in zip(member.model.images, ratios)}
        try:
            found += [multiply_adds_per_pixel(graph, name, named) for name in member.outputs]
        except (InputError, KeyError):  # an unknown layer, an answer for a patch, or an output that the graph lacks
            return None
    return max(found)


def _missing(wanted: str) -> str:
    """Why a precision cannot be used; empty if it can."""
    gpus = tf.config.get_visible_devices("GPU")
    if wanted == "bfloat16":
        if gpus:
            return tr("TensorFlow computes saved networks in bfloat16 on processors only: on GPUs choose float16")
        if has_bfloat16_units() is False:
            return tr("this processor has no units for bfloat16 (AMX-BF16 or AVX-512-BF16)")
    if wanted == "float16":
        details = [tf.config.experimental.get_device_details(gpu) for gpu in gpus]
        if not any(gpu.get("compute_capability", (0, 0)) >= _FLOAT16_CAPABILITY for gpu in details):
            return tr("there is no GPU with units for float16")
    return ""
