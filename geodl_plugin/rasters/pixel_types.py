"""Types of pixels: those of GDAL and those of numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike
from osgeo import gdal

from ..language import mark

# Not gdal_array's own table: it says Byte for int8, and differs between GDAL's versions for integers of 64 bits.
_DTYPES: dict[int, np.dtype] = {
    gdal.GDT_Byte: np.dtype(np.uint8),
    gdal.GDT_UInt16: np.dtype(np.uint16),
    gdal.GDT_Int16: np.dtype(np.int16),
    gdal.GDT_UInt32: np.dtype(np.uint32),
    gdal.GDT_Int32: np.dtype(np.int32),
    gdal.GDT_Float32: np.dtype(np.float32),
    gdal.GDT_Float64: np.dtype(np.float64),
}
_GDAL_TYPES = {dtype: gdal_type for gdal_type, dtype in _DTYPES.items()}
NAMES = mark("Byte, UInt16, Int16, UInt32, Int32, Float32 or Float64")


def numpy_dtype(gdal_type: int) -> np.dtype | None:
    """The numpy type of a GDAL type of real numbers; None for all others.

    Args:
        gdal_type: such as ``gdal.GDT_Byte``.
    """
    return _DTYPES.get(gdal_type)


def gdal_type_of(dtype: DTypeLike) -> int:
    """The GDAL type of a numpy type.

    Args:
        dtype: one that every GDAL has: integers of 8 (unsigned), 16 or 32 bits, and floating-point numbers.

    Raises:
        KeyError: another type.
    """
    return int(_GDAL_TYPES[np.dtype(dtype)])


def has_gdal_type(dtype: DTypeLike) -> bool:
    """Whether `gdal_type_of` knows a numpy type.

    Args:
        dtype: any type.
    """
    return np.dtype(dtype) in _GDAL_TYPES
