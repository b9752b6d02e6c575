"""Runs a job in the worker process: TensorFlow cannot live in QGIS's own."""

from .feedback import FeedbackReporter
from .interpreter import clean_environment, find_interpreter


def run_in_worker(job, feedback):
    """Run a job and return its results; it raises as `client.run` does."""
    from ..geodl_plugin.worker import client

    interpreter = find_interpreter(feedback)
    return client.run(job, interpreter, clean_environment(interpreter), FeedbackReporter(feedback))
