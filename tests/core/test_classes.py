"""Classes, their indices and their values in maps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodl_plugin.classes import ClassMap
from geodl_plugin.errors import InputError

values_32 = st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=30, unique=True)


def test_integers_keep_their_value():
    assert ClassMap.from_values([30, 10, 20, 10]).values == [10, 20, 30]


def test_names_count_from_one_in_alphabetical_order():
    classes = ClassMap.from_values(["water", "field", "forest"])
    assert list(zip(classes.names, classes.values)) == [("field", 1), ("forest", 2), ("water", 3)]


def test_names_of_any_letters():
    assert set(ClassMap.from_values(["вода", "森林", "ñandú"]).names) == {"вода", "森林", "ñandú"}


def test_classes_come_back_from_json():
    classes = ClassMap.from_values([0, 7, -3])
    assert ClassMap.from_json(classes.to_json()) == classes


def test_an_index_is_found_by_value_and_by_name():
    classes = ClassMap.from_values(["a", "b"])
    assert (classes.index("b"), classes.index(2), classes.index("2"), classes.index(0)) == (1, 1, None, None)


@given(values_32)
def test_a_class_map_holds_each_value_and_a_no_data_value_of_its_own(values):
    classes = ClassMap.from_values(values)
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
    classes = ClassMap.from_values(values)
    assert (classes.map_dtype, classes.nodata) == (np.dtype(dtype), nodata)


@pytest.mark.parametrize("values", [[1, 2**40], [-1, 2**31], [-(2**31) - 1, 1]])
def test_values_beyond_32_bits_are_refused(values):
    with pytest.raises(InputError, match=str(max(values, key=abs))):
        _ = ClassMap.from_values(values).map_dtype


@pytest.mark.parametrize(
    ("count", "unlabelled", "dtype"), [(2, 255, "uint8"), (255, 255, "uint8"), (256, 65535, "uint16")]
)
def test_the_unlabelled_index_is_no_class(count, unlabelled, dtype):
    classes = ClassMap.from_values(range(count))
    assert (classes.unlabelled, classes.label_dtype) == (unlabelled, np.dtype(dtype))
    assert unlabelled >= count


def test_neighbouring_classes_differ_in_colour():
    colors = [one.color for one in ClassMap.from_values(range(40)).classes]
    assert all(one != other for one, other in zip(colors, colors[1:]))
