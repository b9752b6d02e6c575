"""Folders of TFRecords."""

import dataclasses
import gzip
import json

import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import FILE_NAME, DatasetDescription, SourceInfo, SplitInfo
from geodl_plugin.datasets.record_files import compression_of
from geodl_plugin.datasets.records_writer import RecordsWriter
from geodl_plugin.datasets.streams import DatasetFromPatchesImages
from geodl_plugin.datasets.tfrecords import TFRecords
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import ClassList

DTYPES = ["uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"]


@pytest.fixture
def folder(tmp_path):
    """Write samples of a 2 × 2 image with its number and a label; gives the folder."""

    def write(count=10, shards=3, dtype="uint16", compression="none"):
        path = tmp_path / "train"
        with RecordsWriter(path, shards, compression=compression) as writer:
            writer.describe({"image": dtype, "labels": "uint8"}, {"image": (2, 2, 1), "labels": (1, 1, 1)})
            for number in range(count):
                image = np.full((2, 2, 1), number, dtype)
                writer.write(number % shards, {"image": image, "labels": np.full((1, 1, 1), number, np.uint8)})
        return path

    return write


def numbers(data):
    """The numbers of all samples, in their order."""
    return [int(number) for images, _ in data for number in images["image"][:, 0, 0, 0]]


@pytest.mark.parametrize("dtype", DTYPES)
def test_samples_come_back(folder, dtype):
    data = TFRecords(folder(dtype=dtype)).read(4, ["labels"])
    assert sorted(numbers(data)) == list(range(10))
    assert data.element_spec[0]["image"].dtype.name == dtype


def test_inputs_and_targets_stay_together(folder):
    for images, targets in TFRecords(folder()).read(4, ["labels"], shuffle_buffer_size=10, seed=1):
        np.testing.assert_array_equal(images["image"][:, 0, 0, 0], targets["labels"][:, 0, 0, 0])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(3, 4, 2), (1, 1, 1), (5,)])
def test_tensorflow_reads_what_is_written(tmp_path, dtype, shape):
    values = np.arange(np.prod(shape)).reshape(shape).astype(dtype)
    with RecordsWriter(tmp_path / "r", 1) as writer:
        writer.write(0, {"image": values})
    (record,) = tf.data.TFRecordDataset(str(tmp_path / "r" / "0.records"))
    content = tf.io.parse_single_example(record, {"image": tf.io.FixedLenFeature([], tf.string)})["image"]
    np.testing.assert_array_equal(tf.io.parse_tensor(content, dtype), values)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_bytes_are_those_of_tensorflow(tmp_path, dtype):
    values = np.arange(24).reshape(3, 4, 2).astype(dtype)
    with RecordsWriter(tmp_path / "r", 1) as writer:
        writer.write(0, {"image": values})
    (record,) = tf.data.TFRecordDataset(str(tmp_path / "r" / "0.records"))
    content = tf.io.parse_single_example(record, {"image": tf.io.FixedLenFeature([], tf.string)})["image"]
    assert content.numpy() == tf.io.serialize_tensor(values).numpy()


def test_values_that_are_a_view_of_a_larger_array(tmp_path):
    values = np.arange(100, dtype=np.uint16).reshape(10, 10, 1)[2:5, 3:7]
    with RecordsWriter(tmp_path / "r", 1) as writer:
        writer.describe({"image": "uint16"}, {"image": (3, 4, 1)})
        writer.write(0, {"image": values})
    ((images, _),) = TFRecords(tmp_path / "r").read(1, [])
    np.testing.assert_array_equal(images["image"][0], values)


def test_the_folder_has_the_layout_of_otbtf(folder):
    path = folder(shards=2)
    assert sorted(file.name for file in path.iterdir()) == [
        "0.records",
        "1.records",
        "output_shapes.json",
        "output_types.json",
    ]
    assert json.loads((path / "output_shapes.json").read_text())["image"] == [2, 2, 1]
    assert json.loads((path / "output_types.json").read_text()) == {"image": "uint16", "labels": "uint8"}


def read_as_otbtf(path):
    """Samples of a folder, checked as OTBTF 3.3 to 4.3 does: each has the shape that the folder names."""
    types = json.loads((path / "output_types.json").read_text())
    shapes = json.loads((path / "output_shapes.json").read_text())

    def parse(record):
        texts = tf.io.parse_single_example(record, {name: tf.io.FixedLenFeature([], tf.string) for name in types})
        return {
            name: tf.ensure_shape(tf.io.parse_tensor(texts[name], types[name]), shape) for name, shape in shapes.items()
        }

    return tf.data.TFRecordDataset([str(file) for file in path.glob("*.records")]).map(parse)


