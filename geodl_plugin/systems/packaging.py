"""How QGIS came onto this machine, where that matters."""

from __future__ import annotations

import os


def packaging() -> str:
    """``Flatpak`` if QGIS runs in its sandbox; empty otherwise."""
    return "Flatpak" if os.environ.get("FLATPAK_ID") else ""
