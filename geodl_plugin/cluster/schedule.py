"""Which worker does which piece of the work, a sheet or a job, and what if one fails.

Each worker has one piece at a time, chosen here and not by Dask: so the piece has all threads and all memory of the
worker, one that failed is tried on another worker, and one that is lost or hangs is known.  Nothing depends on what
workers do once they are given up: a piece that is done twice is the same piece.
"""

from __future__ import annotations

import queue
import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ClusterError
from ..language import tr
from ..runtime.reporter import Reporter, duration_text
from .task import FINISHED, stop

if TYPE_CHECKING:
    from distributed import Client, Future

FAILURES = 3  # of a piece, then it is given up
LOSSES = 10  # of workers with the same piece, then it is given up: it may be the piece that ends them
_BAD_WORKER = 3  # different pieces that fail on a worker in turn, then it gets no more while there are better ones
_ROUNDS = 3  # times that all workers are bad, with no piece finished in between: then something fails for all
_LOOK = 1.0  # seconds between two looks at the workers
_RECONNECTING = 60.0  # seconds without the scheduler, then the run ends
_LATE = 120.0  # seconds beyond the patience in which a worker should have told that a piece hangs
_RESTART = 10.0  # seconds that a worker may take to start again


class Piece(Protocol):
    """A part of the work that one worker does.

    Attributes:
        name: what it is called; no other has it.
        weight: how much work it is, in any unit.
    """

    @property
    def name(self) -> str: ...

    @property
    def weight(self) -> int: ...


@dataclass(frozen=True)
class Work:
    """What is done for each piece.

    Args:
        piece: what a piece is called in messages, such as "sheet".
        pieces: what several are called.
        doing: what the progress says, such as "Mapping".
        function: what Dask calls, with a task, as `task.attempt` describes it, whose ``piece`` is the name.
        values: gives the values of the task for a piece, but for those that the schedule chooses.
        one_cause: pieces are so alike that what fails for many in turn fails for all, and the run ends.
    """

    piece: str
    pieces: str
    doing: str
    function: Callable[[dict[str, Any]], dict[str, Any]]
    values: Callable[[Any], dict[str, Any]]
    one_cause: bool = False


@dataclass
class _Attempt:
    """A piece that a worker has.

    Args:
        piece: the piece.
        worker: address of the worker.
        future: Dask's.
        device: the GPU that it uses; None: any.
        heard: when it told something last.
        share: of the piece that is done.
    """

    piece: Piece
    worker: str
    future: Future
    device: str | None
    heard: float
    share: float = 0.0


@dataclass
class _Troubles:
    """What went wrong with a piece: how often it failed, how often its worker was lost, where, and what was said."""

    failures: int = 0
    losses: int = 0
    workers: set[str] = field(default_factory=set)
    error: str = ""


