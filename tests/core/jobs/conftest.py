"""What the tests of mapping with models of other people share."""

import numpy as np
import pytest
from osgeo import gdal

from geodl_plugin.jobs.apply_model import ApplyModel


@pytest.fixture(scope="session")
def otbtf(tmp_path_factory):
    """Gives the folder of a SavedModel with one of the signatures of `foreign_models.Otbtf`."""
    import tensorflow as tf

    from .foreign_models import SIGNATURES, Otbtf

    module, made = Otbtf(), {}

    def give(name):
        if name not in made:
            made[name] = tmp_path_factory.mktemp("models") / name
            signature = getattr(module, name).get_concrete_function(*SIGNATURES[name])
            tf.saved_model.save(module, str(made[name]), {"serving_default": signature})
        return str(made[name])

    give.module = module
    return give


@pytest.fixture(scope="session")
def two_sources(tmp_path_factory):
    """The path of a Keras file that takes two sources, see `foreign_models.save_two_sources`."""
    from .foreign_models import save_two_sources

    path = tmp_path_factory.mktemp("models") / "two.keras"
    save_two_sources(path)
    return path


@pytest.fixture
def coarse_image(make_raster):
    """Values and path of an image of pixels twice as large; one row and column more than the image needs."""
    from .foreign_models import HEIGHT, WIDTH

    values = np.random.default_rng(5).integers(1, 1000, (HEIGHT // 2 + 2, WIDTH // 2 + 2)).astype(np.uint16)
    return values, make_raster(values, name="coarse.tif", transform=(500000.0, 20.0, 0.0, 4000000.0, 0.0, -20.0))


@pytest.fixture
def apply(make_raster, tmp_path, reporter):
    """Run the job on the image; gives what it wrote, [bands, y, x] or [y, x]."""
    from .foreign_models import IMAGE

    def run(model, **options):
        if "source1" not in options:
            options["source1"] = [make_raster(IMAGE)]
        output = str(tmp_path / "map.tif")
        ApplyModel(**{"model": str(model), "output": output, **options}).run(reporter)
        return gdal.Open(output).ReadAsArray()

    return run


@pytest.fixture
def in_one_pass(otbtf):
    """The probabilities of the whole image, [class, y, x]."""
    import tensorflow as tf

    from .foreign_models import IMAGE

    padded = np.pad(IMAGE, ((8, 8), (8, 8), (0, 0)), mode="reflect")
    return otbtf.module.serve(tf.constant(padded[None]))["softmax_tensor"][0, 8:-8, 8:-8].numpy().transpose(2, 0, 1)
