"""The layers of a network, grouped into blocks that a drawing has room for."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import keras

from ..language import mark, tr
from ..models.internals import LayerCall, calls_by_depth

_UNLISTED = {
    "Activation", "BatchNormalization", "Cast", "Dropout", "ELU", "FillNodata", "GELU", "GroupNormalization",
    "Identity", "LayerNormalization", "LeakyReLU", "Normalization", "PReLU", "Quantity", "ReLU", "Relu", "Rescaling",
    "Softmax", "SpatialDropout2D", "TemperedSoftmax", "ZeroPadding2D",
}  # fmt: skip
_SHORT_NAMES = {
    "Add": mark("sum"), "AveragePooling2D": mark("mean pooling"), "Concatenate": mark("concatenate"), "Conv2D": "conv",
    "Conv2DTranspose": "up-conv", "DepthwiseConv2D": "dw-conv", "GlobalAveragePooling2D": mark("global mean"),
    "MaxPooling2D": "max pooling", "SeparableConv2D": "sep-conv", "UpSampling2D": mark("up-sampling"),
}  # fmt: skip
_MAX_LINES = 4  # of text about the layers of a block


@dataclass
class Block:
    """Layers that follow one another on the same pixels.

    Args:
        kind: ``input``, ``encoder``, ``decoder`` (after the coarsest pixels) or ``output``.
        size: pixels along a side.
        refinements: how many times the pixels became finer on the way to it.
        name: name of an input or output.
        channels: channels of its last layer with weights; bands of an input.
        layers: what it consists of, in order.
        sources: indices of the blocks that it takes its input from.
    """

    kind: str
    size: int
    refinements: int
    name: str = ""
    channels: int = 0
    layers: list[str] = field(default_factory=list)
    sources: set[int] = field(default_factory=set)

    @property
    def title(self) -> str:
        """Its name if it has one, else its number of channels."""
        return self.name or self._channels_text

    @property
    def lines(self) -> list[str]:
        """A few words about it; layers of the same kind are counted."""
        counted = [f"{count} × {text}" if count > 1 else text for text, count in Counter(self.layers).items()]
        if len(counted) > _MAX_LINES:
            counted[_MAX_LINES - 1 :] = [tr("+ {count} more").format(count=len(counted) - _MAX_LINES + 1)]
        return [self._channels_text, *counted] if self.name else counted

    @property
    def _channels_text(self) -> str:
        if self.kind == "input":
            text = tr("{count} bands") if self.channels > 1 else tr("{count} band")
        else:
            text = tr("{count} channels") if self.channels > 1 else tr("{count} channel")
        return text.format(count=self.channels)

    def add(self, operation: Any, channels: int) -> None:
        """Add a layer, or an operation such as +, and the channels that it gives."""
        if self.kind == "output" or (not self.name and self.kind == "input"):
            self.name = operation.name
        if type(operation).__name__ not in (*_UNLISTED, "InputLayer"):
            self.layers.append(_layer_text(operation))
        if getattr(operation, "weights", ()) or not self.channels:
            self.channels = channels


def layer_blocks(model: keras.Model, sizes: Mapping[str, int]) -> list[Block]:
    """Group the layers of a network into blocks, each after those that it takes its input from.

    Args:
        model: made of layers that were called on its inputs.
        sizes: side of the patches in pixels, by input.
    """
    calls = list(itertools.chain.from_iterable(calls_by_depth(model)))
    shapes = _shapes(model, calls, sizes)
    head = _head(model, calls)
    blocks: list[Block] = []
    block_of: dict[int, int] = {}  # index of the block that makes a tensor, by the tensor's id
    for call in calls:
        operation, outputs = call.operation, call.outputs
        shape = shapes[id(outputs[-1])]
        sources = {block_of[id(tensor)] for tensor in call.inputs}
        kind = "input" if not sources else "output" if call in head else "encoder"
        if kind == "encoder" and type(operation).__name__ in _UNLISTED:
            index = min(sources)
        else:
            index = _find_or_add(blocks, kind, shape, sources)
            blocks[index].sources |= sources - {index}
        block_of.update((id(tensor), index) for tensor in outputs)
        blocks[index].add(operation, shape[-1])
    _mark_decoder(blocks)
    return blocks


def _shapes(model: keras.Model, calls: list[LayerCall], sizes: Mapping[str, int]) -> dict[int, tuple[int, ...]]:
    """Shapes of all tensors for one patch, by the tensors' ids."""
    tensors = [tensor for call in calls for tensor in call.outputs]
    patch = [
        keras.KerasTensor(
            (1, *(sizes[tensor.name] if length is None else length for length in tensor.shape[1:])), tensor.dtype
        )
        for tensor in model.inputs
    ]
    specs = keras.Function(model.inputs, tensors).compute_output_spec(patch)
    return {id(tensor): spec.shape for tensor, spec in zip(tensors, specs)}


def _head(model: keras.Model, calls: list[LayerCall]) -> set[LayerCall]:
    """The calls that make the outputs: the last layer that computes, and the unlisted ones after it."""
    makers = {id(tensor): call for call in calls for tensor in call.outputs}
    head = set()
    for tensor in model.outputs:
        call = makers[id(tensor)]
        head.add(call)
        while type(call.operation).__name__ in _UNLISTED:
            call = makers[id(call.inputs[0])]
            head.add(call)
    return head


def _find_or_add(blocks: list[Block], kind: str, shape: tuple[int, ...], sources: set[int]) -> int:
    """Index of the block of a layer: that of a source, or of a layer with the same sources; else a new one."""
    coarsest = max((blocks[source].size for source in sources), default=0)
    side = shape[-3] if len(shape) >= 4 else 1
    size = side if side > 1 or not coarsest else coarsest  # what was pooled to one pixel or a vector stays there
    refinements = max((blocks[source].refinements for source in sources), default=0) + (0 < coarsest < size)
    for index in reversed(range(len(blocks))):
        block = blocks[index]
        is_alike = (block.kind, block.size, block.refinements) == (kind, size, refinements)
        if is_alike and sources and (index in sources or block.sources == sources):
            return index
    blocks.append(Block(kind, size, refinements))
    return len(blocks) - 1


def _layer_text(operation: Any) -> str:
    """A layer in few words: ``conv 3×3 /2``."""
    if isinstance(operation, keras.Model):
        return str(operation.name)
    kind = type(operation).__name__
    text = tr(_SHORT_NAMES.get(kind, "")) or re.sub(r"(?<=[a-z])(?=[A-Z])|\d+D$", " ", kind).strip().lower()
    kernel, strides = getattr(operation, "kernel_size", None), getattr(operation, "strides", None)
    if kernel:
        text += f" {'×'.join(str(size) for size in kernel)}"
        if "Up" not in kind and "Transpose" not in kind and strides and max(strides) > 1:
            text += f" /{max(strides)}"
    return text


def _mark_decoder(blocks: list[Block]) -> None:
    """Make the blocks that come after the coarsest one the decoder's."""
    coarsest = min(
        (index for index, block in enumerate(blocks) if block.kind != "input"),
        key=lambda index: (blocks[index].size, -index),
    )
    after = {coarsest}
    for index, block in enumerate(blocks):
        if block.sources & after:
            after.add(index)
            if block.kind == "encoder" and index != coarsest:
                block.kind = "decoder"
