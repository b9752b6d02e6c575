"""``model.json`` against the published schemas of STAC and the extensions that it names."""

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from geodl_plugin.datasets.description import RegressionTarget
from geodl_plugin.labels.classes import Class, ClassList
from geodl_plugin.models.fields import Fields
from geodl_plugin.models.folder import FILE_NAME, ModelDescription, ModelInput

SCHEMAS = Path(__file__).parent / "stac_schemas"
ITEM = "https://schemas.stacspec.org/v1.1.0/item-spec/json-schema/item.json"
GEOJSON = {
    "https://geojson.org/schema/Feature.json": {
        "required": ["type", "properties", "geometry"],
        "properties": {"type": {"const": "Feature"}, "properties": {"type": ["object", "null"]}},
    },
    "https://geojson.org/schema/Geometry.json": False,  # models have none
}


@pytest.fixture(scope="module")
def schemas():
    """All schemas, by the address at which each is published."""
    found = dict(GEOJSON)
    for path in SCHEMAS.glob("*.json"):
        name, version, *part = path.stem.split("-", 2)
        extension = f"https://stac-extensions.github.io/{name}/v{version}/schema.json"
        address = ITEM.replace("item.json", f"{part[0]}.json") if part else extension
        found[address] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def problems(schemas):
    """What the schemas of an item have against it, as sentences."""
    registry = Registry().with_resources(
        (address, Resource(contents=schema, specification=DRAFT7)) for address, schema in schemas.items()
    )

    def find(item):
        return [
            f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
            for address in (ITEM, *item["stac_extensions"])
            for error in jsonschema.Draft7Validator(schemas[address], registry=registry).iter_errors(item)
        ]

    return find


@pytest.fixture
def written(tmp_path):
    """Write a description; gives the item."""

    def write(description):
        description.write(tmp_path)
        return json.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"), parse_constant=pytest.fail)

    return write


def classes(*names):
    """Classes of these names, with codes as people have them."""
    return ClassList(tuple(Class(number, name, "#00ff7F") for number, name in enumerate(names, start=-1)))


PLAIN = ModelDescription(
    architecture="unet",
    inputs=[ModelInput("source1", ["red", "nir"], [0, None], {"mean": [1.0, 2.0], "stddev": [3.0, 4.0]})],
    output="predictions",
    classes=classes("field", "forest"),
    fields=Fields(16, 22),
    crops=[16, 32],
    parameters=1234,
    training={"tensorflow": "2.21.0", "valid_f1": 0.5, "parameters": {"seed": 1}},
)
CASES = {
    "plain": {},
    "names of any letters": {
        "classes": classes("Wald, naß/森林", "вода", "森林", "", "a b", "a_b", "a/b", "-", "é", "e")
    },
    "several of one name": {"classes": classes("forest", "forest", "forest (0)")},
    "values": {"classes": ClassList(()), "values": RegressionTarget("δένδρα (%)", 40.5, 21.25, 0.0, 97.0)},
    "several sources": {
        "inputs": [*PLAIN.inputs, dataclasses.replace(PLAIN.inputs[0], name="source2", bands=["nir", "Band 1"])]
    },
    "no finite field": {"fields": None},
    "without what training told": {"training": {}},
    "figures that are no numbers": {"training": {"tensorflow": "2.21.0", "a": float("nan"), "b": [float("inf")]}},
}


@pytest.mark.parametrize("change", CASES.values(), ids=CASES)
def test_the_item_follows_the_schemas_that_it_names(written, problems, change):
    item = written(dataclasses.replace(PLAIN, **change))
    assert problems(item) == []
    assert any("/mlm/v1.4.0/" in one for one in item["stac_extensions"])
    assert any("/classification/v2.0.0/" in one for one in item["stac_extensions"]) == ("values" not in change)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["properties", "mlm:output", 0, "classification:classes", 0, "name"], "wet forest"),
        (["properties", "mlm:total_parameters"], "many"),
        (["properties", "mlm:name"], None),
        (["properties", "bands"], None),
        (["assets", "model", "roles"], []),
        (["assets", "model", "bands"], "red"),
        (["geometry"], "somewhere"),
    ],
)
def test_the_schemas_find_what_is_wrong(written, problems, path, value):
    item = place = written(PLAIN)
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    assert problems(item)


@pytest.mark.parametrize("change", CASES.values(), ids=CASES)
def test_names_of_classes_are_unique_and_titles_are_the_users_own(written, change):
    description = dataclasses.replace(PLAIN, **change)
    (output,) = written(description)["properties"]["mlm:output"]
    given = output.get("classification:classes", [])
    assert len({one["name"] for one in given}) == len(given)
    assert [one["title"] for one in given] == description.classes.names


def test_bands_of_all_sources_are_told_once(written):
    item = written(dataclasses.replace(PLAIN, **CASES["several sources"]))
    assert [band["name"] for band in item["properties"]["bands"]] == ["red", "nir", "Band 1"]
