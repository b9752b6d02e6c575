"""The scheduler of Dask that hands out sheets: one that runs already, or one of our own on this computer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ..environment.pins import nvidia_gpus
from ..errors import ClusterError, EnvironmentProblem, InputError
from ..language import tr
from ..systems.processor import threads

if TYPE_CHECKING:
    from distributed import Client

_LOCAL = re.compile(r"local:(\d+)")
_ADDRESS = re.compile(r"\w+://.+")
_PATIENCE = 30  # seconds that a scheduler may take to answer


def check_scheduler(text: str) -> None:
    """Check what the user says of the scheduler; see `ClusterRequest`.

    Raises:
        InputError: it is neither an address nor a file, or names no worker.
        EnvironmentProblem: Dask is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise EnvironmentProblem(
            tr("Dask is not installed here."),
            received=str(error),
            remedy=tr("Install it: pip install 'geodl[cluster]'."),
        ) from error
    local = _LOCAL.fullmatch(text)
    if not ((local and int(local[1])) or _ADDRESS.fullmatch(text) or os.path.isfile(text)):
        raise InputError(
            tr("Invalid scheduler."),
            expected=tr(
                "tcp://host:port of Dask's scheduler, the file that it wrote (--scheduler-file), or local:N for N "
                "workers on this computer"
            ),
            received=text,
        )


@contextmanager
def connected(text: str) -> Iterator[Client]:
    """Yield a client of the scheduler; workers that were started for it end with the block.

    Args:
        text: see `ClusterRequest`.

    Raises:
        ClusterError: no scheduler answers, or workers cannot be started.
    """
    from distributed import Client, LocalCluster

    local = _LOCAL.fullmatch(text)
    try:
        if local:
            count = int(local[1])
            cluster = LocalCluster(
                n_workers=count,
                threads_per_worker=max(1, threads() // count),
                processes=True,
                memory_limit=0,  # Dask would count its own memory, not that of the processes that map
                dashboard_address="127.0.0.1:0",  # for nobody: any free port
            )
            opened = [Client(cluster, timeout=_PATIENCE), cluster]
        elif os.path.isfile(text):
            opened = [Client(scheduler_file=text, timeout=_PATIENCE)]
        else:
            opened = [Client(text, timeout=_PATIENCE)]
    except (OSError, ValueError, RuntimeError) as error:
        raise ClusterError(
            tr("The scheduler {text} does not answer.").format(text=text),
            received=str(error) or type(error).__name__,
            remedy=tr("Check its address, and that it runs and is of the same version of Dask."),
        ) from error
    try:
        yield opened[0]
    finally:
        for one in opened:
            _close(one)


def gpus_here(text: str) -> list[str]:
    """The GPUs that workers on this computer share, one for each; empty if there are none, or the workers are not ours.

    Args:
        text: see `ClusterRequest`.
    """
    if not _LOCAL.fullmatch(text):
        return []
    chosen = os.environ.get("CUDA_VISIBLE_DEVICES")
    return [one for one in chosen.split(",") if one] if chosen is not None else [*map(str, range(len(nvidia_gpus())))]


def _close(one: Any) -> None:
    with suppress(OSError, RuntimeError):  # the connection is lost already
        one.close(timeout=_PATIENCE)
