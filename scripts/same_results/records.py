"""Tell what differs between two files of TFRecords whose bytes do."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from .differences import Difference

_GZIP = b"\x1f\x8b"


def of_records(before: Path, after: Path, name: str) -> Iterator[Difference]:
    """A difference, since the bytes differ: how many records do, or only how they are compressed."""
    old, new = (list(_records(path)) for path in (before, after))
    pairs = enumerate(zip_longest(old, new))
    numbers = [number for number, (one, other) in pairs if one != other]
    counts = f"{len(old)} → {len(new)} records, " if len(old) != len(new) else ""
    what = f"{counts}{len(numbers)} of {len(old)} differ, the first is number {numbers[0]}" if numbers else ""
    yield Difference(name, what or "only the compression: the records are equal")


def _records(file: Path) -> Iterator[bytes]:
    """Each record: length (8 bytes), check sum (4), data, check sum (4), one after the other."""
    content = file.read_bytes()
    content = gzip.decompress(content) if content.startswith(_GZIP) else content
    place = 0
    while place < len(content):
        (length,) = struct.unpack_from("<Q", content, place)
        yield content[place : place + length + 16]
        place += length + 16
