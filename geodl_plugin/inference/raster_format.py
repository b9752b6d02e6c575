"""The format in which rasters are stored: GDAL's creation options, and how they may change values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..language import tr
from ..runtime.reporter import Reporter
from .output_rasters import OutputRaster

_FALSE = ("NO", "FALSE", "OFF", "0")
_FOR_CLASSES = ("NEAREST", "MODE")  # ways to resample that give no value between two classes


@dataclass(frozen=True)
class RasterFormat:
    """The format in which a raster is stored.

    Args:
        options: GDAL's creation options by name in capitals, which override ours.
        cog: as a cloud-optimised GeoTIFF.
        overviews: with smaller copies, for quick display.
    """

    options: Mapping[str, str]
    cog: bool = False
    overviews: bool = False

    @classmethod
    def parse(cls, text: str, *, cog: bool = False, overviews: bool = False) -> RasterFormat:
        """The format with creation options as QGIS writes them: ``COMPRESS=ZSTD|TILED=YES``.

        Raises:
            InputError: GDAL's driver has no such option, or the option no such value.
        """
        driver = "COG" if cog else "GTiff"
        known = _known_options(driver)
        options = {}
        for part in filter(None, (part.strip() for part in text.split("|"))):
            option, equals, value = part.partition("=")
            name = option.upper()
            if not equals or name not in known:
                raise InputError(
                    tr("Invalid creation options of the map: {driver} has no such option.").format(driver=driver),
                    expected=tr("NAME=value with | between, NAME one of {known}").format(
                        known=", ".join(sorted(known))
                    ),
                    received=part,
                )
            if known[name] and value.upper() not in known[name]:
                raise InputError(
                    tr("Invalid creation options of the map: {driver} has no such {name}.").format(
                        driver=driver, name=name
                    ),
                    expected=", ".join(sorted(known[name])),
                    received=value,
                )
            options[name] = value
        return cls(options, cog, overviews)

    @property
    def is_warped(self) -> bool:
        """Whether the raster is brought to another grid when it becomes a cloud-optimised GeoTIFF."""
        return self.options.get("TILING_SCHEME", "CUSTOM").upper() != "CUSTOM" or "TARGET_SRS" in self.options

    def lossy_options(self, raster: OutputRaster) -> list[str]:
        """The creation options that change values of a raster when it is stored, as the user gave them."""
        values = {name: value.strip().upper() for name, value in self.options.items()}
        compression, has_classes = values.get("COMPRESS", ""), raster.classes is not None
        lossy = {
            "COMPRESS": compression == "JPEG" or (compression == "WEBP" and not _is_lossless_webp(values)),
            "MAX_Z_ERROR": compression.startswith("LERC") and _is_above_zero(values.get("MAX_Z_ERROR", "")),
            "JXL_LOSSLESS": compression == "JXL" and values.get("JXL_LOSSLESS", "YES") in _FALSE,
            "DISCARD_LSB": _is_above_zero(values.get("DISCARD_LSB", "")),
            "NBITS": values.get("NBITS", "").isdigit() and int(values["NBITS"]) < _bits(raster),
            "PIXELTYPE": values.get("PIXELTYPE") == "SIGNEDBYTE" and raster.dtype == np.uint8,
            **{
                name: has_classes and self.is_warped and values.get(name, "NEAREST") not in _FOR_CLASSES
                for name in ("RESAMPLING", "WARP_RESAMPLING")
            },
        }
        return [f"{name}={self.options[name]}" for name, changes in lossy.items() if changes]

    def check(self, raster: OutputRaster, reporter: Reporter) -> None:
        """Check whether a raster can be stored in this format.

        Args:
            raster: what is stored.
            reporter: receives a warning of options that change values.

        Raises:
            InputError: they would turn classes, or probabilities of 8 bits cut off by NBITS, into others.
        """
        changing = self.lossy_options(raster)
        if not changing:
            return
        if raster.classes or (raster.dtype.kind in "iu" and any(option.startswith("NBITS") for option in changing)):
            lossless = (
                tr("lossless options, such as COMPRESS=DEFLATE, ZSTD or LZW, and NBITS={bits} or more")
                if "NBITS" in self.options
                else tr("lossless options, such as COMPRESS=DEFLATE, ZSTD or LZW")
            )
            raise InputError(
                tr("These creation options would change the values of the map."),
                expected=lossless.format(bits=_bits(raster)),
                received=", ".join(changing),
                remedy=tr("Leave them out of CREATION_OPTIONS."),
            )
        reporter.warning(
            tr("The creation options {changing} change the values of {names}.").format(
                changing=", ".join(changing), names=", ".join(raster.names)
            )
        )


def _known_options(driver: str) -> dict[str, list[str]]:
    """The creation options of a driver, and their values in capitals; no values: any are allowed."""
    described = gdal.ParseXMLString(gdal.GetDriverByName(driver).GetMetadataItem("DMD_CREATIONOPTIONLIST"))
    known = {}
    for option in _children(described, gdal.CXT_Element, "Option"):
        ((*_, (_, name)),) = _children(option, gdal.CXT_Attribute, "name")
        known[name] = [value[-1][1].upper() for value in _children(option, gdal.CXT_Element, "Value")]
    return known


def _children(node: list, kind: int, name: str) -> list[list]:
    """The children of a kind and a name of a node of XML as GDAL has it: ``[kind, name, child, …]``."""
    return [child for child in node[2:] if child[:2] == [kind, name]]


def _bits(raster: OutputRaster) -> int:
    """The bits that hold every value of a raster."""
    if raster.dtype.kind == "f":
        return 8 * raster.dtype.itemsize
    largest = max(raster.classes.values) if raster.classes else np.iinfo(raster.dtype).max
    return max(int(largest), int(raster.nodata)).bit_length()


def _is_lossless_webp(values: Mapping[str, str]) -> bool:
    return values.get("WEBP_LOSSLESS", "NO") not in _FALSE or values.get("QUALITY") == "100"


def _is_above_zero(numbers: str) -> bool:
    return any(number.strip(" 0.+") for number in numbers.split(","))
