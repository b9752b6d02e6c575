"""Results that must be right."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import EnvironmentProblem


def check(what: str, received: Any, expected: Any, *, tolerance: float = 0) -> None:
    """Raise `EnvironmentProblem` if a result is not what it must be."""
    received, expected = np.asarray(received), np.asarray(expected)
    if received.shape != expected.shape or not np.allclose(received, expected, rtol=0, atol=tolerance):
        raise EnvironmentProblem(f"{what}: a wrong result.", expected=str(expected), received=str(received))
