"""Networks to train: new ones, and those of a model folder."""

import dataclasses
import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from geodl_plugin.datasets.description import DatasetDescription, RegressionTarget
from geodl_plugin.errors import InputError
from geodl_plugin.labels.classes import Class, ClassList
from geodl_plugin.models.heads import PREDICTIONS
from geodl_plugin.training.fitting import TrainedNetwork
from geodl_plugin.training.network_builder import NetworkBuilder
from geodl_plugin.training.request import TrainRequest
from geodl_plugin.training.saving import save_trained_network

NAMES = ("field", "forest", "water")


def class_map(*names):
    """Classes of these names."""
    return ClassList(tuple(Class(number, name, "#000000") for number, name in enumerate(names, start=1)))


@pytest.fixture
def dataset(dataset_folder):
    """A dataset of field, forest and water."""
    return DatasetDescription.read(dataset_folder)


def request(**parameters):
    """A request for a training."""
    return TrainRequest("dataset", "model", **parameters)


@pytest.fixture
def built():
    """Builder, network and fields of a training with some parameters."""

    def run(dataset, **parameters):
        builder = NetworkBuilder(request(**parameters), dataset)
        spec = ({"source1": tf.TensorSpec([None, 32, 32, 4])},)
        keras.utils.set_random_seed(parameters.get("seed", 0))
        return builder, builder.build(spec, (16,)), builder.fields(spec)

    return run


@pytest.fixture
def saved(built, tmp_path):
    """A model folder of a network with random weights."""

    def run(dataset, **options):
        builder, network, fields = built(dataset, **options)
        folder = tmp_path / f"{options['architecture']} {len(dataset.classes)}"
        folder.mkdir()
        trained = TrainedNetwork(network, builder, {"loss": [1.0]}, 1, fields, "the processor", "float32", False)
        save_trained_network(folder, trained, dataset, {})
        return folder, network

    return run


def image():
    """A patch like those of the dataset."""
    return {"source1": np.random.default_rng(0).uniform(0, 1500, (1, 32, 32, 4)).astype(np.float32)}


def predicted(network):
    """What a network gives for `image`."""
    return np.asarray(network.model(image())[PREDICTIONS])


def logits(network):
    """Probabilities as the last trained layer gave them, up to a constant for each pixel."""
    return np.log(predicted(network))


@pytest.mark.parametrize("architecture", ["fcnn", "unet"])
def test_the_same_classes_give_the_same_predictions(saved, built, dataset, architecture):
    folder, old = saved(dataset, architecture=architecture, width=4)
    other = dataclasses.replace(
        dataset.sources[0], statistics={name: [5.0] * 4 for name in ("minimum", "maximum", "mean", "stddev")}
    )
    changed = dataclasses.replace(dataset, sources=[other])
    # The architecture and the statistics are those of the folder, whatever else is said.
    builder, network, _ = built(changed, architecture="resunet", init_model=str(folder), seed=9)
    np.testing.assert_array_equal(predicted(network), predicted(old))
    assert (builder.architecture, builder.options["width"]) == (architecture, 4)
    assert builder.statistics["source1"]["mean"] == dataset.sources[0].statistics["mean"]


@pytest.mark.parametrize("architecture", ["fcnn", "unet"])
def test_classes_are_known_by_their_names(saved, built, dataset, architecture):
    folder, old = saved(dataset, architecture=architecture, width=4)
    changed = dataclasses.replace(dataset, classes=class_map("water", "ice", "field", "city"))
    _, network, _ = built(changed, init_model=str(folder), seed=9)
    before, after = logits(old), logits(network)
    assert after.shape[-1] == 4
    np.testing.assert_allclose(after[..., 0] - after[..., 2], before[..., 2] - before[..., 0], atol=1e-4)
    assert np.abs(after[..., 1] - after[..., 2] - (before[..., 1] - before[..., 0])).max() > 1e-3
    assert np.abs(after[..., 1] - after[..., 3]).max() > 1e-3


def test_two_classes_of_one_name_are_not_mixed(saved, built, dataset):
    dataset = dataclasses.replace(dataset, classes=class_map("forest", "forest", "water"))
    folder, old = saved(dataset, architecture="fcnn", width=4)
    _, network, _ = built(dataset, init_model=str(folder), seed=9)
    np.testing.assert_array_equal(predicted(network), predicted(old))


def valued(*classes):
    """Classes of these values and names."""
    return ClassList(tuple(Class(value, name, "#000000") for value, name in classes))


@pytest.mark.parametrize(
    ("new", "rows"),
    [
        ([(3, "water"), (1, "field"), (2, "field")], [2, 0, 1]),
        ([(2, "field"), (1, "field"), (9, "water")], [1, 0, 2]),
        ([(5, "field"), (3, "water")], [None, 2]),
        ([(2, "field"), (3, "water")], [1, 2]),
        ([(3, "water"), (7, "water")], [2, None]),
    ],
)
def test_classes_of_one_name_are_known_by_their_values(saved, dataset, new, rows):
    before = dataclasses.replace(dataset, classes=valued((1, "field"), (2, "field"), (3, "water")))
    folder, _ = saved(before, architecture="fcnn", width=4)
    after = dataclasses.replace(dataset, classes=valued(*new))
    assert NetworkBuilder(request(init_model=str(folder)), after)._initial.known_outputs == rows


