"""How to train: every choice but where things lie."""

from __future__ import annotations

from dataclasses import dataclass

from .. import options as choices


@dataclass(frozen=True)
class Options:
    """How to train.

    Args:
        architecture: name of the network, or ``custom``.
        model_file: Python file of a custom network.
        init_model: model folder to start from, which then says what network it is; empty: a new network.
        width, depth: of the network; 0: its own choice.
        backbone: name of a network in ``keras.applications``, for the architecture ``backbone``.
        backbone_weights: ``none``, ``imagenet`` or a file.
        epochs: at most so many.
        batch_size: patches in a step, on all devices together.
        learning_rate: its highest value.
        weight_decay: share of the weights that each step takes off, by a learning rate of 1.
        loss: see `losses`.
        class_weights: see `weights`.
        class_weight_values: such as ``water=2, forest=1``.
        augment: augmentations to apply, see `augmentation`.
        patience: stop after so many epochs without improvement of the valid loss; 0: never.
        precision: ``float32``, ``mixed bfloat16`` or ``mixed float16``.
        device: see `strategy`.
        crops: pixels by which the SavedModel's outputs are cropped.
        seed: source of chance.
        keep_best: who stops the training gets the best epoch so far.
    """

    architecture: str = choices.ARCHITECTURES[0]
    model_file: str = ""
    init_model: str = ""
    width: int = 0
    depth: int = 0
    backbone: str = choices.BACKBONES[0]
    backbone_weights: str = choices.BACKBONE_WEIGHTS
    epochs: int = choices.EPOCHS
    batch_size: int = choices.BATCH_SIZE
    learning_rate: float = choices.LEARNING_RATE
    weight_decay: float = choices.WEIGHT_DECAY
    loss: str = choices.LOSSES[0]
    class_weights: str = choices.CLASS_WEIGHTS[0]
    class_weight_values: str = ""
    augment: tuple[str, ...] = choices.AUGMENT
    patience: int = choices.PATIENCE
    precision: str = choices.PRECISIONS[0]
    device: str = choices.DEVICES[0]
    crops: tuple[int, ...] = choices.CROPS
    seed: int = 0
    keep_best: bool = False
