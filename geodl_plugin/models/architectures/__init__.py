"""The networks that ship with GeoDL, one file each.

Image networks take images [batch, y, x, bands] whose sides are multiples of the total stride, and give class
probabilities [batch, y, x, classes], or values [batch, y, x, 1], on the grid of the reference.

To add an architecture, add a file with one class that derives from `base.Network` and has the constants ``NAME``,
``HELP``, ``RANK`` and ``OPTIONS``.  The parameter ARCHITECTURE in QGIS, its help, job files, `ARCHITECTURES` and the
tests of all architectures take it from there.
"""

from __future__ import annotations

from ...language import tr
from ...runtime.checks import check_choice
from ...runtime.registry import choices
from .base import Network

ARCHITECTURES: dict[str, type[Network]] = {
    name: choice.load() for name, choice in choices("models.architectures").items()
}
__all__ = ["ARCHITECTURES", "Network", "architecture"]


def architecture(name: str) -> type[Network]:
    """The class of a network.

    Args:
        name: one of `ARCHITECTURES`.

    Raises:
        InputError: there is no network of this name.
    """
    check_choice(tr("architecture"), name, [*ARCHITECTURES])
    return ARCHITECTURES[name]
