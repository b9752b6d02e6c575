"""What a program that has a file open keeps others from.

Windows renames, replaces and removes no file that is open, unless the program that opened it allows that.  GDAL does
not, and so QGIS keeps the files of its layers; scanners for viruses and OneDrive open a file for a moment when it was
just written.  Other systems rename and remove open files.

Nobody is asked which system it is: the errors say so, since ``winerror`` is there on Windows only.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_IN_USE = (5, 32, 33, 1224)  # access denied, sharing violation, lock violation, a file that is mapped into memory
_PATIENCE, _STEP = 10.0, 0.2  # seconds


def is_held(path: Path) -> bool:
    """Whether a program has a file open in a way that keeps it from being renamed or replaced.

    Windows opens a file for renaming before it looks at the new name, so one that is the same changes nothing.
    """
    try:
        os.rename(path, path)
    except OSError as error:
        return _may_pass(error)
    return False


def replace(path: Path, target: Path) -> None:
    """Rename a file or folder; what has that name is replaced.

    If that is refused since a program has one of them open, it is tried again for ten seconds.

    Raises:
        OSError: it cannot be done.
    """
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(path, target)
            return
        except OSError as error:
            if not _may_pass(error) or time.monotonic() >= end:
                raise
        time.sleep(_STEP)


def _may_pass(error: OSError) -> bool:
    """Whether what was refused may be allowed when another program has closed a file."""
    return getattr(error, "winerror", None) in _IN_USE
