"""The splits of labelled data: what trains a network, what chooses its best state, and what tests it."""

from ..language import mark

TRAIN, VALID, TEST = SPLITS = ("train", "valid", "test")

SPLIT_COLORS = {TRAIN: "#ffd60a", VALID: "#00c2ff", TEST: "#ff4fa3"}  # distinct on images, also to the colour-blind
FEATURES = "features"
FEATURE_WAYS = (FEATURES, "by field")  # of splitting, in which each feature belongs to one split as a whole
WAYS = {
    "spatial blocks": mark("square blocks of the image belong to a split, and patches of different splits lie apart"),
    "features": mark(
        "whole polygons, lines or points belong to a split; large ones that are alone in their class are cut"
    ),
    "none": mark("all labels are for training"),
    "random": mark("each position belongs to a split at random"),
    "chessboard": mark("the squares of a chessboard belong to a split"),
    "by field": mark("a field of the layer says the split of each feature"),
}
"""What each way of splitting does; ``automatic`` chooses one of them."""
