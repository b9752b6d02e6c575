"""In which form rasters are stored: GDAL's creation options, and what they may do to values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..runtime.reporter import Reporter
from .products import Product

_FALSE = ("NO", "FALSE", "OFF", "0")
_OF_CLASSES = ("NEAREST", "MODE")  # ways to resample that give no value between two classes


@dataclass(frozen=True)
class Form:
    """In which form a raster is stored.

    Args:
        options: GDAL's creation options by name in capitals, which go before ours.
        cog: as a cloud-optimised GeoTIFF.
        overviews: with smaller copies, for quick display.
    """

    options: Mapping[str, str]
    cog: bool = False
    overviews: bool = False

    @classmethod
    def of(cls, text: str, *, cog: bool = False, overviews: bool = False) -> Form:
        """With options as QGIS writes them: ``COMPRESS=ZSTD|TILED=YES``.

        Raises:
            InputError: there is no such option.
        """
        driver = "COG" if cog else "GTiff"
        described = gdal.GetDriverByName(driver).GetMetadataItem("DMD_CREATIONOPTIONLIST").split("<Option name=")[1:]
        known = {
            re.findall(r"\w+", one)[0]: [value.upper() for value in re.findall(r"<Value[^>]*>([^<]+)<", one)]
            for one in described
        }
        options = {}
        for one in (part.strip() for part in text.split("|")):
            name, equals, value = one.partition("=")
            if one and (not equals or name.upper() not in known):
                raise InputError(
                    f"The creation options of the map do not fit: {driver} has no such option.",
                    expected=f"NAME=value with | between, NAME one of {', '.join(sorted(known))}",
                    received=one,
                )
            if one and known[name.upper()] and value.upper() not in known[name.upper()]:
                raise InputError(
                    f"The creation options of the map do not fit: {driver} has no such {name.upper()}.",
                    expected=", ".join(sorted(known[name.upper()])),
                    received=value,
                )
            if one:
                options[name.upper()] = value
        return cls(options, cog, overviews)

    @property
    def is_warped(self) -> bool:
        """Whether the raster is brought to another grid when it becomes a cloud-optimised GeoTIFF."""
        return self.options.get("TILING_SCHEME", "CUSTOM").upper() != "CUSTOM" or "TARGET_SRS" in self.options

    def losses(self, product: Product) -> list[str]:
        """The options that change values of a raster when they are stored, as the user gave them."""
        named = {name: value.strip().upper() for name, value in self.options.items()}
        compression, of_classes = named.get("COMPRESS", ""), product.classes is not None
        lossy = {
            "COMPRESS": compression == "JPEG" or (compression == "WEBP" and not _is_lossless_webp(named)),
            "MAX_Z_ERROR": compression.startswith("LERC") and _is_above_zero(named.get("MAX_Z_ERROR", "")),
            "JXL_LOSSLESS": compression == "JXL" and named.get("JXL_LOSSLESS", "YES") in _FALSE,
            "DISCARD_LSB": _is_above_zero(named.get("DISCARD_LSB", "")),
            "NBITS": named.get("NBITS", "").isdigit() and int(named["NBITS"]) < _bits(product),
            "PIXELTYPE": named.get("PIXELTYPE") == "SIGNEDBYTE" and product.dtype == np.uint8,
            **{
                name: of_classes and self.is_warped and named.get(name, "NEAREST") not in _OF_CLASSES
                for name in ("RESAMPLING", "WARP_RESAMPLING")
            },
        }
        return [f"{name}={self.options[name]}" for name, changes in lossy.items() if changes]

    def check(self, product: Product, reporter: Reporter) -> None:
        """Warn of options that change values; refuse them where each value has a meaning of its own.

        Raises:
            InputError: classes, or probabilities of 8 bits cut off by NBITS, would become others.
        """
        changed = self.losses(product)
        if not changed:
            return
        if product.classes or (product.dtype.kind in "iu" and any(one.startswith("NBITS") for one in changed)):
            raise InputError(
                "These creation options would change the values of the map.",
                expected="a form that keeps each value, such as COMPRESS=DEFLATE, ZSTD or LZW"
                + (f", and NBITS={_bits(product)} or more" if "NBITS" in self.options else ""),
                received=", ".join(changed),
                remedy="Leave them out of CREATION_OPTIONS.",
            )
        reporter.warning(f"The creation options {', '.join(changed)} change the values of {', '.join(product.names)}.")


def _bits(product: Product) -> int:
    """The bits that hold every value of a raster."""
    if product.dtype.kind == "f":
        return 8 * product.dtype.itemsize
    largest = max(product.classes.values) if product.classes else np.iinfo(product.dtype).max
    return max(int(largest), int(product.nodata)).bit_length()


def _is_lossless_webp(named: Mapping[str, str]) -> bool:
    return named.get("WEBP_LOSSLESS", "NO") not in _FALSE or named.get("QUALITY") == "100"


def _is_above_zero(numbers: str) -> bool:
    return any(number.strip(" 0.+") for number in numbers.split(","))
