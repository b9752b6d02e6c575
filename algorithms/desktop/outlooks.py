"""What an algorithm will do with the parameters that are filled in, in a line or two.

Each function looks at layers, in the main thread, and gives a function that does the rest, in another one; None if too
little is filled in yet.
"""

from collections import Counter
from pathlib import Path

from qgis.core import (
    QgsRasterBlock,
)
from qgis.PyQt.QtCore import QLocale

from ...geodl_plugin import options
from ..dataset_parameters import dataset_paths
from ..translation import tr
from . import memory
from .counting import Features

_SHOWN = 8  # classes that are named


def sample_vector(algorithm, parameters, context):
    """Features and pixels of each class, and how many positions are drawn."""
    images, features = _images(algorithm, parameters, context), Features(parameters, "INPUT", context)
    if not images or features.layer is None:
        return None
    look = features.by_class(images[0], algorithm.parameterAsString(parameters, "CLASS_FIELD", context))
    count = algorithm.parameterAsInt(parameters, "COUNT", context)
    strategy = algorithm.parameterAsString(parameters, "STRATEGY", context)

    def tell():
        counts, pixels, outside = look()
        classes = [f"{name} {_n(counts[name])} ({_about(pixels[name])})" for name in sorted(counts)]
        text = tr("{count} features of {number} classes: {classes}.").format(
            count=_n(sum(counts.values())), number=len(counts), classes=_some(classes)
        )
        lonely = [name for name in sorted(counts) if counts[name] < 3]
        if outside:
            text += " " + tr("{count} lie outside the image.").format(count=_n(outside))
        if lonely:
            text += " " + tr("Draw more of {classes}: three or more features can be split.").format(
                classes=_some(lonely)
            )
        return text + " " + tr("Positions: {strategy}, {count}.").format(strategy=strategy, count=_n(count))

    return tell


def export(algorithm, parameters, context):
    """How many patches are written, and how much space they take."""
    images, points = _images(algorithm, parameters, context), Features(parameters, "POSITIONS", context)
    if not images or points.layer is None:
        return None
    size = algorithm.parameterAsInt(parameters, "PATCH_SIZE", context) or _sampled_size(points.layer)
    bands = sum(layer.bandCount() for layer in images)
    values = sum(layer.bandCount() * QgsRasterBlock.typeSize(layer.dataProvider().dataType(1)) for layer in images)
    count_splits = points.by_value("split")
    mode = algorithm.parameterAsString(parameters, "LABEL_MODE", context)
    labels = {"polygons": "LABELS_VECTOR", "raster": "LABELS_RASTER", "values": "LABELS_RASTER"}.get(mode)
    missing = algorithm.parameterDefinition(labels).description() if labels and not parameters.get(labels) else ""

    def tell():
        splits = count_splits()
        patches = sum(splits.values())
        megabytes = patches * size * size * (values + 1) / 1e6
        text = tr("{count} patches of {size} × {size} pixels with {bands} bands, about {megabytes} MB.").format(
            count=_n(patches), size=size, bands=bands, megabytes=_n(round(megabytes))
        )
        known = [f"{split} {_n(splits[split])}" for split in ("train", "valid", "test") if split in splits]
        if not known:
            return text + " " + tr("All of them are for training.")
        return text + " " + tr("Splits: {splits}.").format(splits=", ".join(known))

    def warn():
        return f"{tell()} ⚠ " + tr("Labels are missing: choose “{layer}”.").format(layer=missing)

    return warn if missing else tell


def _sampled_size(layer):
    """The patch size for which positions were sampled, as the first of them tells it, or else the usual one."""
    place = layer.fields().lookupField("patch_size")
    first = next(layer.getFeatures(), None)
    size = first[place] if place >= 0 and first is not None else None
    return size if isinstance(size, int) and size > 0 else options.PATCH_SIZE


def train(algorithm, parameters, context):
    """Patches, classes and network, and the time at the pace of the last training."""
    folders = dataset_paths(algorithm, parameters, "DATASET", context)
    if not folders:
        return _last_dataset()
    architecture = algorithm.parameterAsString(parameters, "ARCHITECTURE", context)
    effort = algorithm.parameterAsString(parameters, "EFFORT", context)

    def tell():
        text, patches = _datasets(folders, ("train", "valid", "test"))
        seconds = memory.foretold(f"training/{architecture}/{effort}", patches["train"])
        return (
            text
            + " "
            + tr("Network: {network}, effort: {effort}.").format(network=architecture, effort=effort)
            + _time(seconds)
        )

    return tell


def evaluate_model(algorithm, parameters, context):
    """The patches that are looked at."""
    folders = dataset_paths(algorithm, parameters, "DATASET", context)
    split = algorithm.parameterAsString(parameters, "SPLIT", context)
    return (lambda: _datasets(folders, (split,))[0]) if folders else _last_dataset()


