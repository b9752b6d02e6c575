"""Compare two folders of results file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from . import networks, rasters, records, texts, vectors
from .differences import Difference
from .ignored import is_ignored

_BY_NAME: dict[str, Callable[[Path, Path, str], Iterator[Difference]]] = {  # by how names end
    ".html": texts.of_report,
    ".json": texts.of_json_file,
    ".tif": rasters.of_raster,
    ".gpkg": vectors.of_vector,
    ".geojson": vectors.of_vector,
    ".shp": vectors.of_vector,
    ".records": records.of_records,
    ".keras": networks.of_keras,
    "variables.index": networks.of_checkpoint,
    "saved_model.pb": networks.of_saved_model,
}


def compare(before: Path, after: Path) -> list[Difference]:
    """All differences of two folders, in the order of the files; what `ignored` names is left out."""
    names = sorted({path.relative_to(root).as_posix() for root in (before, after) for path in _files(root)})
    return [difference for name in names if not is_ignored(name) for difference in _of_file(before, after, name)]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _of_file(before: Path, after: Path, name: str) -> Iterator[Difference]:
    missing = [which for root, which in ((before, "BEFORE"), (after, "AFTER")) if not (root / name).is_file()]
    if missing:
        yield Difference(name, f"missing in {missing[0]}")
    elif (before / name).read_bytes() != (after / name).read_bytes():
        find = next((find for end, find in _BY_NAME.items() if name.endswith(end)), texts.of_bytes)
        yield from find(before / name, after / name, name)
