"""How to train: every choice that the network depends on."""

from __future__ import annotations

from dataclasses import dataclass

from .. import options as choices


@dataclass(frozen=True)
class Options:
    """How to train.

    The fields are those of the job `TrainModel`, which tells what they mean; here they are checked and fixed.
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
