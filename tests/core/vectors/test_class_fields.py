"""Which field holds the classes."""

import pytest
from osgeo import gdal, ogr

from geodl_plugin.errors import InputError
from geodl_plugin.vectors.class_fields import check_classes, class_fields, require_class_field


def layer_of(**fields):
    """A layer in memory with these values by field; its dataset, which must be kept."""
    dataset = gdal.GetDriverByName("Memory").Create("", 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("polygons")
    kinds = {int: ogr.OFTInteger, str: ogr.OFTString, float: ogr.OFTReal}
    for name, values in fields.items():
        layer.CreateField(ogr.FieldDefn(name, kinds[type(values[0])]))
    for values in zip(*fields.values()):
        feature = ogr.Feature(layer.GetLayerDefn())
        for number, value in enumerate(values):
            feature.SetField(number, value)
        layer.CreateFeature(feature)
    return dataset


def test_the_likeliest_fields_come_first_and_identifiers_and_numbers_never():
    dataset = layer_of(
        fid=[1, 2, 3], surveyor=["a", "a", "b"], remark=["x", "y", "z"], LULC=[3, 3, 5], Class_Name=["w", "f", "f"],
        area=[1.0, 1.0, 2.0], FID_1=[4, 4, 4],
    )  # fmt: skip
    assert class_fields(dataset.GetLayer(0)) == ["Class_Name", "LULC", "surveyor"]


def check(dataset, field):
    layer = dataset.GetLayer(0)
    check_classes(layer, field, [feature.GetField(field) for feature in layer], "polygons")


@pytest.mark.parametrize("field", ["fid", "OBJECTID", "name"])
def test_a_field_that_numbers_the_features_is_refused_and_the_others_named(field):
    dataset = layer_of(fid=[1, 2, 3], OBJECTID=[7, 8, 9], name=["x", "y", "z"], lulc=["a", "b", "a"])
    said = rf"{field} of the layer polygons does not name classes.*such as lulc\. Received: 3 different values"
    with pytest.raises(InputError, match=said):
        check(dataset, field)


def test_an_identifier_is_refused_though_there_is_nothing_else():
    with pytest.raises(InputError, match="Make one with the field calculator"):
        check(layer_of(id=[1, 2, 3], height=[1.5, 2.5, 3.5]), "id")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"class": ["a", "b", "c"], "lulc": [1, 1, 2]}, "class"),  # one feature of each class
        ({"id": [1, 1, 2]}, "id"),  # codes in the field that QGIS makes
        ({"kind": ["a", "b", "c"]}, "kind"),  # dissolved by class
        ({"kind": ["a", "b", "c"], "surveyor": ["x", "x", "y"]}, "kind"),
        ({"id": [4], "class": ["a"]}, "id"),
    ],
)
def test_what_may_be_classes_is_accepted(fields, field):
    check(layer_of(**fields), field)


def test_a_field_that_is_missing_is_asked_for():
    dataset = layer_of(fid=[1, 2, 3], lulc=["a", "b", "a"])
    with pytest.raises(InputError, match=r"class field of the layer parcels is missing.*such as lulc\. .*Do so\."):
        require_class_field(dataset.GetLayer(0), "", "parcels", "Do so.")
    require_class_field(dataset.GetLayer(0), "lulc", "parcels")