def test_samples_have_the_shape_that_the_folder_names(folder):
    data = read_as_otbtf(folder())
    assert data.element_spec["image"].shape.as_list() == [2, 2, 1]
    assert sorted(int(sample["image"][0, 0, 0]) for sample in data) == list(range(10))


def test_otbtf_reads_what_patches_images_are_written_as(make_raster, tmp_path):
    labels = make_raster(np.arange(6, dtype=np.uint8).reshape(6, 1), name="labels.tif")
    images = {"xs": [make_raster(np.arange(24 * 4 * 3, dtype=np.uint16).reshape(24, 4, 3))], "labels": [labels]}
    dataset = DatasetFromPatchesImages(images, scalar_dict={"season": np.arange(6, dtype=np.float32)})
    dataset.to_tfrecords(tmp_path / "records")
    found = sorted(
        (int(sample["labels"][0, 0, 0]), int(sample["season"]), int(sample["xs"][0, 0, 0]))
        for sample in read_as_otbtf(tmp_path / "records")
    )
    assert found == [(number, number, number * 48) for number in range(6)]


def write_as_otbtf(path, shapes):
    """Samples with the numbers 0 to 2, as `tf.io` writes them, in a folder that names these shapes."""
    with tf.io.TFRecordWriter(str(path / "0.records")) as writer:
        for number in range(3):
            content = tf.io.serialize_tensor(tf.constant([number], tf.int32)).numpy()
            feature = tf.train.Feature(bytes_list=tf.train.BytesList(value=[content]))
            writer.write(tf.train.Example(features=tf.train.Features(feature={"x": feature})).SerializeToString())
    (path / "output_types.json").write_text('{"x": "int32"}')
    (path / "output_shapes.json").write_text(shapes)


@pytest.mark.parametrize("shapes", ['{"x": [1]}', '{"x": [null, 1]}'], ids=["of a sample", "of a batch"])
def test_what_otbtf_wrote_is_read(tmp_path, shapes):
    write_as_otbtf(tmp_path, shapes)
    records = TFRecords(tmp_path)
    assert records.output_shapes == {"x": [1]}
    assert [int(batch["x"][0, 0]) for batch, _ in records.read(1, [])] == [0, 1, 2]


def test_a_shape_that_is_not_that_of_the_samples_is_refused(tmp_path):
    write_as_otbtf(tmp_path, '{"x": [2]}')
    with pytest.raises(tf.errors.InvalidArgumentError, match="not compatible with expected shape"):
        list(TFRecords(tmp_path).read(1, []))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("output_types.json", '["int32"]'),
        ("output_types.json", '{"x": 3}'),
        ("output_types.json", '{"x": "colour"}'),
        ("output_types.json", '{"y": "int32"}'),
        ("output_types.json", "{"),
        ("output_shapes.json", "[1]"),
        ("output_shapes.json", '{"x": 1}'),
        ("output_shapes.json", '{"x": ["one"]}'),
        ("output_shapes.json", '{"x": [-1]}'),
        ("output_shapes.json", "null"),
    ],
)
def test_a_damaged_description_is_refused(tmp_path, name, content):
    write_as_otbtf(tmp_path, '{"x": [1]}')
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match="is not a folder of TFRecords"):
        TFRecords(tmp_path)


def test_shards_are_counted_not_spelled(folder):
    assert [file.name for file in TFRecords(folder(count=12, shards=12)).files][8:] == [
        "8.records",
        "9.records",
        "10.records",
        "11.records",
    ]


def test_without_shuffling_the_order_is_that_of_the_files(folder):
    assert numbers(TFRecords(folder(shards=1)).read(3, ["labels"])) == list(range(10))


def test_the_same_seed_gives_the_same_order(folder):
    records = TFRecords(folder())
    first, second = (numbers(records.read(3, ["labels"], shuffle_buffer_size=10, seed=7)) for _ in range(2))
    assert first == second != list(range(10))


def test_each_epoch_has_another_order(folder):
    data = TFRecords(folder()).read(3, ["labels"], shuffle_buffer_size=10, seed=7)
    assert numbers(data) != numbers(data)


