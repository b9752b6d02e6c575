"""Train the tutorial's network from patches images, as `geodl:extractpatches` writes them.

    PYTHONPATH=<this repository> python train_from_patches_images.py --model_dir my_savedmodel \
        --train_xs xs_1.tif xs_2.tif --train_labels labels_1.tif labels_2.tif \
        --valid_xs xs_3.tif --valid_labels labels_3.tif
"""

from tutorial_model import TARGET_NAME, dataset_preprocessing_fn, train, train_parser

from geodl_plugin import DatasetFromPatchesImages


def create_dataset(xs, labels, batch_size):
    """Batches from patches images; the patches of ``xs`` and ``labels`` belong together by their order."""
    dataset = DatasetFromPatchesImages({"input_xs_patches": xs, "labels_patches": labels})
    return dataset.get_tf_dataset(batch_size, preprocessing_fn=dataset_preprocessing_fn, targets_keys=[TARGET_NAME])


if __name__ == "__main__":
    parser = train_parser("Train from patches images.")
    for split in ("train", "valid", "test"):
        for kind in ("xs", "labels"):
            parser.add_argument(f"--{split}_{kind}", nargs="+", required=split != "test", metavar="TIF")
    params = parser.parse_args()
    ds_train = create_dataset(params.train_xs, params.train_labels, params.batch_size)
    ds_valid = create_dataset(params.valid_xs, params.valid_labels, params.batch_size)
    ds_test = create_dataset(params.test_xs, params.test_labels, params.batch_size) if params.test_xs else None
    train(params, ds_train, ds_valid, ds_test)
