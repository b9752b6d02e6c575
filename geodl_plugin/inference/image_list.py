"""A list of images from paths, patterns, text files, STAC items, and catalogs of these."""

from __future__ import annotations

import glob
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

from ..errors import InputError
from ..language import tr
from ..operations.paths import is_file_name, located
from ..rasters.connections import Connection, path_on_disk

if TYPE_CHECKING:
    import pystac

_STAC = (".json", ".geojson")
_STORES = {"http": "/vsicurl/http://", "https": "/vsicurl/https://", "s3": "/vsis3/", "gs": "/vsigs/"}
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')  # in names of files, on any system


@dataclass(frozen=True)
class Image:
    """An image to map.

    Args:
        name: of its map, without a suffix; no other image has it.
        rasters: that are stacked band-wise, as GDAL opens them.
        problem: why there are none; empty: there are.
    """

    name: str
    rasters: tuple[str, ...]
    problem: str = ""


def list_images(given: Sequence[str], bands: Sequence[str], assets: Sequence[str] = ()) -> list[Image]:
    """List images.

    Args:
        given: each a raster, or a pattern of files (``scenes/*.tif``), a text file of any of these, one a line
            (``….txt``), or STAC (``….json``): an item, a feature collection of items, or a catalog or collection, which
            stands for all items that it and its children link to.  Local, or a URL.
        bands: of the images, in order; the assets of STAC items are found by them.  Empty: unknown.
        assets: keys of the assets of STAC items, in the order of the bands; empty: they are found by the bands.

    Raises:
        InputError: a list or catalog cannot be read, or there is no image.
    """
    found = [image for each in given for image in _listed(each, bands, assets)]
    if not found:
        raise InputError(tr("There are no images to map."), received=", ".join(given) or tr("an empty list"))
    return _with_names(found)


def gdal_name(href: str) -> str:
    """The name by which GDAL opens a raster that a URL names; other names stay as they are."""
    scheme, mark, rest = href.partition("://")
    if scheme == "file":
        return url2pathname(urlsplit(href).path)
    return _STORES[scheme] + rest if mark and scheme in _STORES else href


def _listed(given: str, bands: Sequence[str], assets: Sequence[str]) -> Iterator[Image]:
    suffix = os.path.splitext(urlsplit(given).path if "://" in given else given)[1].lower()
    if suffix == ".txt":
        for line in _lines(given):
            yield from _listed(line, bands, assets)
    elif suffix in _STAC:
        for item in _items(given):
            yield item if isinstance(item, Image) else _image_of(*item, bands, assets)
    elif is_file_name(given) and glob.has_magic(given) and not os.path.exists(given):
        paths = sorted(glob.glob(given, recursive=True))
        if not paths:
            raise InputError(tr("No image has such a name."), received=given)
        yield from (Image(Path(path).stem, (path,)) for path in paths)
    else:
        name = gdal_name(given)
        yield Image(path_on_disk(Connection.parse(name).name).stem, (name,))


