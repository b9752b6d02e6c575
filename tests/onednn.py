"""Tell the other value of ``TF_ENABLE_ONEDNN_OPTS`` than TensorFlow uses here; nothing where there is one way only.

With oneDNN's operations a network computes in another order, which rounds otherwise: ``make test`` runs the tests
marked ``rounding`` in both ways, ``make test-onednn`` all of the core's.
"""

import os
import subprocess
import sys

VARIABLE = "TF_ENABLE_ONEDNN_OPTS"
ASK = "from tensorflow.python.util import _pywrap_util_port as port; print(int(port.IsMklEnabled()))"


def used(**variables):
    """Whether TensorFlow computes with oneDNN: 0 or 1."""
    environment = {**os.environ, **variables}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main():
    """Print the value."""
    other = "0" if used() == "1" else "1"
    if used(**{VARIABLE: other}) == other:
        print(other)


if __name__ == "__main__":
    main()
