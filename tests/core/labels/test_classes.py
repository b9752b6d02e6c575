"""Classes, their indices and their values in maps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import Class, ClassList

values_32 = st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=30, unique=True)


def test_integers_keep_their_value():
    assert ClassList.from_values([30, 10, 20, 10]).values == [10, 20, 30]


def test_names_count_from_one_in_alphabetical_order():
    classes = ClassList.from_values(["water", "field", "forest"])
    assert list(zip(classes.names, classes.values)) == [("field", 1), ("forest", 2), ("water", 3)]


def test_names_of_any_letters():
    assert set(ClassList.from_values(["вода", "森林", "ñandú"]).names) == {"вода", "森林", "ñandú"}


def test_classes_come_back_from_json():
    classes = ClassList.from_values([0, 7, -3])
    assert ClassList.from_json(classes.to_json()) == classes


def test_an_index_is_found_by_value_and_by_name():
    classes = ClassList.from_values(["a", "b"])
    assert (classes.index("b"), classes.index(2), classes.index("2"), classes.index(0)) == (1, 1, None, None)


@given(values_32)
def test_a_class_map_holds_each_value_and_a_no_data_value_of_its_own(values):
    classes = ClassList.from_values(values)
    assert classes.values_array().tolist() == sorted(values)
    assert np.array(classes.nodata, classes.map_dtype) == classes.nodata
    assert classes.nodata not in values


@pytest.mark.parametrize(
    ("values", "dtype", "nodata"),
    [
        ([1, 255], "uint8", 0),
        ([0, 254], "uint8", 255),
        ([0, 255], "int16", 32767),
        ([-1, 5], "int16", 0),
        ([-1, 0], "int16", 32767),
        ([1, 40000], "uint16", 0),
        ([0, 65535], "int32", 2147483647),
        ([-1, 40000], "int32", 0),
        ([1, 2147483647], "int32", 0),
    ],
)
def test_the_map_has_the_smallest_type_that_fits(values, dtype, nodata):
    classes = ClassList.from_values(values)
    assert (classes.map_dtype, classes.nodata) == (np.dtype(dtype), nodata)


@pytest.mark.parametrize("values", [[1, 2**40], [10**12], [-1, 2**31], [-(2**31) - 1, 1], [0, 2**32 - 1]])
def test_values_that_no_class_map_holds_are_refused_at_once(values):
    with pytest.raises(InputError, match=str(max(values, key=abs))):
        ClassList.from_values(values)


@pytest.mark.parametrize("blank", ["", " ", "\t \n"])
def test_names_of_blanks_are_refused(blank):
    with pytest.raises(InputError, match=r"name that consists of blanks.*Received: '"):
        ClassList.from_values(["field", blank])


def named(**classes):
    """Classes with these names, by their values: ``_2="forest"``."""
    return ClassList(tuple(Class(int(value[1:]), name, "#000000") for value, name in classes.items()))


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"_2": "forest", "_5": "forest", "_7": "water"}, ["forest (2)", "forest (5)", "water"]),
        ({"_2": "forest", "_5": "forest", "_7": "forest (5)"}, ["forest (2)", "forest (5) (5)", "forest (5) (7)"]),
        ({"_1": "", "_2": "  ", "_3": "1"}, ["1 (1)", "2", "1 (3)"]),
    ],
)
def test_names_are_unique(given, names):
    assert named(**given).names == names
    assert ClassList.from_json(named(**given).to_json()).names == names


@given(st.dictionaries(st.integers(0, 9), st.sampled_from(["a", "a (1)", "a (1) (2)", "1", " ", "b"]), min_size=1))
def test_any_names_become_unique_and_stay(names):
    classes = ClassList(tuple(Class(value, name, "#000000") for value, name in names.items()))
    assert len(set(classes.names)) == len(classes) and all(name.strip() for name in classes.names)
    assert ClassList(classes.classes) == classes


def test_the_same_class_is_found_by_its_name_and_where_that_is_not_enough_by_its_value():
    several, one = named(_2="forest", _5="forest", _7="water"), named(_5="forest", _9="water")
    assert [one.index_of(each) for each in several.classes] == [None, 0, 1]
    assert [several.index_of(each) for each in one.classes] == [1, 2]
    assert [several.index_of(each) for each in several.classes] == [0, 1, 2]
    assert named(_3="moor").index_of(one.classes[0]) is None


def test_two_classes_of_one_value_are_refused():
    with pytest.raises(InputError, match=r"Two classes have the same value\. Received: 3"):
        ClassList((Class(3, "a", "#000000"), Class(3, "b", "#000000")))


def test_more_classes_than_labels_can_hold_are_refused():
    assert ClassList.from_values(range(1, 65536)).unlabelled == 65535
    with pytest.raises(InputError, match=r"at most 65535\. Received: 65536"):
        ClassList.from_values(range(1, 65537))


@pytest.mark.parametrize("wrong", [{"value": 1.5}, {"value": True}, {"name": 3}, {"color": "red"}, {"color": None}])
def test_json_of_something_else_is_refused(wrong):
    with pytest.raises(ValueError, match="is not a class"):
        ClassList.from_json([{"value": 1, "name": "a", "color": "#000000", **wrong}])


@pytest.mark.parametrize(
    ("count", "unlabelled", "dtype"), [(2, 255, "uint8"), (255, 255, "uint8"), (256, 65535, "uint16")]
)
def test_the_unlabelled_index_is_no_class(count, unlabelled, dtype):
    classes = ClassList.from_values(range(count))
    assert (classes.unlabelled, classes.label_dtype) == (unlabelled, np.dtype(dtype))
    assert unlabelled >= count


def test_a_user_chooses_colours_by_name_or_value():
    classes = ClassList.from_values(["field", "forest"]).recolored(
        {"forest": "#010203", "1": "#040506", "moor": "#000000"}
    )
    assert [each.color for each in classes.classes] == ["#040506", "#010203"]


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32", None])
def test_indices_of_class_values_are_looked_up(dtype):
    classes = ClassList(tuple(Class(value, str(value), "#000000") for value in (7, 200, 0, 31)))
    values = np.array([[0, 7, 31], [200, 8, 255]], dtype)
    found = classes.index_lookup(None if dtype is None else np.dtype(dtype))(values)
    assert found.tolist() == [[2, 0, 3], [1, 255, 255]]
    assert found.dtype == classes.label_dtype


def test_negative_values_and_nan_are_looked_up():
    classes = ClassList.from_values([-5, 3])
    assert classes.index_lookup(np.dtype(np.int16))(np.array([-5, 3, -1], np.int16)).tolist() == [0, 1, 255]
    assert classes.index_lookup()(np.array([-5, 3, np.nan], np.float32)).tolist() == [0, 1, 255]
