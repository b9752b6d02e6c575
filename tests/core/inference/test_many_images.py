"""Many images with one model, and their mosaic."""

import csv
import functools
import json
import shutil
import threading
from dataclasses import replace
from datetime import datetime, timezone
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pystac
import pytest
from osgeo import gdal

from geodl_plugin.errors import Cancelled, InputError
from geodl_plugin.inference import ManyImagesRequest, MapRequest, map_images, map_raster
from geodl_plugin.inference import many_images as module
from geodl_plugin.labels.class_raster import read_classes
from geodl_plugin.rasters.raster import gdal_exceptions

DEMO = Path(__file__).resolve().parents[3] / "resources" / "demo" / "gewata_l7_6band_uint16.tif"
BANDS = ("blue", "green", "red", "nir")
SIDE = 80


@pytest.fixture
def crops(tmp_path):
    """Three crops of the demo's scene beside each other: two share some columns, one lies apart."""
    (tmp_path / "images").mkdir()
    paths = []
    with gdal_exceptions():
        for name, col in (("one", 300), ("two", 360), ("three", 460)):
            paths.append(str(tmp_path / "images" / f"{name}.tif"))
            crop = gdal.Translate(paths[-1], str(DEMO), srcWin=[col, 400, SIDE, SIDE], bandList=[1, 2, 3, 4])
            for number, band in enumerate(BANDS, start=1):
                crop.GetRasterBand(number).SetDescription(band)
            crop = None
    return paths


@pytest.fixture
def wanted(untrained, crops, tmp_path):
    """How the crops are mapped."""
    folder, _ = untrained("fcnn")
    template = MapRequest(str(folder), ["any.tif"], "any.tif", confidence="any_confidence.tif")
    table, mosaic = str(tmp_path / "table.csv"), str(tmp_path / "mosaic.tif")
    return ManyImagesRequest(template, crops, str(tmp_path / "maps"), mosaic=mosaic, table=table)


def values(path):
    with gdal_exceptions():
        return gdal.Open(str(path)).ReadAsArray()


def statuses(request):
    with open(request.table, encoding="utf-8", newline="") as file:
        return [row["status"] for row in csv.DictReader(file)]


def test_maps_are_those_of_single_runs(wanted, crops, tmp_path, reporter):
    result = map_images(wanted, reporter)
    assert (result.done, result.done_before) == (3, 0)
    for crop in crops:
        name = Path(crop).stem
        alone, confidence = tmp_path / "alone.tif", tmp_path / "sure.tif"
        map_raster(replace(wanted.map, source1=[crop], output=str(alone), confidence=str(confidence)))
        assert alone.read_bytes() == (tmp_path / "maps" / f"{name}.tif").read_bytes()
        assert confidence.read_bytes() == (tmp_path / "maps" / f"{name}_confidence.tif").read_bytes()
    assert reporter.fractions == sorted(reporter.fractions)


def test_the_mosaic_has_the_first_on_top(wanted, tmp_path):
    map_images(wanted)
    mosaic = values(wanted.mosaic)
    one, two, three = (values(tmp_path / "maps" / f"{name}.tif") for name in ("one", "two", "three"))
    assert mosaic.shape == (SIDE, 240)
    assert (one[:, 60:] != two[:, :20]).any()
    assert np.array_equal(mosaic[:, :SIDE], one)
    assert np.array_equal(mosaic[:, SIDE:140], two[:, 20:])
    assert not mosaic[:, 140:160].any()  # between the images there is no data
    assert np.array_equal(mosaic[:, 160:], three)
    assert read_classes(wanted.mosaic) == read_classes(str(tmp_path / "maps" / "one.tif"))


def test_what_is_done_is_not_done_again(wanted, crops, tmp_path, monkeypatch):
    map_images(wanted)
    made = []
    real = module.map_with
    monkeypatch.setattr(
        module,
        "map_with",
        lambda networks, request, reporter: (made.append(Path(request.output).stem), real(networks, request, reporter))[
            1
        ],
    )
    assert map_images(wanted).done_before == 3 and not made
    with gdal_exceptions():
        changed = gdal.Open(crops[0], gdal.GA_Update)
        changed.WriteArray(np.ones((4, 1, 1), np.uint16))
        changed = None
    (tmp_path / "maps" / "two.tif").unlink()
    (tmp_path / "maps" / "made_from" / "three.tif.json").write_text("damaged")
    assert map_images(wanted).done == 3
    assert made == ["one", "two", "three"]
    map_images(replace(wanted, map=replace(wanted.map, output_type="probabilities"), mosaic=""))
    assert made[3:] == ["one", "two", "three"]


def test_an_image_that_fails_does_not_stop_the_others(wanted, crops, tmp_path, reporter):
    bad = tmp_path / "images" / "bad.tif"
    bad.write_text("no raster")
    request = replace(wanted, images=[crops[0], str(bad), crops[1]])
    with pytest.raises(InputError, match=r"1 of 3 images failed.*bad: .*cannot be (opened|read)"):
        map_images(request, reporter)
    assert statuses(request) == ["done", "failed", "done"]
    assert not Path(request.mosaic).exists()
    assert [warning for warning in reporter.warnings if warning.startswith("bad: ")]
    map_images(replace(request, images=[crops[0], crops[2], crops[1]]))
    assert statuses(request) == ["done before", "done", "done before"]
    assert Path(request.mosaic).is_file()


def test_a_batch_that_is_cancelled_keeps_what_is_finished(wanted, tmp_path, reporter):
    reporter.is_cancelled = (tmp_path / "maps" / "made_from" / "one.tif.json").exists
    with pytest.raises(Cancelled, match="Images done: 1"):
        map_images(wanted, reporter)
    assert sorted(path.name for path in (tmp_path / "maps").glob("*.tif")) == ["one.tif", "one_confidence.tif"]
    assert map_images(wanted).done_before == 1


