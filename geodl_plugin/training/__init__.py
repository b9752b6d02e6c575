"""From a dataset folder to a trained network.

========================  ============================================================================
``train``                 the operation: checks, training, evaluation, model folder and report
``request``, ``checks``   what a training is asked for, and whether it can be done
``selection``             which of several ``candidates`` is the result, and the ``verdicts`` for people
``effort``, ``sizing``    how large a network is and how long it is trained, by the time that a step takes
``fitting``               the training loop, with ``callbacks`` and ``checkpoints``
``finishing``             what the trained network gets: ``calibration`` of its probabilities, and ``familiarity``
``compilation``           optimizer, loss and metrics, from ``losses``, ``metrics`` and ``class_weights``
``network_builder``       the network, a new one or that of an ``initial_model``
``input_pipeline``        the dataset as batches, changed by ``augmentation``; ``pixel_pipeline``: single pixels
``strategy``              devices and precision, with the ``cluster`` of processes that train together
``saving``                the model folder
========================  ============================================================================

It may use all packages but those that run jobs.  ``train``, ``request``, ``checks`` and ``cluster`` can be imported
without TensorFlow.
"""

from .train import TrainRequest, TrainResult, train

# Imported here and not on demand: a function would be hidden by the module of its name as soon as that is imported.
__all__ = ["TrainRequest", "TrainResult", "train"]
