"""Lists of images: from paths, patterns, text files and STAC items."""

import json
import os
from pathlib import Path

import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.image_list import gdal_name, list_images

BANDS = ["red", "nir"]


def item(name, assets):
    """A STAC item; assets are by key their places and bands."""
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": name,
        "geometry": None,
        "properties": {"datetime": "2024-05-01T00:00:00Z"},
        "links": [],
        "assets": {key: {"href": href, "eo:bands": bands} for key, (href, bands) in assets.items()},
    }


def write(path, content):
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def rasters(images):
    return [image.rasters for image in images]


def test_patterns_and_text_files(tmp_path, monkeypatch):
    (tmp_path / "scenes").mkdir()
    for name in ("b.tif", "a.tif", "[1].tif"):
        (tmp_path / "scenes" / name).touch()
    text = tmp_path / "list.txt"
    text.write_text("# of May\n\nscenes/a.tif\nscenes\\b.tif\nhttps://host/c.tif\n", encoding="utf-8-sig")
    a, b = (str(tmp_path / "scenes" / name) for name in ("a.tif", "b.tif"))
    monkeypatch.chdir(tmp_path)
    assert rasters(list_images([str(tmp_path / "scenes" / "?.tif")], BANDS)) == [(a,), (b,)]
    assert rasters(list_images([str(text)], BANDS)) == [(a,), (b,), ("/vsicurl/https://host/c.tif",)]
    assert rasters(list_images(["scenes/[1].tif"], BANDS)) == [("scenes/[1].tif",)]
    with pytest.raises(InputError, match="No image has such a name"):
        list_images(["scenes/*.vrt"], BANDS)


def test_names_are_unique_and_fit_any_system():
    images = list_images(["a/one.tif", "b/One.tif", "c/one.tif", "/vsizip/d.zip/x?y.tif"], BANDS)
    assert [image.name for image in images] == ["one", "One_2", "one_3", "x_y"]


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("https://host/a%20b.tif?key=1", "/vsicurl/https://host/a%20b.tif?key=1"),
        ("s3://bucket/a.tif", "/vsis3/bucket/a.tif"),
        ("/data/a.tif", "/data/a.tif"),
        ("a.tif|crs:EPSG:4326", "a.tif|crs:EPSG:4326"),
    ],
)
def test_names_of_urls(href, name):
    assert gdal_name(href) == name


@pytest.mark.parametrize(
    ("assets", "wanted", "chosen"),
    [
        ({"nir": ("n.tif", []), "red": ("r.tif", [])}, (), ["r.tif", "n.tif"]),
        ({"B08": ("n.tif", [{"common_name": "nir"}]), "B04": ("r.tif", [{"name": "Red"}])}, (), ["r.tif", "n.tif"]),
        ({"all": ("a.tif", [{"name": "red"}, {"name": "nir"}])}, (), ["a.tif"]),
        ({"x": ("x.tif", []), "y": ("y.tif", [])}, ("y", "x"), ["y.tif", "x.tif"]),
    ],
)
def test_assets_are_found_by_the_bands_or_named(tmp_path, assets, wanted, chosen):
    (image,) = list_images([write(tmp_path / "item.json", item("scene/1", assets))], BANDS, wanted)
    assert image.name == "scene_1" and not image.problem
    assert list(image.rasters) == [str(tmp_path / name) for name in chosen]


@pytest.mark.parametrize("bands", [[{"name": "nir"}, {"name": "red"}], [{"name": "red"}]])
def test_an_item_without_the_bands_is_told(tmp_path, bands):
    path = write(tmp_path / "item.json", item("one", {"data": ("a.tif", bands)}))
    (image,) = list_images([path], BANDS)
    assert not image.rasters
    assert "Expected: red, nir. Received: data:" in image.problem


