"""``python -m tests.faults``: disturb the real programs at random, and tell what came of it."""

import argparse
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from geodl_plugin import jobs

from .checks import Outcome
from .disturbances import KINDS
from .running import Case
from .scenarios import STEPS, World, versions
from .summary import Summary, machine

# Cases of a whole run, by kind.
COUNTS = {
    **{"kill": 210, "full disk": 16, "read-only folder": 10, "damaged input": 50, "damaged state": 12},
    **{"input changed": 16, "two runs at once": 20, "clock set back": 8},
}
_FEWER = {
    "trainmodel": 5,
    "applymodel": 2,
    "checkenvironment": 30,
    "tryenvironment": 30,
}  # sets of parameters, since each takes seconds


def deck(seed, counts=None):
    """The kinds of all cases in their order; the same seed gives the same order."""
    kinds = [kind for kind, count in (counts or COUNTS).items() for _ in range(count)]
    random.Random(seed).shuffle(kinds)
    return kinds


def draw(seed, number, kind):
    """One case; it depends on nothing but these."""
    return KINDS[kind].draw(random.Random(f"{seed} {number} {kind}"))


def main():
    """Run the cases; the exit status is 0 if all that must hold did."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="*", choices=list(KINDS), help="only these")
    parser.add_argument("--only", type=int, nargs="*", help="only the cases of these numbers")
    parser.add_argument("--first", type=int, help="only the first so many")
    parser.add_argument("--at-once", type=int, default=2, help="cases that run at the same time")
    parser.add_argument(
        "--examples", type=int, default=100, help="sets of parameters for each job, fewer where it takes long; 0: none"
    )
    parser.add_argument("--jobs", nargs="*", default=sorted(jobs.JOBS), choices=sorted(jobs.JOBS), help="only theirs")
    given = parser.parse_args()
    kinds = list(enumerate(deck(given.seed)))
    chosen = [
        (number, kind)
        for number, kind in kinds
        if (not given.kinds or kind in given.kinds) and (given.only is None or number in given.only)
    ][: given.first]
    folder = Path(tempfile.mkdtemp(prefix="faults_"))
    try:
        return _run(World(folder), given, chosen)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(world, given, chosen):
    summary = Summary()
    started = time.monotonic()
    world.make()
    if chosen:
        enable_plugin(world)
    print(
        f"The scene is made after {time.monotonic() - started:.0f} s; {len(chosen)} cases, seed {given.seed}.",
        flush=True,
    )
    lock = threading.Lock()

    def one(number, kind):
        case = draw(given.seed, number, kind)
        begun = time.monotonic()
        try:
            outcome = case(world, str(number))
        except Exception as error:  # the suite itself is wrong: the other cases go on
            outcome = Outcome("the suite failed", [f"suite: {error!r}"])
        with lock:
            summary.add(number, kind, outcome)
            seconds = time.monotonic() - begun
            print(
                f"{number:4d}  {kind}: {case}  →  {outcome.what} ({seconds:.0f} s) {_short(outcome.message)}",
                flush=True,
            )
            for fault in outcome.faults:
                print(f"      FAULT {fault}", flush=True)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    pool = ThreadPoolExecutor(given.at_once)
    try:
        for future in [pool.submit(one, *pair) for pair in chosen]:
            future.result()
    except KeyboardInterrupt:
        print("Stopped: the cases that have begun are finished.", flush=True)
        given.examples = 0
    finally:
        pool.shutdown(cancel_futures=True)
    if given.examples:
        from .parameters import try_job

        for name in given.jobs:
            tried, results, failures = try_job(world, name, max(1, given.examples // _FEWER.get(name, 1)), given.seed)
            print(f"      parameters of {name}: {tried} sets, {results} results, {len(failures)} faults", flush=True)
            for failure in failures:
                print(f"      FAULT {failure}", flush=True)
            summary.add_parameters(name, tried, results, failures)
    print(f"\n{summary.table()}\n")
    print(f"Seed {given.seed}, {(time.monotonic() - started) / 60:.0f} min, on {machine()}.")
    print(", ".join(f"{name} {version}" for name, version in versions().items()))
    if summary.failed:
        print(f"Faults in: {' '.join(map(str, summary.failed))}")
    return 1 if summary.failed else 0


def _short(message):
    return " ".join(message.split())[:200]


def enable_plugin(world):
    """Make a profile of QGIS, with the plugin enabled."""
    case = Case(world, STEPS["sample"], "profile")
    case.start("qgis").finish()
    case.remove()


if __name__ == "__main__":
    sys.exit(main())
