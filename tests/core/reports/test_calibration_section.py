"""What reports say of the calibration of a network."""

import dataclasses

import pytest

from geodl_plugin.accuracy.temperature import Calibration, CalibrationFigures
from geodl_plugin.models.folder import ModelDescription
from geodl_plugin.reports.calibration import calibration_section


@pytest.mark.parametrize(("temperature", "effect"), [(0.7, "more confident"), (1.4, "more cautious")])
def test_it_tells_what_was_done(temperature, effect):
    calibration = Calibration(temperature, 12, {"valid": CalibrationFigures(100, 0.4, 0.3, 0.1, 0.05)})
    section = calibration_section({"calibration": calibration.to_json()})
    assert section.result == calibration
    assert effect in section.text and f"temperature {temperature:.2f}" in section.text


def test_it_tells_why_there_is_none():
    assert calibration_section({"calibration": "There are no labels."}).text == "There are no labels."


@pytest.mark.parametrize("training", [{}, {"calibration": ""}, {"calibration": 3}])
def test_of_other_models_it_says_nothing(training):
    assert calibration_section(training) is None


def test_trained_models_have_it_in_both_reports(trained_folder, dataset_folder, tmp_path, reporter):
    from geodl_plugin.jobs.evaluate_model import EvaluateModel

    calibration = Calibration.from_json(ModelDescription.read(trained_folder).training["calibration"])
    assert calibration is not None and list(calibration.splits) == ["valid", "test"]
    EvaluateModel(str(trained_folder), str(dataset_folder), "test", str(tmp_path / "report.html")).run(reporter)
    for path in (trained_folder / "report.html", tmp_path / "report.html"):
        html = path.read_text(encoding="utf-8")
        assert f"temperature {calibration.temperature:.2f}" in html
        assert f"{calibration.splits['test'].ece_after:.3f}" in html


def test_models_without_calibration_have_a_report_as_well(untrained, dataset_folder, tmp_path, reporter):
    from geodl_plugin.jobs.evaluate_model import EvaluateModel

    folder, _ = untrained("fcnn")
    assert "calibration" not in dataclasses.asdict(ModelDescription.read(folder))["training"]
    EvaluateModel(str(folder), str(dataset_folder), "test", str(tmp_path / "report.html")).run(reporter)
    assert "<h2>Calibration</h2>" not in (tmp_path / "report.html").read_text(encoding="utf-8")
