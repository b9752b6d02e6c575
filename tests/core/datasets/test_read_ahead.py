"""Reading ahead."""

import threading
import time

import pytest

from geodl_plugin.datasets.read_ahead import read_ahead


@pytest.mark.parametrize("depth", [1, 2, 7, 100])
@pytest.mark.parametrize("count", [0, 1, 20])
def test_results_come_in_the_order_of_the_items(depth, count):
    assert list(read_ahead(lambda number: number**2, range(count), depth)) == [number**2 for number in range(count)]


@pytest.mark.parametrize("depth", [1, 3])
def test_so_many_are_read_ahead_and_no_more(depth):
    read = []
    results = read_ahead(lambda number: read.append(number) or number, range(20), depth)
    for number in range(5):
        assert next(results) == number
        deadline = time.monotonic() + 5
        while len(read) < number + 1 + depth and time.monotonic() < deadline:
            time.sleep(0.001)
        assert read == list(range(number + 1 + depth))
    results.close()


def test_a_fault_is_raised_in_its_place():
    results = read_ahead(lambda number: 6 // (2 - number), range(5), 4)
    assert [next(results), next(results)] == [3, 6]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_the_thread_ends_when_the_results_are_forgotten():
    before = set(threading.enumerate())
    results = read_ahead(lambda number: number, range(1000), 10)
    next(results)
    (thread,) = set(threading.enumerate()) - before
    del results
    thread.join(5)
    assert not thread.is_alive()
