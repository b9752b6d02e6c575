"""Where the values of each tensor lie in a record.

Records of the same types and shapes differ in nothing but these values: what stands between them are the same bytes
(lengths, names, types and shapes).  So writing a record is joining its values with these bytes; and a batch of
records that have them is decoded at once, by cutting out the values.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf

Tensor = tuple[str, np.dtype, tuple[int, ...]]  # name, type and shape


def openings(tensors: Sequence[Tensor]) -> list[bytes]:
    """What stands before the values of each tensor in a record, a ``tf.train.Example``.

    TensorFlow encodes one sample of zeros, which is cut where the values of each tensor begin, and no other.  To
    have it encode every sample takes 1.8 times as long if a ``TensorProto`` is filled, and 3 times as long by
    ``tf.io.serialize_tensor`` (writing 64 × 64 × 4 UInt16 with labels; medians of 7 runs).

    Args:
        tensors: of a sample, in the order of the record.
    """
    found, features = [], b""
    for name, dtype, shape in tensors:
        values = bytes(dtype.itemsize * math.prod(shape))
        described = tf.make_tensor_proto(0, dtype=dtype.name, shape=shape)
        tensor = type(described)(dtype=described.dtype, tensor_shape=described.tensor_shape, tensor_content=values)
        feature = tf.train.Feature(bytes_list=tf.train.BytesList(value=[tensor.SerializeToString()]))
        encoded = tf.train.Features(feature={name: feature}).SerializeToString()
        found.append(encoded[: len(encoded) - len(values)])
        features += encoded  # protobuf merges messages that follow each other; one map has no certain order
    example = tf.train.Example(features=tf.train.Features.FromString(features)).SerializeToString()
    return [example[: len(example) - len(features)] + found[0], *found[1:]]


class RecordLayout:
    """The layout that `RecordsWriter` gives to records of certain tensors.

    Args:
        types: name of the type of each tensor, in the order of the record.
        shapes: shape of each tensor.
    """

    def __init__(self, types: Mapping[str, str], shapes: Mapping[str, Sequence[int]]) -> None:
        tensors = [(name, np.dtype(kind), tuple(shapes[name])) for name, kind in types.items()]
        self._fixed: list[tuple[int, bytes]] = []  # places of fixed bytes, and these bytes
        self._values: dict[str, tuple[int, int, tf.DType, tuple[int, ...]]] = {}  # place, length, type and shape
        place = 0
        for (name, dtype, shape), opening in zip(tensors, openings(tensors)):
            self._fixed.append((place, opening))
            place += len(opening)
            length = dtype.itemsize * math.prod(shape)
            self._values[name] = place, length, tf.as_dtype(dtype), shape
            place += length
        self._length = place

    @classmethod
    def of(cls, types: Mapping[str, str], shapes: Mapping[str, Sequence[int | None]]) -> RecordLayout | None:
        """The layout; None if tensors of these types and shapes are no numbers, or not always of as many bytes."""
        kinds = {np.dtype(tf.as_dtype(kind).as_numpy_dtype).kind for kind in types.values()}
        known = {name: [size or 0 for size in shape] for name, shape in shapes.items()}
        is_known = kinds <= set("iuf") and all(math.prod(shape) for shape in known.values())
        return cls(types, known) if is_known else None

    def fits(self, records: tf.Tensor) -> tf.Tensor:
        """Whether all records have this layout, a scalar bool.

        Args:
            records: strings, [batch].
        """

        def has_fixed_bytes() -> tf.Tensor:
            same = [tf.strings.substr(records, place, len(fixed)) == fixed for place, fixed in self._fixed]
            return tf.reduce_all(same)

        is_as_long = tf.reduce_all(tf.strings.length(records) == self._length)
        return tf.cond(is_as_long, has_fixed_bytes, lambda: tf.constant(False))

    def decode(self, records: tf.Tensor) -> dict[str, tf.Tensor]:
        """The tensors in records that have this layout.

        Args:
            records: strings, [batch].

        Returns:
            Tensors by name, [batch, …].
        """
        content = tf.io.decode_raw(records, tf.uint8)
        tensors = {}
        for name, (place, length, dtype, shape) in self._values.items():
            values = content[:, place : place + length]
            if dtype.size > 1:
                values = tf.bitcast(tf.reshape(values, [-1, length // dtype.size, dtype.size]), dtype)
            else:
                values = tf.bitcast(values, dtype)
            tensors[name] = tf.reshape(values, [-1 if records.shape[0] is None else records.shape[0], *shape])
        return tensors
