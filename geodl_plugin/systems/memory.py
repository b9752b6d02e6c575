"""Memory of the system."""

from __future__ import annotations

import sys


def is_taken_when_used() -> bool:
    """Whether memory that is asked for counts only once it is used.

    Windows counts it at once against what all programs may have together.
    """
    return sys.platform != "win32"