def test_a_rest_can_be_dropped(folder):
    with pytest.warns(UserWarning, match="2 of 10 samples do not fill batches of 4 and are dropped"):
        data = TFRecords(folder()).read(4, ["labels"], drop_remainder=True)
    assert len(numbers(data)) == 8


def test_no_warning_where_nothing_is_dropped(folder):
    assert len(numbers(TFRecords(folder()).read(5, ["labels"], drop_remainder=True))) == 10


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_samples_are_counted(folder, compression):
    assert TFRecords(folder(compression=compression)).count() == 10


def test_compressed_records_are_told_by_their_bytes(folder):
    path = folder(compression="gzip")
    assert compression_of(path / "0.records") == "gzip"
    assert sorted(numbers(TFRecords(path).read(4, ["labels"]))) == list(range(10))
    assert sorted(numbers(TFRecords(path).read(4, ["labels"], shuffle_buffer_size=5))) == list(range(10))


def cut(file, length):
    """Cut a file of records, compressed or not, to so many bytes of records; gives how many they were."""
    opened = gzip.open if compression_of(file) == "gzip" else open
    with opened(file, "rb") as stream:
        content = stream.read()
    with opened(file, "wb") as stream:
        stream.write(content[:length])
    return len(content)


@pytest.mark.parametrize("compression", ["none", "gzip"])
@pytest.mark.parametrize("lost", [1, 4, 20, "all but the length", "half of the length"])
def test_a_file_that_ends_within_a_record_is_refused(folder, compression, lost):
    path = folder(compression=compression, shards=1)
    whole = cut(path / "0.records", None)
    record = whole // 10
    cut(path / "0.records", -{"all but the length": record - 8, "half of the length": record - 4}.get(lost, lost))
    with pytest.raises(InputError, match=r"0\.records is damaged.*Received: 9 complete records and a part of one"):
        TFRecords(path).count()


def test_a_compressed_file_that_ends_early_is_refused(folder):
    path = folder(compression="gzip", shards=1)
    content = (path / "0.records").read_bytes()
    (path / "0.records").write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match="is damaged"):
        TFRecords(path).count()


