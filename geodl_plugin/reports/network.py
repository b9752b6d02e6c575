"""A drawing of a network: its layers as blocks by resolution, in SVG.

Layers that follow one another on the same pixels make one block.  A block lies the lower, the coarser its
pixels are, and the further right, the more blocks come before it: a U-Net looks like a U.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import keras

from ..models.internals import LayerCall, calls_by_depth

_SILENT = {
    "Activation", "BatchNormalization", "Cast", "Dropout", "ELU", "FillNodata", "GELU", "GroupNormalization",
    "Identity", "LayerNormalization", "LeakyReLU", "Normalization", "PReLU", "Quantity", "ReLU", "Relu", "Rescaling",
    "Softmax", "SpatialDropout2D", "ZeroPadding2D",
}  # fmt: skip
_WORDS = {
    "Add": "sum", "AveragePooling2D": "mean pooling", "Concatenate": "join", "Conv2D": "conv",
    "Conv2DTranspose": "up-conv", "DepthwiseConv2D": "dw-conv", "GlobalAveragePooling2D": "global mean",
    "MaxPooling2D": "max pooling", "SeparableConv2D": "sep-conv", "UpSampling2D": "up-sampling",
}  # fmt: skip
_MOST_LINES = 4  # of text about a block's layers
_WIDTH, _LINE, _LEFT, _GAP, _PAD = 108, 14, 78, 24, 8  # pixels
_STEP = 80  # from a column to the next; more where blocks would touch
_COLORS = {"input": "#5b6b79", "encoder": "#14507c", "decoder": "#1c7a6e", "output": "#a8485a"}
_LINE_COLOR, _SKIP_COLOR = "#5b6b79", "#c98a2b"


@dataclass
class Block:
    """Layers on the same pixels.

    Args:
        kind: ``input``, ``encoder``, ``decoder`` (after the coarsest pixels) or ``output``.
        size: pixels along a side.
        finer: times that pixels became finer before it.
        name: of an input or output.
        channels: of its last layer that has weights, or of an input.
        layers: what it consists of, in order.
        sources: numbers of the blocks that it takes from.
    """

    kind: str
    size: int
    finer: int
    name: str = ""
    channels: int = 0
    layers: list[str] = field(default_factory=list)
    sources: set[int] = field(default_factory=set)

    @property
    def title(self) -> str:
        """Its name if it has one, else its channels."""
        return self.name or self._width

    @property
    def lines(self) -> list[str]:
        """A few words about it; layers of the same kind are counted."""
        counted = [f"{count} × {text}" if count > 1 else text for text, count in Counter(self.layers).items()]
        if len(counted) > _MOST_LINES:
            counted[_MOST_LINES - 1 :] = [f"+ {len(counted) - _MOST_LINES + 1} more"]
        return [self._width, *counted] if self.name else counted

    @property
    def _width(self) -> str:
        what = "band" if self.kind == "input" else "channel"
        return f"{self.channels} {what}{'s' if self.channels > 1 else ''}"


def blocks(model: keras.Model, sizes: Mapping[str, int]) -> list[Block]:
    """The blocks of a network, each after those that it takes from.

    Args:
        model: made of layers that were called on its inputs.
        sizes: side of the patches in pixels, by input.
    """
    nodes = list(itertools.chain.from_iterable(calls_by_depth(model)))
    shapes = _shapes(model, nodes, sizes)
    head = _head(model, nodes)
    place: dict[int, int] = {}  # of each tensor's block
    found: list[Block] = []
    for node in nodes:
        operation, inputs, outputs = node.operation, node.inputs, node.outputs
        sources = {place[id(tensor)] for tensor in inputs}
        kind = "input" if not inputs else "output" if node in head else "encoder"
        if kind == "encoder" and type(operation).__name__ in _SILENT:
            number = min(sources)
        else:
            size, finer = _pixels(shapes[id(outputs[-1])], [found[number] for number in sources])
            number = _block_of(found, kind, size, finer, sources)
            found[number].sources |= sources - {number}
        place.update((id(tensor), number) for tensor in outputs)
        _tell(found[number], operation, shapes[id(outputs[-1])][-1])
    _tell_decoder(found)
    return found


def drawing(model: keras.Model, sizes: Mapping[str, int]) -> str:
    """The network as SVG; the arguments are those of `blocks`."""
    found = blocks(model, sizes)
    columns: list[int] = []
    for block in found:
        columns.append(max((columns[source] + 1 for source in block.sources), default=0))
    lefts = _lefts(columns, found)
    levels = sorted({block.size for block in found}, reverse=True)
    cells = Counter((column, block.size) for column, block in zip(columns, found))
    lines = max(len(block.lines) for block in found)
    height = 2 * _PAD + (1 + lines) * _LINE
    tops, bottom = {}, float(_GAP)
    for level in levels:
        tops[level] = bottom
        bottom += max(count for (_, size), count in cells.items() if size == level) * (height + _GAP)
    boxes, filled = [], Counter[tuple[int, int]]()
    for column, block in zip(columns, found):
        cell = (column, block.size)
        boxes.append(_Box(lefts[column], tops[block.size] + filled[cell] * (height + _GAP), height))
        filled[cell] += 1
    width = lefts[-1] + _WIDTH + 4
    parts = [_level(level, tops[level], width, height) for level in levels]
    for number, block in enumerate(found):
        parts += [_edge(source, number, found, boxes) for source in sorted(block.sources)]
    parts += [_drawn(block, box) for block, box in zip(found, boxes)]
    return (
        f'<svg class="network" role="img" aria-label="The layers of the network" width="{width}" '
        f'viewBox="0 0 {width} {bottom:g}" '
        f'font-family="inherit" font-size="11">{_ARROWS}{"".join(parts)}</svg>'
    )


def _shapes(model: keras.Model, nodes: list[LayerCall], sizes: Mapping[str, int]) -> dict[int, tuple[int, ...]]:
    """Shapes of all tensors, for one patch."""
    tensors = [tensor for node in nodes for tensor in node.outputs]
    patch = [
        keras.KerasTensor(
            (1, *(sizes[tensor.name] if length is None else length for length in tensor.shape[1:])), tensor.dtype
        )
        for tensor in model.inputs
    ]
    specs = keras.Function(model.inputs, tensors).compute_output_spec(patch)
    return {id(tensor): spec.shape for tensor, spec in zip(tensors, specs)}


def _pixels(shape: tuple[int, ...], sources: list[Block]) -> tuple[int, int]:
    """Pixels along a side, and how many times they became finer.

    What was pooled to one pixel or to a vector counts with the pixels that it came from.
    """
    coarsest = max((block.size for block in sources), default=0)
    side = shape[-3] if len(shape) >= 4 else 1
    size = side if side > 1 or not coarsest else coarsest
    return size, max((block.finer for block in sources), default=0) + (0 < coarsest < size)


def _block_of(found: list[Block], kind: str, size: int, finer: int, sources: set[int]) -> int:
    """The block that a layer belongs to: that of a source, or of a layer with the same sources; else a new one."""
    for number in reversed(range(len(found))):
        block = found[number]
        is_alike = (block.kind, block.size, block.finer) == (kind, size, finer)
        if is_alike and sources and (number in sources or block.sources == sources):
            return number
    found.append(Block(kind, size, finer))
    return len(found) - 1


def _head(model: keras.Model, nodes: list[LayerCall]) -> set[LayerCall]:
    """The calls that make the outputs: the last layer that computes, and what follows it."""
    makers = {id(tensor): node for node in nodes for tensor in node.outputs}
    found = set()
    for tensor in model.outputs:
        node = makers[id(tensor)]
        found.add(node)
        while type(node.operation).__name__ in _SILENT:
            node = makers[id(node.inputs[0])]
            found.add(node)
    return found


def _tell(block: Block, operation: Any, channels: int) -> None:
    """Add a layer to what the block says."""
    if block.kind in ("input", "output"):
        block.name = block.name if block.kind == "input" and block.name else operation.name
    if type(operation).__name__ not in (*_SILENT, "InputLayer"):
        block.layers.append(_words(operation))
    if getattr(operation, "weights", ()) or not block.channels:  # operations such as + are no layers
        block.channels = channels


def _words(operation: Any) -> str:
    """A layer in few words: ``conv 3×3 /2``."""
    kind = type(operation).__name__
    words = _WORDS.get(kind) or re.sub(r"(?<=[a-z])(?=[A-Z])|\d+D$", " ", kind).strip().lower()
    if isinstance(operation, keras.Model):
        words = operation.name
    kernel = getattr(operation, "kernel_size", None)
    if kernel:
        words += f" {'×'.join(str(size) for size in kernel)}"
    strides = getattr(operation, "strides", None)
    if kernel and "up" not in words and strides and max(strides) > 1:
        words += f" /{max(strides)}"
    return words


def _tell_decoder(found: list[Block]) -> None:
    """Blocks that come after the coarsest one are the decoder's."""
    made = [number for number, block in enumerate(found) if block.kind != "input"]
    coarsest = max(made, key=lambda number: (-found[number].size, number))
    after = {coarsest}
    for number, block in enumerate(found):
        if block.sources & after:
            after.add(number)
            if block.kind == "encoder" and number != coarsest:
                block.kind = "decoder"


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    height: float

    @property
    def right(self) -> float:
        return self.left + _WIDTH

    @property
    def center(self) -> float:
        return self.left + _WIDTH / 2

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


