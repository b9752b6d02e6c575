"""Classes that two computations in float32 agree on, and those that neither can tell."""

import numpy as np


def assert_same_classes(found, probabilities, rounding):
    """No pixel has another class than the most probable one, but for ties.

    Where the two best probabilities differ by less than both may be off, no computation in float32 tells which is
    higher: kernels that a processor chooses for other sizes add in another order.

    Args:
        found: indices of classes, [y, x].
        probabilities: [class, y, x].
        rounding: what each of them may be off.
    """
    chosen = np.take_along_axis(probabilities, found[np.newaxis], axis=0)[0]
    assert (probabilities.max(axis=0) - chosen).max() <= 2 * rounding
    assert (found != probabilities.argmax(axis=0)).mean() < 1e-3
