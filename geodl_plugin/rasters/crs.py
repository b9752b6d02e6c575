"""Coordinate reference systems (CRS): comparing them, transforming points, and where the world is cut or repeats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from osgeo import osr

from ..language import tr

_NEARLY = 1e-7  # degrees beside the edge of the world
_LATITUDES = (-60.0, 0.0, 45.0)


def spatial_reference(wkt: str) -> osr.SpatialReference:
    """A CRS whose x is the easting or the longitude, whatever axis order its authority defines.

    Args:
        wkt: the CRS as WKT.
    """
    crs = osr.SpatialReference(wkt=wkt)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def same_crs(first: str, second: str) -> bool:
    """Whether two CRS are the same; an unknown one is taken to be the other.

    Args:
        first: a CRS as WKT; empty: unknown.
        second: likewise.
    """
    if not first or not second or first == second:
        return True
    return bool(osr.SpatialReference(wkt=first).IsSame(osr.SpatialReference(wkt=second)))


def crs_name(wkt: str) -> str:
    """The name of a CRS, for messages.

    Args:
        wkt: the CRS as WKT; empty: unknown.
    """
    return str(osr.SpatialReference(wkt=wkt).GetName()) if wkt else tr("no CRS")


def transform_points(x: NDArray, y: NDArray, crs: str, to: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Transform points to another CRS.

    Args:
        x: easting or longitude in ``crs``, of any shape.
        y: northing or latitude, of the same shape.
        crs: of the points, as WKT.
        to: the other CRS, as WKT.

    Returns:
        x and y in the other CRS; NaN where it has no such point.
    """
    transformation = osr.CoordinateTransformation(spatial_reference(crs), spatial_reference(to))
    points = np.stack([np.ravel(x), np.ravel(y)], axis=1)
    try:
        found = np.array(transformation.TransformPoints(points.tolist()))
    except RuntimeError:  # raised for all points if there is none such for one
        found = np.array([_or_nan(transformation, x, y) for x, y in points.tolist()])
    found = found.reshape(-1, 3)[:, :2]
    found[~np.isfinite(found).all(axis=1)] = np.nan
    return found[:, 0].reshape(np.shape(x)), found[:, 1].reshape(np.shape(y))


def _or_nan(transformation: osr.CoordinateTransformation, x: float, y: float) -> tuple[float, float, float]:
    try:
        return tuple(transformation.TransformPoint(x, y))  # type: ignore[return-value]
    except RuntimeError:
        return np.nan, np.nan, np.nan


def period(wkt: str) -> float:
    """The difference in x after which the world repeats.

    That is 360 in degrees, and the length of the equator in projections on a cylinder, such as Web Mercator.

    Args:
        wkt: the CRS as WKT; empty: unknown.

    Returns:
        A length in the units of the CRS; 0 if the world does not repeat.
    """
    if not wkt:
        return 0.0
    crs = spatial_reference(wkt)
    if crs.IsGeographic():
        return float(round(2 * np.pi / crs.GetAngularUnits(), 9))
    (left, right, middle), rows = _meridians(crs)
    if not np.isfinite([left, right, middle]).all() or np.ptp(rows, axis=0).max() > 1:
        return 0.0
    straight = max(np.ptp(left), np.ptp(right), np.ptp(middle)) < 1 and np.abs(left + right - 2 * middle).max() < 1
    return float((right - left)[1]) if straight and (right - left)[1] > 0 else 0.0


def cut_meridian(wkt: str) -> float | None:
    """The longitude at which a projection cuts the world apart, so that neighbours lie far from each other on the map.

    Args:
        wkt: the CRS as WKT; empty: unknown.

    Returns:
        Degrees; None if it does not, or if the world repeats there (`period`).
    """
    if not wkt or period(wkt):
        return None
    crs = spatial_reference(wkt)
    if not crs.IsProjected():
        return None
    (left, right, _), rows = _meridians(crs)
    if not np.isfinite([left, right, *rows]).all():
        return None
    apart = np.hypot(right - left, rows[1] - rows[0])
    return float(crs.GetProjParm("central_meridian", 0.0)) + 180 if apart.max() > 1e3 else None


def _meridians(crs: osr.SpatialReference) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates x and y, [left edge of the world, right edge, middle; latitude]."""
    centre = crs.GetProjParm("central_meridian", 0.0)
    longitudes = np.array([centre - 180 + _NEARLY, centre + 180 - _NEARLY, centre])
    x, y = np.meshgrid(longitudes, _LATITUDES, indexing="ij")
    degrees = crs.CloneGeogCS()
    return transform_points((x + 180) % 360 - 180, y, degrees.ExportToWkt(), crs.ExportToWkt())
