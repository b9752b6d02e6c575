"""What differs, job by job, as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from .comparing import compare
from .differences import Difference
from .job_list import RESULTS
from .running import LOG_NAME, STATUS_NAME


def compared(name: str, before: Path, after: Path) -> list[Difference]:
    """Differences of the results of a job in two folders; that it failed in one or both is one, too."""
    folders = {"BEFORE": before / RESULTS / name, "AFTER": after / RESULTS / name}
    failed = [Difference(STATUS_NAME, f"failed in {which}: {_end(one)}") for which, one in folders.items() if _end(one)]
    return failed or compare(*folders.values())


def _end(folder: Path) -> str:
    """Why the job of a folder failed: the end of what it said; empty if it did not."""
    status = folder / STATUS_NAME
    if not status.is_file():
        return "it did not run"
    if json.loads(status.read_text(encoding="utf-8"))["exit status"] == 0:
        return ""
    return (folder / LOG_NAME).read_text(encoding="utf-8").strip().rpartition("\n")[2] or "nothing was said"


def is_same(differences: Sequence[Difference], strict: bool) -> bool:
    """Whether none of the differences counts."""
    return not any(strict or not difference.is_text for difference in differences)


def printed(rows: Mapping[str, Sequence[Difference]], strict: bool) -> str:
    """The table: a line for each job, with one for each of its files that differs; the last line counts."""
    width = max(map(len, rows), default=0)
    lines = []
    for name, found in rows.items():
        verdict = "same" if not found else "same, other texts" if is_same(found, strict) else "DIFFERENT"
        lines.append(f"{name:{width}}  {verdict}")
        ordered = sorted(found, key=lambda difference: (difference.is_text, difference.file))
        for _, of_file in groupby(ordered, key=lambda difference: (difference.is_text, difference.file)):
            lines.append(f"{'':{width}}    {_line(list(of_file))}")
    same = sum(is_same(found, strict) for found in rows.values())
    return "\n".join([*lines, f"{same} of {len(rows)} results are the same."])


def _line(differences: Sequence[Difference]) -> str:
    """The first difference of a file, and how many there are."""
    first, more = differences[0], len(differences) - 1
    return f"{'text' if first.is_text else 'file'}  {first.file}: {first.what}" + (
        f" (and {more} more)" if more else ""
    )
