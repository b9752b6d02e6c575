"""Errors about processes that are lost, by what TensorFlow said when one was."""

import pytest
import tensorflow as tf

from geodl_plugin.errors import ClusterError
from geodl_plugin.training.lost_processes import explained_loss, explained_start

ADDRESSES = ("10.0.0.1:2222", "10.0.0.2:2222")
SILENT = """{{function_node __wrapped__CollectiveReduceV2_device_/job:worker/replica:0/task:0/device:CPU:0}} \
Collective ops is aborted by: Error reported from /job:worker/task:1: The following tasks are unhealthy (stopped \
sending heartbeats):
/job:worker/replica:0/task:1
The tasks have crashed."""
CLOSED = """{{function_node __wrapped__CollectiveReduceV2_device_/job:worker/replica:0/task:1/device:CPU:0}} \
Collective ops is aborted by: Socket closed
Additional GRPC error information from remote target /job:worker/replica:0/task:0 while calling RecvBuf:"""


@pytest.mark.parametrize(
    ("number", "kind", "message", "told"),
    [
        (0, tf.errors.UnavailableError, SILENT, "Process 1 (10.0.0.2:2222) is lost"),
        (1, tf.errors.UnavailableError, CLOSED, "Process 0 (10.0.0.1:2222) is lost"),
        (1, tf.errors.InternalError, CLOSED, "Process 0 (10.0.0.1:2222) is lost"),
        (1, tf.errors.CancelledError, "Function was cancelled", "Another process is lost"),
    ],
)
def test_the_process_that_is_lost_is_named(number, kind, message, told):
    with pytest.raises(ClusterError) as raised, explained_loss(ADDRESSES, number, "Start again."):
        raise kind(None, None, message)
    assert str(raised.value).startswith(told) and str(raised.value).endswith("Start again.")
    assert "function_node" not in str(raised.value)


@pytest.mark.parametrize(
    ("addresses", "error"),
    [
        ((), tf.errors.UnavailableError(None, None, SILENT)),
        (ADDRESSES, tf.errors.ResourceExhaustedError(None, None, "no memory")),
    ],
)
def test_other_errors_stay(addresses, error):
    with pytest.raises(type(error)), explained_loss(addresses, 0, ""):
        raise error


def test_a_start_that_fails_is_told():
    told = r"do not reach each other.*at each of 10\.0\.0\.1:2222, 10.*number 1"
    with pytest.raises(ClusterError, match=told), explained_start(ADDRESSES, 1):
        raise tf.errors.UnknownError(None, None, "Could not start gRPC server")