@pytest.fixture
def described(folder):
    """Split ``train`` of a dataset folder with a manifest; see `folder`."""

    def write(count=10, **options):
        path = folder(count, **options)
        split = SplitInfo(count, 1, [count])
        source = SourceInfo("image", ["grey"], "uint16", 2, [None], {})
        DatasetDescription(
            [source], ClassList.from_values([1]), "position", 1, {"train": split}, "", (1.0, 1.0), {}
        ).write(path.parent)
        return path

    return write


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_a_file_cut_off_between_two_records_is_refused_if_there_is_a_manifest(described, compression):
    path = described(compression=compression, shards=2)
    assert len(numbers(TFRecords(path).read(4, ["labels"]))) == 10
    whole = cut(path / "1.records", None)
    cut(path / "1.records", whole // 5 * 3)
    with pytest.raises(InputError, match=r"is damaged\. Expected: 10 samples in the split train.*Received: 8 in its"):
        TFRecords(path)
    (path.parent / FILE_NAME).unlink()
    assert len(numbers(TFRecords(path).read(4, ["labels"]))) == 8  # as far as anybody can tell


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_file_that_is_missing_is_told_from_the_manifest(described, number):
    path = described(shards=3)
    (path / f"{number}.records").unlink()
    with pytest.raises(InputError, match="is damaged"):
        TFRecords(path)


def test_the_records_may_be_named_from_their_folder(described, monkeypatch):
    path = described(shards=2)
    (path / "1.records").unlink()
    monkeypatch.chdir(path)
    with pytest.raises(InputError, match="is damaged"):
        TFRecords(".")


@pytest.mark.parametrize("change", [{"name": "xs"}, {"patch_size": 4}, {"dtype": "uint8"}, {"bands": ["a", "b"]}])
def test_records_of_something_else_than_the_manifest_says_are_refused(described, change):
    path = described()
    manifest = DatasetDescription.read(path.parent)
    if "bands" in change:
        change = {**change, "nodata": [None] * 2}
    source = dataclasses.replace(manifest.sources[0], **change)
    dataclasses.replace(manifest, sources=[source]).write(path.parent)
    with pytest.raises(InputError, match=r"is damaged\. Expected: tensors .* split train, as dataset\.json says"):
        TFRecords(path)


def test_labels_of_another_size_than_the_manifest_says_are_refused(described):
    path = described()
    dataclasses.replace(DatasetDescription.read(path.parent), label_size=2).write(path.parent)
    with pytest.raises(InputError, match=r"is damaged\. Expected: tensors of the shapes"):
        TFRecords(path)


def test_damaged_records_are_said_to_be_so_when_they_are_walked(folder):
    records = TFRecords(folder(shards=1))
    content = bytearray((records.path / "0.records").read_bytes())
    content[20] ^= 255
    (records.path / "0.records").write_bytes(content)
    with pytest.raises(InputError, match=r"is damaged\. Expected: records as .* Received: [^\n]*corrupted"):
        list(records.walk(records.samples(["labels"])))


def test_records_of_another_shape_are_said_to_be_so_when_they_are_walked(tmp_path):
    write_as_otbtf(tmp_path, '{"x": [2]}')
    records = TFRecords(tmp_path)
    with pytest.raises(InputError, match=r"is damaged.*Received: [^\n]*not compatible with expected shape"):
        list(records.walk(records.samples([])))


def test_an_error_of_who_walks_is_not_one_of_the_records(folder):
    records = TFRecords(folder())
    with pytest.raises(tf.errors.InvalidArgumentError):
        for _ in records.walk(records.samples(["labels"])):
            raise tf.errors.InvalidArgumentError(None, None, "of the network")


def shares(data, n_workers):
    """What each worker gets, as tf.distribute shares."""
    from tensorflow.python.data.experimental.ops.distribute import _AutoShardDataset

    return [numbers(_AutoShardDataset(data, n_workers, worker)) for worker in range(n_workers)]


@pytest.mark.parametrize("shuffle", [0, 20])
def test_workers_share_the_files(folder, shuffle):
    data = TFRecords(folder(count=12, shards=4)).read(3, ["labels"], 2, shuffle_buffer_size=shuffle, seed=1)
    first, second = shares(data, 2)
    assert len(first) == len(second) == 6
    assert sorted(first + second) == list(range(12))


def test_files_that_do_not_divide_are_shared_by_samples(folder):
    records = TFRecords(folder(count=12, shards=3))
    with pytest.warns(UserWarning, match=r"3 files of .* do not divide among 2 workers: each worker reads all"):
        data = records.read(3, ["labels"], n_workers=2)
    assert sorted(number for share in shares(data, 2) for number in share) == list(range(12))


def test_files_that_are_left_out_are_told_with_their_samples(folder):
    records = TFRecords(folder(count=13, shards=3))
    with pytest.warns(UserWarning, match="1 files with 4 samples are left out"):
        data = records.read(1, ["labels"], n_workers=2, shard_policy=tf.data.experimental.AutoShardPolicy.FILE)
    assert sorted(number for share in shares(data, 2) for number in share) == [
        number for number in range(13) if number % 3 != 2
    ]


def test_a_target_that_is_not_there_is_refused(folder):
    with pytest.raises(Exception, match=r"Expected: image, labels\. Received: label\."):
        TFRecords(folder()).read(4, ["label"])


@pytest.mark.parametrize("wrong", [{"batch_size": 0}, {"batch_size": -1}, {"batch_size": 4, "n_workers": 0}])
def test_numbers_that_cannot_be_are_refused(folder, wrong):
    with pytest.raises(InputError, match="Invalid"):
        TFRecords(folder()).read(target_keys=["labels"], **wrong)


def test_samples_can_be_changed_one_by_one(folder):
    def change(examples, amount):
        return {"image": examples["image"] + amount, "target": examples["labels"]}

    data = TFRecords(folder(shards=1)).read(4, ["target"], preprocessing_fn=change, amount=100)
    assert numbers(data)[0] == 100
    assert list(data.element_spec[1]) == ["target"]


@pytest.mark.parametrize("missing", ["output_types.json", "output_shapes.json"])
def test_a_folder_without_description_is_refused(folder, missing):
    path = folder()
    (path / missing).unlink()
    with pytest.raises(InputError, match="not a folder of TFRecords"):
        TFRecords(path)


def test_a_folder_without_records_is_refused(folder):
    path = folder(shards=1)
    (path / "0.records").unlink()
    with pytest.raises(InputError, match="not a folder of TFRecords"):
        TFRecords(path)