class Schedule:
    """Lets the workers of a scheduler do the pieces of some work.

    Args:
        client: of the scheduler.
        work: what is done.
        patience: seconds in which a piece must get further.
        devices: the GPUs that the workers share; empty: that is not our business.
        reporter: receives the progress, and what goes wrong; it is asked whether to stop.

    Attributes:
        outcomes: what the tasks of finished pieces gave.
    """

    def __init__(self, client: Client, work: Work, patience: float, devices: Sequence[str], reporter: Reporter) -> None:
        self.outcomes: dict[Piece, dict[str, Any]] = {}
        self._client, self._work, self._run = client, work, f"geodl-{secrets.token_hex(6)}"
        self._patience, self._devices, self._reporter = patience, list(devices), reporter
        self._events: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._attempts: dict[str, _Attempt] = {}
        self._waiting: deque[Piece] = deque()
        self._troubles: dict[Piece, _Troubles] = {}
        self._bad: dict[str, set[Piece]] = {}  # pieces that failed on a worker since one was finished there
        self._given_up: dict[Piece, str] = {}
        self._count = self._weight = self._done_weight = self._done = self._rounds = 0
        self._known: dict[str, int] = {}  # workers at the last look
        self._shown = (-1.0, 0, 0)  # share, finished pieces and busy workers that were shown last
        self._without_workers = False

    def do(self, pieces: Sequence[Piece]) -> dict[Piece, str]:
        """Do pieces; gives those that could not be done, with the last error of each.

        Raises:
            ClusterError: the connection to the scheduler is lost.
            Cancelled: the reporter asked for it.
        """
        self._waiting.extend(pieces)
        self._count, self._weight = len(pieces), sum(piece.weight for piece in pieces)
        self._client.subscribe_topic(self._run, lambda event: self._events.put(("news", event[1])))
        self._reporter.new_pace()
        try:
            self._loop()
        finally:
            self._stop()
            with suppress(OSError, ValueError, RuntimeError):
                self._client.unsubscribe_topic(self._run)
        return self._given_up

    def _loop(self) -> None:
        looked, answered = float("-inf"), time.monotonic()
        while self._waiting or self._attempts:
            now = time.monotonic()
            if now - looked >= _LOOK:
                looked, workers = now, self._workers()
                if workers is not None:
                    answered, self._known = now, workers
                    self._look_after(workers)
                    self._hand_out(workers)
                elif self._client.status == "closed" or now - answered > _RECONNECTING:
                    raise ClusterError(
                        tr("The connection to the scheduler was lost."),
                        remedy=tr(
                            "Start it again if it has ended, and run this again: finished {pieces} are kept."
                        ).format(pieces=self._work.pieces),
                    )
            self._show()
            if self._listen():
                self._hand_out(self._known)

    def _listen(self) -> bool:
        """Wait for an event, and take all that are there; gives whether a worker has ended its piece."""
        has_ended = False
        with suppress(queue.Empty):
            kind, event = self._events.get(timeout=_LOOK / 2)
            while True:
                has_ended |= kind == "end"
                self._ended(event) if kind == "end" else self._heard(event)
                kind, event = self._events.get_nowait()
        return has_ended

    def _workers(self) -> dict[str, int] | None:
        """Address and threads of each worker; None if the scheduler does not answer."""
        try:
            return dict(self._client.nthreads())
        except Exception:  # whatever Dask raises while it tries to connect again
            return None

    def _look_after(self, workers: Mapping[str, int]) -> None:
        """Give up pieces whose worker is gone, or has not told anything for too long."""
        now = time.monotonic()
        for key, attempt in list(self._attempts.items()):
            if attempt.worker not in workers:
                self._lost(key, tr("Its worker {worker} was lost.").format(worker=attempt.worker))
            elif now - attempt.heard > self._patience + _LATE:
                silence = duration_text(self._patience + _LATE)
                self._lost(
                    key,
                    tr("Its worker {worker} has not answered for {silence}.").format(
                        worker=attempt.worker, silence=silence
                    ),
                )
                with suppress(Exception):  # workers without a nanny cannot be restarted
                    self._client.restart_workers([attempt.worker], timeout=_RESTART, raise_for_error=False)

    def _hand_out(self, workers: Mapping[str, int]) -> None:
        """Give each worker that has none a piece."""
        busy = {attempt.worker for attempt in self._attempts.values()}
        good = [worker for worker in workers if len(self._bad.get(worker, ())) < _BAD_WORKER]
        if workers and not good and not self._attempts:
            self._rounds += 1
            self._bad.clear()
            if self._rounds >= _ROUNDS and self._work.one_cause:
                self._give_up_all()
        for worker in good:
            piece = self._next_for(worker, good) if worker not in busy else None
            if piece is not None:
                self._submit(piece, worker, workers[worker])
        if not workers and not self._without_workers:
            self._reporter.info(tr("Waiting for workers: the scheduler has none."))
        self._without_workers = not workers

    def _give_up_all(self) -> None:
        for piece in self._waiting:
            tried = self._troubles.get(piece)
            self._given_up[piece] = tried.error if tried else tr("It was not begun, since nothing but failures came.")
        self._waiting.clear()

    def _next_for(self, worker: str, workers: Sequence[str]) -> Piece | None:
        """The next piece that did not fail on this worker, or that failed on all others as well."""
        for piece in self._waiting:
            failed = self._troubles[piece].workers if piece in self._troubles else set()
            if worker not in failed or failed >= {*workers}:
                self._waiting.remove(piece)
                return piece
        return None

    def _submit(self, piece: Piece, worker: str, threads: int) -> None:
        device = None
        if self._devices:
            used = {attempt.device for attempt in self._attempts.values()}
            device = next((one for one in self._devices if one not in used), None)
            if device is None:  # more workers than GPUs
                self._waiting.appendleft(piece)
                return
        tried = self._troubles.get(piece, _Troubles())
        key = f"{self._run}-{piece.name}-{tried.failures}-{tried.losses}-{time.monotonic_ns()}"
        task = {
            **self._work.values(piece),
            **{"run": self._run, "attempt": key, "piece": piece.name},
            **{"threads": threads, "patience": self._patience, "device": device},
        }
        try:
            future = self._client.submit(
                self._work.function, task, key=key, workers=[worker], allow_other_workers=False, pure=False, retries=0
            )
        except Exception:  # the connection is lost: see `_loop`
            self._waiting.appendleft(piece)
            return
        self._attempts[key] = _Attempt(piece, worker, future, device, time.monotonic())
        future.add_done_callback(lambda ended: self._events.put(("end", ended)))

    def _heard(self, news: Mapping[str, Any]) -> None:
        """Take what the worker of a piece tells."""
        attempt = self._attempts.get(news["attempt"])
        if attempt is None:
            return
        attempt.heard, attempt.share = time.monotonic(), news.get("fraction", attempt.share)
        for kind, tell in (("info", self._reporter.info), ("warning", self._reporter.warning)):
            if kind in news:
                tell(f"{attempt.piece.name}: {news[kind]}")

    def _ended(self, future: Future) -> None:
        """Take the result of a piece; that of one that was given up before is of no interest."""
        attempt = self._attempts.get(future.key)
        if attempt is None or attempt.future is not future:
            return
        if future.status == "finished":
            result = future.result()
            del self._attempts[future.key]
            if result["end"] == FINISHED:
                self.outcomes[attempt.piece] = result
                self._done += 1
                self._done_weight += attempt.piece.weight
                self._bad.pop(attempt.worker, None)
                self._rounds = 0
            else:
                self._failed(attempt, result.get("error", tr("It was stopped.")))
        elif future.status == "error":
            del self._attempts[future.key]
            self._failed(attempt, _text_of(future.exception()))
        else:  # cancelled by the scheduler: the connection was lost for a while
            self._lost(future.key, tr("The scheduler has forgotten it."))

    def _failed(self, attempt: _Attempt, error: str) -> None:
        piece, worker = attempt.piece, attempt.worker
        trouble = self._troubles.setdefault(piece, _Troubles())
        trouble.failures, trouble.error = trouble.failures + 1, error
        trouble.workers.add(worker)
        self._bad.setdefault(worker, set()).add(piece)
        if len(self._bad[worker]) == _BAD_WORKER:
            self._reporter.warning(
                tr("The worker {worker} is left out for now: {count} {pieces} failed there in turn.").format(
                    worker=worker, count=_BAD_WORKER, pieces=self._work.pieces
                )
            )
        self._try_again(piece, trouble, tr("on {worker}: {error}").format(worker=worker, error=error))

    def _lost(self, key: str, error: str) -> None:
        attempt = self._attempts.pop(key)
        with suppress(Exception):  # the connection may be lost as well
            attempt.future.cancel()
        trouble = self._troubles.setdefault(attempt.piece, _Troubles())
        trouble.losses, trouble.error = trouble.losses + 1, error
        self._try_again(attempt.piece, trouble, error)

    def _try_again(self, piece: Piece, trouble: _Troubles, text: str) -> None:
        if trouble.failures >= FAILURES or trouble.losses >= LOSSES:
            self._given_up[piece] = trouble.error
            self._reporter.warning(tr("{named} is given up. {text}").format(named=self._named(piece), text=text))
        else:
            self._waiting.append(piece)
            self._reporter.info(tr("{named} is tried again. {text}").format(named=self._named(piece), text=text))

    def _show(self) -> None:
        running = sum(attempt.share * attempt.piece.weight for attempt in self._attempts.values())
        now = (self._done_weight + running) / self._weight, self._done, len(self._attempts)
        self._reporter.check_cancelled()
        if now != self._shown:
            self._shown = now
            done = tr("{done} of {count} {pieces}").format(done=self._done, count=self._count, pieces=self._work.pieces)
            self._reporter.progress(
                now[0],
                tr("{doing}: {done}, {count} workers").format(
                    doing=self._work.doing, done=done, count=len(self._attempts)
                ),
            )

    def _named(self, piece: Piece) -> str:
        return f"{self._work.piece.capitalize()} {piece.name}"

    def _stop(self) -> None:
        """Stop what still runs."""
        attempts, self._attempts = list(self._attempts.values()), {}
        if not attempts:
            return
        with suppress(Exception):  # workers or scheduler may be gone
            self._client.cancel([attempt.future for attempt in attempts])
            workers = [*{attempt.worker for attempt in attempts} & {*self._client.nthreads()}]
            self._client.run(stop, self._run, workers=workers, on_error="ignore")


def _text_of(error: BaseException | None) -> str:
    """What an exception of a task says, in a line: for instance that a worker has no GeoDL."""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    if isinstance(error, ImportError):
        return tr("{text}. GeoDL must be installed where the workers run: pip install geodl.").format(text=text)
    return text[:1000]
