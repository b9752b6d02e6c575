"""The choices that jobs offer and their defaults, told once for the library and for QGIS.

They stand apart from the jobs since QGIS asks for them at its start, and must not load numpy and GDAL for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .runtime.registry import choices, names

STRATEGIES = names("sampling.strategies")
SPLIT_WAYS = ("automatic", "spatial blocks", "features", "none", "random", "chessboard", "by field")
RASTER_SPLIT_WAYS = tuple(way for way in SPLIT_WAYS if way not in ("features", "by field"))
PATCH_EDGES = ("reflect", "inside")
SCENE_SPLITS = ("as they are", "by scene")
SCENE_WEIGHTINGS = ("by patches", "equally")
GRID_STRATEGIES = ("split", "all", "chessboard")
POSITION_FORMATS = {  # that hold points in any CRS, and text: by suffix, GDAL's drivers
    ".gpkg": "GPKG",
    ".shp": "ESRI Shapefile",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".sqlite": "SQLite",
}
MAP_KINDS = ("automatic", "classes", "values")
ALLOCATIONS = ("mixed", "proportional", "equal")
SUGGESTED_SHAPES = ("squares", "points")
LABEL_MODES = ("polygons", "raster", "position", "values")
COMPRESSIONS = ("none", "gzip")
ARCHITECTURES = (*names("models.architectures"), "custom")
AUTOMATIC = "automatic"
AUGMENTATIONS = (AUTOMATIC, *names("training.augmentation"))
AUGMENT = (AUTOMATIC,)
LOSSES = (AUTOMATIC, *names("training.losses"))
EFFORTS = ("quick", "standard", "thorough")
EFFORT = "standard"
PIXEL_CLASSIFIERS = ("fall back", "compare", "none")
REFITS = (AUTOMATIC, "always", "never")
UNLABELLED = (AUTOMATIC, "as single pixels", "nothing")
CLASS_WEIGHTS = (AUTOMATIC, "none", "balanced", "given")
PRECISIONS = ("float32", "mixed bfloat16", "mixed float16", "bfloat16", AUTOMATIC)
DEVICES = ("automatic", "cpu", "gpu")
BACKBONES = tuple(choices("models.architectures")["backbone"].constants["BACKBONES"])
BACKBONE_WEIGHTS = "none"
EVALUATED_SPLITS = ("test", "valid", "train")
OUTPUT_TYPES = ("classes", "probabilities", "probabilities (uint8)", "raw")
MODES = ("automatic", "fully convolutional", "patch-based")
MAP_PRECISIONS = ("float32", "bfloat16", "float16", AUTOMATIC)
TTA = ("1", "2", "4", "8")
EDGES = ("reflect", "zero", "valid only")

CLASS_FIELD = "class"
CLASS_FIELDS = (  # names without other signs than letters, the likeliest first
    "class", "classes", "classname", "classid", "classe", "label", "labels", "lulc", "lc", "landcover", "landuse",
    "type", "code", "category", "categorie", "covertype", "cover", "species", "crop", "culture", "habitat",
    "vegetation", "occupation",
)  # fmt: skip
PATCH_SIZE = 64
INPUT_SIZE = 64
COUNT = 1000
VALID_FRACTION = 0.2
TEST_FRACTION = 0.1
SAMPLES_PER_SHARD = 100
EPOCHS = 0  # as many as the effort asks for
BATCH_SIZE = 16
LEARNING_RATE = 0.0  # automatic
WEIGHT_DECAY = 0.0001
PATIENCE = 5
CROPS = (16, 32, 64, 96, 128)
PRECISION = AUTOMATIC
MAP_PRECISION = "float32"
MAP_MEMORY = 1200  # megabytes of the process that makes a map


def likely_class_fields(names: Iterable[str]) -> list[str]:
    """Those fields whose name says that they hold classes, such as ``Class_Name``, the likeliest ones first.

    Args:
        names: of fields.
    """
    plain = {name: re.sub(r"[^a-z]", "", name.lower()) for name in names}
    found = [name for name, word in plain.items() if word in CLASS_FIELDS]
    return sorted(found, key=lambda name: CLASS_FIELDS.index(plain[name]))


def automatic_augmentations(task: str) -> tuple[str, ...]:
    """The augmentations that ``automatic`` has for a task: ``classification``, ``regression`` or ``few labels``."""
    augmentations = choices("training.augmentation")
    return tuple(
        name for name, augmentation in augmentations.items() if task in augmentation.constants["AUTOMATIC_FOR"]
    )


def losses_for(task: str) -> tuple[str, ...]:
    """The losses for a task, ``classification`` or ``regression``."""
    losses = choices("training.losses")
    return (AUTOMATIC, *(name for name, loss in losses.items() if loss.constants["TASK"] == task))
