"""Runs a job in the worker process: TensorFlow cannot live in QGIS's own."""

import json
import os
import queue
import signal
import subprocess
import threading
from collections import deque
from contextlib import suppress
from pathlib import Path

from ..geodl_plugin.errors import Cancelled, GeodlError, WorkerCrash
from ..geodl_plugin.files import discard, part_path
from .feedback import FeedbackReporter
from .interpreter import clean_environment, find_interpreter

LIBRARY = Path(__file__).resolve().parent.parent / "geodl_plugin"
_STEP = 0.1  # seconds between two looks at the cancel button
_MORE_GRACE = 1.0  # seconds that the worker has to end itself beyond what the job takes
_KEPT_LINES = 20


def run_in_worker(job, feedback):
    """Run a job and return its results.

    Raises:
        Cancelled: the user asked to stop.
        WorkerCrash: the process ended without a result.
        GeodlError: what the job found wrong.
    """
    interpreter = find_interpreter(feedback)
    process = subprocess.Popen(  # noqa: S603 (our own worker, no shell)
        [interpreter, str(LIBRARY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env=clean_environment(interpreter),
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows opens a console otherwise
    )
    messages = queue.Queue()
    last_words = deque(maxlen=_KEPT_LINES)
    readers = [
        threading.Thread(target=_read_messages, args=(process.stdout, messages), daemon=True),
        threading.Thread(target=last_words.extend, args=(process.stderr,), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        _send(process, job)
        results = _listen(process, messages, FeedbackReporter(feedback))
        process.wait()
        if results is not None:
            return results
        readers[1].join(timeout=1)
        raise WorkerCrash(_explain(process.returncode, last_words))
    except Cancelled as cancelled:
        _stop(process, job)
        readers[0].join(timeout=1)
        if any("result" in message for message in messages.queue if message):
            raise Cancelled("Cancelled. What there was by then is kept.") from cancelled
        raise
    finally:
        _stop(process, job)
        process.stdout.close()
        process.stderr.close()
        for output in job.outputs():
            discard(part_path(output.absolute()))


def _send(process, job):
    with suppress(BrokenPipeError):  # it may have ended already: its exit status says why
        process.stdin.write(job.to_json() + "\n")
        process.stdin.flush()


def _read_messages(stream, messages):
    for line in stream:
        messages.put(json.loads(line))
    messages.put(None)


def _listen(process, messages, reporter):
    """Pass messages on until the worker's last; None if it ended without a result."""
    results = None
    while True:
        reporter.check_cancelled()
        try:
            message = messages.get(timeout=_STEP)
        except queue.Empty:
            continue
        if message is None:
            return results
        if "progress" in message:
            reporter.show(message["progress"], message["message"], message["remaining"])
        elif "info" in message:
            reporter.info(message["info"])
        elif "warning" in message:
            reporter.warning(message["warning"])
        elif "error" in message:
            raise GeodlError(message["error"])
        else:
            results = message["result"]


def _stop(process, job):
    """End the process: by the end of its input, and if that does not help, by force."""
    with suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(timeout=job.grace() + _MORE_GRACE)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.wait()


def _kill(process):
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _explain(status, last_words):
    if status < 0:
        name = signal.Signals(-status).name
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
