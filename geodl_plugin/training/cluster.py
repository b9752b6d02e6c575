"""The cluster of processes that train one network together, as ``TF_CONFIG`` or Slurm define it; without TensorFlow."""

from __future__ import annotations

import json
import os

from ..errors import InputError
from ..language import tr


def workers_of_tf_config() -> list[str]:
    """The addresses of the workers in ``TF_CONFIG``; none if the variable is not set.

    Raises:
        InputError: the variable cannot be read.
    """
    try:
        workers = json.loads(os.environ.get("TF_CONFIG", "{}")).get("cluster", {}).get("worker", [])
    except (ValueError, AttributeError) as error:
        raise InputError(tr("The variable TF_CONFIG cannot be read."), received=os.environ["TF_CONFIG"]) from error
    return list(workers)


def slurm_tasks() -> int:
    """The number of tasks of the Slurm step that this process belongs to; 1 outside Slurm."""
    return int(os.environ.get("SLURM_STEP_NUM_TASKS", "1"))


def processes() -> int:
    """The number of processes that train together, 1 for this one alone.

    Raises:
        InputError: the variable TF_CONFIG cannot be read.
    """
    return max(len(workers_of_tf_config()), slurm_tasks())


def is_chief() -> bool:
    """Whether this process is the chief, which writes the outputs: the first of several, or the only one.

    Where the variables cannot be read it is: `strategy.select_devices` raises the error.
    """
    try:
        if len(workers_of_tf_config()) > 1:
            return int(json.loads(os.environ["TF_CONFIG"]).get("task", {}).get("index", 0)) == 0
        return slurm_tasks() <= 1 or int(os.environ.get("SLURM_PROCID", "0")) == 0
    except (InputError, ValueError, TypeError, AttributeError):
        return True
