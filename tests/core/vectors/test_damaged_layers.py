"""Vector files that break off while they are read."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.fingerprint import geometry_hash
from geodl_plugin.labels.geometries import read_labels
from geodl_plugin.rasters.raster import Source
from geodl_plugin.vectors.points import read_points

DAMAGED = r"cannot be read to its end\..* Repair the file, or make it again"
COUNT = 400


@pytest.fixture
def grid(make_raster):
    """The grid of a raster."""
    return Source("image", [make_raster(np.ones((50, 60), np.uint8))]).grid


@pytest.fixture
def damaged(make_vector):
    """Write features, and spoil the pages that the last of them lie on; what the file is, it still says."""

    def make(wkt):
        path = make_vector([(wkt, ("field", "forest")[number % 2]) for number in range(COUNT)], name="damaged.gpkg")
        with open(path, "r+b") as file:
            data = bytearray(file.read())
            at = data.rindex(b"forest") // 4096 * 4096  # the page of a table begins with what it is
            data[at : at + 8] = b"\xff" * 8
            file.seek(0)
            file.write(data)
        return path

    return make


def test_polygons(damaged, grid, reporter, box):
    with pytest.raises(InputError, match=DAMAGED):
        read_labels(damaged(box(5, 5, 9, 9)), "class", grid, reporter)


def test_points(damaged, grid, reporter):
    with pytest.raises(InputError, match=DAMAGED):
        read_points(damaged("POINT(500055 3999945)"), grid, reporter)


def test_masks(damaged, box):
    with pytest.raises(InputError, match=DAMAGED):
        geometry_hash(damaged(box(5, 5, 9, 9)))
