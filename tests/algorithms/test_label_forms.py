"""Layers that people label, as they see them."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

NAMES = ["field", "forest", "water"]


@pytest.fixture
def class_map(make_raster):
    """A map with names."""
    from geodl.geodl_plugin.labels.class_raster import write_classes
    from geodl.geodl_plugin.labels.classes import ClassList

    values = np.ones((60, 80), np.uint8)
    values[:, 40:], values[:10, :10] = 2, 3
    path = make_raster(values, name="map.tif", nodata=0)
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(NAMES))
    dataset = None
    return path


@pytest.fixture
def run(plugin):
    """Run an algorithm as a dialog does that loads its result, and give the layer."""

    def run(name, **parameters):
        context, project, output = QgsProcessingContext(), QgsProject(), parameters["OUTPUT"]
        context.setProject(project)
        context.addLayerToLoadOnCompletion(output, QgsProcessingContext.LayerDetails("Layer", project))
        feedback = QgsProcessingFeedback()
        results, ok = plugin.provider.algorithm(name).run(parameters, context, feedback)
        assert ok, feedback.textLog()
        layer = QgsVectorLayer(output, "Layer", "ogr", QgsVectorLayer.LayerOptions(loadDefaultStyle=False))
        details = context.layerToLoadOnCompletionDetails(output)
        details.postProcessor().postProcessLayer(layer, context, feedback)
        return results, layer

    return run


def widget(layer, field):
    """Type and configuration of the widget of a field."""
    setup = layer.editorWidgetSetup(layer.fields().indexOf(field))
    return setup.type(), setup.config()


def choices(layer, field):
    """What the form offers, without nothing."""
    kind, config = widget(layer, field)
    assert kind == "ValueMap"
    return [entry for entries in config["map"][1:] for entry in entries.items()]


def test_the_form_of_a_sample_offers_the_classes_and_hides_the_map(run, class_map, tmp_path):
    results, layer = run("samplemap", MAP=class_map, COUNT=40, OUTPUT=str(tmp_path / "sample.gpkg"))
    assert results["POINTS"] == layer.featureCount() == 40
    assert results["POINTS_BY_CLASS"] == "field: 13, forest: 14, water: 13"
    assert choices(layer, "reference") == [("field", "1"), ("forest", "2"), ("water", "3")]
    for name in ("map_class", "stratum_px", "stratum_ha"):
        assert widget(layer, name)[0] == "Hidden"
    hidden = {one.name for one in layer.attributeTableConfig().columns() if one.hidden}
    assert hidden == {"map_class", "stratum_px", "stratum_ha"}
    assert [one.label() for one in layer.renderer().categories()] == ["to label", "labelled"]
    assert (tmp_path / "sample.qml").is_file()


def test_the_form_of_suggestions_offers_names(run, class_map, make_raster, tmp_path):
    confidence = make_raster(np.full((60, 80, 2), 0.5, np.float32), name="confidence.tif")
    results, layer = run(
        "suggestpositions", MAP=class_map, CONFIDENCE=confidence, COUNT=6, OUTPUT=str(tmp_path / "places.gpkg")
    )
    assert results["PLACES"] == layer.featureCount() == 6
    assert choices(layer, "class") == [(name, name) for name in NAMES]
    form = layer.editFormConfig()
    assert form.readOnly(layer.fields().indexOf("mapped")) and not form.readOnly(layer.fields().indexOf("class"))


def test_a_labelled_sample_needs_no_class_field(plugin, run, class_map, tmp_path):
    path = str(tmp_path / "sample.gpkg")
    run("samplemap", MAP=class_map, COUNT=40, OUTPUT=path)
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.ExecuteSQL("UPDATE sample SET reference = map_class WHERE id <= 38")
    dataset = None
    results, ok = plugin.provider.algorithm("evaluatemap").run(
        {"MAP": class_map, "REFERENCE": path}, QgsProcessingContext(), QgsProcessingFeedback()
    )
    assert ok
    assert (results["LABELLED_POINTS"], results["UNLABELLED_POINTS"]) == (38, 2)
    assert (results["ADJUSTED_ACCURACY"], results["ADJUSTED_ACCURACY_HALF_WIDTH"]) == (1, 0)
