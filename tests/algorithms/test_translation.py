"""No parameter of an algorithm is lost on the way to its job."""

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

DATES = {"DATES": "2021-05-01, 2021-06-15"}


def words(value):
    """A list, where the job has one and the user gives its parts with commas between."""
    return value.split(", ") if isinstance(value, str) else value


@pytest.fixture
def another(make_raster, make_vector, tmp_path):
    """A value for a parameter that is not its default."""

    def number(one):
        return one.defaultValue() / 2 if one.maximum() == 1 else one.defaultValue() + 3

    makers = {
        QgsProcessingParameterNumber: number,
        QgsProcessingParameterEnum: lambda one: one.options()[-1],
        QgsProcessingParameterBoolean: lambda one: not one.defaultValue(),
        QgsProcessingParameterString: lambda one: "one, two",
        QgsProcessingParameterExtent: lambda one: "500001, 500008, 399999, 400001",
        QgsProcessingParameterField: lambda one: "class",
        QgsProcessingParameterFile: lambda one: str(tmp_path),
        QgsProcessingParameterFeatureSource: lambda one: make_vector(
            [("POINT(500005 3999995)", "a")], name=f"{one.name()}.gpkg"
        ),
        QgsProcessingParameterRasterLayer: lambda one: make_raster([[1]], name=f"{one.name()}.tif"),
        QgsProcessingParameterMultipleLayers: lambda one: [
            make_raster([[1]], name=f"{one.name()}_{part}.tif") for part in "ab"
        ],
    }
    return lambda definition: makers[type(definition)](definition)


@pytest.mark.parametrize(
    ("name", "choices", "unused"),
    [
        ("samplevector", {}, ("CLASS_FIELD",)),
        ("samplevector", {"ONE_CLASS": False}, ()),
        ("samplelabelraster", {}, ()),
        ("samplegrid", {}, ()),
        ("extractpatches", {}, ()),
        ("exporttfrecords", {"LABEL_MODE": "polygons", **DATES}, ("LABELS_RASTER",)),
        ("exporttfrecords", {"LABEL_MODE": "raster", **DATES}, ("LABELS_VECTOR",)),
        ("exporttfrecords", {"LABEL_MODE": "position", **DATES}, ("LABELS_RASTER", "LABELS_VECTOR")),
        ("patchestotfrecords", {}, ()),
        ("mergedatasets", {}, ()),
        ("inspectdataset", {}, ()),
        ("inspectmodel", {}, ()),
        ("trainmodel", {"CROPS": "8, 24"}, ()),
        ("evaluatemodel", {}, ()),
        ("classstatistics", {}, ("CLASS_FIELD",)),
        ("classstatistics", {"ONE_CLASS": False}, ()),
        ("applymodel", {"USER_INPUTS": "k=1"}, ()),
        ("suggestpositions", {}, ()),
        ("samplemap", {}, ()),
        ("evaluatemap", {}, ()),
    ],
)
def test_every_parameter_reaches_the_job(plugin, another, tmp_path, name, choices, unused):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"geodl:{name}")
    destinations = {one.name() for one in algorithm.destinationParameterDefinitions()}
    inputs = {one.name(): one for one in algorithm.parameterDefinitions() if one.name() not in destinations}
    given = {**{one: another(definition) for one, definition in inputs.items()}, **choices}

    assert algorithm.prepare(given, QgsProcessingContext(), QgsProcessingFeedback())
    job = vars(algorithm._job)

    expected = {**given, **dict.fromkeys(unused, "")}
    for one, definition in inputs.items():
        found = job[one.lower()]
        if one == "DATASET" and "further_datasets" in job:
            found = [found, *job["further_datasets"]]
        if isinstance(definition, QgsProcessingParameterExtent):
            found = ", ".join(f"{number:g}" for number in found)
        if isinstance(definition, QgsProcessingParameterFeatureSource):
            found = found.replace(str(algorithm._scratch), str(tmp_path))  # a copy of the chosen features
        if one == "CROPS":
            found = [str(crop) for crop in found]
        assert found in (expected[one], words(expected[one])), one
