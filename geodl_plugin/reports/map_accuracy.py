"""The report on a map's accuracy."""

from __future__ import annotations

from ..accuracy.evaluate_map import MapAccuracy
from ..accuracy.evaluate_values import ValueAccuracy
from ..language import tr
from . import render


def map_accuracy_report(accuracy: MapAccuracy, map_name: str, reference_name: str) -> str:
    """HTML about how well a class map agrees with a reference.

    Args:
        accuracy: the figures.
        map_name: what to call the map.
        reference_name: what to call the reference.
    """
    sample = accuracy.sample
    return render(
        "map_accuracy.html",
        title=tr("Accuracy of {map}").format(map=map_name),
        map_name=map_name,
        reference_name=reference_name,
        accuracy=accuracy,
        area=accuracy.area,
        total=float(accuracy.mapped.sum()),
        estimate=sample.estimate if sample else None,
        has_area=sample is not None and sample.area > 0 and sample.is_whole,
        of_known=accuracy.confusion_of_known if accuracy.unknown else None,
    )


def value_accuracy_report(accuracy: ValueAccuracy, map_name: str, reference_name: str) -> str:
    """HTML about how well a map of values agrees with a reference.

    Args:
        accuracy: the figures.
        map_name: what to call the map.
        reference_name: what to call the reference.
    """
    charts = []
    try:
        from .evaluation_charts import error_histogram, scatter
    except ImportError:  # not every QGIS has matplotlib
        pass
    else:
        charts = [draw(accuracy.errors, accuracy.name, accuracy.compared) for draw in (scatter, error_histogram)]
    return render(
        "value_accuracy.html",
        title=tr("Accuracy of {map}").format(map=map_name),
        map_name=map_name,
        reference_name=reference_name,
        accuracy=accuracy,
        charts=charts,
    )