def _lines(path: str) -> list[str]:
    """The lines of a text file, but those that begin with ``#``; relative paths are relative to its folder."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            tr("The list of images {path} cannot be read.").format(path=path), received=str(error)
        ) from error
    folder = Path(path).absolute().parent
    return [located(line.strip(), folder) for line in lines if line.strip() and not line.startswith("#")]


def _items(href: str) -> Iterator[tuple[pystac.Item, str] | Image]:
    """STAC items, each with the place that its relative links start from; images for those that cannot be read."""
    import pystac

    try:
        reader = pystac.StacIO.default()
        content = json.loads(reader.read_text(href))
        if content.get("type") in ("Catalog", "Collection"):
            place = href if "://" in href else str(Path(href).absolute())
            found = reader.stac_object_from_dict(content, href=place)
            items = []
        else:
            many = content.get("type") == "FeatureCollection"
            items = [pystac.Item.from_dict(each) for each in (content["features"] if many else [content])]
            found = None
    except Exception as error:  # pystac raises errors of any kind for URLs that cannot be read, and for other JSON
        raise InputError(
            tr("The STAC items of {href} cannot be read.").format(href=href),
            expected=tr("an item, a feature collection of items, a collection or a catalog"),
            received=_reason(error),
        ) from error
    for item in items:
        yield item, item.get_self_href() or href
    if isinstance(found, pystac.Catalog):
        yield from _linked(found, {place})


def _linked(catalog: pystac.Catalog, seen: set[str]) -> Iterator[tuple[pystac.Item, str] | Image]:
    """The items of a catalog, then those of its children, as `_items` gives them.

    Args:
        catalog: or a collection.
        seen: places that were walked, to which those of this catalog are added: a catalog may link to one above it.

    Raises:
        InputError: a child cannot be read, so that nobody knows its items.
    """
    import pystac

    for kind in (pystac.RelType.ITEM, pystac.RelType.CHILD):
        for link in catalog.get_links(kind):
            place = str(link.get_absolute_href())
            if place in seen:
                continue
            seen.add(place)
            try:
                found = link.resolve_stac_object().target
            except Exception as error:  # as in `_items`
                link_of = {"place": place, "catalog": catalog.get_self_href()}
                if kind == pystac.RelType.CHILD:
                    problem = tr("The STAC catalog {place} cannot be read, which {catalog} links to.")
                    raise InputError(problem.format(**link_of), received=_reason(error)) from error
                problem = tr("The STAC item {place} cannot be read, which {catalog} links to. Received: {reason}.")
                yield Image(path_on_disk(place).stem, (), problem.format(**link_of, reason=_reason(error)))
                continue
            if isinstance(found, pystac.Item):
                yield found, place
            elif isinstance(found, pystac.Catalog):
                yield from _linked(found, seen)


def _reason(error: Exception) -> str:
    """Why something could not be read; pystac hides that behind an error of its own."""
    cause = error.__cause__ or error
    return str(cause)[:200] or type(cause).__name__


def _image_of(item: pystac.Item, base: str, bands: Sequence[str], assets: Sequence[str]) -> Image:
    keys = list(assets) or _keys_of(item.assets, bands)
    missing = [key for key in keys if key not in item.assets]
    if keys and not missing:
        return Image(item.id, tuple(_place(item.assets[key].href, base) for key in keys))
    wanted = ", ".join(assets or bands) or tr("unknown, since the model does not name its bands: name the assets")
    there = "; ".join(f"{key}: {_text(each)}" for key, each in item.assets.items())
    return Image(
        item.id,
        (),
        tr("The item has no such assets. Expected: {wanted}. Received: {there}.").format(
            wanted=wanted, there=there or tr("none")
        ),
    )


def _keys_of(assets: Mapping[str, pystac.Asset], bands: Sequence[str]) -> list[str]:
    """The assets that hold bands in their order: one that has them all, or one for each; empty: there are none."""
    names = {key: _band_names(key, asset) for key, asset in assets.items()}
    wanted = [band.casefold() for band in bands]
    for key, found in names.items():
        if len(found) == len(wanted) and all(band in each for band, each in zip(wanted, found)):
            return [key]
    single = {key: found[0] for key, found in names.items() if len(found) == 1}
    keys = [next((key for key, found in single.items() if band in found), "") for band in wanted]
    return keys if all(keys) else []


def _band_names(key: str, asset: pystac.Asset) -> list[set[str]]:
    """What each band of an asset may be called, in small letters."""
    described = asset.extra_fields.get("bands") or asset.extra_fields.get("eo:bands") or [{}]
    found = [
        {str(band.get(name, "")).casefold() for name in ("name", "common_name", "eo:common_name")} for band in described
    ]
    return [found[0] | {key.casefold()}] if len(found) == 1 else found


def _text(asset: pystac.Asset) -> str:
    described: list[dict[str, Any]] = asset.extra_fields.get("bands") or asset.extra_fields.get("eo:bands") or []
    return " ".join(str(band.get("name", "?")) for band in described) or tr("bands not told")


def _place(href: str, base: str) -> str:
    """Where an asset is, as GDAL opens it.

    Args:
        href: absolute, or relative to the base.
        base: the URL or path of the item.
    """
    if urlsplit(base).scheme in ("http", "https"):
        return gdal_name(urljoin(base, href))
    if "://" in href:
        return gdal_name(href)
    folder = Path(gdal_name(base)).absolute().parent
    return located(href, folder)


def _with_names(images: Sequence[Image]) -> list[Image]:
    """The same images, each with a name of its own that a file can have."""
    taken: set[str] = set()
    named = []
    for image in images:
        plain = _UNSAFE.sub("_", image.name).strip(" ._") or "image"
        name = next(each for each in _numbered(plain) if each.casefold() not in taken)
        taken.add(name.casefold())
        named.append(replace(image, name=name))
    return named


def _numbered(name: str) -> Iterator[str]:
    """A name, then the same with 2, 3, … after it."""
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1
