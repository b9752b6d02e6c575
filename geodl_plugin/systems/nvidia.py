"""What NVIDIA's driver tells of its GPUs."""

from __future__ import annotations

import shutil
import subprocess

from .processes import quiet

_PATIENCE = 20  # seconds


def ask(*fields: str) -> list[str]:
    """A line for each GPU, with the values of fields that ``nvidia-smi --help-query-gpu`` lists; none without a driver.

    Raises:
        OSError: the driver's program cannot be started.
        subprocess.SubprocessError: it fails, or gives no answer.
    """
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    answer = subprocess.run(  # noqa: S603 (the driver's own program, no shell)  # nosec B603
        [program, f"--query-gpu={','.join(fields)}", "--format=csv,noheader"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_PATIENCE,
        check=True,
        **quiet(),
    )
    return [line.strip() for line in answer.stdout.splitlines() if line.strip()]
