"""What a report says of the calibration of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..accuracy.temperature import Calibration
from ..language import tr


@dataclass(frozen=True)
class CalibrationSection:
    """The calibration as the templates show it.

    Args:
        text: sentences.
        result: its figures; None: there are none.
    """

    text: str
    result: Calibration | None


def calibration_section(training: dict[str, Any]) -> CalibrationSection | None:
    """Prepare what `model.json` says of a training.

    Args:
        training: property ``geodl:training``.

    Returns:
        None if nothing is known, or the network gives no probabilities.
    """
    found = training.get("calibration")
    calibration = Calibration.from_json(found)
    if calibration is None:
        return CalibrationSection(tr(found), None) if found and isinstance(found, str) else None
    if calibration.temperature < 1:
        text = tr(
            "After the training, the scores of the classes were divided by the temperature {temperature:.2f}, which "
            "fits the labels of {patches} validation patches best: it makes the probabilities more confident. The most "
            "probable class stays the same."
        )
    else:
        text = tr(
            "After the training, the scores of the classes were divided by the temperature {temperature:.2f}, which "
            "fits the labels of {patches} validation patches best: it makes the probabilities more cautious. The most "
            "probable class stays the same."
        )
    text = text.format(temperature=calibration.temperature, patches=calibration.patches)
    return CalibrationSection(text, calibration)
