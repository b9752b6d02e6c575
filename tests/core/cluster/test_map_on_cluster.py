"""Maps on a cluster, with real workers."""

import json
import os
import signal
from pathlib import Path

import numpy as np
import psutil
import pytest
from osgeo import gdal

from geodl_plugin.cluster import connection
from geodl_plugin.cluster.map_on_cluster import map_on_cluster
from geodl_plugin.cluster.request import ClusterRequest
from geodl_plugin.errors import Cancelled, ClusterError, InputError

COUNT = 12  # sheets of the image


def described(path):
    """All that a raster says of itself, but its values."""
    dataset = gdal.Open(str(path))
    told = [dataset.GetGeoTransform(), dataset.GetProjection(), dataset.RasterCount]
    for number in range(1, dataset.RasterCount + 1):
        band, table = dataset.GetRasterBand(number), dataset.GetRasterBand(number).GetColorTable()
        told += [band.DataType, band.GetDescription(), repr(band.GetNoDataValue()), band.GetCategoryNames()]
        told.append([table.GetColorEntry(index) for index in range(4)] if table else None)
        rows = band.GetDefaultRAT()
        told.append([rows.GetValueAsString(row, 1) for row in range(rows.GetRowCount())] if rows else None)
    return told


def test_a_map_is_that_of_one_process_byte_for_byte(on_cluster, in_one_process, tmp_path, reporter):
    options = {"confidence": "confidence.tif", "overviews": True, "creation_options": "COMPRESS=LZW"}
    result = on_cluster(**options)
    assert f"{COUNT} sheets of up to 64 × 64 pixels." in reporter.messages
    assert (result.efield, Path(result.output).name) == (32, "map.tif")
    assert set(result.classes.values()) == {"field", "forest", "water"}
    for name, path in in_one_process(**options).items():
        found = Path(getattr(result, name))
        assert found.read_bytes() == path.read_bytes()
        beside = found.with_name(found.name + ".aux.xml"), path.with_name(path.name + ".aux.xml")
        assert [one.read_bytes() if one.exists() else b"" for one in beside].count(beside[1].exists() or b"") != 1
    assert not (tmp_path / "map_sheets").exists()


def test_an_extent_and_a_minimum_area_are_those_of_one_process(on_cluster, in_one_process):
    x, y = 500000.0, 4000000.0
    options = {"extent": [x + 400, x + 1700, y - 900, y + 100], "minimum_area": 6}
    found = Path(on_cluster(**options).output).read_bytes()
    assert found == in_one_process(**options)["output"].read_bytes()


def test_a_virtual_raster_is_the_same_map(on_cluster, in_one_process, tmp_path):
    options = {"output_type": "probabilities (uint8)"}
    on_cluster("map.vrt", confidence="confidence.vrt", **options)
    assert not list(tmp_path.glob("*.tif.part*"))
    moved = tmp_path.parent / f"{tmp_path.name} moved"
    tmp_path.rename(moved)  # names are relative
    try:
        for name, path in in_one_process(confidence=True, **options).items():
            found = moved / f"{'map' if name == 'output' else name}.vrt"
            assert np.array_equal(gdal.Open(str(found)).ReadAsArray(), gdal.Open(str(path)).ReadAsArray())
            assert described(found) == described(path)
    finally:
        moved.rename(tmp_path)
