"""The chain through the real qgis_process, in a profile of its own."""

from pathlib import Path

import pytest
from real_qgis import Qgis


@pytest.fixture(scope="session")
def profile(tmp_path_factory):
    """A new profile of QGIS."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="session")
def qgis(profile):
    """The real qgis_process."""
    return Qgis(profile)


@pytest.fixture(scope="session")
def dataset(qgis, session_scene, tmp_path_factory):
    """A dataset of the scene, made by the first two steps of the chain."""
    folder = tmp_path_factory.mktemp("OneDrive - ünd mehr, 100% &Co #1 [x] 'a' 地图")
    image, polygons = session_scene["image"], session_scene["polygons"]
    positions = qgis.run(
        "geodl:samplevector",
        SOURCE1=image,
        INPUT=polygons,
        CLASS_FIELD="class",
        PATCH_SIZE=16,
        COUNT=120,
        OUTPUT=folder / "positions.gpkg",
    )
    assert positions["COUNT_TRAIN"] >= 60
    exported = qgis.run(
        "geodl:exporttfrecords",
        SOURCE1=image,
        POSITIONS=positions["OUTPUT"],
        PATCH_SIZE=16,
        LABELS_VECTOR=polygons,
        CLASS_FIELD="class",
        OUTPUT=folder / "dataset",
    )
    assert exported["COUNT_TRAIN"] == positions["COUNT_TRAIN"]
    return exported["OUTPUT"]


@pytest.fixture(scope="session")
def model(qgis, dataset):
    """A network trained on the dataset, for one epoch."""
    folder = Path(dataset).with_name("model")
    found = qgis.run(
        "geodl:trainmodel", DATASET=dataset, ARCHITECTURE="unet", EPOCHS=1, PIXEL_CLASSIFIER="compare", OUTPUT=folder
    )
    assert Path(found["SAVED_MODEL"]).is_file()
    return found["OUTPUT"]
