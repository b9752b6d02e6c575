"""What the process that computes sets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.rounding

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1 << 20
CODE = f"""
from geodl_plugin.runtime.process import use_memory_pool
use_memory_pool()
import tensorflow as tf
from geodl_plugin.inference.memory import reserve
kept = tf.zeros([{MEGABYTE}], tf.uint8) + 1
reserve({1100 * MEGABYTE})  # twice of that is more than an int32 holds
try:
    info = tf.config.experimental.get_memory_info("CPU:0")
    print(info["current"], info["peak"])
except ValueError:
    print("no pool")
"""


def told(**variables):
    """What a process says whose environment says nothing else of TensorFlow's memory."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TF_CPU_")}
    environment = {**own, **variables, "PYTHONPATH": str(ROOT), "CUDA_VISIBLE_DEVICES": ""}
    process = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, env=environment, check=True)
    return process.stdout.split()


def test_memory_comes_from_a_pool_and_what_is_reserved_is_given_back_to_it():
    current, peak = map(int, told())
    assert MEGABYTE <= current < 1100 * MEGABYTE <= peak


def test_the_user_may_choose_that_there_is_no_pool():
    """Of ours; the operations of oneDNN, which many processors use, bring one of their own."""
    assert told(TF_CPU_ALLOCATOR_USE_BFC="false", TF_ENABLE_ONEDNN_OPTS="0") == ["no", "pool"]
