"""Settings of the process that computes: its memory, its temporary files, and its place among several processes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..systems.memory import use_one_heap
from . import files

SCRATCH = "GEODL_SCRATCH"  # the folder for temporary files, made by the program that started this process
_MAXIMUM_MEGABYTES = 1 << 20  # no limit in practice: TensorFlow's own is 64 GB


def use_memory_pool() -> None:
    """Let TensorFlow keep memory for the next block or step instead of returning it; to be called before it is used.

    Otherwise it requests hundreds of megabytes from the system each time, which the system clears first: that takes
    a tenth to a fifth of the time of a map.  All other memory comes from one heap.
    """
    use_one_heap()
    os.environ.setdefault("TF_CPU_ALLOCATOR_USE_BFC", "true")
    os.environ.setdefault("TF_CPU_BFC_MEM_LIMIT_IN_MB", str(_MAXIMUM_MEGABYTES))


def use_scratch_folder() -> None:
    """Put all temporary files of this process into a folder that is removed when it ends.

    To be called before TensorFlow is loaded, which writes the functions that it compiles as files, and leaves them
    behind when a process is killed.
    """
    folder = os.environ.pop(SCRATCH, "") or tempfile.mkdtemp(prefix="geodl_")
    tempfile.tempdir = folder
    os.environ.update(TMPDIR=folder, TEMP=folder, TMP=folder)
    files.discard_at_exit(Path(folder))
