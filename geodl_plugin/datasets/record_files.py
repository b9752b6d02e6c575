"""The files in a folder of TFRecords: their names, their compression and the number of their records.

In a file one record follows the other: length (8 bytes), checksum (4), data, checksum (4).  The file may be
compressed as a whole (GZIP).  TensorFlow reads and writes these files; here records are only counted.
"""

from __future__ import annotations

import gzip
import os
import shutil
import struct
import zlib
from pathlib import Path

from ..errors import InputError
from ..language import tr

TYPES_FILE = "output_types.json"
SHAPES_FILE = "output_shapes.json"
SUFFIX = ".records"
_LENGTH, _CHECKSUM = 8, 4  # bytes


def tensorflow_compression(compression: str) -> str:
    """What TensorFlow calls the compression ``none`` or ``gzip``."""
    return {"none": "", "gzip": "GZIP"}[compression]


def compression_of(file: Path) -> str:
    """``gzip`` or ``none``, by the first bytes of a file of records."""
    with file.open("rb") as stream:
        start = stream.read(64)
    try:
        zlib.decompressobj(wbits=31).decompress(start)
    except zlib.error:
        return "none"
    return "gzip" if start else "none"


def link_or_copy(file: Path, target: Path, *, for_now: bool = False) -> None:
    """Give a file a second name, or copy it where the disk or the system allows no links.

    Args:
        file: the file.
        target: the new name, which is free.
        for_now: whether the file stays where it is as long as the new name is used: links to other disks will do.
    """
    whole = os.path.realpath(file)
    for link in (os.symlink, os.link) if for_now else (os.link,):
        try:
            link(whole, target)
            return
        except (OSError, NotImplementedError):
            continue
    shutil.copyfile(whole, target)


def count_records(file: Path) -> int:
    """Number of records in a file; their data is skipped, but compressed files are read from end to end.

    Raises:
        InputError: the file ends within a record.
    """
    number, compressed = 0, compression_of(file) == "gzip"
    try:
        with gzip.open(file) if compressed else file.open("rb") as stream:
            while length := stream.read(_LENGTH):
                stream.seek(struct.unpack("<Q", length)[0] + 2 * _CHECKSUM - 1, 1)
                if not stream.read(1):
                    raise EOFError
                number += 1
    except (EOFError, OSError, OverflowError, ValueError, struct.error, zlib.error) as error:  # lengths may be any
        raise InputError(
            tr("The file {file} is damaged.").format(file=file),
            expected=tr("complete records"),
            received=tr("{number} complete records and a part of one").format(number=number),
            remedy=tr("Export it again."),
        ) from error
    return number
