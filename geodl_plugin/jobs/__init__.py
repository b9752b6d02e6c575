"""The work that can be asked for.

A job is a dataclass that is also JSON: the same job runs from a QGIS dialog, in the worker process and
from a job file on a server.  One module holds one job; none imports TensorFlow before it runs.

As JSON a job reads ``{"job": "applymodel", "parameters": {"model": "…", "source1": ["…"], …}}``.  Further keys are not
those of the job: `VERSION`, or what the worker is told.
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import math
import os
import re
from abc import ABC
from typing import Any, ClassVar

from .. import __version__
from ..errors import InputError
from ..language import tr
from ..operations import PATHS, Request, operation
from ..runtime.registry import named_classes
from ..runtime.reporter import Reporter

VERSION = "geodl"  # beside a job: the version that wrote it
JOBS = named_classes("jobs")  # module and class of each job, by its name
del JOBS["setupenvironment"]  # which makes the environment that the others run in: the plugin runs it itself
_LIMIT = 2**63  # of whole numbers in C
_PATH = re.compile("|".join(PATHS))


class Job(Request, ABC):
    """One piece of work: parameters in, files and a dictionary of results out.

    It is the request of an operation, which is also JSON.
    """

    NAME: ClassVar[str]
    NEEDS_TENSORFLOW: ClassVar[bool]

    def run(self, reporter: Reporter) -> dict[str, Any]:
        """Do the work; results are JSON values.

        Raises:
            GeodlError: something that the user can mend; no output is left behind.
        """
        return operation(type(self)._run)(self, reporter)

    def _run(self, reporter: Reporter) -> dict[str, Any]:
        raise NotImplementedError

    def grace(self) -> float:
        """Seconds in which the job ends when it is told to stop; then it is ended by force."""
        return 1.5

    def spoils_process(self) -> bool:
        """Whether it changes its process for good, so that no other job may follow in it."""
        return False

    def variables(self) -> dict[str, str]:
        """Variables of the environment that its process has, unless they are set, before it loads TensorFlow."""
        return {}

    def to_json(self) -> str:
        """The job as one line of JSON."""
        parameters = dataclasses.asdict(self)  # type: ignore[call-overload]
        return json.dumps({"job": self.NAME, "parameters": parameters})


def from_json(text: str) -> Job:
    """The job that `Job.to_json` wrote, or a person.

    Raises:
        InputError: the text is no job of ours; the message names the field.
    """
    try:
        content = json.loads(text)
        name, parameters = content["job"], content["parameters"]
        if not isinstance(parameters, dict):
            raise TypeError(tr("the parameters are no object"))
        module, cls_name = JOBS[name].split(".")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(
            tr("This is not a GeoDL job."),
            expected=tr("JSON such as {example}, job one of {jobs}").format(
                example='{"job": "applymodel", "parameters": {…}}', jobs=", ".join(JOBS)
            ),
            received=f"{text.strip()[:200]!r} ({error!r})",
        ) from error
    cls = getattr(importlib.import_module(f".{module}", __package__), cls_name)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    unknown = sorted(set(parameters) - set(fields))
    missing = sorted(
        name
        for name, field in fields.items()
        if name not in parameters
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    )
    if unknown or missing:
        raise InputError(
            tr("Invalid parameters of the job {name}.").format(name=name),
            expected=", ".join(fields),
            received=tr("unknown: {unknown}; missing: {missing}").format(
                unknown=", ".join(unknown) or tr("none"), missing=", ".join(missing) or tr("none")
            ),
            remedy=_version_remedy(content.get(VERSION)),
        )
    for parameter, value in parameters.items():
        kind = _PATH.sub("str", str(fields[parameter].type))
        if not _is_of(value, kind):
            raise InputError(
                tr("Invalid parameter {parameter} of the job {name}.").format(parameter=parameter, name=name),
                expected=tr("a value of type {kind}").format(kind=kind),
                received=repr(value)[:200],
            )
    return cls(**parameters)  # type: ignore[no-any-return]


def _version_remedy(written_by: Any) -> str:
    """What to do about a job that another version wrote; empty if it was this one, or is unknown."""
    if written_by in (None, __version__):
        return ""
    return tr("It was written by GeoDL {written_by}, and this is {version}: use the same version.").format(
        written_by=written_by, version=__version__
    )


def _is_of(value: Any, kind: str) -> bool:
    """Whether a value of JSON is of a type that jobs have: numbers are finite, and text can name files."""
    if kind.startswith("list["):
        return isinstance(value, list) and all(_is_of(item, kind[len("list[") : -1]) for item in value)
    if kind == "str":
        return isinstance(value, str) and "\0" not in value and _is_encodable(value)
    if kind == "bool" or isinstance(value, bool):
        return kind == "bool" and isinstance(value, bool)
    if isinstance(value, int):
        return abs(value) < _LIMIT
    return kind == "float" and isinstance(value, float) and math.isfinite(value)


def _is_encodable(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True
