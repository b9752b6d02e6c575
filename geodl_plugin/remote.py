"""A job in a worker process: the other end of `worker`."""

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

from .errors import Cancelled, GeodlError, WorkerCrash
from .files import tidy
from .jobs import Job
from .process import SCRATCH
from .reporter import Reporter
from .systems import processes
from .systems.exits import explained

Message = dict[str, Any]
Process = subprocess.Popen  # of text
_LIBRARY = Path(__file__).resolve().parent
_STEP = 0.1  # seconds between two looks at the cancel button
_MORE_GRACE = 1.0  # seconds that the worker has to end itself beyond what the job takes
_LAST_GRACE = 5.0  # seconds that it has after its result
_KEPT_LINES = 20
_KEYS = {"progress", "info", "warning", "result", "error"}  # one of these is in each message


def run(job: Job, python: str, variables: dict[str, str], reporter: Reporter) -> dict[str, Any]:
    """Run a job in a worker and return its results.

    Args:
        job: the job.
        python: the interpreter that runs the worker.
        variables: the worker's environment.
        reporter: hears what the worker tells; it is asked whether to stop.

    Raises:
        Cancelled: the user asked to stop.
        WorkerCrash: the process ended without a result.
        GeodlError: what the job found wrong.
    """
    scratch = tempfile.mkdtemp(prefix="geodl_")
    try:
        return _run([python, str(_LIBRARY)], {**variables, SCRATCH: scratch}, job, reporter)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        for output in job.outputs():
            tidy(output)


def _run(command: list[str], variables: dict[str, str], job: Job, reporter: Reporter) -> dict[str, Any]:
    process = subprocess.Popen(  # noqa: S603 (our own worker, no shell)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=variables,
        **processes.apart(),
    )
    messages: queue.Queue[Message] = queue.Queue()
    last_words: deque[str] = deque(maxlen=_KEPT_LINES)
    readers = [
        threading.Thread(target=_read_messages, args=(process.stdout, messages, last_words), daemon=True),
        threading.Thread(target=_read_words, args=(process.stderr, last_words), daemon=True),
    ]
    for reader in readers:
        reader.start()
    grace = job.grace() + _MORE_GRACE
    try:
        _send(process, job)
        message = _listen(process, messages, reporter)
        grace = _LAST_GRACE
        if "error" in message:
            raise GeodlError(message["error"])
        if "result" in message:
            return message["result"]
        with suppress(subprocess.TimeoutExpired):
            process.wait(grace)
        _stop(process, 0)
        readers[1].join(timeout=1)
        words = "".join(last_words)
        found = explained(process.returncode, words)
        problem = f"The worker process {found.way} and gave no result. {found.problem}".rstrip()
        raise WorkerCrash(problem, remedy=found.remedy, status=process.returncode, last_words=words)
    except Cancelled as cancelled:
        _stop(process, grace)
        readers[0].join(timeout=1)
        if any("result" in message for message in messages.queue):
            raise Cancelled("Cancelled. What there was by then is kept.") from cancelled
        raise
    finally:
        _stop(process, grace)
        _silence(process, readers)


def _send(process: Process, job: Job) -> None:
    with suppress(OSError):  # it may have ended already: its exit status says why
        process.stdin.write(job.to_json() + "\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]


def _read_messages(stream: IO[str], messages: queue.Queue[Message], last_words: deque[str]) -> None:
    """Put all messages into the queue, an empty one in the end; a line that is none is kept for people."""
    try:
        with stream:
            for line in stream:
                with suppress(ValueError):
                    message = json.loads(line)
                    if isinstance(message, dict) and _KEYS & {*message}:
                        messages.put(message)
                        continue
                last_words.append(line)
    finally:
        messages.put({})


def _read_words(stream: IO[str], last_words: deque[str]) -> None:
    with stream:
        last_words.extend(stream)


def _listen(process: Process, messages: queue.Queue[Message], reporter: Reporter) -> Message:
    """Pass messages on until the last one, which is given: a result, an error, or nothing if the worker ended."""
    ended = False
    while True:
        reporter.check_cancelled()
        try:
            message = messages.get(timeout=_STEP)
        except queue.Empty:
            if ended:  # though somebody, such as a process that it started, holds its output open
                return {}
            ended = process.poll() is not None
            continue
        if "progress" in message:
            reporter.show(message["progress"], message.get("message", ""), message.get("remaining"))
        elif "info" in message:
            reporter.info(message["info"])
        elif "warning" in message:
            reporter.warning(message["warning"])
        else:
            return message


def _stop(process: Process, grace: float) -> None:
    """End the process: by the end of its input, and if that does not help in so many seconds, by force."""
    with suppress(OSError):
        process.stdin.close()  # type: ignore[union-attr]
    try:
        process.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        processes.end(process)
        process.wait()


def _silence(process: Process, readers: list[threading.Thread]) -> None:
    """End what a process started that has ended itself, and that writes on."""
    for reader in readers:
        reader.join(timeout=1)
        if reader.is_alive():
            processes.end(process)
