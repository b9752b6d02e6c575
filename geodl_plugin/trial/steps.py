"""The steps of a trial, and what those that need no network do."""

from __future__ import annotations

import importlib.metadata
import io
import platform
import sqlite3
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal, osr

from ..errors import EnvironmentProblem
from ..language import mark, tr
from ..rasters.pixel_types import gdal_type_of
from . import devices, network
from .checking import check

_SIDE = 64
_PLACE, _EASTING, _NORTHING = (15.0, 50.0), 500000.0, 5538630.70  # a place on the central meridian of UTM zone 33
_ALSO = ("scipy", "protobuf", "pystac", "matplotlib", "jinja2", "ml_dtypes", "msvc-runtime")  # versions worth knowing


@dataclass(frozen=True)
class Step:
    """A part of a trial.

    Args:
        name: in the diagnosis.
        title: for people.
        run: does it, in the folder of the trial, writes facts down and gives a line on what it found.
        needs: names of the steps without which it makes no sense.
    """

    name: str
    title: str
    run: Callable[[Path, dict[str, Any]], str]
    needs: tuple[str, ...] = ()


def run_gdal(folder: Path, facts: dict[str, Any]) -> str:
    """Rasters in memory and in a GeoTIFF are written and read."""
    facts["versions"].update(
        python=platform.python_version(),
        numpy=np.__version__,
        gdal=gdal.__version__,
        sqlite=sqlite3.sqlite_version,
        openssl=ssl.OPENSSL_VERSION,
    )
    facts["gdal_file"] = str(gdal.__file__)
    values = np.arange(_SIDE * _SIDE, dtype=np.uint16).reshape(_SIDE, _SIDE)
    kind = gdal_type_of(values.dtype)
    for driver, path in (("MEM", ""), ("GTiff", str(folder / "raster ä.tif"))):
        dataset = gdal.GetDriverByName(driver).Create(path, _SIDE, _SIDE, 1, kind)
        dataset.GetRasterBand(1).WriteArray(values)
        if path:
            dataset = None
            dataset = gdal.Open(path)
        check(tr("GDAL's driver {driver}").format(driver=driver), dataset.ReadAsArray(), values)
        dataset = None
    return tr("GDAL {version}, {count} drivers").format(version=gdal.__version__, count=gdal.GetDriverCount())


def run_proj(folder: Path, facts: dict[str, Any]) -> str:
    """A place is found in another coordinate system."""
    facts["versions"]["proj"] = ".".join(
        str(part()) for part in (osr.GetPROJVersionMajor, osr.GetPROJVersionMinor, osr.GetPROJVersionMicro)
    )
    geographic, projected = osr.SpatialReference(), osr.SpatialReference()
    for crs, code in ((geographic, 4326), (projected, 32633)):
        crs.ImportFromEPSG(code)
        crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    x, y, _ = osr.CoordinateTransformation(geographic, projected).TransformPoint(*_PLACE)
    check(tr("The transformation from EPSG:4326 to EPSG:32633"), (x, y), (_EASTING, _NORTHING), tolerance=0.1)
    return f"PROJ {facts['versions']['proj']}"


def run_h5py(folder: Path, facts: dict[str, Any]) -> str:
    """A file of weights is written and read."""
    import h5py

    facts["versions"].update(h5py=h5py.__version__, hdf5=h5py.version.hdf5_version)
    values = np.arange(1000, dtype=np.float32)
    with h5py.File(folder / "weights.h5", "w") as file:
        file.create_dataset("values", data=values, compression="gzip")
    with h5py.File(folder / "weights.h5", "r") as file:
        check("h5py", file["values"][:], values)
    return f"h5py {h5py.__version__}, HDF5 {h5py.version.hdf5_version}"


def run_tensorflow(folder: Path, facts: dict[str, Any]) -> str:
    """TensorFlow is imported and adds."""
    import tensorflow as tf

    facts["versions"]["tensorflow"] = tf.__version__
    for name in _ALSO:
        try:
            facts["versions"][name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    check(tr("A sum by TensorFlow"), tf.reduce_sum(tf.range(100.0)).numpy(), 4950)
    return f"TensorFlow {tf.__version__}"


def run_keras(folder: Path, facts: dict[str, Any]) -> str:
    """Keras is imported and computes by TensorFlow."""
    import keras

    facts["versions"]["keras"] = keras.__version__
    backend = keras.backend.backend()
    if backend != "tensorflow":
        raise EnvironmentProblem(
            tr("Keras does not compute by TensorFlow."),
            expected="tensorflow",
            received=backend,
            remedy=tr("Remove the variable KERAS_BACKEND, and start QGIS anew."),
        )
    check(tr("A layer of Keras"), keras.layers.ReLU()(np.array([-1.0, 2.0], np.float32)), [0, 2])
    return f"Keras {keras.__version__}"


def run_reports(folder: Path, facts: dict[str, Any]) -> str:
    """What reports and model folders are made with: a picture, a page, an item of STAC."""
    import jinja2
    import pystac
    from PIL import Image

    from ..reports.pictures import scale_colors

    colors = scale_colors(np.arange(256.0).reshape(16, 16), "viridis", 0, 255)
    file = io.BytesIO()
    Image.fromarray(colors).save(file, "png")
    check(tr("A picture"), np.asarray(Image.open(file)), colors)
    page = jinja2.Environment(autoescape=True).from_string("{{ text }}").render(text="<ä>")
    if page != "&lt;ä&gt;":
        raise EnvironmentProblem(tr("jinja2: a wrong result."), expected="&lt;ä&gt;", received=page)
    item = pystac.Item.from_file(str(folder / network.MODEL / "model.json"))
    return tr("pictures, pages, and {id} by pystac {version}").format(id=item.id, version=pystac.__version__)


STEPS = (
    Step("gdal", mark("GDAL writes and reads rasters"), run_gdal),
    Step("proj", mark("PROJ transforms coordinates"), run_proj, ("gdal",)),
    Step("h5py", mark("h5py writes and reads weights"), run_h5py),
    Step("tensorflow", mark("TensorFlow is loaded"), run_tensorflow),
    Step("keras", mark("Keras is loaded"), run_keras, ("tensorflow",)),
    Step("devices", mark("Each device computes"), devices.run_devices, ("tensorflow",)),
    Step("dataset", mark("Patches are exported"), network.run_dataset, ("gdal", "proj", "tensorflow")),
    Step("training", mark("A network is trained and saved"), network.run_training, ("h5py", "keras", "dataset")),
    Step("formats", mark("The saved network is loaded"), network.run_formats, ("training",)),
    Step("map", mark("A raster is mapped"), network.run_map, ("training",)),
    Step("reports", mark("Reports are written"), run_reports, ("training",)),
)
