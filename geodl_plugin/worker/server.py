"""The worker's side: jobs in on standard input, one a line, and JSON lines out on standard output.

Each line out is an object with one of the keys ``step`` (what is loaded now), ``alive`` (every few seconds while the
job runs), ``progress`` (0…1, with ``message`` and ``remaining`` seconds), ``info``, ``warning``, ``result`` or
``error``.  The first one comes before anything large is loaded.  The protocol keeps the original standard input and
output for itself: libraries find an empty input, and what they print goes to standard error.  When the input ends,
the caller is gone or has cancelled: the worker stops within the job's grace, mostly two seconds, and removes what
it had begun.

The worker ends after one job, unless that says ``keep``, and how many seconds.  If it ends well and leaves nothing
behind (`traces`), its result comes with ``kept``, and the worker waits so long for another job.  That saves the time to
load TensorFlow.
"""

from __future__ import annotations

import json
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from ..errors import Cancelled, GeodlError
from ..language import tr
from ..runtime import files
from ..runtime.json_values import strict_json
from ..runtime.reporter import Reporter
from ..runtime.stopping import CANCELLED_STATUS
from ..systems import libraries, memory, pipes, processes
from . import KEEP, KEPT, WorkerJob, traces

_BEAT = 5.0  # seconds between two signs of life
_LOOK = 2.0  # seconds between two looks at the free memory


class LineReporter(Reporter):
    """Writes the protocol."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lock = threading.Lock()
        self._cancelled = threading.Event()

    def send(self, **message: Any) -> None:
        """Write one line of the protocol; if nothing reads it any more, the job stops at its next look."""
        with self._lock:
            try:
                self._stream.write(strict_json(message) + "\n")
                self._stream.flush()
            except OSError:  # EPIPE; EINVAL on Windows
                self.cancel()

    def info(self, message: str) -> None:
        self.send(info=message)

    def warning(self, message: str) -> None:
        self.send(warning=message)

    def cancel(self) -> None:
        """Make the job stop at its next look."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def show(self, fraction: float, message: str, remaining: float | None) -> None:
        self.send(progress=fraction, message=message, remaining=remaining)


def serve(read_job: Callable[[str], WorkerJob]) -> int:
    """Run the jobs on standard input; the exit status is 0 for a result, else 1 (130: told to stop).

    Args:
        read_job: gives the job that a line of JSON holds; called when GDAL may be loaded.
    """
    processes.go_on_without_parent()
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    asked = pipes.take_input()
    reporter = LineReporter(protocol)
    reporter.send(step=tr("Loading GDAL"))
    libraries.prepare()
    caller = _Caller(asked, reporter)
    try:
        line: str | None = pipes.first_line(asked)
        while line is not None:
            job = read_job(line)
            caller.begin(job.grace())
            patience = _run(job, _patience(line), reporter)
            caller.rest()
            line = caller.next_line(patience)
    except Cancelled:
        return CANCELLED_STATUS
    except GeodlError as error:
        reporter.send(error=str(error))
        return 1
    return 0


def _patience(line: str) -> float:
    """Seconds that the worker waits for another job after the one in a line; 0: it ends."""
    patience = json.loads(line).get(KEEP, 0)
    return float(patience) if isinstance(patience, (int, float)) else 0.0


def _run(job: WorkerJob, patience: float, reporter: LineReporter) -> float:
    """Run a job and send its result; gives how many seconds to wait for another one."""
    if job.NEEDS_TENSORFLOW and not traces.is_tensorflow_loaded():
        reporter.send(step=tr("Loading TensorFlow"))
        traces.load_tensorflow()
    left = traces.Traces() if patience else None
    reporter.new_pace()
    with _signs_of_life(reporter):
        result = job.run(reporter)
        stays = left is not None and not job.spoils_process() and left.remove()
    reporter.send(result=result, **({KEPT: True} if stays else {}))
    return patience if stays else 0.0


@contextmanager
def _signs_of_life(reporter: LineReporter) -> Iterator[None]:
    """Tell in this block that the interpreter still runs.

    Not while libraries are loaded: Python runs other threads meanwhile, so that would say nothing.
    """
    over = threading.Event()

    def tell() -> None:
        while not over.wait(_BEAT):
            reporter.send(alive=True)

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()  # a thread that writes would disturb the interpreter's end


class _Caller:
    """The program that has started this one: what it asks for, and whether it is still there.

    When the input ends, a job is stopped; while none runs, the process ends at once.

    Args:
        asked: the descriptor of the input.
        reporter: of the jobs.
    """

    def __init__(self, asked: int, reporter: LineReporter) -> None:
        self._asked, self._reporter = asked, reporter
        self._lines: queue.Queue[str] = queue.Queue()
        self._grace, self._rests = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def begin(self, grace: float) -> None:
        """A job begins, which ends within so many seconds when it is told to stop."""
        self._grace = grace
        self._rests.clear()
        if self._thread.ident is None:
            self._thread.start()
        else:
            self._reporter.send(alive=True)  # the caller knows that this process has the job

    def rest(self) -> None:
        """No job runs."""
        self._rests.set()

    def next_line(self, patience: float) -> str | None:
        """The next line of the input; None if there is none in so many seconds, or memory is needed elsewhere."""
        end = time.monotonic() + patience
        while (left := end - time.monotonic()) > 0 and not memory.is_short():
            with suppress(queue.Empty):
                return self._lines.get(timeout=min(left, _LOOK))
        return None

    def _listen(self) -> None:
        try:
            pipes.wait_for_end(self._asked, self._lines.put)
            self._reporter.cancel()
            self._rests.wait(self._grace)
            files.discard_unfinished()
        finally:
            os._exit(CANCELLED_STATUS)
