"""Compare networks: Keras files, and SavedModels by their signatures and weights."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from .differences import Difference, unequal
from .texts import of_json

_WEIGHTS = "model.weights.h5"


def of_keras(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """Differences of two Keras files: their members, the network's configuration, and every weight exactly."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        yield from (Difference(name, f"{what}: {values}") for what, values in unequal(_members(old), _members(new)))
        for member in sorted(set(old.namelist()) & set(new.namelist())):
            contents = old.read(member), new.read(member)
            if member.endswith(".json"):
                yield from of_json(f"{name}/{member}", *(content.decode() for content in contents))
            elif member == _WEIGHTS:
                yield from _of_weights(f"{name}/{member}", *(_weights(content) for content in contents))
            elif contents[0] != contents[1]:
                yield Difference(f"{name}/{member}", "content")


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    return {f"member {name}": "there" for name in archive.namelist()}


def _weights(content: bytes) -> dict[str, np.ndarray]:
    """Arrays of a file of weights, by their places."""
    found: dict[str, np.ndarray] = {}

    def look(place: str, item: Any) -> None:
        if isinstance(item, h5py.Dataset):
            found[place] = item[()]

    with h5py.File(io.BytesIO(content), "r") as file:
        file.visititems(look)
    return found


def _of_weights(name: str, before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> Iterator[Difference]:
    kinds = ({place: (array.shape, str(array.dtype)) for place, array in one.items()} for one in (before, after))
    yield from (Difference(name, f"weights {place}: {values}") for place, values in unequal(*kinds))
    both = [place for place in before if place in after and before[place].shape == after[place].shape]
    other = [place for place in both if before[place].tobytes() != after[place].tobytes()]
    if other:
        gaps = [np.abs(before[place].astype(float) - after[place].astype(float)).max() for place in other]
        counted = f"{len(other)} of {len(both)} weights differ by up to {max(gaps):g}, the first is {other[0]}"
        yield Difference(name, counted)


def of_saved_model(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """Differences of the signatures of two files saved_model.pb; their functions have no fixed order and numbers."""
    for what, values in unequal(_signatures(before), _signatures(after)):
        yield Difference(name, f"{what}: {values}")


def of_checkpoint(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """Differences of the weights of two SavedModels, given their files variables.index: which weights there are.

    Their names are numbers that follow from addresses in memory, so that the weights are compared as a collection.
    """
    old, new = (_tensors(path) for path in (before, after))
    if old != new:
        yield Difference(name, f"{sum((old - new).values())} of {sum(old.values())} weights are not in AFTER")


def _tensors(index: Path) -> Counter[tuple[tuple[int, ...], str, bytes]]:
    import tensorflow as tf

    reader = tf.train.load_checkpoint(str(index.with_suffix("")))
    names = [name for name in reader.get_variable_to_shape_map() if not name.startswith("_CHECKPOINTABLE")]
    tensors = [np.asarray(reader.get_tensor(name)) for name in names]
    return Counter((tensor.shape, str(tensor.dtype), tensor.tobytes()) for tensor in tensors)


def _signatures(path: Path) -> dict[str, str]:
    """Names, types and shapes of what goes into a SavedModel and comes out, by signature."""
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel.FromString(path.read_bytes())
    return {
        f"{name} {way} {tensor}": f"{info.dtype} {[size.size for size in info.tensor_shape.dim]}"
        for graph in saved.meta_graphs
        for name, signature in graph.signature_def.items()
        for way, tensors in (("input", signature.inputs), ("output", signature.outputs))
        for tensor, info in tensors.items()
    }
