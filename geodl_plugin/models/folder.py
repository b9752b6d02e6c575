"""The model folder: a SavedModel with a description for people and programs.

``model.json`` is a STAC item with the Machine Learning Model extension: inputs with bands and statistics, outputs with
classes or continuous values.  What the extension does not define stands in properties that begin with ``geodl:``.
Reading needs neither TensorFlow nor pystac.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ..datasets.description import VALUES_KIND, RegressionTarget
from ..errors import InputError
from ..labels.classes import Class, ClassList
from ..language import tr
from ..runtime.json_values import check_kind, without_nan
from .fields import Fields

FILE_NAME = "model.json"
KERAS_NAME = "model.keras"
# pystac has classes for this extension, but not in its last release for Python 3.9, which QGIS 3.22 may have
_MLM = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json"
_CLASSIFICATION = "https://stac-extensions.github.io/classification/v2.0.0/schema.json"
_STAC_VERSION = "1.1.0"  # the first that knows bands of an item; pystac for Python 3.9 says 1.0.0
_KINDS = {
    "mlm:architecture": str,
    "mlm:total_parameters": int,
    "geodl:inputs": [
        {"name": str, "bands": [str], "nodata": [(float, None)], "statistics": {str: [float]}, "dates": [str]}
    ],
    "geodl:fields": ({"total_stride": int, "valid_margin": int, "scale": int}, None),
    "geodl:crops": [int],
    "geodl:training": {str: object},
    "geodl:values": (VALUES_KIND, None),
    "geodl:checksums": {str: str},
}


@dataclass(frozen=True)
class ModelInput:
    """One input of a network.

    Args:
        name: of the tensor.
        bands: names of the bands, in order.
        nodata: no-data value by band, None where there is none.
        statistics: of the training data, such as ``mean`` and ``stddev``: one value for each band.
        dates: of the training data, if they are a time series, as ISO 8601, those of the first bands first; empty texts
            if only their number is known.
    """

    name: str
    bands: list[str]
    nodata: list[float | None]
    statistics: dict[str, list[float]]
    dates: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ModelDescription:
    """Contents of ``model.json``.

    Args:
        architecture: name of the network.
        inputs: in the order of the sources.
        output: name of the output that maps are made of.
        classes: the meaning of its channels; empty if it has one channel of continuous values.
        fields: for maps block by block; None: there would be seams, or they are not known.
        crops: for which there are cropped outputs, in pixels.
        parameters: number of trained weights.
        training: parameters and results of the training.
        values: the meaning of the channel of continuous values, in their own units; None: there are classes.
        checksums: of the files that the network is in, as `checksums.checksums` gives them; empty: not known.
    """

    architecture: str
    inputs: list[ModelInput]
    output: str
    classes: ClassList
    fields: Fields | None
    crops: list[int]
    parameters: int
    training: dict[str, Any]
    values: RegressionTarget | None = None
    checksums: dict[str, str] = field(default_factory=dict)

    @property
    def task(self) -> str:
        """The task of the network: ``classification`` or ``regression``."""
        return "regression" if self.values else "classification"

    def write(self, folder: Path) -> None:
        """Write ``model.json``.

        Args:
            folder: the model folder.
        """
        import pystac

        item = pystac.Item(
            id=f"geodl-{self.architecture}",
            geometry=None,
            bbox=None,
            datetime=datetime.now(timezone.utc),
            properties={
                **self._machine_learning_model(),
                "geodl:inputs": [asdict(image) for image in self.inputs],
                "geodl:fields": None if self.fields is None else asdict(self.fields),
                "geodl:crops": self.crops,
                "geodl:training": self.training,
                **({"geodl:values": asdict(self.values)} if self.values else {}),
                **({"geodl:checksums": self.checksums} if self.checksums else {}),
            },
            stac_extensions=[_MLM] if self.values else [_MLM, _CLASSIFICATION],
        )
        item.add_asset(
            "model",
            pystac.Asset(
                href=".",
                title="SavedModel",
                media_type="application/octet-stream; framework=tensorflow",
                roles=["mlm:model"],
                # STAC allows bands of an item only if an asset has them as well, MLM asks for those of the item
                extra_fields={"mlm:artifact_type": "tf.keras.Model.export", "bands": self._bands},
            ),
        )
        item.add_asset(
            "keras", pystac.Asset(href=KERAS_NAME, title="Keras model, for fine-tuning", roles=["mlm:weights"])
        )
        content = without_nan({**item.to_dict(include_self_link=False), "stac_version": _STAC_VERSION})
        text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")

    @property
    def _bands(self) -> list[dict[str, str]]:
        """The bands of all inputs, each name once."""
        return [{"name": name} for name in dict.fromkeys(name for image in self.inputs for name in image.bands)]

    def _machine_learning_model(self) -> dict[str, Any]:
        """The properties of the Machine Learning Model extension, and the bands that it refers to."""
        tasks = ["regression"] if self.values else ["semantic-segmentation"]
        axes = ["batch", "height", "width"]
        return {
            "bands": self._bands,
            "mlm:name": f"GeoDL {self.architecture}",
            "mlm:architecture": self.architecture,
            "mlm:tasks": tasks,
            "mlm:framework": "TensorFlow",
            **({"mlm:framework_version": self.training["tensorflow"]} if "tensorflow" in self.training else {}),
            "mlm:total_parameters": self.parameters,
            "mlm:input": [
                {
                    "name": image.name,
                    "bands": image.bands,
                    "input": {
                        "shape": [-1, -1, -1, len(image.bands)],
                        "dim_order": [*axes, "bands"],
                        "data_type": "float32",
                    },
                }
                for image in self.inputs
            ],
            "mlm:output": [
                {
                    "name": self.output,
                    "tasks": tasks,
                    "result": {
                        "shape": [-1, -1, -1, 1 if self.values else len(self.classes)],
                        "dim_order": [*axes, "value" if self.values else "class"],
                        "data_type": "float32",
                    },
                    **self._meaning(),
                }
            ],
        }

    def _meaning(self) -> dict[str, Any]:
        """The meaning of the channels of the output."""
        if self.values:
            return {"description": f"Continuous values: {self.values.name}"}
        names = _machine_names(self.classes)
        return {
            "classification:classes": [
                {
                    "value": known.value,
                    "name": name,
                    "title": known.name,
                    "description": known.name,  # MLM 1.4.0 checks classes by version 1.1.0 of their extension, too
                    "color_hint": known.color.lstrip("#"),
                }
                for name, known in zip(names, self.classes.classes)
            ]
        }

    @classmethod
    def read(cls, folder: str | Path) -> ModelDescription:
        """Read the description of a model folder.

        Args:
            folder: the model folder.

        Raises:
            InputError: the folder is not a model folder that GeoDL made.
        """
        folder = Path(folder)
        try:
            if not (folder / "saved_model.pb").is_file():
                raise FileNotFoundError(tr("there is no saved_model.pb"))
            properties = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["properties"]
            check_kind(properties, _KINDS, "properties")
            (output,) = properties["mlm:output"]
            values, fields = properties.get("geodl:values"), properties["geodl:fields"]
            return cls(
                architecture=properties["mlm:architecture"],
                inputs=[_input(**image) for image in properties["geodl:inputs"]],
                output=output["name"],
                classes=ClassList(
                    tuple(
                        Class(known["value"], known.get("title", known["name"]), f"#{known['color_hint']}")
                        for known in ([] if values else output["classification:classes"])
                    )
                ),
                fields=None if fields is None else _fields(**fields),
                crops=properties["geodl:crops"],
                parameters=properties["mlm:total_parameters"],
                training=properties["geodl:training"],
                values=RegressionTarget(**values) if values else None,
                checksums=properties.get("geodl:checksums", {}),  # models of earlier versions have none
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                tr("{folder} is not a model folder.").format(folder=folder),
                expected=tr("a folder made by Train a network, with {file_name} and saved_model.pb").format(
                    file_name=FILE_NAME
                ),
                received=str(error),
            ) from error


def _input(
    name: str,
    bands: list[str],
    nodata: list[float | None],
    statistics: dict[str, list[float]],
    dates: Sequence[str] = (),  # models of earlier versions have none
) -> ModelInput:
    if not bands or {len(nodata), *map(len, statistics.values())} != {len(bands)}:
        raise ValueError(tr("no-data values or statistics of {name} are not one for each band").format(name=name))
    if dates and len(bands) % len(dates):
        raise ValueError(
            tr("{name} has {bands} bands of {dates} dates").format(name=name, bands=len(bands), dates=len(dates))
        )
    return ModelInput(name, bands, nodata, statistics, list(dates))


def _fields(total_stride: int, valid_margin: int, scale: int = 1) -> Fields:
    if total_stride < 1 or valid_margin < 0 or scale < 1:
        raise ValueError(
            tr("fields: total_stride = {total_stride}, valid_margin = {valid_margin}, scale = {scale}").format(
                total_stride=total_stride, valid_margin=valid_margin, scale=scale
            )
        )
    return Fields(total_stride, valid_margin, scale)


def _machine_names(classes: ClassList) -> list[str]:
    """A unique name of ASCII letters, digits, - and _ for each class."""
    found: list[str] = []
    for known in classes.classes:
        ascii_only = unicodedata.normalize("NFKD", known.name).encode("ascii", "ignore").decode()
        name = re.sub("[^0-9A-Za-z-]+", "_", ascii_only).strip("_")
        if not name or name in found:
            name = f"{name or 'class'}_{known.value}"
        while name in found:
            name += "_"
        found.append(name)
    return found
