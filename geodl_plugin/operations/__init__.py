"""What all operations have in common: a request, a reporter, and outputs that are whole or not there.

An operation is a plain function of a request, which is a dataclass, and of a reporter, which may be left out::

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
from typing import ClassVar, Protocol, TypeVar

from ..errors import InputError
from ..rasters.raster import gdal_exceptions
from ..runtime import files
from ..runtime.reporter import LoggingReporter, Reporter
from .inputs import check_outputs

InputPath = str  # a file or folder that an operation reads: the type of its request's fields says so
OutputPath = str  # one that it makes; empty: it is not made


class Request:
    """What an operation is asked for; subclasses are dataclasses.

    Attributes:
        FOLDER_MARKER: the file by which the first output, a folder, is known; empty: it is no folder.
    """

    FOLDER_MARKER: ClassVar[str] = ""

    def inputs(self) -> list[str]:
        """The files and folders that the operation reads."""
        return self._paths("InputPath")

    def outputs(self) -> list[Path]:
        """The files and folders that the operation makes."""
        return [Path(path) for path in self._paths("OutputPath")]

    def writes(self) -> bool:
        """Whether this process makes the outputs: of those that train one network together, one does."""
        return True

    def _paths(self, kind: str) -> list[str]:
        """All paths in fields of a type, or of lists of it, that are given."""
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
    """A function of a request, and of a reporter that may be left out: messages are logged then."""

    def __call__(self, request: _Request_contra, reporter: Reporter | None = None) -> _Result_co: ...


def operation(function: Callable[[_Request, Reporter], _Result]) -> Operation[_Request, _Result]:
    """A function that does the work of a request as an operation.

    While it works GDAL raises errors, and the outputs, none of which may be an input, are its own: another run that
    is to make them is refused.
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
                f"The {field.name} is missing.", expected=f"the name of the file or folder to make ({field.name})"
            )
    outputs = [output.absolute() for output in request.outputs()] if request.writes() else []
    check_outputs(outputs, request.inputs())
    markers = [request.FOLDER_MARKER, *[""] * len(outputs)]  # the first output is the folder, if there is one
    with files.claimed(list(zip(outputs, markers))):
        yield
