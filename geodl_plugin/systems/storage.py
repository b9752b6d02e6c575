"""How room on a disk is made sure of."""

from __future__ import annotations

import os
from typing import BinaryIO

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
