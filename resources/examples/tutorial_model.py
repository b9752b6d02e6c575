"""The network of OTBTF's tutorial, for two classes, and its training."""

import argparse

import keras
import tensorflow as tf

from geodl_plugin import ModelBase, ops

N_CLASSES = 2
INPUT_NAME = "input_xs"
TARGET_NAME = "predictions"


def dataset_preprocessing_fn(examples):
    """What the network learns from: the image as it is, and one-hot labels."""
    return {
        INPUT_NAME: examples["input_xs_patches"],
        TARGET_NAME: ops.one_hot(examples["labels_patches"], nb_classes=N_CLASSES),
    }


class FCNNModel(ModelBase):
    """Four convolutions down, four transposed ones up, with skip connections."""

    def normalize_inputs(self, inputs):
        return {INPUT_NAME: tf.cast(inputs[INPUT_NAME], tf.float32) * 0.0001}

    def get_outputs(self, normalized_inputs):
        def conv(net, filters):
            return keras.layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu")(net)

        def tconv(net, filters, activation="relu"):
            return keras.layers.Conv2DTranspose(filters, 3, strides=2, padding="same", activation=activation)(net)

        conv1 = conv(normalized_inputs[INPUT_NAME], 16)
        conv2 = conv(conv1, 32)
        conv3 = conv(conv2, 64)
        tconv1 = tconv(conv(conv3, 64), 64) + conv3
        tconv2 = tconv(tconv1, 32) + conv2
        tconv3 = tconv(tconv2, 16) + conv1
        return {TARGET_NAME: tconv(tconv3, N_CLASSES, "softmax")}


def train(params, ds_train, ds_valid, ds_test=None):
    """Train, validate, test and save."""
    with tf.distribute.MirroredStrategy().scope():
        model = FCNNModel(dataset_element_spec=ds_train.element_spec)
        model.compile(
            loss=keras.losses.CategoricalCrossentropy(),
            optimizer=keras.optimizers.Adam(params.learning_rate),
            metrics=[keras.metrics.Precision(), keras.metrics.Recall()],
        )
    model.summary()
    model.fit(ds_train, epochs=params.nb_epochs, validation_data=ds_valid, shuffle=False)  # the dataset shuffles
    if ds_test:
        model.evaluate(ds_test)
    model.save(params.model_dir)


def train_parser(description):
    """The parameters that all ways of training have."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--batch_size", type=int, default=8)
    parser.add_argument("--learning_rate", type=float, default=0.0001)
    parser.add_argument("--nb_epochs", type=int, default=100)
    parser.add_argument("--model_dir", required=True, help="SavedModel to write")
    return parser
