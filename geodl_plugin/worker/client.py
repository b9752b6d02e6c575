"""The caller's side: a job in a worker process."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import tempfile
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from ..errors import Cancelled, GeodlError, WorkerCrash
from ..language import tr
from ..runtime.files import tidy
from ..runtime.listening import listen, start_thread
from ..runtime.process import SCRATCH
from ..runtime.reporter import Reporter, duration_text
from ..systems import processes
from ..systems.exits import HANGING, explained
from . import KEEP, KEPT, WorkerJob
from .keeper import Keeper, origin_of

Message = dict[str, Any]
_LIBRARY = Path(__file__).resolve().parent.parent
_LOOK = 0.1  # seconds between two looks at the cancel button
_ANSWER = 10.0  # seconds that a worker that was kept may take
_START = 120.0  # seconds that a worker may take to say its first word: Python alone, from a slow disk
# Seconds that a worker may say nothing.  While it loads a library it cannot: minutes, where an antivirus program looks
# at each file for the first time.  Later it says every few seconds that it is alive, unless a library keeps Python
# from that: reading gigabytes of weights through a slow network.
_SILENCE = 600.0
_MORE_GRACE = 1.0  # seconds that the worker has to end itself beyond what the job takes
_LAST_GRACE = 5.0  # seconds that it has after its last message, and that the system has to end it
_KEPT_LINES = 300  # libraries tell all about themselves after the line that says what is wrong
_KEYS = {"step", "alive", "progress", "info", "warning", "result", "error"}  # one of these is in each message


def run(
    job: WorkerJob,
    python: str,
    variables: dict[str, str],
    reporter: Reporter,
    keeper: Keeper | None = None,
    folder: str | None = None,
) -> dict[str, Any]:
    """Run a job in a worker and return its results.

    Args:
        job: the job.
        python: the interpreter that runs the worker.
        variables: the worker's environment; what the job wants besides is added.
        reporter: receives what the worker reports; it is asked whether to stop.
        keeper: has the worker of an earlier job, maybe, and keeps that of this one; None: the worker ends.
        folder: where the worker works, and relative paths of the job start from; None: where this process does.

    Raises:
        Cancelled: the user asked to stop.
        WorkerCrash: the process could not be started, ended without a result, or does not answer.
        GeodlError: what the job found wrong.
    """
    variables = {**job.variables(), **variables}
    try:
        if keeper is None or not keeper.seconds:
            return _results(_Worker(python, variables, folder), job.to_json(), job, reporter)
        origin = (*origin_of(python, variables), folder)
        line = json.dumps({**json.loads(job.to_json()), KEEP: keeper.seconds})
        while True:
            worker = keeper.take(origin) or _Worker(python, variables, folder)
            with suppress(_Gone):
                result = _results(worker, line, job, reporter)
                if worker.waits:
                    keeper.keep(origin, worker)
                return result
    finally:
        for output in job.outputs():
            tidy(Path(folder or "", output))


def _results(worker: _Worker, line: str, job: WorkerJob, reporter: Reporter) -> dict[str, Any]:
    grace = job.grace() + _MORE_GRACE
    try:
        worker.ask(line)
        message = worker.listen(reporter)
        if not message and worker.is_gone():
            raise _Gone
        grace = _LAST_GRACE
        if "result" in message:
            worker.waits = bool(message.get(KEPT))
            return message["result"]
        raise GeodlError(message["error"]) if "error" in message else worker.crash()
    except Cancelled as cancelled:
        worker.end(grace)
        if worker.has_said("result"):
            raise Cancelled(tr("Cancelled. What there was by then is kept.")) from cancelled
        raise
    except _Hanging as hanging:
        worker.end(0)
        if worker.is_gone():
            raise _Gone from None
        raise WorkerCrash(str(hanging), remedy=tr(HANGING), step=worker.step, last_words=worker.last_words()) from None
    finally:
        if not worker.waits:
            worker.close(grace)


class _Gone(Exception):
    """A worker that was kept has ended, or does not answer: it has not begun the job."""


class _Hanging(Exception):
    """The worker has not said anything for too long."""


class _Worker:
    """A worker process; threads write and read for it, so that it cannot hold up its caller.

    Args:
        python: the interpreter that runs it.
        variables: its environment.
        folder: where it works; None: where this process does.

    Attributes:
        step: what it does, as it said last.
        waits: it has done its job, and waits for another one.
    """

    def __init__(self, python: str, variables: dict[str, str], folder: str | None) -> None:
        self.step, self.waits = tr("Starting Python"), False
        self._was_kept = self._has_answered = False
        self._scratch = tempfile.mkdtemp(prefix="geodl_")
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own worker, no shell)  # nosec B603
                [python, str(_LIBRARY)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env={**variables, SCRATCH: self._scratch},
                cwd=folder,
                **processes.apart(),
            )
        except OSError as error:
            shutil.rmtree(self._scratch, ignore_errors=True)
            raise WorkerCrash(
                tr("The worker process cannot be started by {python}: {error}.").format(
                    python=python, error=error.strerror or error
                ),
                remedy=tr("Run Set up the environment again, or name another Python in the variable GEODL_PYTHON."),
                step=self.step,
            ) from error
        self._messages: queue.Queue[Message] = queue.Queue()
        self._words: deque[str] = deque(maxlen=_KEPT_LINES)
        self._told_to_end = threading.Event()
        self._lines: queue.Queue[str | None] = queue.Queue()
        start_thread(self._write)
        stdout: IO[str] = self._process.stdout  # type: ignore[assignment]  # a pipe, as asked for
        stderr: IO[str] = self._process.stderr  # type: ignore[assignment]
        self._readers = [
            listen(stdout, self._take, at_end=self._at_end),
            listen(stderr, self._words.append),
        ]

    def ask(self, line: str) -> None:
        """Give it a job, as one line of JSON."""
        if self.waits:
            self.step, self.waits = tr("Giving the job to the worker"), False
            self._was_kept, self._has_answered = True, False
            self._words.clear()
        self._lines.put(line)

    def is_there(self) -> bool:
        """Whether it runs and has nothing to say."""
        return self._process.poll() is None and self._messages.empty()

    def is_gone(self) -> bool:
        """Whether it was kept for the job but has not taken it, so that nothing was done."""
        return self._was_kept and not self._has_answered

    def listen(self, reporter: Reporter) -> Message:
        """Pass messages on until the last one, which is given: a result, an error, or nothing if the worker ended.

        Raises:
            Cancelled: the user asked to stop.
            _Hanging: the worker is silent for too long.
        """
        ended, patience, looks = False, _ANSWER if self._was_kept else _START, 0
        while True:
            reporter.check_cancelled()
            try:
                message = self._messages.get(timeout=_LOOK)
            except queue.Empty:
                if ended:  # though somebody, such as a process that it started, holds its output open
                    return {}
                ended = self._process.poll() is not None
                looks += 1
                if looks * _LOOK > patience:  # no clock: that goes on while the computer sleeps; the worker does not
                    silent = tr("The worker process has not answered for {duration}.")
                    raise _Hanging(silent.format(duration=duration_text(patience))) from None
                continue
            patience, looks, self._has_answered = _SILENCE, 0, self._has_answered or bool(message)
            if "progress" in message:
                self.step = message.get("message") or self.step
                reporter.show(message["progress"], message.get("message", ""), message.get("remaining"))
            elif "step" in message:
                self.step = message["step"]
                reporter.show(0, self.step, None)
            elif "info" in message:
                reporter.info(message["info"])
            elif "warning" in message:
                reporter.warning(message["warning"])
            elif "alive" not in message:
                return message

    def crash(self) -> WorkerCrash:
        """What to raise if the worker has closed its output without a result."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LAST_GRACE)
        status = self._process.poll()
        self.end(0)
        self._readers[1].join(timeout=1)
        words = self.last_words()
        if status is None:
            problem, remedy = tr("The worker process closed its output and did not end."), tr(HANGING)
        else:
            found = explained(status, words)
            problem = f"{found.of_worker} {found.problem or tr('It gave no result.')}"
            remedy = found.remedy
        return WorkerCrash(problem, remedy=remedy, status=status, step=self.step, last_words=words)

    def has_said(self, key: str) -> bool:
        """Whether a message of that kind is still in the queue; to be asked when the process has ended."""
        self._readers[0].join(timeout=1)
        return any(key in message for message in self._messages.queue)

    def last_words(self) -> str:
        """What it said that was no message."""
        return "".join(self._words.copy())

    def end(self, grace: float) -> None:
        """End the process, once: by the end of its input, and if that does not help in so many seconds, by force."""
        if self._told_to_end.is_set():
            return
        self._told_to_end.set()
        self._lines.put(None)
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            processes.end(self._process)
            with suppress(subprocess.TimeoutExpired):  # a disk that does not answer keeps it
                self._process.wait(_LAST_GRACE)

    def close(self, grace: float = _LAST_GRACE) -> None:
        """End the process, what it has started if that writes on, and remove its temporary files."""
        self.end(grace)
        for reader in self._readers:
            reader.join(timeout=1)
            if reader.is_alive():
                processes.end(self._process)
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _write(self) -> None:
        """Write what it is given to its input, and close that when it is told to end."""
        with suppress(OSError), self._process.stdin as stream:  # type: ignore[union-attr]  # its status says why
            while (line := self._lines.get()) is not None:
                stream.write(line + "\n")
                stream.flush()

    def _at_end(self) -> None:
        self._messages.put({})
        if self.waits:  # it has ended itself: nobody else would look after it
            start_thread(self.close)

    def _take(self, line: str) -> None:
        """Put a message into the queue; a line that is none is kept for people."""
        with suppress(ValueError):
            message = json.loads(line)
            if isinstance(message, dict) and _KEYS & {*message}:
                self._messages.put(message)
                return
        self._words.append(line)
