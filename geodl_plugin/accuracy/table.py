"""The confusion matrix as text, and as CSV."""

from __future__ import annotations

import csv
import io

import numpy as np

from ..language import tr
from ..runtime.columns import aligned, grouped
from .confusion import ConfusionMatrix
from .labelled_sample import SampleAccuracy


def text_table(confusion: ConfusionMatrix) -> str:
    """The figures of each class and the overall ones, in columns of fixed width."""
    heads = [tr("class"), tr("precision"), tr("recall"), "F1", "IoU", tr("reference px")]
    columns = (confusion.precision, confusion.recall, confusion.f1, confusion.iou)
    rows = [
        [name, *(_figure(column[index]) for column in columns), grouped(confusion.matrix[index].sum())]
        for index, name in enumerate(confusion.names)
    ]
    lines = aligned(heads, rows, (8, 9, 6, 6, 6, 13))
    lines.append(
        tr(
            "overall accuracy {overall_accuracy:.3f}, mean F1 {mean_f1:.3f}, mean IoU {mean_iou:.3f}, {total:,} "
            "reference pixels"
        ).format(
            overall_accuracy=confusion.overall_accuracy,
            mean_f1=confusion.mean_f1,
            mean_iou=confusion.mean_iou,
            total=confusion.total,
        )
    )
    return "\n".join(lines)


def sample_table(sample: SampleAccuracy, names: list[str], unit: str) -> str:
    """What a sample says about the whole map, in columns of fixed width; it must have an estimate.

    Args:
        sample: the accuracy.
        names: of the classes.
        unit: of the map's areas.
    """
    found = sample.estimate
    if found is None:
        return ""
    estimates = (found.users, found.producers, found.shares)
    heads = [tr("class"), tr("user's accuracy"), tr("producer's accuracy"), tr("share of the area")]
    rows = [
        [name, *(_with_interval(each.value[index], each.half_width[index]) for each in estimates)]
        for index, name in enumerate(names)
    ]
    lines = aligned(heads, rows, (8, 15, 19, 17))
    if sample.area and sample.is_whole:
        areas = [f"  {grouped(share * sample.area, 1)} {unit}" for share in found.shares.value]
        lines[1:] = [line + area for line, area in zip(lines[1:], areas)]
    title = tr("Of the whole map, from a stratified random sample of {points:,} points (95 % intervals):")
    lines.insert(0, title.format(points=sample.points))
    lines.append(
        tr("overall accuracy {figure}").format(
            figure=_with_interval(found.overall.value[0], found.overall.half_width[0])
        )
    )
    return "\n".join(lines)


def csv_table(confusion: ConfusionMatrix) -> str:
    """The matrix with names as CSV: a row for each reference class, a column for each predicted class."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["reference \\ predicted", *confusion.names])
    for name, row in zip(confusion.names, confusion.matrix.tolist()):
        writer.writerow([name, *row])
    return file.getvalue()


def _with_interval(value: float, half_width: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f} ± {half_width:.3f}"


def _figure(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"