def test_maps_of_other_grids_are_not_joined(wanted, crops, tmp_path):
    with gdal_exceptions():
        other = str(tmp_path / "images" / "other.tif")
        gdal.Translate(other, crops[1], xRes=20, yRes=20)
    with pytest.raises(InputError, match=r"grids differ.*pixels of 30 × 30.*pixels of 20 × 20"):
        map_images(replace(wanted, images=[crops[0], other]))
    assert (tmp_path / "maps" / "other.tif").is_file() and not Path(wanted.mosaic).exists()


@pytest.mark.parametrize("place", ["a map", "the mosaic", "the table"])
def test_no_image_is_replaced(wanted, crops, place):
    before = Path(crops[0]).read_bytes()
    changes = {"a map": {"folder": str(Path(crops[0]).parent)}, "the mosaic": {"mosaic": crops[0]}}
    with pytest.raises(InputError, match="is an input as well"):
        map_images(replace(wanted, **changes.get(place, {"table": crops[0]})))
    assert Path(crops[0]).read_bytes() == before


def test_a_missing_model_is_told_at_once(wanted, tmp_path):
    with pytest.raises(InputError, match="is not a model"):
        map_images(replace(wanted, map=replace(wanted.map, model=str(tmp_path))))
    assert not Path(wanted.table).exists()


@pytest.fixture
def server(tmp_path):
    """The address of a server of the test's folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_stac_items_of_a_server(wanted, crops, tmp_path, server):
    features = []
    with gdal_exceptions():
        for number, crop in enumerate(crops):
            assets = {}
            for band, name in enumerate(BANDS, start=1):
                path = tmp_path / "images" / f"{number}_{name}.tif"
                single = gdal.Translate(str(path), crop, bandList=[band])
                single.GetRasterBand(1).SetDescription(name)
                single = None
                assets[f"B{band}"] = {
                    "href": f"images/{path.name}",
                    "bands": [{"name": f"B{band}", "eo:common_name": name}],
                }
            features.append(
                {
                    "type": "Feature",
                    "stac_version": "1.1.0",
                    "id": Path(crop).stem,
                    "geometry": None,
                    "properties": {"datetime": "2024-05-01T00:00:00Z"},
                    "links": [],
                    "assets": assets,
                }
            )
    (tmp_path / "items.json").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    map_images(wanted)
    remote = replace(wanted, images=[f"{server}/items.json"], folder=str(tmp_path / "remote"))
    assert map_images(remote).done == 3
    for name in ("one", "two", "three"):
        assert np.array_equal(values(tmp_path / "remote" / f"{name}.tif"), values(tmp_path / "maps" / f"{name}.tif"))
    with open(remote.table, encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["image"].startswith(f"/vsicurl/{server}/images/0_blue.tif; ")


def test_a_stac_collection_of_a_server(untrained, tmp_path, server):
    """Twenty items in a collection within a catalog, and one that lacks what the model needs."""
    folder, _ = untrained("fcnn")
    crops, stac = tmp_path / "crops", tmp_path / "stac"
    crops.mkdir()
    names = [f"item_{number:02}" for number in range(20)]
    write_collection(stac, [*names, "poor"])
    with gdal_exceptions():
        for number, name in enumerate(names):
            options = {"srcWin": [300 + 32 * number, 400, 32, 32], "bandList": [1, 2, 3, 4]}
            crop = gdal.Translate(str(crops / f"{name}.tif"), str(DEMO), **options)
            for band, description in enumerate(BANDS, start=1):
                crop.GetRasterBand(band).SetDescription(description)
            crop = None
            shutil.copy(crops / f"{name}.tif", stac / "of_may" / name)
    template = MapRequest(str(folder), ["any.tif"], "any.tif")
    local = ManyImagesRequest(template, [str(crops / "*.tif")], str(tmp_path / "local"))
    assert map_images(local).done == 20

    table = str(tmp_path / "table.csv")
    remote = ManyImagesRequest(template, [f"{server}/stac/catalog.json"], str(tmp_path / "remote"), table=table)
    with pytest.raises(InputError, match=r"1 of 21 images.*poor: .*Expected: blue, green, red, nir\. Received: sc"):
        map_images(remote)
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["image"] == f"/vsicurl/{server}/stac/of_may/item_00/item_00.tif"
    assert [row["status"] for row in rows] == ["done"] * 20 + ["failed"]
    for name in names:
        maps = [(tmp_path / place / f"{name}.tif").read_bytes() for place in ("local", "remote")]
        assert maps[0] == maps[1]


def write_collection(folder, names):
    """Write a catalog of a collection of items; each has an asset of all bands, but the last one, which has another."""
    when = datetime(2024, 5, 1, tzinfo=timezone.utc)
    extent = pystac.Extent(pystac.SpatialExtent([[-180, -90, 180, 90]]), pystac.TemporalExtent([[when, None]]))
    catalog, collection = pystac.Catalog("all", "all"), pystac.Collection("of_may", "of May", extent)
    catalog.add_child(collection)
    collection.add_asset("overview", pystac.Asset("overview.tif"))
    for name in names:
        item = pystac.Item(name, None, None, when, {})
        bands = BANDS if name != names[-1] else ("mask",)
        item.add_asset("scene", pystac.Asset(f"{name}.tif", extra_fields={"bands": [{"name": each} for each in bands]}))
        collection.add_item(item)
    catalog.normalize_and_save(str(folder), pystac.CatalogType.SELF_CONTAINED)
