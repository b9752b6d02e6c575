"""The confusion matrix as text, and as CSV."""

from __future__ import annotations

import csv
import io

import numpy as np

from .confusion import ConfusionMatrix


def text_table(confusion: ConfusionMatrix) -> str:
    """The figures of each class and the overall ones, in columns of fixed width."""
    width = max(8, *(len(name) for name in confusion.names))
    lines = [f"{'class':{width}}  precision  recall      F1     IoU   reference px"]
    columns = (confusion.precision, confusion.recall, confusion.f1, confusion.iou)
    for index, name in enumerate(confusion.names):
        precision, recall, f1, iou = (_figure(column[index]) for column in columns)
        lines.append(
            f"{name:{width}}  {precision:>9}  {recall:>6}  {f1:>6}  {iou:>6}  {confusion.matrix[index].sum():>13,}"
        )
    lines.append(
        f"overall accuracy {confusion.overall_accuracy:.3f}, mean F1 {confusion.mean_f1:.3f}, "
        f"mean IoU {confusion.mean_iou:.3f}, {confusion.total:,} reference pixels"
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


def _figure(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.3f}"
