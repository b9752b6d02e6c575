"""Reports in French: nothing that has a translation is left in English."""

import html
import re

import pytest

from geodl_plugin import language
from geodl_plugin.jobs.apply_model import ApplyModel
from geodl_plugin.jobs.check_environment import CheckEnvironment
from geodl_plugin.jobs.class_statistics import ClassStatistics
from geodl_plugin.jobs.evaluate_map import EvaluateMap
from geodl_plugin.jobs.evaluate_model import EvaluateModel
from geodl_plugin.jobs.inspect_dataset import InspectDataset
from geodl_plugin.jobs.inspect_model import InspectModel
from geodl_plugin.jobs.train_model import TrainModel

PLACEHOLDER = re.compile(r"(\{[^{}]*\})")


@pytest.fixture(autouse=True)
def french(monkeypatch):
    """The language of what is told."""
    monkeypatch.setenv(language.VARIABLE, "fr")


def train(folder, data, reporter):
    small = {"architecture": "fcnn", "epochs": 2, "batch_size": 8, "crops": [16], "pixel_classifier": "compare"}
    TrainModel(str(data["dataset"]), str(folder / "model"), str(folder / "report.html"), **small).run(reporter)


def evaluate(folder, data, reporter):
    EvaluateModel(str(data["model"]), str(data["dataset"]), "test", str(folder / "report.html")).run(reporter)


def inspect_dataset(folder, data, reporter):
    InspectDataset(str(data["dataset"]), str(folder / "report.html")).run(reporter)


def inspect_model(folder, data, reporter):
    InspectModel(str(data["model"]), str(folder / "report.html")).run(reporter)


def evaluate_map(folder, data, reporter):
    ApplyModel(str(data["model"]), [data["image"]], str(folder / "map.tif")).run(reporter)
    EvaluateMap(
        map=str(folder / "map.tif"),
        reference=data["polygons"],
        class_field="class",
        report=str(folder / "report.html"),
        matrix="",
    ).run(reporter)


def count_classes(folder, data, reporter):
    report = str(folder / "report.html")
    ClassStatistics(input=data["polygons"], class_field="class", source=data["image"], report=report).run(reporter)


def check_environment(folder, data, reporter):
    CheckEnvironment(problem="there is none", report=str(folder / "report.html"), must_work=False).run(reporter)


@pytest.mark.parametrize(
    "make", [train, evaluate, inspect_dataset, inspect_model, evaluate_map, count_classes, check_environment]
)
def test_nothing_is_left_in_english(make, trained_folder, dataset_folder, session_scene, tmp_path, reporter):
    make(tmp_path, {"model": trained_folder, "dataset": dataset_folder, **session_scene}, reporter)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page
    english = english_texts()
    assert [text for text in texts_of(page) for found in english if found(text)] == []


def english_texts():
    """Finders of the English texts whose French differs in more than its punctuation; short ones stand alone."""
    found = []
    for text, translation in language._catalogue("fr").items():
        fixed = PLACEHOLDER.sub("", text)
        if words(text) != words(translation) and re.match(r"[A-Z]|\S+ \S+ \S", fixed):
            parts = (".+" if PLACEHOLDER.match(part) else re.escape(part) for part in PLACEHOLDER.split(text))
            pattern = re.compile("".join(parts))
            found.append(pattern.search if len(fixed) > 25 else pattern.fullmatch)
    return found


def words(text):
    return re.findall(r"\w{3,}", PLACEHOLDER.sub("", text))


def texts_of(page):
    """The sentences of a page that people see, of its tips, and of its charts, which have them in comments."""
    page = re.sub(r"(?s)<(style|script|pre|textarea)\b.*?</\1>", "", page)
    found = [*re.findall(r">([^<>]+)<", page), *re.findall(r'(?:title|alt|aria-label)="([^"]+)"', page)]
    found += re.findall(r"<!-- (.+?) -->", page)
    return {text for one in found if (text := " ".join(html.unescape(one).split()))}
