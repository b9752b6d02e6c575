"""How maps look when they are opened."""

import numpy as np
import pytest
from geodl.algorithms.apply_model import ApplyModel
from geodl.algorithms.loading import finish, name_layers, titled
from geodl.algorithms.styling import (
    VIRIDIS,
    style_class_map,
    style_confidence,
    style_positions,
    style_unfamiliarity,
    style_value_map,
)
from geodl.geodl_plugin.labels.class_raster import write_classes
from geodl.geodl_plugin.labels.classes import ClassList
from osgeo import gdal, ogr
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    edit,
)


def test_map_is_loaded_with_its_own_classes_only(qgis_app, make_raster):
    path = make_raster(np.array([[1, 2], [3, 0]], np.uint8), name="map.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["field", "forest", "water"]))
    del dataset
    context = QgsProcessingContext()
    details = QgsProcessingContext.LayerDetails("Map", QgsProject.instance())
    context.addLayerToLoadOnCompletion(path, details)

    style_class_map(path, context)

    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False  # as Processing loads its results
    layer = QgsRasterLayer(path, "Map", "gdal", options)
    context.layerToLoadOnCompletionDetails(path).postProcessor().postProcessLayer(
        layer, context, QgsProcessingFeedback()
    )
    assert [one.label for one in layer.renderer().classes()] == ["field", "forest", "water"]


def test_each_run_has_a_finisher_of_its_own_since_its_context_deletes_it(qgis_app, make_raster):
    path = make_raster([[1]], name="map.tif")
    for _ in range(2):
        context = QgsProcessingContext()
        context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails("Map", QgsProject.instance()))
        assert finish(path, context) is finish(path, context)
        del context
    assert finish(path, QgsProcessingContext()) is None


def test_map_that_is_not_loaded_has_its_style_beside_it(qgis_app, make_raster):
    path = make_raster(np.array([[1, 2]], np.uint8), name="map.tif")
    dataset = gdal.Open(path, gdal.GA_Update)
    write_classes(dataset.GetRasterBand(1), ClassList.from_values(["field", "forest"]))
    del dataset
    style_class_map(path, QgsProcessingContext())
    assert len(QgsRasterLayer(path).renderer().classes()) == 2


def test_map_of_values_has_a_colour_ramp(qgis_app, make_raster, tmp_path):
    path = make_raster(np.linspace(20, 60, 2500, dtype=np.float32).reshape(50, 50), name="cover.tif", nodata=np.nan)
    style_value_map(path, 5.0, 75.0, QgsProcessingContext())
    assert not any("Hist" in one.read_text() for one in tmp_path.glob("*.aux.xml"))
    layer = QgsRasterLayer(path)
    items = layer.renderer().shader().rasterShaderFunction().colorRampItemList()
    assert [item.color.name() for item in items] == list(VIRIDIS)
    assert [item.value for item in items] == [5.0, 22.5, 40.0, 57.5, 75.0]


def test_confidence_is_one_band_from_where_all_classes_are_alike(qgis_app, make_raster, tmp_path):
    path = make_raster(np.random.default_rng(1).random((2, 50, 50), np.float32), name="confidence.tif")
    style_confidence(path, 4, QgsProcessingContext())
    assert not list(tmp_path.glob("*.aux.xml"))
    layer = QgsRasterLayer(path)
    renderer = layer.renderer()
    assert (renderer.usesBands(), renderer.classificationMin(), renderer.classificationMax()) == ([1], 0.25, 1)
    style_confidence(path, 0, QgsProcessingContext())
    layer = QgsRasterLayer(path)
    assert layer.renderer().classificationMin() == 0


def test_unfamiliarity_changes_its_colour_at_one(qgis_app, make_raster):
    path = make_raster(np.linspace(0, 3, 400, dtype=np.float32).reshape(20, 20), name="unfamiliarity.tif")
    style_unfamiliarity(path, QgsProcessingContext())
    layer = QgsRasterLayer(path)
    function = layer.renderer().shader().rasterShaderFunction()
    assert function.shade(0.99)[3] > function.shade(0.99)[1]  # blue
    assert function.shade(1.01)[1] > function.shade(1.01)[3]  # red
    assert [item.label[:1] for item in function.colorRampItemList()] == ["0", "1", "a", "2"]