def test_items_of_a_collection_keep_their_places(tmp_path):
    near = item("near", {"red": ("near/r.tif", []), "nir": ("s3://bucket/n.tif", [])})
    far = item("far", {"red": ("./r.tif", []), "nir": ("../n.tif", [])})
    far["links"] = [{"rel": "self", "href": "https://host/items/far.json"}]
    path = write(tmp_path / "items.json", {"type": "FeatureCollection", "features": [near, far]})
    assert rasters(list_images([path], BANDS)) == [
        (str(tmp_path / "near" / "r.tif"), "/vsis3/bucket/n.tif"),
        ("/vsicurl/https://host/items/r.tif", "/vsicurl/https://host/n.tif"),
    ]


def catalog(name, kind="Catalog", **links):
    """A STAC catalog or collection; links are by relation the places."""
    extent = {"spatial": {"bbox": [[0, 0, 1, 1]]}, "temporal": {"interval": [[None, None]]}}
    return {
        **{"type": kind, "stac_version": "1.0.0", "id": name, "description": name},
        **({"license": "CC0-1.0", "extent": extent} if kind == "Collection" else {}),
        "links": [{"rel": rel, "href": href} for rel, hrefs in links.items() for href in hrefs],
    }


@pytest.fixture
def walked(tmp_path):
    """A catalog with an item and two collections, the second in the first one, which link to those above them."""
    places = {"red": ("r.tif", []), "nir": ("../n.tif", [])}
    for folder in ("first/second", "first/a", "first/second/b"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    write(tmp_path / "first" / "a" / "a.json", item("a", places))
    write(tmp_path / "first" / "second" / "b" / "b.json", item("b", {"red": places["red"]}))
    write(tmp_path / "top.json", item("top", {key: (f"https://host/{key}.tif", []) for key in places}))
    up = {"parent": ["../catalog.json"], "root": ["../catalog.json"]}
    first = catalog("first", "Collection", item=["./a/a.json"], child=["second/collection.json"], **up)
    first["assets"] = {"red": {"href": "overview.tif"}}
    second = catalog("second", "Collection", item=["./b/b.json", "../a/a.json"], child=["../collection.json"])
    write(tmp_path / "first" / "collection.json", first)
    write(tmp_path / "first" / "second" / "collection.json", second)
    return write(tmp_path / "catalog.json", catalog("all", item=["top.json"], child=["first/collection.json"]))


def test_a_catalog_stands_for_all_items_below_it(walked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for given in (walked, "catalog.json"):
        top, a, b = list_images([given], BANDS)
        assert top.rasters == ("/vsicurl/https://host/red.tif", "/vsicurl/https://host/nir.tif")
        found = tuple(map(os.path.normpath, a.rasters))
        assert found == (str(tmp_path / "first" / "a" / "r.tif"), str(tmp_path / "first" / "n.tif"))
        assert (b.name, b.rasters) == ("b", ())
        assert "The item has no such assets. Expected: red, nir. Received: red:" in b.problem


def test_what_a_catalog_links_to_and_is_not_there_is_told(walked, tmp_path):
    lost = tmp_path / "first" / "second" / "b" / "b.json"
    lost.unlink()
    missing = list_images([walked], BANDS)[2]
    assert (missing.name, missing.rasters) == ("b", ())
    assert f"The STAC item {lost} cannot be read" in missing.problem and "No such file" in missing.problem
    (tmp_path / "first" / "second" / "collection.json").write_text("{}")
    with pytest.raises(InputError, match=r"The STAC catalog .*second.collection\.json cannot be read, which .*first"):
        list_images([walked], BANDS)


@pytest.mark.parametrize("content", ["[]", "{}", "no json", '{"type": "FeatureCollection", "features": [1]}'])
def test_what_is_no_item_is_told(tmp_path, content):
    path = tmp_path / "items.json"
    path.write_text(content)
    with pytest.raises(InputError, match="cannot be read"):
        list_images([str(path)], BANDS)


def test_items_that_are_not_there_are_told(tmp_path):
    for place in (str(tmp_path / "none.json"), "http://127.0.0.1:9/items.json"):
        with pytest.raises(InputError, match="cannot be read"):
            list_images([place], BANDS)


def test_an_empty_list_is_told(tmp_path):
    Path(tmp_path / "list.txt").write_text("# nothing\n")
    with pytest.raises(InputError, match="no images to map"):
        list_images([str(tmp_path / "list.txt")], BANDS)
