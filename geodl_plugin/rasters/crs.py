"""Coordinate reference systems: whether two are the same, points in another one, and where x begins anew."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from osgeo import osr

_NEARLY = 1e-7  # degrees beside the edge of the world
_LATITUDES = (-60.0, 0.0, 45.0)


def known(wkt: str) -> osr.SpatialReference:
    """A CRS whose x is the easting or the longitude, whatever its authority says."""
    crs = osr.SpatialReference(wkt=wkt)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def same_crs(one: str, other: str) -> bool:
    """Whether two CRS as WKT are the same; an unknown one is taken for the other."""
    if not one or not other or one == other:
        return True
    return bool(osr.SpatialReference(wkt=one).IsSame(osr.SpatialReference(wkt=other)))


def name_of(wkt: str) -> str:
    """What a CRS is called, for messages."""
    return str(osr.SpatialReference(wkt=wkt).GetName()) if wkt else "no CRS"


def transformed(x: NDArray, y: NDArray, crs: str, to: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ground coordinates in another CRS, both as WKT; NaN where a point has no place in it."""
    transformation = osr.CoordinateTransformation(known(crs), known(to))
    points = np.stack([np.ravel(x), np.ravel(y)], axis=1)
    try:
        found = np.array(transformation.TransformPoints(points.tolist()))
    except RuntimeError:  # of all, if one has no place
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
    """The difference in x after which the world is the same again; 0: x never begins anew.

    That is 360 in degrees, and the length of the equator in projections on a cylinder, such as Web Mercator.
    """
    if not wkt:
        return 0.0
    crs = known(wkt)
    if crs.IsGeographic():
        return float(round(2 * np.pi / crs.GetAngularUnits(), 9))
    (left, right, middle), rows = _meridians(crs)
    if not np.isfinite([left, right, middle]).all() or np.ptp(rows, axis=0).max() > 1:
        return 0.0
    straight = max(np.ptp(left), np.ptp(right), np.ptp(middle)) < 1 and np.abs(left + right - 2 * middle).max() < 1
    return float((right - left)[1]) if straight and (right - left)[1] > 0 else 0.0


def cut_meridian(wkt: str) -> float | None:
    """The longitude, in degrees, at which a projection tears the world apart; None if it does not.

    Cylinders are left to `period`.
    """
    if not wkt or period(wkt):
        return None
    crs = known(wkt)
    if not crs.IsProjected():
        return None
    (left, right, _), rows = _meridians(crs)
    if not np.isfinite([left, right, *rows]).all():
        return None
    apart = np.hypot(right - left, rows[1] - rows[0])
    return float(crs.GetProjParm("central_meridian", 0.0)) + 180 if apart.max() > 1e3 else None


def _meridians(crs: osr.SpatialReference) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """x and y, [left edge of the world, right edge, middle; latitude]."""
    centre = crs.GetProjParm("central_meridian", 0.0)
    longitudes = np.array([centre - 180 + _NEARLY, centre + 180 - _NEARLY, centre])
    x, y = np.meshgrid(longitudes, _LATITUDES, indexing="ij")
    degrees = crs.CloneGeogCS()
    return transformed((x + 180) % 360 - 180, y, degrees.ExportToWkt(), crs.ExportToWkt())
