"""The sources of several scenes as those of one dataset: bands, types and no-data values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from ..language import tr
from .description import SourceInfo
from .scenes import Scene

_EXACT_BYTES = 4  # of integers that float64 holds


@dataclass(frozen=True)
class UnitedSources:
    """The sources of several scenes.

    Args:
        sources: with all rasters, and without statistics.
        messages: what is stored in another way than in a scene, as sentences.
        warnings: what differs between the scenes and may be a mistake, as sentences.
    """

    sources: list[SourceInfo]
    messages: list[str]
    warnings: list[str]


def unite_sources(scenes: Sequence[Scene]) -> UnitedSources:
    """Unite sources by their order.

    If types differ, values are stored in the smallest type that holds those of all.  If the no-data values of a band
    differ, they are stored as NaN, in floating-point numbers: any other number may be a value in a scene.

    Args:
        scenes: whose sources they are.

    Raises:
        InputError: scenes have other sources, bands or patch sizes, or values that no common type holds.
    """
    first = scenes[0]
    for scene in scenes[1:]:
        _check_same(
            tr("names of the sources"),
            _names(first),
            _names(scene),
            first,
            scene,
            tr("Export it with the same sources."),
        )
    united = UnitedSources([], [], [])
    for number in range(len(first.description.sources)):
        _unite(number, scenes, united)
    return united


def recoded(values: NDArray, own: SourceInfo, united: SourceInfo) -> NDArray:
    """Patches of a scene with the type and the no-data values of the united source.

    Args:
        values: [patch, y, x, band].
        own: the source in the scene.
        united: the same source of all scenes.
    """
    if not differs(own, united):
        return values
    found = values.astype(united.dtype)
    for band, (before, after) in enumerate(zip(own.nodata, united.nodata)):
        if before is not None and before != after:
            found[..., band][values[..., band] == before] = np.nan
    return found


def differs(own: SourceInfo, united: SourceInfo) -> bool:
    """Whether patches of a scene must be written anew for the united source."""
    return own.dtype != united.dtype or own.nodata != united.nodata


def missing_values(values: NDArray, source: SourceInfo) -> NDArray[np.bool_]:
    """Which values are no data, NaN or infinite, [patch, y, x, band].

    Args:
        values: [patch, y, x, band].
        source: whose they are.
    """
    missing = ~np.isfinite(values)
    for band, nodata in enumerate(source.nodata):
        if nodata is not None:
            missing[..., band] |= values[..., band] == nodata
    return missing


def _unite(number: int, scenes: Sequence[Scene], united: UnitedSources) -> None:
    """Add one source to those that are united."""
    sources = [scene.description.sources[number] for scene in scenes]
    name = sources[0].name
    for scene, source in zip(scenes, sources):
        again = tr("Export it with the same {name}.").format(name=name)
        size, expected = (
            tr("{patch_size} pixels").format(patch_size=source.patch_size),
            tr("{patch_size} pixels").format(patch_size=sources[0].patch_size),
        )
        _check_same(tr("patch size of {name}").format(name=name), expected, size, scenes[0], scene, again)
        _check_bands(sources[0], source, scenes[0], scene, united)
    dtype = _common_type(sources, scenes)
    nodata: list[float | None] = []
    for band, values in enumerate(zip(*(source.nodata for source in sources))):
        is_same = len(set(values)) == 1
        nodata.append(values[0] if is_same else None)
        if not is_same:
            dtype = np.promote_types(dtype, np.float32)
            found = ", ".join(f"{scene.name}: {_text(value)}" for scene, value in zip(scenes, values))
            united.messages.append(
                tr(
                    "The no-data values of {source}, {band} differ ({found}): missing values are stored as NaN, and "
                    "all values as {type}."
                ).format(source=name, band=sources[0].bands[band], found=found, type=dtype.name)
            )
    if len({source.dtype for source in sources}) > 1:
        types = ", ".join(f"{scene.name}: {source.dtype}" for scene, source in zip(scenes, sources))
        united.warnings.append(
            tr(
                "The values of {source} are of different types ({types}) and are stored as {type}: check that they "
                "have the same units."
            ).format(source=name, types=types, type=dtype.name)
        )
    rasters = [raster for source in sources for raster in source.rasters]
    united.sources.append(replace(sources[0], dtype=dtype.name, nodata=nodata, statistics={}, rasters=rasters))


def _common_type(sources: Sequence[SourceInfo], scenes: Sequence[Scene]) -> np.dtype:
    """The smallest type that holds the values of all scenes."""
    types = [np.dtype(source.dtype) for source in sources]
    changing = len(set(types)) > 1 or len({tuple(source.nodata) for source in sources}) > 1
    if changing and any(kind.kind in "iu" and kind.itemsize > _EXACT_BYTES for kind in types):
        raise InputError(
            tr("The values of {name} have no common type.").format(name=sources[0].name),
            expected=tr("the same type and no-data value in all scenes, or integers of at most 32 bits"),
            received=", ".join(f"{scene.name}: {source.dtype}" for scene, source in zip(scenes, sources)),
            remedy=tr("Convert the images to a common type, and export again."),
        )
    found = types[0]
    for kind in types[1:]:
        found = np.promote_types(found, kind)
    return found


def _check_bands(first: SourceInfo, source: SourceInfo, one: Scene, other: Scene, united: UnitedSources) -> None:
    """Raise `InputError` unless bands are as many and in the same order; warn of other names."""
    if source.bands == first.bands:
        return
    known = first.bands
    moved = [band for place, band in enumerate(source.bands) if band in known and known.index(band) != place]
    if len(source.bands) != len(first.bands) or moved:
        _check_same(
            tr("bands of {name}").format(name=first.name),
            ", ".join(first.bands),
            ", ".join(source.bands),
            one,
            other,
            tr("Export it with the same bands in the same order."),
        )
    united.warnings.append(
        tr(
            "The bands of {source} have other names in {other} ({bands}) than in {one} ({own_bands}): they are taken "
            "for the same, in this order."
        ).format(
            source=first.name,
            other=other.name,
            bands=", ".join(source.bands),
            one=one.name,
            own_bands=", ".join(first.bands),
        )
    )


def _check_same(what: str, expected: str, received: str, one: Scene, other: Scene, remedy: str) -> None:
    if expected != received:
        raise InputError(
            tr("The scenes {one} and {other} differ in the {what}.").format(one=one.name, other=other.name, what=what),
            expected=tr("{expected}, as in {name}").format(expected=expected, name=one.name),
            received=tr("{received} in {name}").format(received=received, name=other.name),
            remedy=remedy,
        )


def _names(scene: Scene) -> str:
    return ", ".join(source.name for source in scene.description.sources)


def _text(nodata: float | None) -> str:
    return tr("none") if nodata is None else f"{nodata:g}"
