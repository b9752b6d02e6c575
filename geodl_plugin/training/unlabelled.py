"""What a network learns where nobody has drawn anything: what a network of single pixels sees there.

With a few polygons a network learns the places by heart: any surroundings tell them apart.  Most pixels of its patches
have no label, and say nothing.  Here a network of single pixels, which cannot know places, tells its probabilities of
the classes there, and the network learns them along with the labels (Hinton et al. 2015, "distillation").  Where the
labels show more than single pixels do, it still follows them: they weigh twice as much as all that is told.
"""

from __future__ import annotations

import keras
import tensorflow as tf

from ..datasets.description import DatasetDescription
from ..models.heads import PREDICTIONS
from ..options import PIXEL_CLASSIFIERS, UNLABELLED
from .augmentation.layer import Batch
from .request import TrainRequest
from .strategy import TrainingDevices

_AUTOMATIC, AS_SINGLE_PIXELS, _NOTHING = UNLABELLED
_NO_PIXELS = PIXEL_CLASSIFIERS[-1]
_SHARE = 0.5  # weight of all that is told, by that of all labels: 0.4 and 1 were tried on four scenes


class Teacher:
    """Gives pixels without a label the probabilities of a network.

    Args:
        network: trained, with an output `PREDICTIONS` of class probabilities; it is copied.
    """

    def __init__(self, network: keras.Model) -> None:
        outputs = {PREDICTIONS: network.output[PREDICTIONS]}
        with tf.device("CPU"):  # where batches are made
            self._network = keras.models.clone_model(keras.Model(network.input, outputs))
        self._network.set_weights(keras.Model(network.input, outputs).get_weights())

    def __call__(self, batch: Batch) -> Batch:
        """A batch with labels everywhere.

        Args:
            batch: images by source [batch, y, x, bands], labels [batch, y, x, classes], weights [batch, y, x, 1].

        Returns:
            The same where there are labels; elsewhere probabilities, whose weights sum up to half of those of the
            labels, but are no greater than their mean.
        """
        images, labels, weights = batch
        told = self._network(images, training=False)[PREDICTIONS]
        is_labelled = weights > 0
        count = tf.reduce_sum(tf.cast(is_labelled, tf.float32))
        others = tf.cast(tf.size(weights), tf.float32) - count
        weight = tf.math.divide_no_nan(tf.reduce_sum(weights), tf.maximum(count, others / _SHARE))
        return images, tf.where(is_labelled, labels, told), tf.where(is_labelled, weights, weight)


def is_taught(request: TrainRequest, description: DatasetDescription, devices: TrainingDevices) -> bool:
    """Whether a network learns from single pixels where there are no labels, if these can be told at all.

    Args:
        request: the parameters: it is asked for or, automatically, done where whole features validate: labels are few.
        description: of the dataset.
        devices: what is trained on; several train large datasets only.
    """
    if devices.strategy.num_replicas_in_sync > 1 or description.values or request.pixel_classifier == _NO_PIXELS:
        return False
    is_automatic = request.unlabelled == _AUTOMATIC
    return request.unlabelled == AS_SINGLE_PIXELS or (is_automatic and description.has_few_labels)
