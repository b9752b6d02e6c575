"""Runs a job in the worker process: TensorFlow cannot live in QGIS's own."""

import atexit

from .feedback import FeedbackReporter
from .interpreter import clean_environment, find_interpreter
from .settings import minutes_kept

_keepers = []  # the one of this process, from the first job on


def run_in_worker(job, feedback):
    """Run a job and return its results; it raises as `client.run` does.

    The worker is kept for the next job, as long as the settings say.
    """
    from ..geodl_plugin.worker import client

    interpreter = find_interpreter(feedback)
    variables = clean_environment(interpreter)
    return client.run(job, interpreter, variables, FeedbackReporter(feedback), _keeper())


def end_worker():
    """End the worker that is kept, if there is one."""
    for keeper in _keepers:
        keeper.end()


def _keeper():
    from ..geodl_plugin.worker.keeper import Keeper

    if not _keepers:
        _keepers.append(Keeper())
        atexit.register(end_worker)
    _keepers[0].seconds = 60 * minutes_kept()
    if not _keepers[0].seconds:
        end_worker()
    return _keepers[0]
