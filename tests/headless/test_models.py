"""The graphical models that ship with the plugin, as a user runs them."""

import json

import numpy as np
from osgeo import gdal, ogr

SUMS = {1: "field", 2: "forest", 3: "water"}


def features(path):
    """The fields of all features of a layer."""
    dataset = ogr.Open(str(path))
    return [feature.items() for feature in dataset.GetLayer()]


def test_where_to_label_next(qgis, model, session_scene, tmp_path):
    found = qgis.run(
        "geodl:map_and_where_to_label_next",
        model=model,
        image=session_scene["image"],
        labels=session_scene["polygons"],
        count=5,
        **{"applymodel:Map": tmp_path / "map.tif", "suggestpositions:Places to label": tmp_path / "places.gpkg"},
    )
    rows = features(found["suggestpositions:Places to label"])
    assert len(rows) == 5
    assert {row["mapped"] for row in rows} <= {"field", "forest", "water"}
    assert (tmp_path / "places.qml").is_file()


def test_a_map_and_a_sample_to_judge_it(qgis, model, session_scene, tmp_path):
    found = qgis.run(
        "geodl:map_and_sample_to_judge_it",
        model=model,
        image=session_scene["image"],
        standard_error=0.05,
        **{"applymodel:Map": tmp_path / "map.tif", "samplemap:Sample to label": tmp_path / "sample.gpkg"},
    )
    sample = found["samplemap:Sample to label"]
    truth = session_scene["classes"] + 1
    dataset = ogr.Open(sample, 1)
    layer = dataset.GetLayer()
    layer.StartTransaction()
    for feature in layer:
        point = feature.GetGeometryRef()
        feature["reference"] = int(truth[int((4000000 - point.GetY()) // 10), int((point.GetX() - 500000) // 10)])
        layer.SetFeature(feature)
    layer.CommitTransaction()
    dataset = layer = None
    scored = qgis.run("geodl:evaluatemap", MAP=tmp_path / "map.tif", REFERENCE=sample)
    mapped = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    assert abs(scored["ADJUSTED_ACCURACY"] - (mapped == truth).mean()) < 0.1
    assert scored["UNLABELLED_POINTS"] == 0


def test_change_between_two_dates(qgis, model, session_scene, write_raster, tmp_path):
    image = gdal.Open(session_scene["image"]).ReadAsArray().transpose(1, 2, 0)
    later = write_raster(tmp_path, image[::-1, ::-1], name="later.tif", band_names=("blue", "green", "red", "nir"))
    qgis.run(
        "geodl:change_between_two_dates",
        model=model,
        image1=session_scene["image"],
        image2=later,
        **{
            "applymodel1:Map of the first date": tmp_path / "first.tif",
            "applymodel2:Map of the second date": tmp_path / "second.tif",
            "change:Change": tmp_path / "change.tif",
            "table:From-to table": tmp_path / "table.gpkg",
        },
    )
    first, second, change = (
        gdal.Open(str(tmp_path / f"{name}.tif")).ReadAsArray() for name in ("first", "second", "change")
    )
    np.testing.assert_array_equal(change, 1000 * first.astype(int) + second)
    pairs, counts = np.unique(change, return_counts=True)
    rows = {row["change"]: row for row in features(tmp_path / "table.gpkg")}
    assert {value: row["pixels"] for value, row in rows.items()} == dict(zip(pairs.tolist(), counts.tolist()))
    for value, row in rows.items():
        assert (row["from"], row["to"]) == (SUMS[value // 1000], SUMS[value % 1000])
        assert row["changed"] == (value // 1000 != value % 1000)
        assert round(row["hectares"] * 100) == row["pixels"]


def test_values_from_a_raster(qgis, session_scene, write_raster, tmp_path):
    values = write_raster(tmp_path, session_scene["classes"].astype(np.float32) * 10, name="values.tif")
    qgis.run(
        "geodl:map_values_from_a_raster",
        image=session_scene["image"],
        values=values,
        patch_size=16,
        epochs=1,
        **{"applymodel:Map": tmp_path / "map.tif", "trainmodel:Model": tmp_path / "model"},
    )
    mapped = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    assert mapped.dtype == np.float32 and 0 <= np.nanmin(mapped) <= np.nanmax(mapped) <= 20
    assert json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))
