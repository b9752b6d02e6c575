"""Convert patches images to TFRecords.

PYTHONPATH=<this repository> python convert_patches_to_tfrecords.py --xs xs_1.tif --labels labels_1.tif --outdir train
"""

import argparse

from geodl_plugin import DatasetFromPatchesImages

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Convert patches images to TFRecords.")
    parser.add_argument("--xs", nargs="+", required=True, metavar="TIF", help="patches images")
    parser.add_argument("--labels", nargs="+", required=True, metavar="TIF", help="patches images of their labels")
    parser.add_argument("--outdir", required=True, help="folder to write")
    params = parser.parse_args()
    dataset = DatasetFromPatchesImages({"input_xs_patches": params.xs, "labels_patches": params.labels})
    dataset.to_tfrecords(params.outdir)
