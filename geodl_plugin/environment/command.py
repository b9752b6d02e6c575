"""Programs that are run one after the other, logged, and stopped when the user cancels."""

from __future__ import annotations

import queue
import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from ..language import tr
from ..runtime.listening import listen
from ..runtime.reporter import Reporter
from ..systems import processes

_STEP = 0.1  # seconds between two looks at the cancel button
_KEPT_LINES = 30


class Failed(Exception):
    """A program ended with an error.

    Attributes:
        status: its exit status; negative: the signal that ended it.
        lines: its last lines.
    """

    def __init__(self, status: int, lines: Sequence[str]) -> None:
        super().__init__(tr("status {status}").format(status=status))
        self.status = status
        self.lines = list(lines)

    @property
    def text(self) -> str:
        """The last lines as one text."""
        return "\n".join(self.lines)


class Commands:
    """Runs programs.

    Args:
        log: file that all they say is appended to.
        variables: their environment.
        reporter: asked whether to stop.
        inherited: file descriptors that they keep open.
        secrets: texts that must not get into the log.
    """

    def __init__(
        self,
        log: Path,
        variables: dict[str, str],
        reporter: Reporter,
        inherited: tuple[int, ...],
        secrets: Sequence[str] = (),
    ) -> None:
        self.log = log
        self._variables = variables
        self._reporter = reporter
        self._inherited = inherited
        self._secrets = secrets

    def write(self, text: str) -> None:
        """Append a line to the log."""
        with self.log.open("a", encoding="utf-8") as stream:
            stream.write(self._redacted(text) + "\n")

    def run(
        self,
        command: Sequence[str],
        on_line: Callable[[str], bool] = lambda line: True,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        """Run a program to its end.

        Args:
            command: program and arguments.
            on_line: is given each line of its output; tells whether the line is worth logging.
            on_wait: is called about every tenth of a second.

        Raises:
            Cancelled: the user asked to stop; the program and its children have been ended.
            Failed: it ended with an error.
        """
        self.write("$ " + " ".join(command))
        process = subprocess.Popen(  # noqa: S603 (pip or a Python, no shell)  # nosec B603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=self._variables,
            **processes.apart(self._inherited),
        )
        try:
            last = self._listen(process, on_line, on_wait)
            status = process.wait()
        finally:
            if process.poll() is None:
                processes.end(process)
                process.wait()
        if status != 0:
            raise Failed(status, last)

    def _listen(
        self, process: subprocess.Popen[str], on_line: Callable[[str], bool], on_wait: Callable[[], None]
    ) -> deque[str]:
        lines: queue.Queue[str | None] = queue.Queue()
        listen(process.stdout, lambda line: lines.put(line.rstrip()), at_end=lambda: lines.put(None))  # type: ignore[arg-type]  # a pipe
        last: deque[str] = deque(maxlen=_KEPT_LINES)
        while True:
            self._reporter.check_cancelled()
            on_wait()
            try:
                line = lines.get(timeout=_STEP)
            except queue.Empty:
                continue
            if line is None:
                return last
            if on_line(line):
                self.write(line)
                last.append(self._redacted(line))

    def _redacted(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "****")
        return text
