"""Sampling as a library: requests in, typed results out, no job and no reporter needed."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import ogr

from geodl_plugin import sampling
from geodl_plugin.errors import InputError


def features(path):
    """The number of features in a file."""
    dataset = ogr.Open(path)
    return dataset.GetLayer(0).GetFeatureCount()


def test_positions_in_polygons(scene, tmp_path):
    request = sampling.SampleVectorRequest(
        [scene["image"]], scene["polygons"], str(tmp_path / "p.gpkg"), class_field="class", patch_size=16, count=60
    )
    found = sampling.sample_vector(request)
    assert isinstance(found, sampling.SampleVectorResult)
    assert sum(found.counts.values()) == features(found.output) > 0
    assert (found.count_overlap, found.count_nodata) == (0, {"source1": 0})


def test_positions_on_a_label_raster(scene, tmp_path):
    request = sampling.SampleLabelRasterRequest(
        [scene["image"]], scene["truth"], str(tmp_path / "p.gpkg"), patch_size=16, count=60
    )
    found = sampling.sample_label_raster(request)
    assert sum(found.counts.values()) == features(found.output) > 0


def test_positions_on_a_grid(scene, tmp_path):
    request = sampling.SampleGridRequest([scene["image"]], str(tmp_path / "p.gpkg"), patch_size=16, strategy="all")
    found = sampling.sample_grid(request)
    assert found.counts == {"train": (203 // 16) * (157 // 16), "valid": 0, "test": 0}
    assert features(found.output) == found.counts["train"]


def test_an_output_that_is_an_input_is_refused(scene, tmp_path):
    request = sampling.SampleGridRequest([scene["image"]], scene["image"])
    with pytest.raises(InputError, match="is an input as well"):
        sampling.sample_grid(request)


def test_classes_are_counted_with_their_areas(scene, reporter):
    request = sampling.ClassStatisticsRequest(scene["image"], scene["polygons"], "class")
    found = sampling.class_statistics(request, reporter)
    assert found.classes.names == ["field", "forest", "water"]
    assert (found.features.tolist(), found.pixels.tolist()) == ([6, 5, 5], [6048, 5040, 5040])
    np.testing.assert_allclose(found.hectares, found.pixels / 100, rtol=0.01)
    assert found.labelled_share == pytest.approx(16128 / (203 * 157))
    assert reporter.messages == [found.as_text()]


def test_public_names_are_functions_whatever_was_imported_before():
    program = (
        "import sys, json; import geodl_plugin.sampling.sample_grid; from geodl_plugin import sampling;"
        "print(json.dumps([[name for name in sampling.__all__ if not callable(getattr(sampling, name))],"
        "sorted({'tensorflow', 'keras'} & set(sys.modules))]))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == [[], []]
