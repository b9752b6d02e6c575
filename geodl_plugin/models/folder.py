"""The model folder: a SavedModel with what people and programs need to know about it.

``model.json`` is a STAC item with the Machine Learning Model extension: inputs with bands and statistics,
outputs with classes or continuous values.  What the extension has no word for stands in properties that begin
with ``geodl:``.
Reading needs neither TensorFlow nor pystac.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ..classes import Class, ClassMap
from ..datasets.manifest import Values
from ..errors import InputError
from ..fields import Fields

FILE_NAME = "model.json"
KERAS_NAME = "model.keras"
# pystac has classes for this extension, but not in its last release for Python 3.9, which QGIS 3.22 may have
_MLM = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json"
_CLASSIFICATION = "https://stac-extensions.github.io/classification/v2.0.0/schema.json"


@dataclass(frozen=True)
class ModelInput:
    """One input of a network.

    Args:
        name: of the tensor.
        bands: names of the bands, in order.
        nodata: one a band, None where there is none.
        statistics: of the training data, lists by band.
    """

    name: str
    bands: list[str]
    nodata: list[float | None]
    statistics: dict[str, list[float]]


@dataclass(frozen=True)
class ModelDescription:
    """What ``model.json`` says.

    Args:
        architecture: name of the network.
        inputs: in the order of the sources.
        output: name of the output that maps are made of.
        classes: what its channels mean; empty if it has one channel of continuous values.
        fields: how it may be applied block by block; None: not without seams, or it is not known how.
        crops: for which outputs without border exist.
        parameters: number of trained weights.
        training: parameters and figures of the training.
        values: what the channel is if it is of continuous values, in their own units; None: there are classes.
    """

    architecture: str
    inputs: list[ModelInput]
    output: str
    classes: ClassMap
    fields: Fields | None
    crops: list[int]
    parameters: int
    training: dict[str, Any]
    values: Values | None = None

    @property
    def task(self) -> str:
        """What the network does: ``classification`` or ``regression``."""
        return "regression" if self.values else "classification"

    def write(self, folder: Path) -> None:
        """Write ``model.json`` into the folder."""
        import pystac

        item = pystac.Item(
            id=f"geodl-{self.architecture}",
            geometry=None,
            bbox=None,
            datetime=datetime.now(timezone.utc),
            properties={
                **self._machine_learning_model(),
                "geodl:inputs": [asdict(one) for one in self.inputs],
                "geodl:fields": asdict(self.fields) if self.fields else None,
                "geodl:crops": self.crops,
                "geodl:training": self.training,
                **({"geodl:values": asdict(self.values)} if self.values else {}),
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
                extra_fields={"mlm:artifact_type": "tf.keras.Model.export"},
            ),
        )
        item.add_asset(
            "keras", pystac.Asset(href=KERAS_NAME, title="Keras model, for fine-tuning", roles=["mlm:weights"])
        )
        content = json.dumps(item.to_dict(include_self_link=False), indent=2, ensure_ascii=False)
        (folder / FILE_NAME).write_text(content + "\n", encoding="utf-8")

    def _machine_learning_model(self) -> dict[str, Any]:
        """The properties of the Machine Learning Model extension."""
        tasks = ["regression"] if self.values else ["semantic-segmentation"]
        image = ["batch", "height", "width"]
        return {
            "mlm:name": f"GeoDL {self.architecture}",
            "mlm:architecture": self.architecture,
            "mlm:tasks": tasks,
            "mlm:framework": "TensorFlow",
            "mlm:framework_version": self.training.get("tensorflow"),
            "mlm:total_parameters": self.parameters,
            "mlm:input": [
                {
                    "name": one.name,
                    "bands": one.bands,
                    "input": {
                        "shape": [-1, -1, -1, len(one.bands)],
                        "dim_order": [*image, "bands"],
                        "data_type": "float32",
                    },
                }
                for one in self.inputs
            ],
            "mlm:output": [
                {
                    "name": self.output,
                    "tasks": tasks,
                    "result": {
                        "shape": [-1, -1, -1, 1 if self.values else len(self.classes)],
                        "dim_order": [*image, "value" if self.values else "class"],
                        "data_type": "float32",
                    },
                    **self._meaning(),
                }
            ],
        }

    def _meaning(self) -> dict[str, Any]:
        """What the channels of the output mean."""
        if self.values:
            return {"description": f"Continuous values: {self.values.name}"}
        return {
            "classification:classes": [
                {"value": one.value, "name": one.name, "title": one.name, "color_hint": one.color.lstrip("#")}
                for one in self.classes.classes
            ]
        }

    @classmethod
    def read(cls, folder: Path) -> ModelDescription:
        """Read the description of a model folder.

        Raises:
            InputError: the folder is none of ours.
        """
        try:
            if not (folder / "saved_model.pb").is_file():
                raise FileNotFoundError("there is no saved_model.pb")
            properties = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))["properties"]
            (output,) = properties["mlm:output"]
            values, fields = properties.get("geodl:values"), properties["geodl:fields"]
            return cls(
                architecture=properties["mlm:architecture"],
                inputs=[ModelInput(**one) for one in properties["geodl:inputs"]],
                output=output["name"],
                classes=ClassMap(
                    tuple(
                        Class(one["value"], one["name"], f"#{one['color_hint']}")
                        for one in ([] if values else output["classification:classes"])
                    )
                ),
                fields=Fields(**fields) if fields else None,
                crops=properties["geodl:crops"],
                parameters=properties["mlm:total_parameters"],
                training=properties["geodl:training"],
                values=Values(**values) if values else None,
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{folder} is no model folder.",
                expected=f"a folder that Train a network made, with {FILE_NAME} and saved_model.pb",
                received=str(error),
            ) from error
