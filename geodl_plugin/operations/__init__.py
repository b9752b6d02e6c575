"""What all operations have in common: a request, a reporter, and outputs that are whole or not there.

An operation is a plain function of a request, which is a dataclass, and of an optional reporter::

    @dataclass
    class MapRequest(Request):
        model: InputPath
        source1: list[InputPath]
        output: OutputPath
        …

    @operation
    def map_raster(request: MapRequest, reporter: Reporter) -> MapResult:
        …

    map_raster(MapRequest("model", ["image.tif"], "map.tif"))

It may use `rasters` and `runtime`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from ..errors import InputError
from ..language import tr
from ..rasters.raster import gdal_exceptions
from ..runtime import files
from ..runtime.reporter import LoggingReporter, Reporter
from .inputs import check_outputs

InputPath = str  # a file or folder that an operation reads: the type of its request's fields says so
OutputPath = str  # one that it makes; empty: it is not made
FolderPath = str  # a folder that it puts files into, beside those that are there
PATHS = ("InputPath", "OutputPath", "FolderPath")


class Request:
    """The parameters of an operation; subclasses are dataclasses.

    Fields of the types `InputPath` and `OutputPath`, and of lists of them, are the files and folders that the
    operation reads and makes.  An output without a default is required; others are only made if a path is given.

    Attributes:
        FOLDER_MARKER: the file by which the first output is recognised if it is a folder; empty: it is a file.
    """

    FOLDER_MARKER: ClassVar[str] = ""

    def inputs(self) -> list[str]:
        """The files and folders that the operation reads."""
        return self._paths("InputPath")

    def outputs(self) -> list[Path]:
        """The files and folders that the operation makes."""
        return [Path(path) for path in self._paths("OutputPath")]

    def folders(self) -> list[str]:
        """The folders that the operation puts files into."""
        return self._paths("FolderPath")

    def writes(self) -> bool:
        """Whether this process makes the outputs: of several processes that train one network, only one does."""
        return True

    def with_paths(self: _Request, change: Callable[[str], str]) -> _Request:
        """A copy with other paths.

        Args:
            change: gives the new path for each that is given; those that a field has by default are words, not paths.
        """
        changed: dict[str, Any] = {}
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if field.type in PATHS and value and value != field.default:
                changed[field.name] = change(value)
            elif field.type in [f"list[{kind}]" for kind in PATHS]:
                changed[field.name] = [change(path) for path in value]
        return dataclasses.replace(self, **changed)  # type: ignore[type-var]

    def _paths(self, kind: str) -> list[str]:
        """All given paths in fields of a type, or of lists of it."""
        paths: list[str] = []
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            if field.type == kind:
                paths.append(getattr(self, field.name))
            elif field.type == f"list[{kind}]":
                paths += getattr(self, field.name)
        return [path for path in paths if path]


_Request = TypeVar("_Request", bound=Request)
_Request_contra = TypeVar("_Request_contra", bound=Request, contravariant=True)
_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)


class Operation(Protocol[_Request_contra, _Result_co]):
    """A function of a request and an optional reporter; without one, messages are logged (logger ``geodl``)."""

    def __call__(self, request: _Request_contra, reporter: Reporter | None = None) -> _Result_co: ...


def operation(function: Callable[[_Request, Reporter], _Result]) -> Operation[_Request, _Result]:
    """Make an operation of the function that does its work.

    Before the function is called, the outputs are checked: required ones must be given, and none may be an input or
    hold one.  While it works, GDAL raises exceptions, and another run that would make the same outputs is refused.

    Args:
        function: does the work; its request's class is a dataclass.

    Returns:
        The function, whose reporter is optional now.  It raises `InputError` if an output is missing, is an input,
        or is being made by another run, and `Cancelled` if the reporter is cancelled.
    """

    @functools.wraps(function)
    def run(request: _Request, reporter: Reporter | None = None) -> _Result:
        reporter = reporter or LoggingReporter()
        with gdal_exceptions(), _claimed_outputs(request):
            reporter.check_cancelled()
            return function(request, reporter)

    return run


@contextmanager
def _claimed_outputs(request: Request) -> Iterator[None]:
    for field in dataclasses.fields(request):  # type: ignore[arg-type]
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if field.type == "OutputPath" and required and not getattr(request, field.name):
            raise InputError(
                tr("The {name} is missing.").format(name=field.name),
                expected=tr("the name of the file or folder to make ({name})").format(name=field.name),
            )
    outputs = [output.absolute() for output in request.outputs()] if request.writes() else []
    check_outputs(outputs, request.inputs())
    markers = [request.FOLDER_MARKER, *[""] * len(outputs)]  # the first output is the folder, if there is one
    with files.claimed(list(zip(outputs, markers))):
        yield
