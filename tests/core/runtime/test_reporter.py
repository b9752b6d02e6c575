"""Progress, messages and the wish to stop."""

import pytest

from geodl_plugin.errors import Cancelled
from geodl_plugin.runtime.reporter import ConsoleReporter, duration_text, progress_text, with_remaining_time


def test_a_part_reports_its_stretch_of_the_whole(reporter):
    part = reporter.part(0.5, 1).part(0, 0.5)
    part.progress(0)
    part.progress(0.5)
    part.progress(1)
    assert reporter.fractions == [0.5, 0.625, 0.75]


def test_a_part_passes_messages_on(reporter):
    reporter.part(0, 1).info("told")
    reporter.part(0, 1).warning("warned")
    assert (reporter.messages, reporter.warnings) == (["told"], ["warned"])


def test_the_remaining_time_follows_the_present_pace(reporter, monkeypatch):
    told, clock = [], iter([0, 10, 30, 32, 34, 35, 45, 55])
    monkeypatch.setattr("geodl_plugin.runtime.reporter.time.monotonic", lambda: next(clock))
    monkeypatch.setattr(reporter, "show", lambda fraction, message, remaining: told.append(remaining))
    for fraction in (0, 0.01, 0.02):
        reporter.progress(fraction)
    part = reporter.part(0.2, 1)
    part.new_pace()
    for fraction in (0.1, 0.11, 0.2, 0.4, 1):
        part.progress(fraction)
    assert told[:2] == [None, None]  # too early to tell
    assert told[2] == pytest.approx(30 / 0.02 * 0.98)
    assert told[3:5] == [None, None]
    assert told[5:] == pytest.approx([3 / 0.1 * 0.8, 13 / 0.3 * 0.6, 0])


def test_a_job_that_is_done_is_not_stopped(reporter):
    reporter.cancel_at = 0
    reporter.done("Written")
    assert reporter.fractions == [1]
    with pytest.raises(Cancelled):
        reporter.progress(1)


def test_progress_stops_a_cancelled_job(reporter):
    reporter.cancel_at = 0
    with pytest.raises(Cancelled):
        reporter.progress(0.1)


def test_a_part_knows_that_the_whole_is_cancelled(reporter):
    reporter.cancel_at = 0
    with pytest.raises(Cancelled):
        reporter.part(0, 1).check_cancelled()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (200, "3 min 20 s"),
        (3599.7, "1 h 00 min"),
        (7500, "2 h 05 min"),
    ],
)
def test_durations(seconds, text):
    assert duration_text(seconds) == text


def test_a_line_of_progress():
    assert progress_text(0.07, "Mapping", 61) == "  7 % Mapping (1 min 01 s left)"


def test_a_line_of_progress_without_an_estimate():
    assert progress_text(1, "Done", None) == "100 % Done"


def test_the_console_gets_all_on_standard_error(capsys):
    reporter = ConsoleReporter()
    reporter.info("told")
    reporter.warning("warned")
    reporter.progress(0.01, "begun")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == ["told", "Warning: warned", "  1 % begun"]


@pytest.mark.parametrize(
    ("remaining", "text"),
    [
        (None, "Mapping"),
        (0.0, "Mapping"),
        (0.9, "Mapping"),
        (1.0, "Mapping (1 s left)"),
        (61, "Mapping (1 min 01 s left)"),
    ],
)
def test_the_remaining_time_is_only_told_if_it_is_known_and_matters(remaining, text):
    assert with_remaining_time("Mapping", remaining) == text
