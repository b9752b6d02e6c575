"""The words of reports, explained for people who do not know networks."""

from __future__ import annotations

from ..language import mark

GLOSSARY = {
    mark("Patch"): mark("A small square of the image with its labels. Networks are trained and judged patch by patch."),
    "train": mark("The patches that the network learns from."),
    "valid": mark("The patches that tell when the network is best; it does not learn from them."),
    "test": mark("The patches that neither train the network nor choose its best state: the fairest judge."),
    mark("Labelled pixel"): mark(
        "A pixel whose class or value is known, from your polygons or raster. All others are ignored."
    ),
    mark("Source"): mark("One input of the network: a raster, or several stacked band by band."),
    mark("Seed"): mark("The start of the random numbers: the same seed gives the same result."),
    mark("Epoch"): mark("One pass over all patches of train."),
    mark("Loss"): mark("How wrong the network is, as the number that the training makes smaller."),
    mark("Accuracy"): mark("The share of labelled pixels that get their class right."),
    mark("User's accuracy"): mark(
        "Of the pixels that the map calls a class, the share that are. Also called precision."
    ),
    mark("Producer's accuracy"): mark(
        "Of the pixels that are a class, the share that the map finds. Also called recall."
    ),
    "F1": mark("One figure for a class, from 0 to 1: the harmonic mean of user's and producer's accuracy."),
    "IoU": mark(
        "Intersection over union, from 0 to 1: the pixels that prediction and labels of a class have in common, "
        "divided by those that either has."
    ),
    mark("Confusion matrix"): mark(
        "Which class is taken for which: rows are the truth, columns what the network says."
    ),
    mark("Confidence"): mark("The probability that the network gives to the class that it chooses."),
    mark("Reliability"): mark("Whether the network is right as often as its confidence says."),
    "R²": mark("The share of the differences between labels that the predictions explain; 1 is all of it."),
    "RMSE": mark("The root mean square error: a typical error, in the unit of the labels."),
    mark("Total stride"): mark("Maps are made in blocks, which must start at multiples of so many pixels."),
    mark("Valid margin"): mark("So many pixels at the border of a block are not exact and are cut off."),
    mark("Adjusted area"): mark("The area of a class, corrected for the errors that the confusion matrix shows."),
}
"""By word; ``train``, ``valid`` and ``test`` are splits."""

OF_CLASSES = ("Accuracy", "User's accuracy", "Producer's accuracy", "F1", "IoU", "Confusion matrix", "Confidence")
OF_VALUES = ("R²", "RMSE")
OF_FIELDS = ("Total stride", "Valid margin")
OF_DATA = ("Patch", "train", "valid", "test", "Labelled pixel")
