"""The choices that jobs offer and their defaults, told once for the library and for QGIS.

They stand apart from the jobs since QGIS asks for them at its start, and must not load numpy and GDAL for that.
"""

from __future__ import annotations

STRATEGIES = ("balanced", "per class", "proportional", "all", "grid")
SPLIT_WAYS = ("spatial blocks", "none", "random", "chessboard", "by field")
GRID_STRATEGIES = ("split", "all", "chessboard")
LABEL_MODES = ("polygons", "raster", "position", "values")
COMPRESSIONS = ("none", "gzip")
ARCHITECTURES = ("unet", "fcnn")
AUGMENTATIONS = ("flips and turns", "brightness and contrast", "noise")
CLASS_WEIGHTS = ("none", "balanced")
OUTPUT_TYPES = ("classes", "probabilities", "probabilities (uint8)", "raw")
MODES = ("automatic", "fully convolutional", "patch-based")
EDGES = ("reflect", "zero", "valid only")

PATCH_SIZE = 64
INPUT_SIZE = 64
COUNT = 1000
VALID_FRACTION = 0.2
TEST_FRACTION = 0.1
SAMPLES_PER_SHARD = 100
EPOCHS = 20
BATCH_SIZE = 16
LEARNING_RATE = 0.001
PATIENCE = 10
CROPS = (16, 32, 64, 96, 128)