def test_positions_show_their_split_and_their_class(qgis_app, make_vector):
    features = [(f"POINT({500000 + x} 4000000)", name) for x, name in enumerate(("water", "it's", "water"))]
    path = make_vector(features, name="positions.gpkg")
    dataset = ogr.Open(path, 1)
    dataset.GetLayer(0).CreateField(ogr.FieldDefn("split", ogr.OFTString))
    del dataset
    layer = QgsVectorLayer(path)
    with edit(layer):
        for feature, split in zip(layer.getFeatures(), ("train", "test", "train")):
            layer.changeAttributeValue(feature.id(), layer.fields().indexOf("split"), split)
    style_positions(path, QgsProcessingContext())
    styled = QgsVectorLayer(path)
    rules = styled.renderer().rootRule().children()
    assert [rule.label() for rule in rules] == ["train", "test", "it's", "water"]
    assert [layer_count(layer, rule.filterExpression()) for rule in rules] == [2, 1, 1, 2]
    halo, sign = rules[-1].symbol().symbolLayers()  # which one sees in dark themes, and in light ones
    assert halo.strokeColor().lightness() > 200 and sign.strokeColor().lightness() < 100
    assert halo.strokeWidth() > sign.strokeWidth() and halo.shape() == sign.shape()


def layer_count(layer, expression):
    """How many features of a layer a rule draws."""
    return sum(1 for _ in layer.getFeatures(expression))


@pytest.fixture
def results(qgis_app, make_raster):
    """Three layers that a run has made and that are to be loaded, and what Processing does with them."""
    context, project = QgsProcessingContext(), QgsProject()
    context.setProject(project)
    algorithm = ApplyModel().create()
    paths = {name: make_raster([[1]], name=f"{name}.tif") for name in ("OUTPUT", "CONFIDENCE", "UNFAMILIARITY")}
    for name, path in paths.items():
        title = algorithm.parameterDefinition(name).description()
        context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails(title, project, name))
        finish(path, context)

    def load():
        for path in sorted(paths.values()):
            details = context.layerToLoadOnCompletionDetails(path)
            layer = project.addMapLayer(QgsRasterLayer(path, details.name))
            project.layerTreeRoot().findLayer(layer).setExpanded(False)  # as QGIS does with 256 colours
            details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
        return project.layerTreeRoot()

    return algorithm, paths, context, load


def test_layers_of_a_run_are_named_and_grouped_with_the_map_on_top(results):
    algorithm, paths, context, load = results
    names = {"OUTPUT": "Class map (unet, image)", "CONFIDENCE": "Confidence (unet)", "UNFAMILIARITY": "Strange"}
    name_layers(algorithm, paths, names, "Map (unet, image)", context)
    details = context.layerToLoadOnCompletionDetails(paths["OUTPUT"])
    if hasattr(details, "groupName"):
        keys = [context.layerToLoadOnCompletionDetails(paths[name]).layerSortKey for name in names]
        assert keys == sorted(keys, reverse=True)  # QGIS puts the greatest on top
        assert details.groupName == "Map (unet, image)"
        return
    (group,) = load().children()
    assert group.name() == "Map (unet, image)"
    assert [node.name() for node in group.children()] == list(names.values())


@pytest.mark.parametrize("order", [1, -1])
def test_places_to_label_are_not_hidden_by_the_map_of_their_run(qgis_app, make_raster, make_vector, order):
    context, project = QgsProcessingContext(), QgsProject()
    context.setProject(project)
    paths = [make_raster([[1]], name="map.tif"), make_vector([("POINT(500005 3999995)", "a")], name="places.gpkg")]
    for path in paths:
        context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails(path, project, path))
        finish(path, context)
    group = project.layerTreeRoot().insertGroup(0, "of the person")
    for path in paths[::order]:
        layer = QgsRasterLayer(path, "map") if path.endswith("tif") else QgsVectorLayer(path, "places")
        project.addMapLayer(layer, False)
        group.insertLayer(0, layer)
        details = context.layerToLoadOnCompletionDetails(path)
        details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    names = [node.name() for node in project.layerTreeRoot().findLayers()]
    assert names.index("places") < names.index("map")


def test_the_legend_of_a_map_is_unfolded(results):
    _, _, _, load = results
    layers = load().findLayers()
    assert len(layers) == 3 and all(node.isExpanded() for node in layers)


def test_names_that_somebody_gave_are_kept(results):
    algorithm, paths, context, _ = results
    context.layerToLoadOnCompletionDetails(paths["OUTPUT"]).name = "Mine"
    name_layers(algorithm, {"OUTPUT": paths["OUTPUT"]}, {"OUTPUT": "Class map"}, "", context)
    assert context.layerToLoadOnCompletionDetails(paths["OUTPUT"]).name == "Mine"


def test_a_title_tells_what_it_knows():
    assert titled("Confidence", "unet", "image") == "Confidence (unet, image)"
    assert titled("Confidence", "unet", "") == "Confidence (unet)"
    assert titled("Confidence") == "Confidence"
