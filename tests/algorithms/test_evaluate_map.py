"""The algorithm that scores a map."""

import json

import pytest


@pytest.fixture
def outputs():
    """What the algorithm makes of a job's results."""
    from geodl.algorithms.evaluate_map import EvaluateMap

    found = {"report": "", "matrix": "m.csv", "overall_accuracy": 0.5, "class_f1": {"Wald, naß": 0.25, "森林": None}}
    return EvaluateMap().results(found, None)


def test_results_are_numbers_and_text_by_name(outputs):
    assert outputs["OVERALL_ACCURACY"] == 0.5
    assert "REPORT" not in outputs
    assert not any(isinstance(value, (dict, list)) for value in outputs.values())  # qgis_process prints nothing of them


def test_figures_of_classes_are_json(outputs):
    assert json.loads(outputs["CLASS_F1"]) == {"Wald, naß": 0.25, "森林": None}
