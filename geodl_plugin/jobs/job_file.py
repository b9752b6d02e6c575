"""Job files: a job set up on one computer runs on another, or later.

Paths are relative to a root where they lie in it, and absolute elsewhere.  The root is the folder of the file, unless
another is named: a folder with a job file and its data runs wherever it is copied.  A file reads::

    {"job": "applymodel", "parameters": {"model": "model", "source1": ["image.tif"], …}, "geodl": "0.2.0"}

``geodl`` is the version that wrote it.  Further keys beside it are left for later versions and ignored.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path

from .. import __version__
from ..errors import InputError
from ..language import tr
from ..operations.inputs import check_outputs
from ..operations.paths import is_file_name, located, relative
from ..rasters.connections import Connection
from ..runtime import files
from . import VERSION, Job, from_json

MARKER = "geodl_job_files.txt"  # tells that a folder was made by `write_job`
_UNPAIRED = re.compile("[\ud800-\udfff]")  # stand for bytes of a file's name that are not UTF-8


def write_job(job: Job, path: str | Path, scratch: str | Path | None = None) -> list[str]:
    """Write a job file.

    Args:
        job: its relative paths are relative to the working folder.
        path: the file to make; its folder is the root.
        scratch: a folder that will be gone when the job runs: inputs in it are copied into a folder beside the file, of
            the same name with ``_files`` after it.  None: there is none.

    Returns:
        What lies outside the root, as it stands in the file.

    Raises:
        InputError: a file cannot be written, or the job file would replace an input or an output.
    """
    file = Path(path).absolute()
    check_outputs([file], job.inputs())
    if file in [output.absolute() for output in job.outputs()]:
        raise InputError(tr("The job file is an output of the job, which would replace it."), received=str(file))
    if scratch is not None:
        job = _with_copies(job, Path(scratch).absolute(), file.with_name(f"{file.stem}_files"))
    moved = job.with_paths(lambda each: relative(each, file.parent))
    content = {"job": job.NAME, "parameters": dataclasses.asdict(moved), VERSION: __version__}  # type: ignore[call-overload]
    text = json.dumps(content, indent=2, ensure_ascii=False)
    files.write_text(file, _UNPAIRED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")
    named = [*moved.inputs(), *map(str, moved.outputs())]
    return [each for each in named if is_file_name(each) and Path(Connection.parse(each).name).is_absolute()]


def _with_copies(job: Job, scratch: Path, folder: Path) -> Job:
    """The job with copies of its inputs that lie in the scratch folder."""
    copied = [Path(path) for path in job.inputs() if scratch in Path(path).absolute().parents]
    if not copied:
        return job
    with files.unfinished(folder, MARKER) as part:
        part.mkdir()
        (part / MARKER).write_text("These files are inputs of the job file beside this folder.\n", encoding="utf-8")
        for source in copied:
            shutil.copy(source, part / source.name)
    places = {str(source): str(folder / source.name) for source in copied}
    return job.with_paths(lambda each: places.get(each, each))


def read_job(path: str | Path, root: str | Path | None = None) -> Job:
    """Read a job file.

    Args:
        path: the file.
        root: the folder that its relative paths start from; None: that of the file.

    Raises:
        InputError: it cannot be read, is no job of ours, or names a file that cannot be on this computer.
    """
    file = Path(path).absolute()
    try:
        text = file.read_text(encoding="utf-8-sig")  # editors on Windows begin files with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(tr("The job file {file} cannot be read.").format(file=file), received=str(error)) from error
    start = file.parent if root is None else Path(root).absolute()
    if start == Path.cwd():
        start = Path()  # results then name what they made as the file does
    return from_json(text).with_paths(lambda each: located(each, start))
