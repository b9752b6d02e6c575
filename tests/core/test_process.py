"""How the process that computes is prepared."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = """
from geodl_plugin.process import with_memory_pool
with_memory_pool()
import tensorflow as tf
kept = tf.zeros([1 << 20], tf.uint8) + 1
try:
    print(tf.config.experimental.get_memory_info("CPU:0")["current"])
except ValueError:
    print("no pool")
"""


@pytest.mark.parametrize(("given", "has_pool"), [(None, True), ("false", False)])
def test_memory_comes_from_a_pool_unless_the_user_chose(given, has_pool):
    own = {name: value for name, value in os.environ.items() if not name.startswith("TF_CPU_")}
    chosen = {} if given is None else {"TF_CPU_ALLOCATOR_USE_BFC": given}
    process = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True,
        text=True,
        env={**own, **chosen, "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": ""},
        check=True,
    )
    answer = process.stdout.strip()
    assert int(answer) >= 1 << 20 if has_pool else answer == "no pool"
