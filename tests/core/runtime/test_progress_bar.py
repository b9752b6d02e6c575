"""Progress bars: with tqdm if it is installed, and with a module in its place that notes what it is told."""

import io
import subprocess
import sys
import types

import pytest

from geodl_plugin.errors import EnvironmentProblem
from geodl_plugin.runtime.progress_bar import ProgressBarReporter


class Bar:
    """Notes what a bar of tqdm is told."""

    def __init__(self, **options):
        self.options, self.n, self.closed = options, 0, False
        self.descriptions, self.postfix, self.written = [], "", []

    def update(self, n):
        self.n += n

    def set_description_str(self, text, refresh):
        self.descriptions.append(text)

    def set_postfix_str(self, text, refresh):
        self.postfix = text

    def write(self, text):
        self.written.append(text)

    def close(self):
        self.closed = True


@pytest.fixture
def bars(monkeypatch):
    """All bars that are made, of a module in the place of tqdm."""
    made = []

    def tqdm(**options):
        made.append(Bar(**options))
        return made[-1]

    module = types.ModuleType("tqdm.auto")
    module.tqdm = tqdm
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    return made


def test_the_bar_shows_percent_and_message_and_is_closed(bars):
    with ProgressBarReporter() as reporter:
        (bar,) = bars
        reporter.progress(0.25, "Reading")
        assert (bar.n, bar.options["total"]) == (25, 100)
        reporter.part(0.5, 1).progress(0.5, "Mapping")
        assert bar.n == 75
        reporter.progress(0.8, "Mapping")
        assert not bar.closed
    assert bar.descriptions == ["Reading", "Mapping"]
    assert bar.closed


def test_the_bar_goes_back_with_the_progress(bars):
    with ProgressBarReporter() as reporter:
        reporter.progress(0.5)
        reporter.progress(0.25)
        assert bars[0].n == 25


def test_messages_and_warnings_are_written_above_the_bar(bars):
    with ProgressBarReporter() as reporter:
        reporter.info("told")
        reporter.warning("warned")
    assert bars[0].written == ["told", "Warning: warned"]


def test_the_remaining_time_stands_behind_the_bar(bars):
    with ProgressBarReporter() as reporter:
        reporter.show(0.5, "Mapping", 200)
        assert bars[0].postfix == "3 min 20 s left"
        reporter.show(1, "Mapped", None)
        assert bars[0].postfix == ""


def test_options_are_those_of_tqdm(bars):
    ProgressBarReporter(leave=False).close()
    assert bars[0].options["leave"] is False


def test_the_bar_is_closed_after_an_error(bars):
    with pytest.raises(ZeroDivisionError), ProgressBarReporter():
        raise ZeroDivisionError
    assert bars[0].closed


def test_without_tqdm_an_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(
        EnvironmentProblem, match=r"package tqdm, which is not installed\. Install it \(pip install tqdm"
    ):
        ProgressBarReporter()


def test_the_module_can_be_imported_without_tqdm():
    program = (
        "import sys; sys.modules['tqdm'] = None; "
        "import geodl_plugin.runtime.progress_bar, geodl_plugin.runtime.reporter; "
        "print(sorted(name for name in sys.modules if name.startswith('tqdm')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['tqdm']"


def test_tqdm_itself_draws_the_bar_and_writes_messages_on_lines_of_their_own(capsys):
    pytest.importorskip("tqdm")
    stream = io.StringIO()
    with ProgressBarReporter(file=stream, ncols=80) as reporter:
        reporter.progress(0.25, "Reading")
        reporter.info("told")
        reporter.warning("warned")
        reporter.show(0.75, "Mapping", 65)
        reporter.done("Mapped")
    drawn = stream.getvalue()
    assert "Mapping:  25%" in drawn  # a new message is shown at once, and the bar moves then
    last = drawn.rstrip().split("\r")[-1]
    assert last.startswith("Mapped: 100%")
    assert "left" not in last
    assert capsys.readouterr().out.splitlines()[:2] == ["told", "Warning: warned"]
