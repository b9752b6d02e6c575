"""The process that computes: how it is started."""

from __future__ import annotations

import os
import sys

_SETTING = "glibc.malloc.hugetlb"


def with_huge_pages() -> None:
    """Start this program again with memory in huge pages, where the C library can do that.

    Networks take and give back hundreds of megabytes for each block or step; in pages of 4 KB that takes up to a
    third of the time.  The library reads the setting only when a program starts.
    """
    given = os.environ.get("GLIBC_TUNABLES", "")
    if sys.platform == "linux" and hasattr(sys, "orig_argv") and _SETTING not in given:
        os.environ["GLIBC_TUNABLES"] = ":".join(filter(None, (given, f"{_SETTING}=1")))
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (ourselves)
