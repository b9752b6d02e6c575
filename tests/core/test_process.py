"""How the process that computes is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import os, sys
from geodl_plugin.process import with_huge_pages
print("begun", flush=True)
with_huge_pages()
print(os.environ["GLIBC_TUNABLES"], *sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="huge pages are asked for on Linux only")
@pytest.mark.parametrize(
    ("given", "found", "starts"),
    [
        ("", "glibc.malloc.hugetlb=1", 2),
        ("glibc.malloc.perturb=0", "glibc.malloc.perturb=0:glibc.malloc.hugetlb=1", 2),
        ("glibc.malloc.hugetlb=0", "glibc.malloc.hugetlb=0", 1),
    ],
)
def test_it_starts_again_with_huge_pages_unless_the_user_chose(given, found, starts):
    environment = {**os.environ, "GLIBC_TUNABLES": given, "PYTHONPATH": str(ROOT)}
    process = subprocess.run(
        [sys.executable, "-c", CODE, "an argument", "ö"], capture_output=True, text=True, env=environment, check=True
    )
    assert process.stdout.splitlines() == ["begun"] * starts + [f"{found} an argument ö"]
