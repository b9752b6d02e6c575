"""Patches as pictures."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from geodl_plugin.datasets.description import SourceInfo
from geodl_plugin.datasets.image_colors import Stretch, shown_bands
from geodl_plugin.labels.classes import ClassList
from geodl_plugin.reports.pictures import class_colors, picture, ramp, scale_colors

GREY = (0xC9, 0xD0, 0xD6)


@pytest.mark.parametrize(
    ("names", "bands"),
    [
        (["B1 blue", "B2 green", "B3 red", "B4 nir"], [2, 1, 0]),
        (["Red", "Green", "Blue"], [0, 1, 2]),
        (["infrared", "redshift", "coastal", "x"], [0, 1, 2]),
        (["rededge_1", "red_2", "green_3", "blue_4"], [1, 2, 3]),
        (["VV", "VH"], [0, 0, 0]),
        (["height"], [0, 0, 0]),
    ],
)
def test_bands_are_chosen_by_their_names(names, bands):
    assert shown_bands(names) == bands


@pytest.fixture
def source():
    """One band whose no-data value is −1."""
    return SourceInfo("source1", ["grey"], "float32", 10, [-1.0], {})


def test_outliers_do_not_darken_an_image(source):
    image = np.linspace(0, 100, 100, dtype=np.float32).reshape(10, 10, 1)
    image[0, 0] = 1e6
    shown = Stretch(source, [image])(image)
    assert shown.dtype == np.uint8
    assert shown[9, 9].tolist() == [255] * 3
    assert 100 < shown[5, 0, 0] < 200


def test_no_data_is_grey_and_does_not_count(source):
    image = np.linspace(50, 60, 100, dtype=np.float32).reshape(10, 10, 1)
    image[:, :4], image[0, 9] = -1, np.nan
    shown = Stretch(source, [image])(image)
    assert tuple(shown[3, 1]) == tuple(shown[0, 9]) == GREY
    assert shown[0, 4, 0] == 0


def test_all_images_share_one_stretch(source):
    dark, bright = (np.full((10, 10, 1), value, np.float32) for value in (10, 90))
    stretch = Stretch(source, [dark, bright])
    assert (stretch(dark).max(), stretch(bright).min()) == (0, 255)


@pytest.mark.parametrize("value", [5, -1])
def test_an_image_of_one_value_can_be_shown(source, value):
    image = np.full((10, 10, 1), value, np.float32)
    assert Stretch(source, [image])(image).shape == (10, 10, 3)


def test_classes_have_their_colors():
    classes = ClassList.from_values(["field", "forest"])
    shown = class_colors(np.array([[0, 1, 2]]), classes)
    assert "#" + bytes(shown[0, 1]).hex() == classes.classes[1].color
    assert tuple(shown[0, 2]) == GREY
    assert tuple(class_colors(np.array([[1]]), classes, np.array([[False]]))[0, 0]) == GREY


def test_scales_end_at_their_ends():
    shown = scale_colors(np.array([[-5.0, 0, 10, 15, np.nan]]), "gray", 0, 10, np.array([[True] * 4 + [False]]))
    assert shown[0, :4, 0].tolist() == [0, 0, 255, 255]
    assert tuple(shown[0, 4]) == GREY
    assert scale_colors(np.array([[3.0]]), "gray", 3, 3).shape == (1, 1, 3)


def decoded(uri):
    """Kind and pixels of a data URI."""
    start, _, content = uri.partition(";base64,")
    return start, np.asarray(Image.open(io.BytesIO(base64.b64decode(content))))


def test_small_pictures_keep_every_pixel():
    colors = np.random.default_rng(0).integers(0, 255, (64, 64, 3)).astype(np.uint8)
    kind, pixels = decoded(picture(colors))
    assert kind == "data:image/png"
    np.testing.assert_array_equal(pixels, colors)


def test_large_pictures_are_made_small():
    colors = np.random.default_rng(0).integers(0, 255, (512, 512, 3)).astype(np.uint8)
    uri = picture(colors)
    kind, pixels = decoded(uri)
    assert (kind, pixels.shape) == ("data:image/jpeg", (128, 128, 3))
    assert len(uri) < 60_000


def test_large_pictures_of_classes_keep_their_colors():
    colors = np.zeros((300, 300, 3), np.uint8)
    colors[:, 150:] = 200
    kind, pixels = decoded(picture(colors))
    assert (kind, pixels.shape) == ("data:image/png", (100, 100, 3))
    assert set(np.unique(pixels)) == {0, 200}


def test_a_ramp_goes_from_end_to_end():
    assert ramp("gray").startswith("linear-gradient(to right, rgb(0, 0, 0), ")
    assert ramp("gray").endswith("rgb(255, 255, 255))")
