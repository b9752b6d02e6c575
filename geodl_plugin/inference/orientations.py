"""The eight orientations of an image: as it is, mirrored, and turned by right angles.

A network is applied to an image in several orientations, and what it gives is turned back and averaged.  Blocks make no
difference to that: the window that is read for a block begins and ends a multiple of the total stride from the corner
where all blocks begin, on both axes, so that mirroring it maps each cell of this lattice onto a whole cell.  What a
strided layer sees of a pixel then depends on the orientation, but not on the block.
"""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import NDArray


@dataclass(frozen=True)
class Orientation:
    """One of the eight: rows and columns are exchanged first, then mirrored.

    Args:
        transposed: rows become columns.
        upside_down: the last row becomes the first.
        left_right: the last column becomes the first.
    """

    transposed: bool = False
    upside_down: bool = False
    left_right: bool = False

    def apply(self, image: NDArray) -> NDArray:
        """The image in this orientation, as a view.

        Args:
            image: [y, x, …].
        """
        return self._mirrored(image.swapaxes(0, 1) if self.transposed else image)

    def undo(self, image: NDArray) -> NDArray:
        """An image in this orientation as it was before, as a view.

        Args:
            image: [y, x, …].
        """
        image = self._mirrored(image)
        return image.swapaxes(0, 1) if self.transposed else image

    def _mirrored(self, image: NDArray) -> NDArray:
        return image[:: -1 if self.upside_down else 1, :: -1 if self.left_right else 1]


AS_IT_IS = Orientation()
_MIRRORED = tuple(
    Orientation(upside_down=upside_down, left_right=left_right)
    for upside_down in (False, True)
    for left_right in (False, True)
)
_TURNED = tuple(Orientation(True, one.upside_down, one.left_right) for one in _MIRRORED)
ORIENTATIONS = {  # by `options.TTA`
    "1": (AS_IT_IS,),
    "2": _MIRRORED[:2],
    "4": _MIRRORED,
    "8": (*_MIRRORED, *_TURNED),
}
