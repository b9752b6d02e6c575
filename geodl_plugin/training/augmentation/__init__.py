"""Random changes of training patches: each augmentation is a class in a module of this package.

An augmentation is an `AugmentationLayer` with the constants of a choice (see `runtime.registry`) and
``AUTOMATIC_FOR``, the tasks for which ``automatic`` includes it: some of ``classification``, ``regression`` and ``few
labels``, that is classes of which whole features validate.  A module with such a class is all that a new augmentation
needs; several are applied in the order of their ranks.

They are not Keras' own layers, since those

- draw from a generator with a state, where ours take a seed: a resumed training sees the same patches as one that was
  not interrupted, in whatever thread and process they are made;
- change one image, where a patch has images of several resolutions, labels and weights that have to match.

It may use `datasets`.
"""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from ...datasets.description import DatasetDescription
from ...options import AUTOMATIC, automatic_augmentations
from ...runtime.registry import choices
from .layer import AugmentationLayer, Batch, derived_seed

PACKAGE = "training.augmentation"


def augmentation_layers(names: Sequence[str], description: DatasetDescription) -> list[AugmentationLayer]:
    """Make the layers for the augmentations that a user chose.

    Args:
        names: some of `options.AUGMENTATIONS`, in any order.
        description: the dataset whose patches are changed; the strength of some changes depends on its statistics.

    Returns:
        The layers in the order in which they are applied.
    """
    if AUTOMATIC in names:
        names = [*names, *automatic_augmentations(description.task)]
        if not description.values and description.has_few_labels:
            names.extend(automatic_augmentations("few labels"))
    return [choice.load().for_dataset(description) for name, choice in choices(PACKAGE).items() if name in names]


def augment(layers: Sequence[AugmentationLayer], batch: Batch, seed: tf.Tensor) -> Batch:
    """Apply several augmentations to a batch.

    Args:
        layers: the augmentations, in order.
        batch: images by source [batch, y, x, bands], labels [batch, y, x, channels] and weights [batch, y, x, 1].
        seed: two integers; each layer draws from a seed of its own that is derived from it.

    Returns:
        Images, labels and weights after all changes, in the same shapes.
    """
    for number, layer in enumerate(layers):
        batch = layer(*batch, derived_seed(seed, number))
    return batch
