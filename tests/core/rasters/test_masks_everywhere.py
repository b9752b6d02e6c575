"""Mask bands and alpha, seen by all that reads rasters."""

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.jobs.class_statistics import ClassStatistics
from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
from geodl_plugin.jobs.extract_patches import ExtractPatches
from geodl_plugin.jobs.sample_grid import SampleGrid
from geodl_plugin.jobs.sample_vector import SampleVector
from geodl_plugin.labels.label_raster import ValueRaster, read_label_raster
from geodl_plugin.rasters.grid import Window
from geodl_plugin.rasters.raster import Source
from geodl_plugin.rasters.resampling import resampled

SIDE = 64


@pytest.fixture(params=["YES", "NO"])
def masked(request, make_raster):
    """A raster whose mask, in the file or beside it, hides a part."""

    def make(values, name="masked.tif", hidden=(slice(0, 20), slice(0, 20)), **options):
        path = make_raster(values, name=name, **options)
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", request.param)
        ds = gdal.Open(path, gdal.GA_Update)
        ds.CreateMaskBand(gdal.GMF_PER_DATASET)
        mask = np.full(values.shape[:2], 255, np.uint8)
        mask[hidden] = 0
        ds.GetRasterBand(1).GetMaskBand().WriteArray(mask)
        ds = None
        gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
        return path

    return make


def image(dtype=np.uint8, bands=3):
    return np.random.default_rng(0).integers(0, 200, (SIDE, SIDE, bands)).astype(dtype)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.uint32, np.int32, np.float32, np.float64])
def test_source(masked, dtype):
    values = image(dtype)
    s = Source("x", [masked(values)])
    got = s.read(s.grid.window)
    expected = np.zeros((SIDE, SIDE), bool)
    expected[:20, :20] = True
    assert s.may_have_missing_values
    np.testing.assert_array_equal(s.is_nodata(got), expected)
    np.testing.assert_array_equal(s.missing(got).all(-1), expected)
    np.testing.assert_array_equal(got[~expected], values[~expected])


def test_stack(masked, make_raster):
    s = Source("x", [masked(image()), make_raster(image(np.uint16), name="b.tif")])
    got = s.read(s.grid.window)
    m = s.missing(got)
    assert m[:20, :20, :3].all() and not m[..., 3:].any() and not s.is_nodata(got).any()


def test_msk_in_fingerprint(masked):
    path = masked(image())
    s = Source("x", [path])
    assert not Path(path + ".msk").exists() or path + ".msk" in s.all_files


def test_through_vrt(masked, tmp_path):
    gdal.BuildVRT(str(tmp_path / "v.vrt"), [masked(image())]).FlushCache()
    s = Source("x", [str(tmp_path / "v.vrt")])
    assert s.is_nodata(s.read(s.grid.window))[:20, :20].all()


def test_resampled(masked):
    s = Source("x", [masked(image())])
    r = resampled(s, s.grid.sub(Window(5, 5, 40, 40)), "bilinear")
    m = r.is_nodata(r.read(r.grid.window))
    assert m[:14, :14].all() and not m[16:, 16:].any()


def labels():
    values = np.ones((SIDE, SIDE), np.uint8)
    values[:, 32:] = 2
    return values


def test_label_raster(masked, reporter):
    path = masked(labels(), name="labels.tif")
    classes, read = read_label_raster(path, Source("x", [path]).grid, reporter)
    found = read(Window(0, 0, SIDE, SIDE))
    assert classes.names == ["1", "2"]
    assert (found[:20, :20] == classes.unlabelled).all() and (found[20:] != classes.unlabelled).all()


def test_label_raster_on_another_grid(masked, make_raster, reporter):
    path = masked(labels(), name="labels.tif")
    other = Source("x", [make_raster(image()[:20, :20], transform=(500020.0, 20.0, 0.0, 3999980.0, 0.0, -20.0))])
    classes, read = read_label_raster(path, other.grid, reporter)
    found = read(Window(0, 0, 20, 20))
    assert (found[:8, :8] == classes.unlabelled).all() and (found[10:, 10:] != classes.unlabelled).all()


