"""Which worker maps which sheet, and what if one fails.

Each worker has one sheet at a time, chosen here and not by Dask: so the sheet has all threads and all memory of the
worker, one that failed is tried on another worker, and one that is lost or hangs is known.  Nothing depends on what
workers do once they are given up: a sheet that is mapped twice is the same sheet.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..errors import ClusterError
from ..inference.sheets import Sheet
from ..runtime.reporter import Reporter, duration_text
from . import sheet_task

if TYPE_CHECKING:
    from distributed import Client, Future

FAILURES = 3  # of a sheet, then it is given up
LOSSES = 10  # of workers with the same sheet, then it is given up: it may be the sheet that ends them
_BAD_WORKER = 3  # different sheets that fail on a worker in turn, then it gets no more while there are better ones
_ROUNDS = 3  # times that all workers are bad, with no sheet finished in between: then something fails for all
_LOOK = 1.0  # seconds between two looks at the workers
_RECONNECTING = 60.0  # seconds without the scheduler, then the run ends
_LATE = 120.0  # seconds beyond the patience in which a worker should have told that a sheet hangs
_RESTART = 10.0  # seconds that a worker may take to start again

Task = Callable[[Sheet], "dict[str, Any]"]


@dataclass
class _Attempt:
    """A sheet that a worker has.

    Args:
        sheet: the sheet.
        worker: address of the worker.
        future: Dask's.
        device: the GPU that it uses; None: any.
        heard: when it told something last.
        share: of the sheet that is done.
    """

    sheet: Sheet
    worker: str
    future: Future
    device: str | None
    heard: float
    share: float = 0.0


@dataclass
class _Troubles:
    """What went wrong with a sheet: how often it failed, how often its worker was lost, where, and what was said."""

    failures: int = 0
    losses: int = 0
    workers: set[str] = field(default_factory=set)
    error: str = ""


class Schedule:
    """Maps sheets on the workers of a scheduler.

    Args:
        client: of the scheduler.
        run: a name for this run that no other has.
        task: gives the arguments of `sheet_task.map_sheet` for a sheet, but for those that are chosen here.
        patience: seconds in which a sheet must get further.
        devices: the GPUs that the workers share; empty: that is not our business.
        reporter: receives the progress, and what goes wrong; it is asked whether to stop.
    """

    def __init__(
        self, client: Client, run: str, task: Task, patience: float, devices: Sequence[str], reporter: Reporter
    ) -> None:
        self._client, self._run, self._task = client, run, task
        self._patience, self._devices, self._reporter = patience, list(devices), reporter
        self._events: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._attempts: dict[str, _Attempt] = {}
        self._waiting: deque[Sheet] = deque()
        self._troubles: dict[Sheet, _Troubles] = {}
        self._bad: dict[str, set[Sheet]] = {}  # sheets that failed on a worker since one was finished there
        self._given_up: dict[Sheet, str] = {}
        self._count = self._pixels = self._done_pixels = self._done = self._rounds = 0
        self._known: dict[str, int] = {}  # workers at the last look
        self._shown = (-1.0, 0, 0)  # share, finished sheets and busy workers that were shown last
        self._without_workers = False

    def map(self, sheets: Sequence[Sheet]) -> dict[Sheet, str]:
        """Map sheets; gives those that could not be mapped, with the last error of each.

        Raises:
            ClusterError: the connection to the scheduler is lost.
            Cancelled: the reporter asked for it.
        """
        self._waiting.extend(sheets)
        self._count, self._pixels = len(sheets), sum(_pixels(sheet) for sheet in sheets)
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
                        "The connection to the scheduler was lost.",
                        remedy="Start it again if it has ended, and run this again: finished sheets are kept.",
                    )
            self._show()
            if self._listen():
                self._hand_out(self._known)

    def _listen(self) -> bool:
        """Wait for an event, and take all that are there; gives whether a worker has ended its sheet."""
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
        """Give up sheets whose worker is gone, or has not told anything for too long."""
        now = time.monotonic()
        for key, attempt in list(self._attempts.items()):
            if attempt.worker not in workers:
                self._lost(key, f"Its worker {attempt.worker} was lost.")
            elif now - attempt.heard > self._patience + _LATE:
                silence = duration_text(self._patience + _LATE)
                self._lost(key, f"Its worker {attempt.worker} has not answered for {silence}.")
                with suppress(Exception):  # workers without a nanny cannot be restarted
                    self._client.restart_workers([attempt.worker], timeout=_RESTART, raise_for_error=False)

    def _hand_out(self, workers: Mapping[str, int]) -> None:
        """Give each worker that has none a sheet."""
        busy = {attempt.worker for attempt in self._attempts.values()}
        good = [worker for worker in workers if len(self._bad.get(worker, ())) < _BAD_WORKER]
        if workers and not good and not self._attempts:
            self._rounds += 1
            self._bad.clear()
            if self._rounds >= _ROUNDS:
                self._give_up_all()
        for worker in good:
            sheet = self._next_for(worker, good) if worker not in busy else None
            if sheet is not None:
                self._submit(sheet, worker, workers[worker])
        if not workers and not self._without_workers:
            self._reporter.info("Waiting for workers: the scheduler has none.")
        self._without_workers = not workers

    def _give_up_all(self) -> None:
        for sheet in self._waiting:
            tried = self._troubles.get(sheet)
            self._given_up[sheet] = tried.error if tried else "It was not begun, since nothing but failures came."
        self._waiting.clear()

    def _next_for(self, worker: str, workers: Sequence[str]) -> Sheet | None:
        """The next sheet that did not fail on this worker, or that failed on all others as well."""
        for sheet in self._waiting:
            failed = self._troubles[sheet].workers if sheet in self._troubles else set()
            if worker not in failed or failed >= {*workers}:
                self._waiting.remove(sheet)
                return sheet
        return None

    def _submit(self, sheet: Sheet, worker: str, threads: int) -> None:
        device = None
        if self._devices:
            used = {attempt.device for attempt in self._attempts.values()}
            device = next((one for one in self._devices if one not in used), None)
            if device is None:  # more workers than GPUs
                self._waiting.appendleft(sheet)
                return
        tried = self._troubles.get(sheet, _Troubles())
        key = f"{self._run}-{sheet.name}-{tried.failures}-{tried.losses}-{time.monotonic_ns()}"
        task = {
            **self._task(sheet),
            **{"run": self._run, "attempt": key, "sheet": sheet.name},
            **{"threads": threads, "patience": self._patience, "device": device},
        }
        try:
            future = self._client.submit(
                sheet_task.map_sheet, task, key=key, workers=[worker], allow_other_workers=False, pure=False, retries=0
            )
        except Exception:  # the connection is lost: see `_loop`
            self._waiting.appendleft(sheet)
            return
        self._attempts[key] = _Attempt(sheet, worker, future, device, time.monotonic())
        future.add_done_callback(lambda ended: self._events.put(("end", ended)))

    def _heard(self, news: Mapping[str, Any]) -> None:
        attempt = self._attempts.get(news["attempt"])
        if attempt:
            attempt.heard, attempt.share = time.monotonic(), news["fraction"]

    def _ended(self, future: Future) -> None:
        """Take the result of a sheet; that of one that was given up before is of no interest."""
        attempt = self._attempts.get(future.key)
        if attempt is None or attempt.future is not future:
            return
        if future.status == "finished":
            result = future.result()
            del self._attempts[future.key]
            if result["end"] == sheet_task.FINISHED:
                self._done += 1
                self._done_pixels += _pixels(attempt.sheet)
                self._bad.pop(attempt.worker, None)
                self._rounds = 0
            else:
                self._failed(attempt, result.get("error", "It was stopped."))
        elif future.status == "error":
            del self._attempts[future.key]
            self._failed(attempt, _text_of(future.exception()))
        else:  # cancelled by the scheduler: the connection was lost for a while
            self._lost(future.key, "The scheduler has forgotten it.")

    def _failed(self, attempt: _Attempt, error: str) -> None:
        sheet, worker = attempt.sheet, attempt.worker
        trouble = self._troubles.setdefault(sheet, _Troubles())
        trouble.failures, trouble.error = trouble.failures + 1, error
        trouble.workers.add(worker)
        self._bad.setdefault(worker, set()).add(sheet)
        if len(self._bad[worker]) == _BAD_WORKER:
            self._reporter.warning(
                f"The worker {worker} is left out for now: {_BAD_WORKER} sheets failed there in turn."
            )
        self._try_again(sheet, trouble, f"on {worker}: {error}")

    def _lost(self, key: str, error: str) -> None:
        attempt = self._attempts.pop(key)
        with suppress(Exception):  # the connection may be lost as well
            attempt.future.cancel()
        trouble = self._troubles.setdefault(attempt.sheet, _Troubles())
        trouble.losses, trouble.error = trouble.losses + 1, error
        self._try_again(attempt.sheet, trouble, error)

    def _try_again(self, sheet: Sheet, trouble: _Troubles, text: str) -> None:
        if trouble.failures >= FAILURES or trouble.losses >= LOSSES:
            self._given_up[sheet] = trouble.error
            self._reporter.warning(f"Sheet {sheet.name} is given up. {text}")
        else:
            self._waiting.append(sheet)
            self._reporter.info(f"Sheet {sheet.name} is mapped again. {text}")

    def _show(self) -> None:
        running = sum(attempt.share * _pixels(attempt.sheet) for attempt in self._attempts.values())
        now = (self._done_pixels + running) / self._pixels, self._done, len(self._attempts)
        self._reporter.check_cancelled()
        if now != self._shown:
            self._shown = now
            message = f"Mapping: {self._done} of {self._count} sheets, {len(self._attempts)} workers"
            self._reporter.progress(now[0], message)

    def _stop(self) -> None:
        """Stop what still runs."""
        attempts, self._attempts = list(self._attempts.values()), {}
        if not attempts:
            return
        with suppress(Exception):  # workers or scheduler may be gone
            self._client.cancel([attempt.future for attempt in attempts])
            workers = [*{attempt.worker for attempt in attempts} & {*self._client.nthreads()}]
            self._client.run(sheet_task.stop, self._run, workers=workers, on_error="ignore")


def _pixels(sheet: Sheet) -> int:
    return sheet.window.width * sheet.window.height


def _text_of(error: BaseException | None) -> str:
    """What an exception of a task says, in a line: for instance that a worker has no GeoDL."""
    text = " ".join(f"{type(error).__name__}: {error}".split())
    if isinstance(error, ImportError):
        return f"{text}. GeoDL must be installed where the workers run: pip install geodl."
    return text[:1000]
