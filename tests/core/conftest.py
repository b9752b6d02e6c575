"""What the tests of the core library share."""

import hypothesis
import pytest

from geodl_plugin.grid import Grid

# The machine that runs them may be busy: no deadlines; and the same examples each time.
hypothesis.settings.register_profile("geodl", deadline=None, max_examples=60, derandomize=True)
hypothesis.settings.load_profile("geodl")

ROTATED = (500000.0, 8.0, 3.0, 4000000.0, 3.0, -8.0)
SOUTH_UP = (500000.0, 10.0, 0.0, 3999000.0, 0.0, 10.0)
NORTH_UP = (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)


@pytest.fixture(params=[NORTH_UP, ROTATED, SOUTH_UP], ids=["north-up", "rotated", "south-up"])
def any_transform(request):
    """Each way in which a raster may lie on the ground."""
    return request.param


@pytest.fixture
def grid():
    """100 × 100 pixels of 10 m without a CRS."""
    return Grid(100, 100, NORTH_UP)
