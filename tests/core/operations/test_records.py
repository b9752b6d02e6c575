"""What tells whether outputs were made."""

import os

import pytest

from geodl_plugin.operations.records import Record, input_states

FROM = {"job": "one", "inputs": []}


@pytest.fixture
def outputs(tmp_path):
    """A file and a folder that were made, with their record."""
    made = [tmp_path / "map.tif", tmp_path / "dataset"]
    made[0].write_bytes(b"values")
    (made[1] / "train").mkdir(parents=True)
    (made[1] / "train" / "0.records").write_bytes(b"records")
    Record(FROM, made).write({"count": 3})
    return made


def test_what_was_made_is_known(outputs, tmp_path):
    assert Record(FROM, outputs).results() == {"count": 3}
    assert (tmp_path / "made_from" / "map.tif.json").is_file()


@pytest.mark.parametrize("what", ["changed", "younger", "gone", "one more", "made from another", "no record", "broken"])
def test_what_is_not_as_it_was_is_to_be_made(outputs, tmp_path, what):
    record = tmp_path / "made_from" / "map.tif.json"
    if what == "changed":
        (outputs[1] / "train" / "0.records").write_bytes(b"others")
    elif what == "younger":
        os.utime(outputs[0], (2e9, 2e9))
    elif what == "gone":
        outputs[0].unlink()
    elif what == "one more":
        (outputs[1] / "train" / "1.records").touch()
    elif what == "no record":
        record.unlink()
    elif what == "broken":
        record.write_text("[]")
    made_from = {**FROM, "job": "other"} if what == "made from another" else FROM
    assert Record(made_from, outputs).results() is None


def test_inputs_are_known_with_their_files(tmp_path):
    image, folder = tmp_path / "image.tif", tmp_path / "dataset"
    image.write_bytes(b"values")
    folder.mkdir()
    (folder / "0.records").write_bytes(b"records")
    given = [f"{image}|crs:EPSG:4326", str(folder), "/vsicurl/https://host/a.tif", str(tmp_path / "none.tif")]
    before = input_states(given)
    assert [state[0] for state in before] == [
        given[0], str(image), given[1], str(folder / "0.records"), given[2], given[3],
    ]  # fmt: skip
    assert input_states(given) == before
    (folder / "0.records").write_bytes(b"others")
    assert input_states(given) != before
