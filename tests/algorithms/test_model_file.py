"""The file of a custom network is a program: people at the desktop are asked, others are told."""

import hashlib
import threading

import pytest
import qgis.utils
from geodl.algorithms.desktop import model_file
from geodl.algorithms.desktop.model_file import may_run
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsSettings
from qgis.PyQt.QtWidgets import QMessageBox
from waiting import wait_until

YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


class Feedback(QgsProcessingFeedback):
    """Keeps warnings and errors."""

    def __init__(self):
        super().__init__(False)
        self.warnings, self.errors = [], []

    def pushWarning(self, warning):
        self.warnings.append(warning)

    def reportError(self, error, fatal=False):
        self.errors.append(error)


@pytest.fixture
def file(tmp_path):
    """A file that may not be run yet."""
    path = tmp_path / "network.py"
    path.write_text("raise SystemExit")
    yield path
    QgsSettings().remove("geodl/model_files")


@pytest.fixture
def asked(monkeypatch):
    """The questions; answer with ``asked.answer``."""

    class Asked(list):
        answer, threads = NO, ()

    asked = Asked()

    def question(window, title, text, buttons, default):
        assert (buttons, default) == (YES | NO, NO)
        asked.append(text)
        asked.threads += (threading.current_thread(),)
        return asked.answer

    monkeypatch.setattr(model_file.QMessageBox, "question", question)
    return asked


@pytest.fixture
def prepared(plugin, file, tmp_path):
    """Prepares a training with the file, as dialogs do; gives whether it may run, and what was said."""

    def prepare(**parameters):
        algorithm, feedback = plugin.provider.algorithm("trainmodel").create(), Feedback()
        values = {"DATASET": [str(tmp_path)], "ARCHITECTURE": "custom", "MODEL_FILE": str(file), **parameters}
        ready = algorithm.prepare(values, QgsProcessingContext(), feedback)
        return ready, feedback

    return prepare


@pytest.fixture
def desktop(monkeypatch):
    monkeypatch.setattr(qgis.utils, "iface", object())


def test_somebody_who_agreed_is_not_asked_again_until_the_file_changes(prepared, file, asked, desktop):
    asked.answer = YES
    assert prepared()[0] and prepared()[0]
    assert len(asked) == 1 and str(file) in asked[0]
    file.write_text("raise SystemExit(1)")
    assert prepared()[0]
    assert len(asked) == 2


def test_a_copy_of_a_file_is_the_same_program(prepared, file, asked, desktop, tmp_path):
    asked.answer = YES
    prepared()
    copy = tmp_path / "copy.py"
    copy.write_bytes(file.read_bytes())
    assert prepared(MODEL_FILE=str(copy))[0]
    assert len(asked) == 1


def test_without_consent_nothing_runs_and_the_next_time_asks_again(prepared, file, asked, desktop):
    for times in (1, 2):
        ready, feedback = prepared()
        assert not ready and len(asked) == times
        assert f"The file {file} was not run" in feedback.errors[0]


def test_a_file_that_is_not_run_is_not_asked_about(prepared, file, asked, desktop, tmp_path):
    assert prepared(ARCHITECTURE="unet")[0]
    assert prepared(JOB_FILE=str(tmp_path / "job.json"))[0]
    assert prepared(MODEL_FILE=str(tmp_path / "missing.py"))[0]
    assert asked == []
    prepared(ARCHITECTURE="unet", INIT_MODEL=str(tmp_path))  # may be a custom network
    assert len(asked) == 1


def test_without_a_window_a_warning_tells_which_program_runs(prepared, file, asked, monkeypatch):
    monkeypatch.setattr(qgis.utils, "iface", None)
    ready, feedback = prepared()
    assert ready and asked == []
    (warning,) = feedback.warnings
    assert str(file) in warning and hashlib.sha256(file.read_bytes()).hexdigest() in warning


def test_the_question_of_another_thread_is_asked_in_the_main_one(plugin, file, asked):
    asked.answer = YES
    answers = []
    thread = threading.Thread(target=lambda: answers.append(may_run(str(file), "digest")))
    thread.start()
    wait_until(lambda: answers)
    thread.join()
    assert answers == [True] and asked.threads == (threading.main_thread(),)