def apply_model(algorithm, parameters, context):
    """Size of the map, the bands that the model expects, and the time at the pace of the last map."""
    from ...geodl_plugin.models.folder import FILE_NAME, ModelDescription

    layers = algorithm.parameterAsLayerList(parameters, "SOURCE1", context)
    model = algorithm.parameterAsString(parameters, "MODEL", context)
    if not layers or not model:
        return None
    width, height = _mapped(algorithm, parameters, context, layers[0])
    if not width * height:
        return lambda: "⚠ " + tr("The extent lies outside the image.")
    bands = sum(layer.bandCount() for layer in layers)
    kind = algorithm.parameterAsString(parameters, "OUTPUT_TYPE", context)
    tta = algorithm.parameterAsString(parameters, "TTA", context)

    def tell():
        text = tr("A map of {width} × {height} pixels.").format(width=_n(width), height=_n(height))
        bytes_of_a_pixel = 4
        if (Path(model) / FILE_NAME).is_file():
            description = ModelDescription.read(Path(model))
            expected = len(description.inputs[0].bands)
            if expected != bands:
                text = tr("The model expects {expected} bands, and the image has {received}.")
                return "⚠ " + text.format(expected=expected, received=bands)
            names = [each.name for each in description.classes.classes] if not description.values else []
            bytes_of_a_pixel = _bytes_of_a_pixel(kind, len(names))
            text += " " + tr("Network: {network}.").format(network=description.architecture)
            text += " " + tr("Classes: {classes}.").format(classes=_some(names)) if names else ""
        text += " " + tr("Up to {megabytes} MB.").format(megabytes=_n(width * height * bytes_of_a_pixel / 1e6, 1))
        return text + _time(memory.foretold(f"map/{memory.network(model)}/{tta}", width * height))

    return tell


def evaluate_map(algorithm, parameters, context):
    """How much of the reference lies on the map."""
    layer = algorithm.parameterAsRasterLayer(parameters, "MAP", context)
    features = Features(parameters, "REFERENCE", context)
    if layer is None or features.layer is None:
        return None
    look = features.by_class(layer, algorithm.parameterAsString(parameters, "CLASS_FIELD", context))

    def tell():
        counts, pixels, outside = look()
        if not counts:
            return "⚠ " + tr("No reference feature lies on the map.")
        classes = [f"{name} {_n(counts[name])} ({_about(pixels[name])})" for name in sorted(counts)]
        found = sum(counts.values())
        text = tr("{count} of {total} reference features lie on the map: {classes}.")
        return text.format(count=_n(found), total=_n(found + outside), classes=_some(classes))

    return tell


OUTLOOKS = {
    "samplevector": sample_vector,
    "exporttfrecords": export,
    "trainmodel": train,
    "evaluatemodel": evaluate_model,
    "applymodel": apply_model,
    "evaluatemap": evaluate_map,
}


def _images(algorithm, parameters, context):
    """The rasters of all sources; none if the first one is not chosen."""
    first, *further = (
        algorithm.parameterAsLayerList(parameters, f"SOURCE{number}", context) or [] for number in (1, 2, 3, 4)
    )
    return [*first, *(layer for layers in further for layer in layers)] if first else []


def _mapped(algorithm, parameters, context, image):
    """Width and height of what is mapped of an image."""
    if not parameters.get("EXTENT"):
        return image.width(), image.height()
    extent = algorithm.parameterAsExtent(parameters, "EXTENT", context, image.crs()).intersect(image.extent())
    if extent.isEmpty():  # since QGIS 3.34 its sides are infinite
        return 0, 0
    sides = (extent.width() / image.rasterUnitsPerPixelX(), extent.height() / image.rasterUnitsPerPixelY())
    return tuple(map(round, sides))


def _bytes_of_a_pixel(kind, classes):
    """Of a map before it is compressed; without classes it is one of values."""
    return {"classes": 1, "probabilities (uint8)": classes, "probabilities": 4 * classes}.get(kind, 4) if classes else 4


def _datasets(folders, splits):
    """What datasets hold, in words, and the patches of each split."""
    from ...geodl_plugin.datasets.description import DatasetDescription

    descriptions = [DatasetDescription.read(Path(folder)) for folder in folders]
    patches = Counter()
    for description in descriptions:
        patches.update({split: info.samples for split, info in description.splits.items()})
    source = descriptions[0].sources[0]
    known = ", ".join(f"{split} {_n(patches[split])}" for split in splits)
    names = list(dict.fromkeys(each.name for one in descriptions for each in one.classes.classes))
    text = tr("Patches of {size} × {size} pixels with {bands} bands: {splits}.").format(
        size=source.patch_size, bands=len(source.bands), splits=known
    )
    return (f"{text} " + tr("Classes: {classes}.").format(classes=_some(names)) if names else text), patches


def _last_dataset():
    """Where the dataset is that is probably wanted."""
    folder = memory.last("dataset")
    if not folder:
        return None
    return lambda: tr("The dataset that was made last: {path}").format(path=Path(folder) / "dataset.json")


def _time(seconds):
    from ...geodl_plugin.runtime.reporter import duration_text

    if not seconds:
        return ""
    return " " + tr("About {time}, at the pace of the last time.").format(time=duration_text(seconds))


def _some(names):
    """The first of several names."""
    more = len(names) - _SHOWN
    shown = ", ".join(names[:_SHOWN])
    return tr("{names} and {number} more").format(names=shown, number=more) if more > 0 else shown


def _about(pixels):
    """Pixels with two digits: their centres are not looked at."""
    return tr("about {count} pixels").format(count=_n(float(f"{pixels:.2g}"))) if pixels else tr("no area")


def _n(number, decimals=0):
    """A number as QGIS's language writes it."""
    return QLocale().toString(float(number), "f", decimals)