_ARROWS = "<defs>" + "".join(
    f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    f'<path d="M0 0.8 8 4 0 7.2z" fill="{color}"/></marker>'
    for name, color in (("arrow", _LINE_COLOR), ("skip", _SKIP_COLOR))
) + "</defs>"  # fmt: skip


def _lefts(columns: list[int], found: list[Block]) -> list[int]:
    """Where the columns begin."""
    rows = [
        {block.size for place, block in zip(columns, found) if place == column} for column in range(max(columns) + 1)
    ]
    lefts = [_LEFT]
    for one, following in zip(rows, rows[1:]):
        lefts.append(lefts[-1] + (_WIDTH + _GAP if one & following else _STEP))
    return lefts


def _level(size: int, top: float, width: float, height: float) -> str:
    middle = top + height / 2
    return (
        f'<line x1="{_LEFT - 12}" x2="{width}" y1="{middle:g}" y2="{middle:g}" stroke="#edf1f4"/>'
        f'<text x="0" y="{middle + 4:g}" fill="#5b6b79">{size} × {size}</text>'
    )


def _edge(source: int, number: int, found: list[Block], boxes: list[_Box]) -> str:
    """An arrow: straight on, down then right, right then up; round what lies between."""
    start, end = boxes[source], boxes[number]
    is_skip = end.left - start.right > _GAP and found[source].size == found[number].size
    color, marker, dashes = (_SKIP_COLOR, "skip", ' stroke-dasharray="5 4"') if is_skip else (_LINE_COLOR, "arrow", "")
    if start.top == end.top:
        between = any(box.top == start.top and start.left < box.left < end.left for box in boxes)
        path = f"M{start.right} {start.middle:g} H{end.left - 2}"
        if between:
            above = start.top - _GAP / 2
            path = (
                f"M{start.center} {start.top:g} V{above + 6:g} q0 -6 6 -6 H{end.center - 6} q6 0 6 6 V{end.top - 2:g}"
            )
    elif start.top < end.top and any(box.left == start.left and start.top < box.top <= end.top for box in boxes):
        aside = end.left - _GAP / 2
        path = f"M{start.right} {start.middle:g} H{aside - 6:g} q6 0 6 6 V{end.middle - 6:g} q0 6 6 6 H{end.left - 2}"
    elif start.top < end.top:
        path = f"M{start.center} {start.top + start.height:g} V{end.middle - 8:g} q0 8 8 8 H{end.left - 2}"
    else:
        path = f"M{start.right} {start.middle:g} H{end.center - 8} q8 0 8 -8 V{end.top + end.height + 2:g}"
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="1.5" marker-end="url(#{marker})"{dashes}/>'


def _drawn(block: Block, box: _Box) -> str:
    rows = [
        f'<tspan x="{box.center:g}" dy="{_LINE}" font-size="10.5" opacity="0.88">{escape(line)}</tspan>'
        for line in block.lines
    ]
    text = box.top + (box.height - len(rows) * _LINE) / 2 + 4
    return (
        f'<rect x="{box.left}" y="{box.top:g}" width="{_WIDTH}" height="{box.height:g}" rx="7" '
        f'fill="{_COLORS[block.kind]}"/><text x="{box.center:g}" y="{text:g}" text-anchor="middle" fill="#fff">'
        f'<tspan font-weight="bold">{escape(block.title)}</tspan>{"".join(rows)}</text>'
    )
