"""The sources of a request."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.operations.sources import open_sources, rasters_of
from geodl_plugin.sampling import SampleGridRequest


def test_the_rasters_of_all_four_sources_in_their_order():
    request = SampleGridRequest(["a", "b"], "out", source4=["d"])
    assert rasters_of(request) == [["a", "b"], [], [], ["d"]]


def test_sources_keep_their_number_though_others_are_left_out(make_raster):
    paths = [make_raster(np.ones((8, 8), np.uint8), name=f"{name}.tif") for name in "ab"]
    sources = open_sources(SampleGridRequest(paths[:1], "out", source3=paths[1:]), nodata=1)
    assert [source.name for source in sources] == ["source1", "source3"]
    assert all(source.nodata == [1] for source in sources)


def test_grids_that_do_not_nest_are_resampled_if_the_request_says_so(make_raster):
    transform = (500005.0, 15.0, 0.0, 4000000.0, 0.0, -15.0)
    paths = [
        make_raster(np.ones((40, 40), np.uint8), name="a.tif"),
        make_raster(np.ones((40, 40), np.uint8), name="b.tif", transform=transform),
    ]
    request = SampleGridRequest(paths[:1], "out", source2=paths[1:])
    with pytest.raises(InputError, match="RESAMPLE"):
        open_sources(request)
    request.resample = True
    assert [ratio for ratio in open_sources(request).ratios] == [1, 1]
