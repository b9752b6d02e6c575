"""The splits of labelled data: what trains a network, what chooses its best state, and what tests it."""

TRAIN, VALID, TEST = SPLITS = ("train", "valid", "test")
