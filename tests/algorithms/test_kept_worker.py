"""The worker that is kept for the next job: as long as the setting says, and not longer than QGIS."""

import os
import sys

import pytest
from geodl import classFactory
from geodl.algorithms import settings, setup_environment, worker
from geodl.algorithms.provider import GeodlProvider
from geodl.algorithms.setup_environment import SetupEnvironment
from geodl.geodl_plugin.jobs.inspect_model import InspectModel
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsSettings

KEY = f"Processing/Configuration/{settings.KEEP_WORKER}"
PROGRAM = """#!/bin/sh
while read -r line; do
    echo "$line" >> "$ASKED"
    echo "{\\"result\\": {\\"process\\": $$}, \\"kept\\": true}"
done
"""


@pytest.fixture(autouse=True)
def setting(qgis_app):
    """The setting is as in a new profile, before and after."""
    QgsSettings().remove(KEY)
    yield
    QgsSettings().remove(KEY)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a job in a program that keeps itself; gives its process."""
    python = tmp_path / "python"
    python.write_text(PROGRAM)
    python.chmod(0o755)
    monkeypatch.setattr(worker, "find_interpreter", lambda feedback: str(python))
    monkeypatch.setattr(worker, "clean_environment", lambda interpreter: {"ASKED": str(tmp_path / "asked")})
    return lambda: worker.run_in_worker(InspectModel("m", ""), QgsProcessingFeedback())["process"]


def is_there(process):
    return os.path.exists(f"/proc/{process}")


def test_the_worker_is_kept_for_five_minutes(run, tmp_path):
    first = run()
    assert run() == first
    assert '"keep": 300' in (tmp_path / "asked").read_text()


@pytest.mark.parametrize("value", [0, "0", -1])
def test_the_worker_is_not_kept_if_the_user_does_not_want_it(run, value):
    kept = run()
    QgsSettings().setValue(KEY, value)
    assert run() != kept
    assert not is_there(kept)


@pytest.mark.parametrize(("value", "minutes"), [("2", 2), (0.5, 0.5), ("many", 5), (None, 5)])
def test_the_setting_is_a_number_of_minutes(value, minutes):
    QgsSettings().setValue(KEY, value)
    assert settings.minutes_kept() == minutes


def test_the_worker_ends_with_the_plugin(run):
    kept = run()
    assert is_there(kept)
    classFactory(None).unload()
    assert not is_there(kept)


def test_the_worker_ends_before_its_environment_is_changed(run, monkeypatch):
    kept, found = run(), []
    monkeypatch.setattr(
        setup_environment.GeodlAlgorithm, "processAlgorithm", lambda *_: found.append(is_there(kept)) or {}
    )
    SetupEnvironment().processAlgorithm({}, QgsProcessingContext(), QgsProcessingFeedback())
    assert found == [False]


def test_the_setting_is_shown_where_processing_has_settings(qgis_processing):
    from processing.core.ProcessingConfig import ProcessingConfig

    QgsSettings().setValue(KEY, 7)
    provider = GeodlProvider()
    assert provider.load()
    shown = ProcessingConfig.settings[settings.KEEP_WORKER]
    assert (shown.group, shown.qname, int(shown.value), shown.default) == ("GeoDL", KEY, 7, 5)
    with pytest.raises(ValueError, match="Wrong parameter value"):
        shown.setValue("many")
    shown.setValue("3")
    shown.save()
    assert settings.minutes_kept() == 3
    provider.unload()
    assert settings.KEEP_WORKER not in ProcessingConfig.settings
    provider.unload()


def test_the_provider_loads_without_the_python_part_of_processing(monkeypatch, qgis_app):
    monkeypatch.setitem(sys.modules, "processing.core.ProcessingConfig", None)
    provider = GeodlProvider()
    assert provider.load()
    provider.unload()
