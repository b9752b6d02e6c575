"""What a training is asked for; it can be read and checked without TensorFlow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from .. import options
from ..datasets.scenes import SceneRules
from ..models.folder import FILE_NAME
from ..operations import InputPath, OutputPath, Request
from .cluster import is_chief

SCENE_FIELDS = ("further_datasets", "split", "valid_scenes", "test_scenes", "weighting")  # of several scenes only


@dataclass
class TrainRequest(Request):
    """How to train a network on a dataset folder.

    Args:
        dataset: dataset folder; of several scenes, the first.
        output: model folder to make.
        report: HTML file to make; empty: only the one in the model folder.
        architecture: one of `options.ARCHITECTURES`.
        model_file: Python file of a custom network.
        init_model: model folder whose network is trained further, with its architecture; empty: a new network.
        width: filters of the network's first level; 0: by the effort.
        depth: how often the network halves the image; 0: by the effort.
        backbone: name of a network in ``keras.applications``, for the architecture ``backbone``.
        backbone_weights: ``none``, ``imagenet`` or a file of weights.
        effort: one of `options.EFFORTS`: how large a network is trained, and for how long.
        epochs: maximum number of epochs; 0: as many as the effort asks for.
        batch_size: patches per step, on all devices together.
        learning_rate: the maximum learning rate; 0: automatic.
        weight_decay: as in ``keras.optimizers.AdamW``.
        loss: one of `options.LOSSES`.
        class_weights: one of `options.CLASS_WEIGHTS`.
        class_weight_values: the weights for ``given``, such as ``water=2, forest=1``.
        augment: some of `options.AUGMENTATIONS`.
        patience: stop after this number of epochs in which the loss on the split valid did not decrease; 0: never.
        pixel_classifier: one of `options.PIXEL_CLASSIFIERS`: whether the network is compared with one that sees single
            pixels, and replaced if it is worse.
        precision: one of `options.PRECISIONS`.
        device: one of `options.DEVICES`.
        crops: pixels by which the outputs of the SavedModel are cropped on each side.
        seed: of all random numbers.
        resume: keep a checkpoint of each epoch beside the output, and continue from those of an earlier run.
        keep_best: a training that is cancelled gives the network of the best epoch so far.
        tensorboard: write logs for TensorBoard into the model folder.
        further_datasets: dataset folders of further scenes, which are merged with the first as by `MergeRequest`.
        split: of the scenes, one of `options.SCENE_SPLITS`.
        valid_scenes: for ``by scene``: names, or numbers from 1, of the scenes that validate.
        test_scenes: for ``by scene``: names or numbers of those that test.
        weighting: of the scenes, one of `options.SCENE_WEIGHTINGS`.
        unlabelled: one of `options.UNLABELLED`: what is learned where there are no labels.
        refit: one of `options.REFITS`: whether the network is trained again with the labels of the split valid as well.
    """

    FOLDER_MARKER: ClassVar = FILE_NAME

    dataset: InputPath
    output: OutputPath
    report: OutputPath = ""
    architecture: str = options.ARCHITECTURES[0]
    model_file: InputPath = ""
    init_model: InputPath = ""
    width: int = 0
    depth: int = 0
    backbone: str = options.BACKBONES[0]
    backbone_weights: InputPath = options.BACKBONE_WEIGHTS
    effort: str = options.EFFORT
    epochs: int = options.EPOCHS
    batch_size: int = options.BATCH_SIZE
    learning_rate: float = options.LEARNING_RATE
    weight_decay: float = options.WEIGHT_DECAY
    loss: str = options.LOSSES[0]
    class_weights: str = options.CLASS_WEIGHTS[0]
    class_weight_values: str = ""
    augment: list[str] = field(default_factory=lambda: list(options.AUGMENT))
    patience: int = options.PATIENCE
    pixel_classifier: str = options.PIXEL_CLASSIFIERS[0]
    precision: str = options.PRECISION
    device: str = options.DEVICES[0]
    crops: list[int] = field(default_factory=lambda: list(options.CROPS))
    seed: int = 0
    resume: bool = False
    keep_best: bool = False
    tensorboard: bool = False
    further_datasets: list[InputPath] = field(default_factory=list)
    split: str = options.SCENE_SPLITS[0]
    valid_scenes: list[str] = field(default_factory=list)
    test_scenes: list[str] = field(default_factory=list)
    weighting: str = options.SCENE_WEIGHTINGS[0]
    refit: str = options.REFITS[0]
    unlabelled: str = options.UNLABELLED[0]

    def datasets(self) -> list[str]:
        """The dataset folders of all scenes."""
        return [self.dataset, *self.further_datasets]

    def scene_rules(self) -> SceneRules:
        """How the scenes become one dataset."""
        return SceneRules((), self.split, self.valid_scenes, self.test_scenes, self.weighting, self.seed)

    def writes(self) -> bool:
        return self.device != "automatic" or is_chief()
