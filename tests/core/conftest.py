"""What the tests of the core library share."""

import functools
import json
import platform
import sys
import tempfile

import hypothesis
import numpy as np
import pytest

from geodl_plugin.environment.pins import requirements
from geodl_plugin.errors import EnvironmentProblem
from geodl_plugin.rasters.grid import Grid
from geodl_plugin.runtime.reporter import ConsoleReporter

# The machine that runs them may be busy: no deadlines; and the same examples each time.
hypothesis.settings.register_profile("geodl", deadline=None, max_examples=60, derandomize=True)
hypothesis.settings.load_profile("geodl")

ROTATED = (500000.0, 8.0, 3.0, 4000000.0, 3.0, -8.0)
SOUTH_UP = (500000.0, 10.0, 0.0, 3999000.0, 0.0, 10.0)
NORTH_UP = (500000.0, 10.0, 0.0, 4000000.0, 0.0, -10.0)


class NoTensorFlow:
    """Skips what imports TensorFlow, which has no release for this Python: QGIS's own runs the other jobs."""

    def find_spec(self, name, path=None, target=None):
        if name in ("tensorflow", "keras"):
            pytest.skip(f"TensorFlow has no release for Python {platform.python_version()}", allow_module_level=True)


try:
    requirements(sys.version_info[:2], platform.system(), platform.machine(), "processor", 2)
except EnvironmentProblem:
    sys.meta_path.insert(0, NoTensorFlow())


@pytest.fixture(scope="session", autouse=True)
def _temporary_files(tmp_path_factory):
    """What TensorFlow leaves in the temporary folder goes with what the tests leave."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("temporary")))
        yield


@pytest.fixture
def open_files_go(tmp_path):
    """Only where files can be removed that are open."""
    with (tmp_path / "open").open("w"):
        try:
            (tmp_path / "open").unlink()
        except PermissionError:
            pytest.skip("open files cannot be removed")


class Silent(ConsoleReporter):
    """Tells nobody; for fixtures that live as long as the session."""

    def info(self, message):
        pass

    def show(self, fraction, message, remaining):
        pass


@pytest.fixture(params=[NORTH_UP, ROTATED, SOUTH_UP], ids=["north-up", "rotated", "south-up"])
def any_transform(request):
    """Each way in which a raster may lie on the ground."""
    return request.param


@pytest.fixture
def grid():
    """100 × 100 pixels of 10 m without a CRS."""
    return Grid(100, 100, NORTH_UP)


@pytest.fixture(scope="session")
def dataset_folder(session_scene, tmp_path_factory):
    """A dataset of the scene with patches of 32 pixels."""
    from geodl_plugin.jobs.export_tfrecords import ExportTFRecords
    from geodl_plugin.jobs.sample_vector import SampleVector

    folder = tmp_path_factory.mktemp("dataset")
    positions, output = str(folder / "positions.gpkg"), folder / "data set"
    image, polygons = [session_scene["image"]], session_scene["polygons"]
    SampleVector(image, polygons, positions, class_field="class", patch_size=32, count=60, block_size=48).run(Silent())
    ExportTFRecords(
        image, positions, str(output), patch_size=32, labels_vector=polygons, class_field="class", samples_per_shard=10
    ).run(Silent())
    return output


@pytest.fixture(scope="session")
def trained_folder(dataset_folder, tmp_path_factory):
    """A model folder that the training job made."""
    from geodl_plugin.jobs.train_model import TrainModel

    output = tmp_path_factory.mktemp("trained") / "my model"
    report = output.with_name("report.html")
    small = {"architecture": "fcnn", "epochs": 2, "batch_size": 8, "crops": [16, 32], "pixel_classifier": "compare"}
    result = TrainModel(str(dataset_folder), str(output), str(report), **small).run(Silent())
    output.with_name("result.json").write_text(json.dumps(result))
    return output


@pytest.fixture(scope="session")
def untrained(tmp_path_factory):
    """Gives folder and network of an architecture: small, with random weights, for 4 bands and 3 classes, or values."""
    return functools.lru_cache(lambda architecture, values=None: make_untrained(architecture, tmp_path_factory, values))


def make_untrained(architecture, tmp_path_factory, values=None):
    """Make a model folder without training, of classes or of continuous values."""
    import keras
    import tensorflow as tf

    from geodl_plugin.labels.classes import ClassList
    from geodl_plugin.models import architectures
    from geodl_plugin.models.folder import KERAS_NAME, ModelDescription, ModelInput
    from geodl_plugin.models.heads import PREDICTIONS, Head
    from geodl_plugin.models.layer_fields import fields_of

    keras.utils.set_random_seed(3)
    bands = ["blue", "green", "red", "nir"]
    statistics = {"mean": [500.0, 560.0, 730.0, 200.0], "stddev": [180.0, 260.0, 330.0, 100.0]}
    options = {
        "head": Head.of_values(values.mean, values.stddev, values.minimum, values.maximum)
        if values
        else Head.of_classes(3),
        "statistics": {"source1": {**statistics, "nodata": [None] * 4}},
        "dataset_element_spec": ({"source1": tf.TensorSpec([None, 32, 32, 4], tf.float32)}, {}),
        "inference_cropping": (16,),
    }
    small = {"unet": {"width": 4}, "resunet": {"width": 4}, "backbone": {"depth": 2}}
    network = architectures.architecture(architecture)(**options, **small.get(architecture, {}))
    for layer in network.model.layers:
        if isinstance(layer, keras.layers.Conv2DTranspose):  # fcnn's last one begins evenly: maps would be of one class
            layer.kernel.assign(layer.kernel_initializer(layer.kernel.shape))
    scene = np.random.default_rng(4).normal(statistics["mean"], statistics["stddev"], (1, 128, 128, 4))
    for _ in range(20):  # batch normalisation sees what it normalises, as in training
        network.model({"source1": tf.constant(scene, tf.float32)}, training=True)
    folder = tmp_path_factory.mktemp("untrained") / architecture
    network.save(folder)
    network.model.save(folder / KERAS_NAME)
    ModelDescription(
        architecture=architecture,
        inputs=[ModelInput("source1", bands, [None] * 4, statistics)],
        output=PREDICTIONS,
        classes=ClassList.from_values([] if values else ["field", "forest", "water"]),
        fields=fields_of(network.model, PREDICTIONS),
        crops=[16],
        parameters=network.model.count_params(),
        training={},
        values=values,
    ).write(folder)
    return folder, network
