"""QGIS layers as files, and other names, that the library opens."""

from qgis.core import (
    QgsFeatureRequest,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProviderRegistry,
    QgsVectorFileWriter,
)

from .translation import tr


def raster_paths(algorithm, parameters, name, context):
    """The rasters of a parameter of one or several layers.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        name: of the parameter.
        context: of Processing.

    Returns:
        Texts that GDAL, or `Connection.parse`, reads.
    """
    layers = algorithm.parameterAsLayerList(parameters, name, context)
    return [_raster_path(layer) for layer in layers or []]


def source_paths(algorithm, parameters, context):
    """The rasters of the parameters SOURCE1 to SOURCE4, by the names of a job's fields.

    Args:
        algorithm: whose parameters they are.
        parameters: what Processing passed.
        context: of Processing.
    """
    names = [f"SOURCE{number}" for number in (1, 2, 3, 4)]
    return {name.lower(): raster_paths(algorithm, parameters, name, context) for name in names}


def raster_path(algorithm, parameters, name, context):
    """The raster of a parameter of one layer; empty if none is chosen.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        name: of the parameter.
        context: of Processing.
    """
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    return _raster_path(layer) if layer is not None else ""


def raster_name(algorithm, parameters, name, context):
    """The layer's name of a parameter of one raster layer; empty if none is chosen.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        name: of the parameter.
        context: of Processing.
    """
    layer = algorithm.parameterAsRasterLayer(parameters, name, context)
    return layer.name() if layer is not None else ""


def layer_extent(algorithm, parameters, name, of, context):
    """The extent that a parameter names, in the CRS of a raster; empty if none is chosen.

    Args:
        algorithm: whose parameters they are.
        parameters: what Processing passed.
        name: of the parameter of the extent.
        of: of the parameter of the raster, or of several.
        context: of Processing.

    Returns:
        Minimum and maximum x, minimum and maximum y.
    """
    layers = algorithm.parameterAsLayerList(parameters, of, context)
    if not parameters.get(name) or not layers:
        return []
    found = algorithm.parameterAsExtent(parameters, name, context, layers[0].crs())
    return [found.xMinimum(), found.xMaximum(), found.yMinimum(), found.yMaximum()]


class Features:
    """The chosen features of a vector parameter, to be saved as a GeoPackage in their own CRS.

    Selections, limits and filters of the layer are respected; geometries are not checked: the library does that.

    Args:
        algorithm: whose parameter it is.
        parameters: what Processing passed.
        name: of the parameter.
        context: of Processing.
        path: the GeoPackage to make.

    Attributes:
        path: the GeoPackage, which exists after `save`; empty if no layer is chosen.
        name: the layer's name; empty if none is chosen.
        origin: the file that the layer comes from; empty if there is none.
    """

    def __init__(self, algorithm, parameters, name, context, path):
        self._source, self.path, self.name, self.origin = None, "", "", ""
        if not parameters.get(name):
            return
        self._source = algorithm.parameterAsSource(parameters, name, context)
        if self._source is None:
            raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
        self.path = str(path)
        self.name = self._source.sourceName()
        self.origin = _origin(algorithm, parameters, name, context)

    def save(self, context, feedback):
        """Write the file, if a layer is chosen.

        Args:
            context: of Processing.
            feedback: of Processing; a cancelled file is incomplete.

        Raises:
            QgsProcessingException: a feature cannot be read or written.
        """
        if self._source is None:
            return
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = "features"
        options.layerOptions = ["FID=geodl_fid"]  # the layer may have a field fid with repeated values
        source = self._source
        writer = QgsVectorFileWriter.create(
            self.path, source.fields(), source.wkbType(), source.sourceCrs(), context.transformContext(), options
        )
        try:
            if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
                text = tr("The layer {layer} cannot be read: {problem}")
                raise QgsProcessingException(text.format(layer=self.name, problem=writer.errorMessage()))
            flags = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
            for feature in source.getFeatures(QgsFeatureRequest(), flags):
                if feedback.isCanceled():
                    return
                if not writer.addFeature(feature):
                    text = tr("A feature of {layer} cannot be read: {problem}")
                    raise QgsProcessingException(text.format(layer=self.name, problem=writer.errorMessage()))
        finally:
            del writer  # closes the file, even if an error's traceback keeps this function alive


def _origin(algorithm, parameters, name, context):
    """The file behind a vector parameter; empty if there is none."""
    value = parameters[name]
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    layer = algorithm.parameterAsVectorLayer({**parameters, name: value}, name, context)
    if layer is None:
        return ""
    return QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path") or ""


def _raster_path(layer):
    """A layer as QGIS itself opens it, with its open options and the CRS that the user gave it."""
    from ..geodl_plugin.rasters.connections import Connection

    if layer.providerType() != "gdal":
        text = tr(
            "The layer {layer} cannot be used. Expected: a raster file. Received: a layer of the provider {provider}. "
            "Save it to a file first."
        )
        raise QgsProcessingException(text.format(layer=layer.name(), provider=layer.providerType()))
    registry, provider = QgsProviderRegistry.instance(), layer.dataProvider()
    parts = registry.decodeUri("gdal", provider.dataSourceUri())
    options = parts.pop("openOptions", None) or []
    parts.pop("credentialOptions", None)  # QGIS has passed them to GDAL, and they must not be stored in jobs
    return str(Connection(registry.encodeUri("gdal", parts), options, _own_crs(layer.crs(), provider.crs())))


def _own_crs(crs, of_file):
    """The CRS that the user gave a layer, as a code or WKT; empty if it is that of the file."""
    if not crs.isValid() or crs == of_file:
        return ""
    code = crs.authid()
    return crs.toWkt() if not code or code.startswith("USER:") else code
