"""GDAL's types and numpy's."""

import numpy as np
import pytest
from osgeo import gdal, gdal_array

from geodl_plugin.rasters.pixel_types import NAMES, gdal_type_of, has_gdal_type, numpy_dtype

TYPES = ["uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"]


@pytest.mark.parametrize("name", TYPES)
def test_types_are_those_of_gdal_itself(name):
    found = gdal_type_of(name)
    assert found == gdal_array.NumericTypeCodeToGDALTypeCode(np.dtype(name))
    assert numpy_dtype(found) == np.dtype(name)
    assert gdal.GetDataTypeName(found) in NAMES
    assert has_gdal_type(np.dtype(name).type)


@pytest.mark.parametrize("name", ["int8", "int64", "float16", "complex64", "bool"])
def test_types_that_not_every_gdal_has_are_none(name):
    assert not has_gdal_type(name)
    with pytest.raises(KeyError):
        gdal_type_of(name)


def test_complex_numbers_have_no_type():
    assert numpy_dtype(gdal.GDT_CFloat32) is None
