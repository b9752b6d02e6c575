"""Inputs that are no images."""

import numpy as np
import pytest

from geodl_plugin.errors import InputError
from geodl_plugin.inference.user_inputs import parse_user_inputs
from geodl_plugin.models.loading import ModelTensor


@pytest.mark.parametrize(
    ("text", "dtype", "shape", "expected"),
    [
        ("k=2.5", "float32", (None,), [2.5]),
        ("k = 2", "int64", (None,), [2]),
        ("k=2", "float32", (), 2),
        ("k=-1e-3", "float32", (None, 1), [[-0.001]]),
        ("k=true", "bool", (None,), [True]),
        ("k=False", "bool", (), False),
        ("k=(1.2, 4)", "float32", (None,), [1.2, 4]),
        ("k=(1.2, 4)", "float32", (None, 2), [[1.2, 4]]),
        ("k=(3,)", "int32", (1,), [3]),
    ],
)
def test_values_are_read_as_otbtf_writes_them(text, dtype, shape, expected):
    found = parse_user_inputs([text], [ModelTensor("k", dtype, shape)])["k"]
    np.testing.assert_array_equal(found, np.array(expected, dtype))
    assert (found.dtype, found.shape) == (np.dtype(dtype), np.shape(expected))


@pytest.mark.parametrize(
    ("text", "dtype", "shape"),
    [
        ("k=2.5", "int32", (None,)),
        ("k=two", "float32", (None,)),
        ("k=", "float32", (None,)),
        ("k=(1, 2)", "float32", ()),
        ("k=(1, 2)", "float32", (None, 3)),
        ("k=300", "uint8", (None,)),
        ("k=2", "bool", (None,)),
    ],
)
def test_values_that_do_not_fit_are_refused(text, dtype, shape):
    with pytest.raises(InputError, match="Invalid value of the user input k"):
        parse_user_inputs([text], [ModelTensor("k", dtype, shape)])


@pytest.mark.parametrize("texts", [[], ["k=1", "other=2"], ["other=2"]])
def test_each_input_gets_one_value(texts):
    with pytest.raises(InputError, match=r"k=… \(float32 \[any\]\)"):
        parse_user_inputs(texts, [ModelTensor("k", "float32", (None,))])


def test_a_value_without_name_is_refused():
    with pytest.raises(InputError, match=r"name=value.*Received: 2"):
        parse_user_inputs(["2"], [ModelTensor("k", "float32", (None,))])
