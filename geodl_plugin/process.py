"""The process that computes."""

from __future__ import annotations

import os

_MOST_MEGABYTES = 1 << 20  # no bound in practice: TensorFlow's own is 64 GB


def with_memory_pool() -> None:
    """Let TensorFlow keep the memory of processors for the next block or step; before it computes anything.

    Else it takes hundreds of megabytes from the system each time, which clears them: a tenth to a fifth of the time
    of a map.
    """
    os.environ.setdefault("TF_CPU_ALLOCATOR_USE_BFC", "true")
    os.environ.setdefault("TF_CPU_BFC_MEM_LIMIT_IN_MB", str(_MOST_MEGABYTES))
