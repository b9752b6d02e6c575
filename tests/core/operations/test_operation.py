"""What every operation does before and after its own work."""

from __future__ import annotations

import dataclasses
import logging
import threading
from pathlib import Path
from typing import ClassVar

import pytest
from osgeo import gdal

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.operations import InputPath, OutputPath, Request, operation
from geodl_plugin.runtime import files
from geodl_plugin.runtime.reporter import ConsoleReporter, Reporter


@dataclasses.dataclass
class CopyRequest(Request):
    """Copies the texts of all inputs into one file, and into a second one if that is wanted."""

    texts: list[InputPath]
    output: OutputPath
    report: OutputPath = ""


@operation
def copy(request: CopyRequest, reporter: Reporter) -> int:
    """Copy texts."""
    text = "".join(Path(path).read_text() for path in request.texts)
    for output in request.outputs():
        reporter.info(f"Writing {output.name}")
        files.write_text(output, text)
    if not text:
        reporter.warning("There is no text.")
    reporter.check_cancelled()
    return len(text)


@pytest.fixture
def text(tmp_path):
    """A file with a text."""
    path = tmp_path / "inputs" / "a.txt"
    path.parent.mkdir()
    path.write_text("text")
    return path


def made(folder):
    """All files that a run has left in a folder."""
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_an_operation_gives_its_result_and_makes_its_outputs(text, tmp_path):
    assert copy(CopyRequest([str(text)], str(tmp_path / "b.txt"), str(tmp_path / "c.txt"))) == 4
    assert made(tmp_path) == ["b.txt", "c.txt"]


def test_an_output_with_a_default_is_only_made_if_it_is_given(text, tmp_path):
    copy(CopyRequest([str(text)], str(tmp_path / "b.txt")))
    assert made(tmp_path) == ["b.txt"]


def test_an_operation_keeps_its_name_and_its_text():
    assert (copy.__name__, copy.__doc__) == ("copy", "Copy texts.")


def test_a_request_knows_its_inputs_and_outputs():
    request = CopyRequest(["a", "", "b"], "c")
    assert (request.inputs(), request.outputs()) == (["a", "b"], [Path("c")])


def test_a_request_without_a_required_output_is_refused(text):
    with pytest.raises(InputError, match=r"The output is missing. Expected: the name of the file .*\(output\)"):
        copy(CopyRequest([str(text)], ""))


def test_an_output_that_is_an_input_is_refused(text):
    with pytest.raises(InputError, match="is an input as well, which would be lost"):
        copy(CopyRequest([str(text)], str(text)))
    assert text.read_text() == "text"


def test_a_folder_that_holds_an_input_is_refused(text):
    @dataclasses.dataclass
    class FolderRequest(CopyRequest):
        FOLDER_MARKER: ClassVar[str] = "made.json"

    with pytest.raises(InputError, match="holds an input as well"):
        copy(FolderRequest([str(text)], str(text.parent)))
    assert text.read_text() == "text"


def test_two_runs_that_make_the_same_output_are_refused(text, tmp_path):
    output, refused = tmp_path / "b.txt", []

    def second():
        try:
            copy(CopyRequest([str(text)], str(output)))
        except InputError as error:
            refused.append(str(error))

    @operation
    def slow(request, reporter):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        assert not output.exists()
        files.write_text(output, "first")

    slow(CopyRequest([str(text)], str(output)))
    assert len(refused) == 1
    assert refused[0].startswith(f"Another run is writing {output}.")
    assert output.read_text() == "first"
    assert copy(CopyRequest([str(text)], str(output))) == 4, "the output is free again"


def test_a_process_that_makes_no_outputs_claims_none(text, tmp_path):
    class HelpersRequest(CopyRequest):
        def writes(self):
            return False

    output = tmp_path / "b.txt"
    with files.claimed([(output, "")]):
        assert copy(HelpersRequest([str(text)], str(output))) == 4


def test_without_a_reporter_messages_are_logged(text, tmp_path, caplog):
    text.write_text("")
    with caplog.at_level(logging.INFO, logger="geodl"):
        copy(CopyRequest([str(text)], str(tmp_path / "b.txt")))
    assert caplog.record_tuples == [
        ("geodl", logging.INFO, "Writing b.txt"),
        ("geodl", logging.WARNING, "There is no text."),
    ]


def test_a_reporter_that_is_given_gets_the_messages(text, tmp_path, reporter, caplog):
    copy(CopyRequest([str(text)], str(tmp_path / "b.txt")), reporter)
    assert reporter.messages == ["Writing b.txt"]
    assert not caplog.records


def test_an_operation_that_is_cancelled_before_it_begins_leaves_nothing(text, tmp_path):
    reporter, begun = ConsoleReporter(), []
    reporter.cancel()

    @operation
    def never(request, reporter):
        begun.append(request)

    with pytest.raises(Cancelled):
        never(CopyRequest([str(text)], str(tmp_path / "b.txt")), reporter)
    assert (begun, made(tmp_path)) == ([], [])


def test_an_operation_that_fails_leaves_nothing_and_an_old_output_as_it_was(text, tmp_path):
    output = tmp_path / "b.txt"
    output.write_text("old")

    @operation
    def failing(request, reporter):
        with files.unfinished(request.output) as part:
            part.write_text("half")
            raise InputError("Broken.")

    with pytest.raises(InputError, match="Broken"):
        failing(CopyRequest([str(text)], str(output)))
    assert (made(tmp_path), output.read_text()) == (["b.txt"], "old")


def test_gdal_raises_exceptions_inside_an_operation_only(text, tmp_path):
    seen = []

    @operation
    def look(request, reporter):
        seen.append(gdal.GetUseExceptions())

    before = gdal.GetUseExceptions()
    look(CopyRequest([str(text)], str(tmp_path / "b.txt")))
    assert (seen, gdal.GetUseExceptions()) == ([1], before)
