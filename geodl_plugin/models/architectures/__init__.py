"""The networks that ship with GeoDL.

Image networks take images [batch, y, x, bands] whose sides are multiples of the total stride, and give
class probabilities [batch, y, x, classes], or values [batch, y, x, 1], on the grid of the reference.
"""

from __future__ import annotations

from ...errors import InputError
from .backbone import Backbone
from .fcnn import FCNN
from .network import Network
from .patchcnn import PatchCNN
from .resunet import ResUNet
from .unet import UNet

ARCHITECTURES: dict[str, type[Network]] = {
    "unet": UNet,
    "fcnn": FCNN,
    "resunet": ResUNet,
    "patchcnn": PatchCNN,
    "backbone": Backbone,
}
__all__ = ["ARCHITECTURES", "FCNN", "Backbone", "Network", "PatchCNN", "ResUNet", "UNet", "architecture"]


def architecture(name: str) -> type[Network]:
    """The network of that name.

    Raises:
        InputError: there is none.
    """
    if name not in ARCHITECTURES:
        raise InputError("This architecture is unknown.", expected=", ".join(ARCHITECTURES), received=name)
    return ARCHITECTURES[name]
