"""Runs a job in the worker process: TensorFlow cannot live in QGIS's own."""

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path

from ..geodl_plugin.errors import Cancelled, GeodlError, WorkerCrash
from ..geodl_plugin.files import tidy
from ..geodl_plugin.process import SCRATCH
from .feedback import FeedbackReporter
from .interpreter import clean_environment, find_interpreter

LIBRARY = Path(__file__).resolve().parent.parent / "geodl_plugin"
_STEP = 0.1  # seconds between two looks at the cancel button
_MORE_GRACE = 1.0  # seconds that the worker has to end itself beyond what the job takes
_LAST_GRACE = 5.0  # seconds that it has after its result
_KEPT_LINES = 20
_KEYS = {"progress", "info", "warning", "result", "error"}  # one of these is in each message


def run_in_worker(job, feedback):
    """Run a job and return its results.

    Raises:
        Cancelled: the user asked to stop.
        WorkerCrash: the process ended without a result.
        GeodlError: what the job found wrong.
    """
    interpreter = find_interpreter(feedback)
    scratch = tempfile.mkdtemp(prefix="geodl_")
    try:
        return _run([interpreter, str(LIBRARY)], {**clean_environment(interpreter), SCRATCH: scratch}, job, feedback)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        for output in job.outputs():
            tidy(output)


def _run(command, variables, job, feedback):
    process = subprocess.Popen(  # noqa: S603 (our own worker, no shell)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=variables,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows opens a console otherwise
    )
    messages = queue.Queue()
    last_words = deque(maxlen=_KEPT_LINES)
    readers = [
        threading.Thread(target=_read_messages, args=(process.stdout, messages, last_words), daemon=True),
        threading.Thread(target=_read_words, args=(process.stderr, last_words), daemon=True),
    ]
    for reader in readers:
        reader.start()
    grace = job.grace() + _MORE_GRACE
    try:
        _send(process, job)
        message = _listen(process, messages, FeedbackReporter(feedback))
        grace = _LAST_GRACE
        if "error" in message:
            raise GeodlError(message["error"])
        if "result" in message:
            return message["result"]
        with suppress(subprocess.TimeoutExpired):
            process.wait(grace)
        _stop(process, 0)
        readers[1].join(timeout=1)
        raise WorkerCrash(_explain(process.returncode, last_words))
    except Cancelled as cancelled:
        _stop(process, grace)
        readers[0].join(timeout=1)
        if any("result" in message for message in messages.queue):
            raise Cancelled("Cancelled. What there was by then is kept.") from cancelled
        raise
    finally:
        _stop(process, grace)
        _silence(process, readers)


def _send(process, job):
    with suppress(OSError):  # it may have ended already: its exit status says why
        process.stdin.write(job.to_json() + "\n")
        process.stdin.flush()


def _read_messages(stream, messages, last_words):
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


def _read_words(stream, last_words):
    with stream:
        last_words.extend(stream)


def _listen(process, messages, reporter):
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


def _stop(process, grace):
    """End the process: by the end of its input, and if that does not help in so many seconds, by force."""
    with suppress(OSError):
        process.stdin.close()
    try:
        process.wait(timeout=grace)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.wait()


def _kill(process):
    """End the process and those that it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # macOS says so of a group that has ended
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _silence(process, readers):
    """End what a process started that has ended itself, and that writes on."""
    for reader in readers:
        reader.join(timeout=1)
        if reader.is_alive():
            _kill(process)


def _explain(status, last_words):
    if status < 0:
        names = {one.value: one.name for one in signal.Signals}
        name = names.get(-status, str(-status))  # those of real time have no names
        causes = {
            "SIGKILL": "Most likely the machine ran out of memory. Use a smaller batch size, patch size or block, "
            "or close other programs.",
            "SIGILL": "This processor lacks instructions that this build of TensorFlow needs.",
            "SIGSEGV": "A native library crashed. Run Check the environment.",
            "SIGABRT": "A native library gave up. Run Check the environment.",
        }
        what = f"The worker process was ended by the signal {name}. {causes.get(name, '')}"
    else:
        what = f"The worker process ended with status {status} and without a result."
    return f"{what}\nIts last lines:\n{''.join(last_words).strip() or '(none)'}"
