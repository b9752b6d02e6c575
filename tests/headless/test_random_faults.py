"""A handful of the faults that `tests.faults` has by the hundred; ``make test-faults`` runs them all."""

import random
import sys

import pytest

from tests.faults.__main__ import enable_plugin
from tests.faults.disturbances import KINDS
from tests.faults.scenarios import World

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are found in /proc")
# Training takes longest; the whole suite disturbs it, too.
STEPS = ("sample", "export", "apply", "apply with RESUME")
COUNTS = {"kill": 3, "full disk": 1, "damaged input": 2, "damaged state": 1, "two runs at once": 1}


def drawn():
    """The first cases of each kind that are of these steps."""
    for kind, count in COUNTS.items():
        cases = (KINDS[kind].draw(random.Random(f"short {number}")) for number in range(1000))
        fitting = (case for case in cases if case.step in STEPS)
        yield from (next(fitting) for _ in range(count))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """The scene of the faults."""
    world = World(tmp_path_factory.mktemp("faults"))
    world.make(STEPS)
    enable_plugin(world)
    return world


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.KIND}: {case}") for case in drawn()])
def test_no_fault_loses_or_leaves_anything(world, case, request):
    outcome = case(world, str(abs(hash(request.node.name))))
    if outcome.what.startswith("skipped"):
        pytest.skip(outcome.what)
    assert outcome.faults == []
