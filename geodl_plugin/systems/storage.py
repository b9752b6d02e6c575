"""How room on a disk is made sure of, and how long a path may be."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

LONGEST = 259  # characters of a path that Windows takes unless its setting LongPathsEnabled allows more
_PIECE = 1 << 20  # bytes


def allocate(file: BinaryIO, size: int) -> None:
    """Have the disk keep so many bytes for a new file.

    Raises:
        OSError: there is no room.
    """
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
    else:
        for start in range(0, size, _PIECE):
            file.write(bytes(min(_PIECE, size - start)))


def may_be_too_long(path: Path) -> bool:
    """Whether the length of a path may be why it cannot be made."""
    return sys.platform == "win32" and len(str(path)) > LONGEST
