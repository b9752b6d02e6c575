"""What TensorFlow says when one of several processes is lost, as an error that says which one and what to do.

Processes send each other a sign of life every few seconds.  If one is missing for about ten seconds, or a connection
is closed, TensorFlow ends the training in all others with an error of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import tensorflow as tf

from ..errors import ClusterError
from ..language import either, tr

_LOST = (
    tf.errors.UnavailableError,
    tf.errors.AbortedError,
    tf.errors.CancelledError,
    tf.errors.DeadlineExceededError,
)
_OTHER_TYPES = "Collective ops is aborted"  # so begins the message where the error is of another type
_NUMBER = re.compile(r"/job:worker/(?:replica:\d+/)?task:(\d+)")


@contextmanager
def explained_start(addresses: Sequence[str], number: int) -> Iterator[None]:
    """Turn an error of TensorFlow in this block, in which the processes connect, into `ClusterError`.

    Args:
        addresses: of all processes, ``host:port``.
        number: of this one.
    """
    try:
        yield
    except tf.errors.OpError as error:
        raise ClusterError(
            tr("The processes that are to train together do not reach each other."),
            expected=tr("a process at each of {addresses}; this is number {number}, from 0").format(
                addresses=", ".join(addresses), number=number
            ),
            received=_first_line(error),
            remedy=tr(
                "Start all of them, each with a number of its own; the ports must be free, and open between them."
            ),
        ) from error


@contextmanager
def explained_loss(addresses: Sequence[str], number: int, remedy: str) -> Iterator[None]:
    """Turn the error that TensorFlow raises in this block when another process is lost into `ClusterError`.

    Args:
        addresses: of all processes; where there are none or one, nothing is done.
        number: of this process.
        remedy: what the user can do about it.
    """
    try:
        yield
    except tf.errors.OpError as error:
        is_loss = isinstance(error, _LOST) or _OTHER_TYPES in error.message
        if len(addresses) < 2 or not is_loss:
            raise
        raise ClusterError(
            _lost(error.message, addresses, number),
            received=f"{_first_line(error)}",
            remedy=remedy,
        ) from error


def _lost(message: str, addresses: Sequence[str], number: int) -> str:
    """That a process is lost, and which one, by what TensorFlow says: its message names this process as well."""
    named = {int(found) for found in _NUMBER.findall(message)} - {number}
    known = [
        tr("process {number} ({address})").format(number=one, address=addresses[one])
        for one in sorted(named)
        if one < len(addresses)
    ]
    if not known:
        return tr("Another process is lost: it has failed, was ended, or is not reached any more.")
    text = tr("{processes} is lost: it has failed, was ended, or is not reached any more.").format(
        processes=either(known)
    )
    return text[0].upper() + text[1:]


def _first_line(error: tf.errors.OpError) -> str:
    """What happened: the first line without the place in the graph."""
    line = next(iter(error.message.strip().splitlines()), type(error).__name__)
    return re.sub(rf"^\{{\{{.*?\}}\}}\s*|{_OTHER_TYPES} by: ", "", line)[:300].rstrip(".: ")
