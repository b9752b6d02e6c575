"""The report on a dataset folder."""

from __future__ import annotations

from pathlib import Path

from ..datasets.inspection import MAX_INSPECTED, DatasetInspection
from ..language import tr
from . import render
from .dataset_charts import band_histograms, class_shares, label_histograms, sample_sheet, value_sheet
from .facts import data_facts, dataset_title, is_counted_on_ground, labelled_pixels, labels_from
from .overview import overview_pictures


def dataset_report(inspection: DatasetInspection, name: str, folder: Path | None = None) -> str:
    """Make the HTML report on a dataset.

    Args:
        inspection: what was found in it.
        name: of the dataset.
        folder: the dataset folder, which holds pictures of where the splits lie; None: they are left out.
    """
    dataset = inspection.description
    if dataset.values:
        labels, sheet = (
            label_histograms(dataset.values.name, inspection.label_distributions),
            value_sheet(dataset, inspection, dataset.values),
        )
    else:
        shares = {split: info.pixels for split, info in dataset.splits.items()}
        labels = class_shares(shares, dataset.classes.classes)
        sheet = sample_sheet(dataset, inspection)
    return render(
        "dataset.html",
        title=dataset_title(dataset),
        lead=tr("In the folder {name}.").format(name=name),
        dataset=dataset,
        samples=sum(split.samples for split in dataset.splits.values()),
        pixels=sum(labelled_pixels(split) for split in dataset.splits.values()),
        on_ground=is_counted_on_ground(dataset),
        overviews=overview_pictures(folder, dataset),
        looked_at=inspection.patches,
        most_looked_at=MAX_INSPECTED,
        warnings=inspection.warnings,
        labels_from=labels_from(dataset),
        labels=labels,
        values=inspection.label_distributions,
        histograms={
            source.name: band_histograms(source.bands, inspection.bands[source.name], source.nodata)
            for source in dataset.sources
        },
        sheet=sheet,
        data_facts=data_facts(dataset),
    )
