"""A network as a drawing: its layers as blocks by resolution, in SVG.

A block is drawn the lower, the coarser its pixels are, and the further right, the more blocks come before it: a U-Net
looks like a U.

The layout is our own, since nothing that users have installed does it: `keras.utils.plot_model` needs pydot and the
programs of Graphviz, and draws one box for each layer; matplotlib draws, but does not lay out graphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import keras

from ..language import tr
from . import render
from .layer_blocks import Block, layer_blocks

_WIDTH, _LINE, _LEFT, _GAP, _PADDING = 108, 14, 78, 24, 8  # pixels
_STEP = 80  # from a column to the next; more where blocks would touch
_COLORS = {"input": "#5b6b79", "encoder": "#14507c", "decoder": "#1c7a6e", "output": "#a8485a"}


@dataclass(frozen=True)
class _Box:
    """Where a block is drawn, in pixels."""

    block: Block
    left: int
    top: int
    height: int

    @property
    def right(self) -> int:
        return self.left + _WIDTH

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def center(self) -> int:
        return self.left + _WIDTH // 2

    @property
    def middle(self) -> int:
        return self.top + self.height // 2

    @property
    def text_top(self) -> int:
        return self.top + (self.height - len(self.block.lines) * _LINE) // 2 + 4


def draw_layers(model: keras.Model, sizes: Mapping[str, int]) -> str:
    """Draw a network as SVG.

    Args:
        model: made of layers that were called on its inputs.
        sizes: side of the patches in pixels, by input.
    """
    boxes = _boxes(layer_blocks(model, sizes))
    arrows = [
        {"path": _path(boxes[source], box, boxes), "is_skip": _is_skip(boxes[source], box)}
        for box in boxes
        for source in sorted(box.block.sources)
    ]
    levels: dict[int, _Box] = {}
    for box in sorted(boxes, key=lambda box: box.top):
        levels.setdefault(box.block.size, box)  # the topmost of each size
    return render(
        "layers.svg",
        label=tr("The layers of the network"),
        width=max(box.right for box in boxes) + 4,
        height=max(box.bottom for box in boxes) + _GAP,
        box_width=_WIDTH,
        line=_LINE,
        left=_LEFT - 12,
        levels=levels,
        arrows=arrows,
        boxes=boxes,
        colors=_COLORS,
    )


def _boxes(blocks: list[Block]) -> list[_Box]:
    """The places of all blocks: columns from left to right, levels of one size of pixels from top to bottom."""
    columns: list[int] = []
    for block in blocks:
        columns.append(max((columns[source] + 1 for source in block.sources), default=0))
    height = 2 * _PADDING + _LINE * (1 + max(len(block.lines) for block in blocks))
    cells = [(column, block.size) for column, block in zip(columns, blocks)]
    lefts, tops = _lefts(cells), _tops(cells, height)
    filled: Counter[tuple[int, int]] = Counter()
    boxes = []
    for cell, block in zip(cells, blocks):
        column, size = cell
        boxes.append(_Box(block, lefts[column], tops[size] + filled[cell] * (height + _GAP), height))
        filled[cell] += 1
    return boxes


def _lefts(cells: list[tuple[int, int]]) -> list[int]:
    """Where the columns begin: they overlap unless their blocks are on the same level."""
    lefts = [_LEFT]
    for column in range(max(column for column, _ in cells)):
        sizes, following = ({size for place, size in cells if place == index} for index in (column, column + 1))
        lefts.append(lefts[-1] + (_WIDTH + _GAP if sizes & following else _STEP))
    return lefts


def _tops(cells: list[tuple[int, int]], height: int) -> dict[int, int]:
    """Where the levels begin, by size: each has room for the largest stack of boxes in one of its columns."""
    tops, top = {}, _GAP
    stacks = Counter(cells)
    for level in sorted({size for _, size in cells}, reverse=True):
        tops[level] = top
        top += max(count for (_, size), count in stacks.items() if size == level) * (height + _GAP)
    return tops


def _is_skip(start: _Box, end: _Box) -> bool:
    """Whether an arrow skips other blocks on its level."""
    return end.left - start.right > _GAP and start.block.size == end.block.size


def _path(start: _Box, end: _Box, boxes: list[_Box]) -> str:
    """The way of an arrow in SVG's words: straight on, down then right, or right then up; round what lies between."""
    if start.top == end.top:
        if not any(box.top == start.top and start.left < box.left < end.left for box in boxes):
            return f"M{start.right} {start.middle} H{end.left - 2}"
        above = start.top - _GAP // 2
        return f"M{start.center} {start.top} V{above + 6} q0 -6 6 -6 H{end.center - 6} q6 0 6 6 V{end.top - 2}"
    if start.top > end.top:
        return f"M{start.right} {start.middle} H{end.center - 8} q8 0 8 -8 V{end.bottom + 2}"
    if any(box.left == start.left and start.top < box.top <= end.top for box in boxes):
        aside = end.left - _GAP // 2
        return f"M{start.right} {start.middle} H{aside - 6} q6 0 6 6 V{end.middle - 6} q0 6 6 6 H{end.left - 2}"
    return f"M{start.center} {start.bottom} V{end.middle - 8} q0 8 8 8 H{end.left - 2}"
