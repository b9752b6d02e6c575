"""The jobs that are run, as their job files say them: names, fields and choices are stable.

All paths are relative to the folder in which the jobs run: ``inputs`` is made by `inputs.make_inputs`, and each job
writes into a folder of its own, ``results/NAME``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

RESULTS = "results"
_IMAGE, _GAPS, _COARSE = ["inputs/image.tif"], ["inputs/gaps.tif"], ["inputs/coarse.tif"]
_POLYGONS = {"input": "inputs/polygons.gpkg", "class_field": "class_name"}
_POSITIONS = f"{RESULTS}/sample_balanced/positions.gpkg"
_POINTS = {"positions": _POSITIONS, "patch_size": 16}
_SMALL = {"epochs": 2, "batch_size": 8, "crops": [16], "device": "cpu"}
_PART = [832155.0, 835755.0, 834945.0, 838545.0]  # 120 × 120 pixels
_MODEL = f"{RESULTS}/train_unet/model"


@dataclass(frozen=True)
class NamedJob:
    """A job of the list.

    Args:
        name: of its folder.
        job: public name of the job.
        outputs: fields of the job that name outputs, and the names of the files or folders.
        parameters: its other fields.
    """

    name: str
    job: str
    outputs: dict[str, str]
    parameters: dict[str, Any]

    def content(self) -> dict[str, Any]:
        """What the job file holds."""
        outputs = {field: f"{RESULTS}/{self.name}/{file}" for field, file in self.outputs.items()}
        return {"job": self.job, "parameters": {**self.parameters, **outputs}}

    def needs(self) -> set[str]:
        """Names of the jobs whose results it reads."""
        return set(re.findall(rf"{RESULTS}/(\w+)/", str(self.parameters)))


def _sampling() -> Iterable[NamedJob]:
    def sample(name: str, file: str = "positions.gpkg", job: str = "samplevector", **parameters: Any) -> NamedJob:
        labels = {} if job == "samplegrid" else _POLYGONS if job == "samplevector" else {"input": "inputs/labels.tif"}
        return NamedJob(
            f"sample_{name}", job, {"output": file}, {"source1": _IMAGE, "patch_size": 16, **labels, **parameters}
        )

    yield sample("balanced", count=90, block_size=32, seed=1)
    yield sample("per_class", strategy="per class", count=30, split="random", min_distance=3, split_buffer=4)
    yield sample("proportional", strategy="proportional", count=80, split="chessboard", block_size=24, seed=2)
    yield sample("all", "positions.geojson", strategy="all", split="none", source1=_GAPS, reject_nodata=True)
    yield sample(
        "by_field",
        strategy="grid",
        split="by field",
        split_field="part",
        input="inputs/degrees.gpkg",
        source2=_COARSE,
        patch_size=8,
    )
    yield sample("raster", job="samplelabelraster", strategy="per class", count=40, split="random", seed=3)
    yield sample("raster_blocks", job="samplelabelraster", strategy="proportional", count=120, block_size=40)
    yield sample("grid", job="samplegrid", step=12, mask="inputs/polygons.gpkg", valid_fraction=0.3)
    yield sample("chessboard", "p.shp", job="samplegrid", strategy="chessboard", offset=2, mask_raster=_GAPS[0])
    yield sample("everywhere", job="samplegrid", strategy="all", source1=_GAPS, reject_nodata=True, source2=_COARSE)
    for name, labels in (
        ("polygons", _POLYGONS),
        ("raster", {"input_raster": "inputs/labels.tif"}),
    ):
        yield NamedJob(f"classes_{name}", "classstatistics", {"report": "r.html"}, {"source": _IMAGE[0], **labels})


def _datasets() -> Iterable[NamedJob]:
    def patches(name: str, source: str, labels: bool = False) -> NamedJob:
        outputs = {"output": "patches.tif", **({"labels": "labels.tif"} if labels else {})}
        field = {"class_field": "class"} if labels else {}
        return NamedJob(f"extract_{name}", "extractpatches", outputs, {**_POINTS, "source1": [source], **field})

    def of_patches(name: str, labels: str, **parameters: Any) -> NamedJob:
        images = {"source1": [f"{RESULTS}/extract_image/patches.tif"], "labels": [f"{RESULTS}/{labels}.tif"]}
        return NamedJob(f"records_{name}", "patchestotfrecords", {"output": "dataset"}, {**images, **parameters})

    def export(name: str, mode: str, **parameters: Any) -> NamedJob:
        given = {"source1": _IMAGE, "label_mode": mode, **_POINTS, **parameters}
        return NamedJob(f"export_{name}", "exporttfrecords", {"output": "dataset", "report": "r.html"}, given)

    polygons = {"labels_vector": "inputs/polygons.gpkg", "class_field": "class_name"}
    values = {"labels_raster": "inputs/cover.tif"}
    yield patches("image", "inputs/image.tif", labels=True)
    yield patches("classes", "inputs/labels.tif")
    yield NamedJob(
        "extract_no_gaps",
        "extractpatches",
        {"output": "patches.tif"},
        {"source1": _GAPS, "positions": f"{RESULTS}/sample_raster/positions.gpkg", "patch_size": 15, "nodata": "0"},
    )
    yield of_patches("of_patches", "extract_classes/patches", samples_per_shard=25, seed=4)
    yield of_patches("of_one_label", "extract_image/labels", names=["landsat"], compression="gzip", valid_fraction=0.3)
    yield export("polygons", "polygons", patch_size=32, **polygons)
    yield export(
        "two_sources",
        "raster",
        positions=f"{RESULTS}/sample_raster/positions.gpkg",
        labels_raster="inputs/labels.tif",
        source2=_COARSE,
        names=["landsat", "coarse"],
        samples_per_shard=8,
        compression="gzip",
        drop_remainder=True,
        seed=5,
    )
    yield export("one_label", "position", class_field="class")
    yield export("gaps", "polygons", source1=_GAPS, positions=f"{RESULTS}/sample_per_class/positions.gpkg", **polygons)
    yield export("values", "values", **values)
    yield export("one_value", "position", positions="inputs/points.gpkg", class_field="cover")
    for name in ("polygons", "values", "one_value"):
        dataset = {"dataset": f"{RESULTS}/export_{name}/dataset"}
        yield NamedJob(f"inspect_{name}", "inspectdataset", {"report": "r.html"}, dataset)


def _models() -> Iterable[NamedJob]:
    def train(name: str, dataset: str, architecture: str = "", **parameters: Any) -> NamedJob:
        given = {"dataset": f"{RESULTS}/export_{dataset}/dataset", "architecture": architecture or name}
        return NamedJob(
            f"train_{name}", "trainmodel", {"output": "model", "report": "r.html"}, {**_SMALL, **given, **parameters}
        )

    weights = {"class_weights": "given", "class_weight_values": "forest=2, cropland=1, wetland=1.5"}
    yield train("unet", "polygons", width=8, depth=2, seed=1)
    yield train(
        "fcnn",
        "two_sources",
        loss="focal",
        class_weights="balanced",
        augment=["flips and turns", "brightness and contrast", "noise"],
        seed=2,
    )
    yield train("resunet", "values", width=8, depth=2, loss="mean squared error", augment=["flips and turns"])
    yield train("patchcnn", "one_label", augment=["flips and turns", "mixup"], learning_rate=0.002, weight_decay=0.0)
    yield train("patchcnn_values", "one_value", "patchcnn", loss="mean absolute error", augment=["noise"], epochs=1)
    yield train("custom", "gaps", model_file="inputs/my_network.py", loss="cross entropy + dice", **weights)
    yield train("backbone", "polygons", epochs=1, loss="dice", augment=["rotations"], batch_size=16)
    yield train("again", "polygons", "unet", init_model=_MODEL, epochs=1, seed=7)
    for name in ("unet", "fcnn", "patchcnn", "custom"):
        model = {"model": f"{RESULTS}/train_{name}/model"}
        yield NamedJob(f"inspect_{name}", "inspectmodel", {"report": "r.html"}, model)
    for name, dataset, outputs in (
        ("unet", "polygons", {"report": "r.html", "confusion": "c.csv"}),
        ("resunet", "values", {"report": "r.html"}),
        ("patchcnn", "one_label", {"confusion": "c.csv"}),
    ):
        given = {"model": f"{RESULTS}/train_{name}/model", "dataset": f"{RESULTS}/export_{dataset}/dataset"}
        yield NamedJob(f"evaluate_{name}", "evaluatemodel", outputs, {**given, "split": "valid"})


def _maps() -> Iterable[NamedJob]:
    def apply(name: str, network: str = "unet", confidence: bool = False, **parameters: Any) -> NamedJob:
        given = {"model": f"{RESULTS}/train_{network}/model", "source1": _IMAGE, **parameters}
        outputs = {"output": "map.tif", **({"confidence": "confidence.tif"} if confidence else {})}
        return NamedJob(f"map_{name}", "applymodel", outputs, given)

    def score(name: str, **parameters: Any) -> NamedJob:
        given = {"map": f"{RESULTS}/map_classes/map.tif", **parameters}
        return NamedJob(f"score_{name}", "evaluatemap", {"report": "r.html", "matrix": "m.csv"}, given)

    yield apply("classes", confidence=True)
    yield apply("probabilities", output_type="probabilities", efield=64)
    yield apply("uint8", output_type="probabilities (uint8)", cog=True, overviews=True, resume=True)
    yield apply("raw", output_type="raw", creation_options="COMPRESS=LZW|TILED=YES")
    yield apply("part", extent=_PART, mask="inputs/polygons.gpkg", edges="zero", confidence=True)
    yield apply("valid_only", edges="valid only", output_nodata="99", memory=800)
    yield apply("gaps", source1=_GAPS, output_type="probabilities", extent=_PART)
    yield apply("two_sources", "fcnn", source2=_COARSE, confidence=True)
    yield apply("values", "resunet")
    yield apply("custom", "custom", source1=_GAPS)
    yield apply("keras_file", output_type="raw", model=f"{_MODEL}/model.keras", extent=_PART)
    yield apply("bfloat16", precision="bfloat16", extent=_PART)
    yield apply("patches", "patchcnn", mode="patch-based", extent=_PART, confidence=True)
    yield apply("patches_whole", "patchcnn", output_type="probabilities")
    polygons = {"reference": "inputs/reference.gpkg", "class_field": "class_name", "exclude": "inputs/polygons.gpkg"}
    yield score("polygons", **polygons)
    yield score("raster", reference_raster="inputs/labels.tif")
    class_map = f"{RESULTS}/map_classes/map.tif"
    yield NamedJob("sample_map", "samplemap", {"output": "s.gpkg"}, {"map": class_map, "count": 60, "minimum": 10})
    suggest = {"map": class_map, "confidence": f"{RESULTS}/map_classes/confidence.tif", "count": 9}
    yield NamedJob("suggest", "suggestpositions", {"output": "s.gpkg"}, {**suggest, "labels": "inputs/polygons.gpkg"})


JOBS = (*_sampling(), *_datasets(), *_models(), *_maps())
# Jobs that AFTER runs once more, with what BEFORE wrote: its models and datasets stay readable.
OF_OLD_FILES = ("inspect_custom", "train_again", "map_two_sources", "map_values", "map_keras_file", "evaluate_unet")


def chosen(names: Iterable[str]) -> list[NamedJob]:
    """The jobs of such names or job names, all without any, and those whose results they need, in the list's order.

    Raises:
        ValueError: a name is neither.
    """
    names = set(names)
    unknown = names - {job.name for job in JOBS} - {job.job for job in JOBS}
    if unknown:
        raise ValueError(f"No such job: {', '.join(sorted(unknown))}. Jobs: {', '.join(job.name for job in JOBS)}.")
    wanted = {job.name for job in JOBS if not names or {job.name, job.job} & names}
    for job in reversed(JOBS):
        if job.name in wanted:
            wanted |= job.needs()
    return [job for job in JOBS if job.name in wanted]
