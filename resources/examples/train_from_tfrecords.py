"""Train the tutorial's network from TFRecords: a folder with one folder for each of train, valid and, maybe, test.

PYTHONPATH=<this repository> python train_from_tfrecords.py --model_dir my_savedmodel --tfrecords_dir records
"""

from pathlib import Path

from tutorial_model import TARGET_NAME, dataset_preprocessing_fn, train, train_parser

from geodl_plugin import TFRecords


def create_dataset(folder, batch_size, shuffle_buffer_size=0):
    """Batches from one folder of TFRecords."""
    return TFRecords(folder).read(
        batch_size,
        target_keys=[TARGET_NAME],
        preprocessing_fn=dataset_preprocessing_fn,
        shuffle_buffer_size=shuffle_buffer_size,
    )


if __name__ == "__main__":
    parser = train_parser("Train from TFRecords.")
    parser.add_argument("--tfrecords_dir", required=True, type=Path, help="has the folders train, valid and test")
    params = parser.parse_args()
    ds_train = create_dataset(params.tfrecords_dir / "train", params.batch_size, shuffle_buffer_size=1000)
    ds_valid = create_dataset(params.tfrecords_dir / "valid", params.batch_size)
    test = params.tfrecords_dir / "test"
    train(params, ds_train, ds_valid, create_dataset(test, params.batch_size) if test.is_dir() else None)
