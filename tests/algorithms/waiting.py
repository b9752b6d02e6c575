"""Waiting for what events bring."""

import time

from qgis.core import QgsApplication

PATIENCE = 20  # seconds, for a busy machine


def wait_until(condition):
    """Let events happen until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        QgsApplication.processEvents()
        time.sleep(0.01)
