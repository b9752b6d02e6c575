"""The devices that a network is trained on (CPU, GPUs, several processes) and the precision."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from ..environment.pins import nvidia_gpus
from ..errors import InputError
from ..language import tr
from ..models.arithmetic import BFLOAT16_REWRITER, bfloat16_pays
from ..options import AUTOMATIC
from ..runtime.devices import why_not_bfloat16
from ..runtime.numbers import round_up
from ..systems.processes import ending_signals
from .cluster import slurm_tasks, workers_of_tf_config
from .lost_processes import explained_start

_REWRITTEN = "bfloat16"  # the precision for which TensorFlow rewrites graphs
_MANY = 1000  # more GPUs than a node has


@dataclass(frozen=True)
class TrainingDevices:
    """The devices of a training.

    Args:
        strategy: distributes the training among them.
        description: what they are, as text.
        workers: number of processes that train one network together.
        worker: the number of this process; 0, the chief, writes the outputs.
        gpus: whether GPUs are among them.
        addresses: of all processes, ``host:port``; empty if there is one.
    """

    strategy: tf.distribute.Strategy
    description: str
    workers: int = 1
    worker: int = 0
    gpus: bool = False
    addresses: tuple[str, ...] = ()

    @property
    def is_chief(self) -> bool:
        """Whether this process writes the outputs."""
        return self.worker == 0

    def global_batch_size(self, batch_size: int) -> int:
        """The batch size, rounded up to a multiple of the number of devices."""
        return round_up(batch_size, self.strategy.num_replicas_in_sync)


def select_devices(choice: str) -> TrainingDevices:
    """The devices to train on; with several processes, call it before anything else of TensorFlow.

    Args:
        choice: ``automatic``: all processes that ``TF_CONFIG`` or a Slurm step names, each with all its GPUs; else
            all GPUs; else the CPU.  ``cpu``: the CPU.  ``gpu``: the first GPU.

    Raises:
        InputError: there is no GPU.
        ClusterError: the processes do not reach each other.
    """
    if choice == "automatic":
        cluster = _cluster()
        if cluster is not None:
            return _several_processes(cluster)
    gpus = tf.config.list_logical_devices("GPU")
    if choice == "gpu" and not gpus:
        raise InputError(
            tr("TensorFlow finds no GPU."),
            expected=tr("a GPU, and a version of TensorFlow that supports it"),
            received=tr("the processor only"),
            remedy=tr("Choose the device 'automatic', or run Check the environment to see why."),
        )
    if choice == "gpu":
        return TrainingDevices(tf.distribute.OneDeviceStrategy("/gpu:0"), tr("one GPU"), gpus=True)
    if choice == "cpu" and gpus:
        return TrainingDevices(tf.distribute.OneDeviceStrategy("/cpu:0"), tr("the processor"))
    if choice == "automatic" and len(gpus) > 1:
        strategy = tf.distribute.MirroredStrategy([gpu.name for gpu in gpus])
        return TrainingDevices(strategy, tr("{count} GPUs").format(count=len(gpus)), gpus=True)
    return TrainingDevices(
        tf.distribute.get_strategy(), tr("one GPU") if gpus else tr("the processor"), gpus=bool(gpus)
    )


def choose_precision(wanted: str, devices: TrainingDevices, multiply_adds: float | None) -> tuple[str, str]:
    """The precision that is used, and why, where it is not simply the one that was asked for.

    Args:
        wanted: one of `options.PRECISIONS`.  ``automatic``: bfloat16 where that is faster.
        devices: what is trained on.
        multiply_adds: of the network per pixel; None: unknown.
    """
    if wanted not in (AUTOMATIC, _REWRITTEN):
        return wanted, ""
    if devices.workers > 1:
        return "float32", tr("the processes may run on different processors")
    if devices.gpus:
        return "float32", tr("TensorFlow computes in bfloat16 by itself on processors only")
    if wanted == _REWRITTEN:
        missing = why_not_bfloat16()
        return ("float32", missing) if missing else (_REWRITTEN, "")
    pays, reason = bfloat16_pays(multiply_adds)
    return _REWRITTEN if pays else "float32", reason


@contextmanager
def precision_policy(precision: str) -> Iterator[None]:
    """Let networks that are built and compiled in this block compute in a precision.

    Args:
        precision: ``float32``, ``mixed bfloat16`` or ``mixed float16``; or ``bfloat16``, which is float32 for Keras,
            see `rewritten`.
    """
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32" if precision == _REWRITTEN else precision.replace(" ", "_"))
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


@contextmanager
def rewritten(precision: str) -> Iterator[None]:
    """Let TensorFlow rewrite the functions that are called for the first time in this block, for ``bfloat16``.

    Convolutions, their gradients and what lies between them are computed in bfloat16.  To Keras all stays float32:
    layers of users take it, weights are kept in it, and random numbers are the same.

    Args:
        precision: in any other one, nothing is rewritten.
    """
    tf.config.optimizer.set_experimental_options({BFLOAT16_REWRITER: precision == _REWRITTEN})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options({BFLOAT16_REWRITER: False})


class _KerasWorkersStrategy(tf.distribute.MultiWorkerMirroredStrategy):
    """The strategy for several processes in the way Keras 3 calls it: with nested structures, and with scalars.

    TensorFlow's own accepts neither (https://github.com/tensorflow/tensorflow/issues/72388).
    """

    def reduce(self, reduce_op: Any, value: Any, axis: int | None = None) -> Any:
        def reduce_part(part: Any) -> Any:
            if not isinstance(part, tf.distribute.DistributedValues):
                return part  # the same in all processes
            return super(_KerasWorkersStrategy, self).reduce(reduce_op, part, axis=None)

        return tf.nest.map_structure(reduce_part, value)


def _several_processes(cluster: tf.distribute.cluster_resolver.ClusterResolver) -> TrainingDevices:
    """Wait until all processes of a cluster are there, and connect them."""
    addresses = tuple(cluster.cluster_spec().as_dict()["worker"])
    with explained_start(addresses, cluster.task_id):
        strategy = _KerasWorkersStrategy(cluster)
    for number in ending_signals():  # TensorFlow has put a handler of its own in the place of that for SIGTERM
        with suppress(ValueError):  # in another than the main thread, where signals are not handled
            signal.signal(number, signal.getsignal(number))
    count = len(addresses)
    return TrainingDevices(
        strategy, tr("{count} processes").format(count=count), count, cluster.task_id, addresses=addresses
    )


def _cluster() -> tf.distribute.cluster_resolver.ClusterResolver | None:
    """The processes that train together, None for this one alone."""
    resolvers = tf.distribute.cluster_resolver
    if len(workers_of_tf_config()) > 1:
        return resolvers.TFConfigClusterResolver()
    if slurm_tasks() > 1:
        if "CUDA_VISIBLE_DEVICES" not in os.environ and nvidia_gpus():
            return resolvers.SlurmClusterResolver()  # which shares the GPUs of a node among its tasks
        return resolvers.SlurmClusterResolver(gpus_per_node=_MANY, gpus_per_task=1, auto_set_gpu=False)
    return None
