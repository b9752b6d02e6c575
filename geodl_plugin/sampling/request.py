"""Parameters that the operations share that sample positions where there are labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ..language import tr
from ..operations import InputPath, OutputPath, Request
from ..options import COUNT, PATCH_EDGES, PATCH_SIZE, SPLIT_WAYS, STRATEGIES, TEST_FRACTION, VALID_FRACTION
from ..runtime.checks import check_choice
from .rules import Rules
from .strategies import load_strategy


@dataclass
class LabelSamplingRequest(Request):
    """Choose the pixels that patches are centred on where there are labels, and split them.

    Args:
        source1: rasters, stacked band-wise: the reference, whose pixels all lengths count.
        input: the labels.
        output: vector file of points to make.
        input_name: what the user calls the input, for messages.
        patch_size: side of the patches in pixels.
        strategy: one of `options.STRATEGIES`: how many positions are drawn from each class.
        count: number of positions, in all or for each class, as the strategy says.
        split: one of `options.SPLIT_WAYS`.
        valid_fraction: share of the positions to choose the best network with, 0…1.
        test_fraction: share of the positions to test with, 0…1.
        block_size: side of the spatial blocks in pixels; 0: three times the patch size or the buffer.
        seed: the same seed gives the same positions.
        split_buffer: minimum distance of positions of different splits in pixels; 0: the patch size, or none where
            whole features belong to a split.
        min_distance: minimum distance of any two positions in pixels; 0: none.
        source2: rasters of another source, which patches must lie in, too; empty: none.
        source3: the same.
        source4: the same.
        resample: read sources whose grid does not nest in that of source 1 as if they lay on it.
        reject_nodata: leave out positions whose patch contains a no-data value in any band of any source.
        edges: one of `options.PATCH_EDGES`: ``reflect``: positions may lie anywhere in the image, which is continued by
            reflection beyond its border; ``inside``: patches lie inside every source.
    """

    ALLOWED_SPLITS: ClassVar[tuple[str, ...]] = SPLIT_WAYS

    source1: list[InputPath]
    input: InputPath
    output: OutputPath
    input_name: str = ""
    patch_size: int = PATCH_SIZE
    strategy: str = STRATEGIES[0]
    count: int = COUNT
    split: str = SPLIT_WAYS[0]
    valid_fraction: float = VALID_FRACTION
    test_fraction: float = TEST_FRACTION
    block_size: int = 0
    seed: int = 0
    split_buffer: int = 0
    min_distance: int = 0
    source2: list[InputPath] = field(default_factory=list)
    source3: list[InputPath] = field(default_factory=list)
    source4: list[InputPath] = field(default_factory=list)
    resample: bool = False
    reject_nodata: bool = False
    edges: str = PATCH_EDGES[0]

    def rules(self) -> Rules:
        """The rules for the positions.

        Raises:
            InputError: a value is out of its range.
        """
        strategy = load_strategy(self.strategy)
        check_choice(tr("split"), self.split, self.ALLOWED_SPLITS)
        return Rules(
            patch_size=self.patch_size,
            strategy=strategy,
            count=self.count,
            split=self.split,
            valid_fraction=self.valid_fraction,
            test_fraction=self.test_fraction,
            block_size=self.block_size,
            split_buffer=self.split_buffer,
            min_distance=self.min_distance,
            reject_nodata=self.reject_nodata,
            seed=self.seed,
            edges=self.edges,
        )
