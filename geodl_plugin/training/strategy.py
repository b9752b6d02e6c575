"""On what a network is trained: processor, GPUs, several processes; and in which precision."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from ..environment.pins import nvidia_gpus
from ..errors import InputError
from ..runtime.numbers import round_up

_MANY = 1000  # more GPUs than a node has


@dataclass(frozen=True)
class Devices:
    """Where training runs.

    Args:
        strategy: TensorFlow's word for it.
        description: for people.
        workers: processes that train one network together.
        worker: which of them this is; 0, the chief, writes the outputs.
    """

    strategy: tf.distribute.Strategy
    description: str
    workers: int = 1
    worker: int = 0

    @property
    def chief(self) -> bool:
        """Whether this process writes the outputs."""
        return self.worker == 0

    def divisible(self, batch_size: int) -> int:
        """The batch size, or the next one that divides evenly among the devices."""
        replicas = self.strategy.num_replicas_in_sync
        return round_up(batch_size, replicas)


def devices(choice: str) -> Devices:
    """The devices to train on; several processes must ask before they use TensorFlow otherwise.

    Args:
        choice: ``automatic``: all processes that ``TF_CONFIG`` or a Slurm step names, each with all its GPUs; else
            all GPUs; else the processor. ``cpu``: the processor. ``gpu``: the first GPU.

    Raises:
        InputError: there is no GPU.
    """
    if choice == "automatic":
        cluster = _cluster()
        if cluster is not None:
            strategy = _Workers(cluster)
            number = cluster.cluster_spec().num_tasks("worker")
            return Devices(strategy, f"{number} processes", number, cluster.task_id)
    gpus = tf.config.list_logical_devices("GPU")
    if choice == "gpu" and not gpus:
        raise InputError(
            "TensorFlow finds no GPU.",
            expected="a GPU and a TensorFlow that is built for it",
            received="the processor only",
            remedy="Choose the device 'automatic', or look what Check the environment says.",
        )
    if choice == "gpu":
        return Devices(tf.distribute.OneDeviceStrategy("/gpu:0"), "one GPU")
    if choice == "cpu" and gpus:
        return Devices(tf.distribute.OneDeviceStrategy("/cpu:0"), "the processor")
    if choice == "automatic" and len(gpus) > 1:
        return Devices(tf.distribute.MirroredStrategy([gpu.name for gpu in gpus]), f"{len(gpus)} GPUs")
    return Devices(tf.distribute.get_strategy(), "one GPU" if gpus else "the processor")


@contextmanager
def precision(name: str) -> Iterator[None]:
    """Networks built and compiled in this block compute in a precision.

    Args:
        name: ``float32``, ``mixed bfloat16`` or ``mixed float16``.
    """
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name.replace(" ", "_"))
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)


class _Workers(tf.distribute.MultiWorkerMirroredStrategy):
    """The strategy for several processes, as Keras 3 uses it: whole batches, and figures of no dimension, are reduced.

    TensorFlow's own takes neither (https://github.com/tensorflow/tensorflow/issues/72388).
    """

    def reduce(self, reduce_op: Any, value: Any, axis: int | None = None) -> Any:
        def reduced(one: Any) -> Any:
            if not isinstance(one, tf.distribute.DistributedValues):
                return one  # the same in all processes
            return super(_Workers, self).reduce(reduce_op, one, axis=None)

        return tf.nest.map_structure(reduced, value)


def _cluster() -> tf.distribute.cluster_resolver.ClusterResolver | None:
    """The processes that train together, None for this one alone."""
    resolvers = tf.distribute.cluster_resolver
    try:
        workers = json.loads(os.environ.get("TF_CONFIG", "{}")).get("cluster", {}).get("worker", [])
    except (ValueError, AttributeError) as error:
        raise InputError("The variable TF_CONFIG cannot be read.", received=os.environ["TF_CONFIG"]) from error
    if len(workers) > 1:
        return resolvers.TFConfigClusterResolver()
    if int(os.environ.get("SLURM_STEP_NUM_TASKS", "1")) > 1:
        if "CUDA_VISIBLE_DEVICES" not in os.environ and nvidia_gpus():
            return resolvers.SlurmClusterResolver()  # which shares the GPUs of a node among its tasks
        return resolvers.SlurmClusterResolver(gpus_per_node=_MANY, gpus_per_task=1, auto_set_gpu=False)
    return None