def test_class_statistics(masked, reporter):
    path = masked(labels(), name="labels.tif")
    assert ClassStatistics(path, input_raster=path).run(reporter)["pixels"] == SIDE * SIDE - 400


def test_value_raster(masked):
    path = masked(image(bands=1))
    v = ValueRaster(path, Source("x", [path]).grid).read(Window(0, 0, SIDE, SIDE))
    assert np.isnan(v[:20, :20]).all() and not np.isnan(v[20:]).any()


def test_mask_raster_of_samplegrid(masked, make_raster, reporter, tmp_path):
    im = make_raster(image(), name="im.tif")
    mask = masked(np.ones((SIDE, SIDE), np.uint8), name="wanted.tif", hidden=(slice(0, 32), slice(None)))
    every, some = (
        SampleGrid(source1=[im], output=str(tmp_path / f"{bool(chosen)}.gpkg"), patch_size=8, mask_raster=chosen).run(
            reporter
        )
        for chosen in ("", mask)
    )
    assert sum(some["counts"].values()) == sum(every["counts"].values()) / 2


def polygons(make_vector, box):
    return make_vector([(box(0, 0, 32, 64), "a"), (box(32, 0, 32, 64), "b")])


def sample(source, vector, tmp_path, reporter, **options):
    return SampleVector(
        source1=[source],
        input=vector,
        class_field="class",
        patch_size=8,
        count=60,
        split="none",
        output=str(tmp_path / "p.gpkg"),
        **options,
    ).run(reporter)


def test_reject_nodata(masked, make_vector, box, reporter, tmp_path):
    found = sample(masked(image()), polygons(make_vector, box), tmp_path, reporter, reject_nodata=True)
    assert sum(found["count_nodata"].values()) == 24**2 - 20**2  # those without data are no candidates at all


def test_extract_patches(masked, make_vector, reporter, tmp_path):
    points = make_vector([("POINT(500100 3999900)", 1), ("POINT(500400 3999600)", 2)], name="pts.gpkg")
    ExtractPatches(source1=[masked(image())], positions=points, patch_size=8, output=str(tmp_path / "o.tif")).run(
        reporter
    )
    s = Source("x", [str(tmp_path / "o.tif")])
    got = s.is_nodata(s.read(s.grid.window))
    assert got[:8].all() != got[8:].all()


def test_export(masked, make_vector, box, reporter, tmp_path):
    path, vector = masked(image()), polygons(make_vector, box)
    points = sample(path, vector, tmp_path, reporter)
    ExportTFRecords(
        source1=[path],
        positions=points["output"],
        patch_size=8,
        label_mode="polygons",
        labels_vector=vector,
        class_field="class",
        output=str(tmp_path / "d"),
    ).run(reporter)
    source = json.loads((tmp_path / "d" / "dataset.json").read_text())["sources"][0]
    assert max(source["statistics"]["maximum"]) < 200 and min(source["statistics"]["minimum"]) >= 0, source
    seen = 0
    for x, y in TFRecords(str(tmp_path / "d" / "train")).read(batch_size=1, target_keys=["labels"]):
        values, wanted = x["source1"].numpy()[0], y["labels"].numpy()[0]
        hidden = ~np.isfinite(values).all(-1)
        seen += hidden.sum()
        assert (wanted[hidden].ravel() == 255).all()
    assert seen > 0


@pytest.mark.parametrize("colour", [0, 255])
def test_alpha(tmp_path, colour):
    path = str(tmp_path / "rgba.tif")
    out = gdal.GetDriverByName("GTiff").Create(path, SIDE, SIDE, 4, gdal.GDT_Byte, ["PHOTOMETRIC=RGB", "ALPHA=YES"])
    values = np.concatenate([image().clip(1), np.full((SIDE, SIDE, 1), 255, np.uint8)], axis=-1)
    values[:20, :20] = (colour, colour, colour, 0)
    for b in range(4):
        out.GetRasterBand(b + 1).WriteArray(values[..., b])
    out = None
    s = Source("x", [path])
    m = s.is_nodata(s.read(s.grid.window))
    assert s.bands == 4 and m[:20, :20].all() and not m[20:].any()