def test_classes_that_are_gone_are_dropped(saved, built, dataset):
    folder, old = saved(dataset, architecture="fcnn", width=4)
    changed = dataclasses.replace(dataset, classes=class_map("water", "field"))
    before, after = logits(old), logits(built(changed, init_model=str(folder))[1])
    np.testing.assert_allclose(after[..., 0] - after[..., 1], before[..., 2] - before[..., 0], atol=1e-4)


def of_values(dataset, name="cover", mean=40.0):
    """The dataset with continuous labels."""
    return dataclasses.replace(
        dataset, classes=ClassList(()), values=RegressionTarget(name, mean, 20.0, mean - 500, mean + 500)
    )


def test_values_go_on_as_they_are(saved, built, dataset):
    folder, old = saved(of_values(dataset), architecture="fcnn", width=4)
    _, network, _ = built(of_values(dataset, mean=70.0), init_model=str(folder), seed=9)
    np.testing.assert_array_equal(predicted(network), predicted(old))


def test_other_values_begin_anew(saved, built, dataset):
    folder, old = saved(of_values(dataset), architecture="fcnn", width=4)
    _, network, _ = built(of_values(dataset, "height", mean=7000.0), init_model=str(folder), seed=9)
    assert predicted(network).mean() > 6000
    first = [one.model.get_layer("conv1").get_weights()[0] for one in (old, network)]
    np.testing.assert_array_equal(*first)


def test_classes_may_go_on_from_values(saved, built, dataset):
    folder, old = saved(of_values(dataset), architecture="fcnn", width=4)
    _, network, _ = built(dataset, init_model=str(folder), seed=9)
    assert predicted(network).shape[-1] == 3
    first = [one.model.get_layer("conv1").get_weights()[0] for one in (old, network)]
    np.testing.assert_array_equal(*first)


def test_a_model_of_other_bands_is_refused(saved, built, dataset):
    folder, _ = saved(dataset, architecture="fcnn", width=4)
    fewer = dataclasses.replace(dataset.sources[0], bands=["red", "nir"])
    with pytest.raises(InputError, match=r"source1 with 4 bands.*Received: source1 with 2 bands"):
        NetworkBuilder(
            TrainRequest("dataset", "model", init_model=str(folder)), dataclasses.replace(dataset, sources=[fewer])
        )


def test_a_folder_that_is_no_model_is_refused(dataset, tmp_path):
    with pytest.raises(InputError, match="not a model folder"):
        NetworkBuilder(request(init_model=str(tmp_path)), dataset)


def test_a_damaged_network_is_refused(saved, built, dataset):
    folder, _ = saved(dataset, architecture="fcnn", width=4)
    (folder / "model.keras").write_bytes(b"damaged")
    with pytest.raises(InputError, match="cannot be loaded"):
        built(dataset, init_model=str(folder))


def test_another_network_is_refused(saved, built, dataset):
    folder, _ = saved(dataset, architecture="fcnn", width=4)
    described = json.loads((folder / "model.json").read_text())
    described["properties"]["geodl:training"]["network"]["options"]["width"] = 8
    (folder / "model.json").write_text(json.dumps(described))
    with pytest.raises(InputError, match="another network"):
        built(dataset, init_model=str(folder))


def test_patches_that_the_network_cannot_halve_are_refused(built, dataset):
    source = dataclasses.replace(dataset.sources[0], patch_size=40)
    with pytest.raises(InputError, match=r"a multiple of 16 pixels. Received: 40"):
        built(dataclasses.replace(dataset, sources=[source]), architecture="fcnn")


def test_patches_need_be_no_multiple_of_more_than_the_network_asks_for(built, dataset):
    source = dataclasses.replace(dataset.sources[0], patch_size=40)
    _, _, fields = built(dataclasses.replace(dataset, sources=[source]), architecture="unet")
    assert fields.total_stride == 8


def test_options_that_a_network_has_not_are_refused(built, dataset):
    with pytest.raises(InputError, match="has no option depth"):
        built(dataset, architecture="fcnn", depth=2)


def test_sources_tell_their_pixel_size(dataset):
    coarse = dataclasses.replace(dataset.sources[0], name="coarse", patch_size=16)
    fine = dataclasses.replace(dataset.sources[0], name="fine", patch_size=128)
    builder = NetworkBuilder(
        TrainRequest("dataset", "model"), dataclasses.replace(dataset, sources=[dataset.sources[0], coarse, fine])
    )
    assert {name: float(ratio) for name, ratio in builder.ratios.items()} == {"source1": 1, "coarse": 2, "fine": 0.25}


def test_a_network_of_patches_gives_one_answer_for_each(built, dataset):
    _, network, fields = built(dataset, architecture="patchcnn", width=4)
    assert predicted(network).shape == (1, 3)
    assert (fields.total_stride, fields.valid_margin, fields.scale) == (32, 0, 32)


def test_a_custom_network_is_built_from_its_file(built, dataset, tmp_path):
    (tmp_path / "network.py").write_text(
        "import keras\n"
        "from geodl_plugin import ModelBase\n"
        "class Simple(ModelBase):\n"
        "    def __init__(self, head, **kwargs):\n"
        "        self.head = head\n"
        "        super().__init__(**kwargs)\n"
        "    def get_outputs(self, normalized_inputs):\n"
        "        one = keras.layers.Conv2D(self.head.outputs, 1, name='only')(normalized_inputs['source1'])\n"
        "        return {'predictions': self.head(one)}\n"
    )
    _, network, fields = built(dataset, architecture="custom", model_file=str(tmp_path / "network.py"))
    assert predicted(network).shape == (1, 32, 32, 3)
    assert (fields.total_stride, fields.valid_margin) == (1, 0)
