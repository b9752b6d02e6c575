"""The model folder's description."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from geodl_plugin.datasets.description import RegressionTarget
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import Class, ClassList
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.folder import FILE_NAME, ModelDescription, ModelInput

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def description():
    """A description with all that one may hold."""
    return ModelDescription(
        architecture="unet",
        inputs=[
            ModelInput("source1", ["rot", "näheres Infrarot"], [0, None], {"mean": [1.0, 2.0], "stddev": [3.0, 4.0]})
        ],
        output="predictions",
        classes=ClassList(
            (Class(-5, "вода", "#00ff00"), Class(0, "no, comma", "#123456"), Class(2 * 10**9, "c", "#abcdef"))
        ),
        fields=Fields(4, 22),
        crops=[16, 32],
        parameters=1234,
        training={"tensorflow": "2.21.0", "valid_f1": 0.5, "parameters": {"seed": 1}},
    )


@pytest.fixture
def of_values(description):
    """The same of a network of regression."""
    return dataclasses.replace(
        description, classes=ClassList(()), values=RegressionTarget("δένδρα (%)", 40.5, 21.25, 0.0, 97.0)
    )


@pytest.fixture
def folder(tmp_path):
    """A folder with something in the place of a SavedModel."""
    (tmp_path / "saved_model.pb").touch()
    return tmp_path


def test_a_description_comes_back(description, folder):
    description.write(folder)
    assert ModelDescription.read(folder) == description


def test_a_description_of_values_comes_back(of_values, description, folder):
    of_values.write(folder)
    assert ModelDescription.read(folder) == of_values
    assert (of_values.task, description.task) == ("regression", "classification")


def test_the_model_extension_knows_regression(of_values, folder):
    import pystac
    from pystac.extensions.mlm import MLMExtension, TaskType

    of_values.write(folder)
    item = pystac.Item.from_dict(json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
    extension = MLMExtension.ext(item)
    (output,) = extension.output
    assert extension.tasks == output.tasks == [TaskType.REGRESSION]
    assert (output.result.shape, output.classes) == ([-1, -1, -1, 1], None)
    assert "δένδρα (%)" in output.description


def test_the_file_is_a_stac_item_with_the_model_extension(description, folder):
    import pystac
    from pystac.extensions.mlm import MLMExtension

    description.write(folder)
    item = pystac.Item.from_dict(json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
    extension = MLMExtension.ext(item)
    assert extension.architecture == "unet"
    assert [band for band in extension.input[0].bands] == ["rot", "näheres Infrarot"]


def changed(folder, change):
    """Change the properties in the file."""
    item = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    change(item["properties"])
    (folder / FILE_NAME).write_text(json.dumps(item), encoding="utf-8")


def test_names_of_classes_come_back_as_the_user_wrote_them(description, folder):
    names = ["Wald, naß/森林", "a b", "a_b", "вода"]
    classes = ClassList(tuple(Class(number, name, "#000000") for number, name in enumerate(names)))
    dataclasses.replace(description, classes=classes).write(folder)
    assert ModelDescription.read(folder).classes == classes


def test_a_folder_of_version_0_1_is_read(description, folder):
    """There, the name was the user's own, and so was the title."""
    description.write(folder)

    def change(properties):
        del properties["bands"]
        for one in properties["mlm:output"][0]["classification:classes"]:
            one["name"] = one["title"]
            del one["description"]

    changed(folder, change)
    assert ModelDescription.read(folder) == description


def test_classes_that_have_no_title_are_known_by_their_name(description, folder):
    description.write(folder)
    changed(
        folder, lambda properties: [one.pop("title") for one in properties["mlm:output"][0]["classification:classes"]]
    )
    assert ModelDescription.read(folder).classes.names == ["class_-5", "no_comma", "c"]


def test_a_network_without_a_finite_field_comes_back(description, folder):
    endless = dataclasses.replace(description, fields=None)
    endless.write(folder)
    assert ModelDescription.read(folder) == endless


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mlm:architecture", 7),
        ("mlm:output", []),
        ("mlm:output", {"name": "x"}),
        ("mlm:total_parameters", "many"),
        ("geodl:inputs", {}),
        ("geodl:inputs", [{"name": "source1"}]),
        ("geodl:inputs", [{"name": "source1", "bands": "rgb", "nodata": [], "statistics": {}}]),
        ("geodl:inputs", [{"name": "source1", "bands": ["r"], "nodata": ["0"], "statistics": {}}]),
        ("geodl:inputs", [{"name": "source1", "bands": [], "nodata": [], "statistics": {}}]),
        ("geodl:inputs", [{"name": "source1", "bands": ["r"], "nodata": [0, 0], "statistics": {}}]),
        ("geodl:inputs", [{"name": "source1", "bands": ["r"], "nodata": [0], "statistics": {"mean": [1, 2]}}]),
        ("geodl:fields", 16),
        ("geodl:fields", {"total_stride": "16", "valid_margin": 22}),
        ("geodl:fields", {"total_stride": 0, "valid_margin": 22}),
        ("geodl:fields", {}),
        ("geodl:crops", ["16"]),
        ("geodl:training", None),
        ("geodl:values", {"name": "cover"}),
    ],
)
def test_a_description_of_other_types_is_refused(description, folder, name, value):
    description.write(folder)
    changed(folder, lambda properties: properties.update({name: value}))
    with pytest.raises(InputError, match="not a model folder"):
        ModelDescription.read(folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "7", '{"properties": {}}', '{"properties": null}'])
def test_a_damaged_description_is_refused(folder, text):
    (folder / FILE_NAME).write_text(text)
    with pytest.raises(InputError, match="not a model folder"):
        ModelDescription.read(folder)


def test_a_folder_without_saved_model_is_refused(description, folder):
    description.write(folder)
    (folder / "saved_model.pb").unlink()
    with pytest.raises(InputError, match=r"saved_model\.pb"):
        ModelDescription.read(folder)


def test_no_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a model folder"):
        ModelDescription.read(tmp_path / "nothing here")


def test_reading_needs_neither_tensorflow_nor_pystac(description, folder):
    description.write(folder)
    program = (
        "import sys; from pathlib import Path; from geodl_plugin.models.folder import ModelDescription;"
        f"ModelDescription.read(Path({str(folder)!r}));"
        "assert not {'tensorflow', 'keras', 'pystac'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, check=True)
