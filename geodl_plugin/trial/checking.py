"""Results that must be right."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import EnvironmentProblem
from ..language import tr


def check(what: str, received: Any, expected: Any, *, tolerance: float = 0) -> None:
    """Raise `EnvironmentProblem` if a result is not what it must be."""
    received, expected = np.asarray(received), np.asarray(expected)
    if received.shape != expected.shape or not np.allclose(received, expected, rtol=0, atol=tolerance):
        raise EnvironmentProblem(
            tr("{what}: a wrong result.").format(what=what), expected=str(expected), received=str(received)
        )
