"""The layout of records, by which batches are decoded at once."""

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.record_layout import RecordLayout
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.datasets.tfrecords import TFRecords

TYPES = {
    "a": "float64",
    "b": "int32",
    "c": "uint32",
    "d": "int8",
    "e": "int64",
    "f": "uint64",
    "g": "float32",
    "h": "uint8",
    "i": "float16",
}
SHAPES = {name: shape for name, shape in zip(TYPES, [(3,), (4, 4, 1), (1, 1, 1), (2, 2), (5,), (1,), (), (7,), (2, 1)])}


@pytest.fixture
def samples():
    """Samples of all types that patches have, and of several ranks."""
    random = np.random.default_rng(0)
    return [
        {name: np.asarray(random.normal(size=SHAPES[name]) * 100).astype(kind) for name, kind in TYPES.items()}
        for _ in range(11)
    ]


def write(path, samples, order=None):
    """Write samples into one file, their tensors in a certain order; gives the folder as `TFRecords`."""
    with RecordsWriter(path, 1) as writer:
        writer.describe(TYPES, SHAPES)
        for sample in samples:
            writer.write(0, {name: sample[name] for name in order or sample})
    return TFRecords(path)


def of_tensorflow(sample):
    """A record of values that lie in fields of their type, not in bytes, as `tf.make_tensor_proto` writes a few."""
    features = {
        name: tf.train.Feature(
            bytes_list=tf.train.BytesList(
                value=[tf.make_tensor_proto(values.tolist(), values.dtype, values.shape).SerializeToString()]
            )
        )
        for name, values in sample.items()
    }
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


def check(records, samples, batch_size=4, **options):
    """Compare batches with samples."""
    batches = list(records.read(batch_size, ["h"], **options))
    for name, kind in TYPES.items():
        found = np.concatenate([(targets if name == "h" else inputs)[name].numpy() for inputs, targets in batches])
        np.testing.assert_array_equal(found, np.stack([sample[name] for sample in samples]))
        assert found.dtype == kind


def decoded_at_once(records):
    """Whether all records of a folder have the layout."""
    layout = RecordLayout(records.output_types, records.output_shapes)
    return bool(layout.fits(next(iter(records.raw().batch(1000)))))


@pytest.mark.parametrize("batch_size", [1, 4, 20])
def test_batches_are_decoded_at_once(tmp_path, samples, batch_size):
    records = write(tmp_path / "r", samples)
    assert decoded_at_once(records)
    check(records, samples, batch_size)


def test_a_record_of_another_layout_is_decoded_as_well(tmp_path, samples):
    records = write(tmp_path / "r", samples, order=sorted(TYPES, reverse=True))
    assert not decoded_at_once(records)
    check(records, samples)


def test_records_that_tensorflow_wrote_otherwise_are_decoded_as_well(tmp_path, samples):
    records = write(tmp_path / "r", samples[:5])
    with tf.io.TFRecordWriter(str(tmp_path / "r" / "1.records")) as writer:
        for sample in samples[5:]:
            writer.write(of_tensorflow(sample))
    records = TFRecords(tmp_path / "r")
    assert not decoded_at_once(records)
    check(records, samples)  # the second batch has records of both layouts


def test_a_record_of_as_many_bytes_but_another_shape_is_not_taken_for_one(tmp_path, samples):
    records = write(tmp_path / "r", samples)
    with RecordsWriter(tmp_path / "other", 1) as writer:
        writer.describe(TYPES, SHAPES)
        for sample in samples:
            writer.write(0, {**sample, "i": sample["i"].reshape(1, 2)})
    other = TFRecords(tmp_path / "other")
    assert {len(record.numpy()) for record in other.raw()} == {len(record.numpy()) for record in records.raw()}
    assert not decoded_at_once(other)
    with pytest.raises(tf.errors.InvalidArgumentError, match="not compatible with expected shape"):
        list(other.read(4, []))


def test_specs_of_batches_are_known(tmp_path, samples):
    records = write(tmp_path / "r", samples)
    (inputs, targets), whole = (
        records.read(4, ["h"]).element_spec,
        records.batches(records.raw(), 4, [], drop_remainder=True).element_spec[0],
    )
    assert (inputs["b"].shape.as_list(), inputs["g"].shape.as_list()) == ([None, 4, 4, 1], [None])
    assert (targets["h"].shape.as_list(), targets["h"].dtype) == ([None, 7], tf.uint8)
    assert whole["b"].shape.as_list() == [4, 4, 4, 1]


@pytest.mark.parametrize(
    ("types", "shapes"),
    [
        ({"x": "string"}, {"x": [1]}),
        ({"x": "bool"}, {"x": [1]}),
        ({"x": "bfloat16"}, {"x": [1]}),
        ({"x": "uint8"}, {"x": [None, 3]}),
        ({"x": "uint8"}, {"x": [0, 3]}),
    ],
)
def test_tensors_that_are_decoded_one_by_one(types, shapes):
    assert RecordLayout.of(types, shapes) is None


def test_samples_of_several_sizes_are_read_one_by_one(tmp_path):
    with RecordsWriter(tmp_path / "r", 1) as writer:
        writer.describe({"x": "uint8"}, {"x": (None, 1)})
        for size in (2, 2, 5, 5):
            writer.write(0, {"x": np.full((size, 1), size, np.uint8)})
    text = (tmp_path / "r" / "output_shapes.json").read_text()
    (tmp_path / "r" / "output_shapes.json").write_text(text.replace("null", "null, null", 1))
    sizes = [inputs["x"].shape.as_list() for inputs, _ in TFRecords(tmp_path / "r").read(2, [])]
    assert sizes == [[2, 2, 1], [2, 5, 1]]
