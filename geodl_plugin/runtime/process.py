"""The process that computes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from . import files

SCRATCH = "GEODL_SCRATCH"  # the folder for temporary files, made by who started this process
_MOST_MEGABYTES = 1 << 20  # no bound in practice: TensorFlow's own is 64 GB


def with_memory_pool() -> None:
    """Let TensorFlow keep the memory of processors for the next block or step; before it computes anything.

    Else it takes hundreds of megabytes from the system each time, which clears them: a tenth to a fifth of the time
    of a map.
    """
    os.environ.setdefault("TF_CPU_ALLOCATOR_USE_BFC", "true")
    os.environ.setdefault("TF_CPU_BFC_MEM_LIMIT_IN_MB", str(_MOST_MEGABYTES))


def with_scratch_folder() -> None:
    """Let all temporary files of this process lie in a folder that ends with it; before TensorFlow is loaded.

    TensorFlow writes the functions that it compiles as files, and forgets them where a process is ended.
    """
    folder = os.environ.pop(SCRATCH, "") or tempfile.mkdtemp(prefix="geodl_")
    tempfile.tempdir = folder
    os.environ.update(TMPDIR=folder, TEMP=folder, TMP=folder)
    files.discard_at_exit(Path(folder))
