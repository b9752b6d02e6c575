"""What a network gets after its training: probabilities that are right, and the knowledge of what it was trained on."""

from __future__ import annotations

from typing import Any

from ..datasets.description import DatasetDescription
from ..language import tr
from ..models.base import ModelBase
from ..runtime.reporter import Reporter
from .calibration import calibrate
from .familiarity import add_unfamiliarity
from .input_pipeline import InputPipeline


def finish(
    network: ModelBase, pipeline: InputPipeline, description: DatasetDescription, batch_size: int, reporter: Reporter
) -> dict[str, Any]:
    """Calibrate a trained network, and give it the output `UNFAMILIARITY`.

    Args:
        network: trained.
        pipeline: what it was trained with.
        description: of the dataset.
        batch_size: patches in a step.
        reporter: receives what was done, or why it was not.

    Returns:
        What ``model.json`` says about it, JSON values by name: ``calibration``, figures or the reason why there are
        none; and ``unfamiliarity``, why the network does not know it, or empty.
    """
    reporter.progress(0, tr("Calibrating the probabilities"))
    calibration = calibrate(network, pipeline, description, batch_size)
    reporter.progress(0.5, tr("Finding reference points"))
    problem = add_unfamiliarity(network, pipeline, description, batch_size)
    for message in (tr(calibration) if isinstance(calibration, str) else calibration.summary, tr(problem)):
        if message:
            reporter.info(message)
    figures = calibration if isinstance(calibration, str) else calibration.to_json()
    return {"calibration": figures, "unfamiliarity": problem}
