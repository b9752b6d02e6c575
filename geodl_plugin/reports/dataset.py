"""The report on a dataset folder."""

from __future__ import annotations

from pathlib import Path

from ..datasets.description import DatasetDescription
from ..datasets.inspection import LOOKED_AT, inspect
from ..runtime.reporter import Reporter
from . import render
from .dataset_charts import band_histograms, class_shares, label_histograms, sample_sheet, value_sheet
from .facts import data_facts, labels_from


def dataset_report(
    folder: Path, dataset: DatasetDescription, reporter: Reporter, *, name: str = ""
) -> tuple[str, list[str]]:
    """HTML about a dataset folder, and the warnings in it.

    Args:
        folder: where the dataset is now.
        dataset: its manifest.
        reporter: hears the progress.
        name: what to call it; else the folder's name.
    """
    found = inspect(folder, dataset, reporter)
    if dataset.values:
        labels, sheet = label_histograms(dataset.values.name, found.values), value_sheet(dataset, found, dataset.values)
    else:
        shares = {split: info.pixels for split, info in dataset.splits.items()}
        labels, sheet = class_shares(shares, dataset.classes.classes), sample_sheet(dataset, found)
    html = render(
        "dataset.html",
        title=f"Dataset {name or folder.name}",
        dataset=dataset,
        samples=sum(split.samples for split in dataset.splits.values()),
        pixels=sum(sum(split.pixels) for split in dataset.splits.values()),
        looked_at=found.patches,
        most_looked_at=LOOKED_AT,
        warnings=found.warnings,
        labels_from=labels_from(dataset),
        labels=labels,
        values=found.values,
        histograms={
            source.name: band_histograms(source.bands, found.bands[source.name], source.nodata)
            for source in dataset.sources
        },
        sheet=sheet,
        data_facts=data_facts(dataset),
    )
    return html, found.warnings
